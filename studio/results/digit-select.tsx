/** A choice of one digit, or any. */

import { digitNames } from '../state/digit-names.js';

interface DigitSelectProps {
  readonly name: string;
  readonly value: number | undefined;
  readonly onChoose: (digit: number | undefined) => void;
}

export function DigitSelect({ name, value, onChoose }: DigitSelectProps) {
  return (
    <label>
      {name}
      <select
        value={value ?? 'any'}
        onInput={({ currentTarget }) =>
          onChoose(currentTarget.value === 'any' ? undefined : Number(currentTarget.value))
        }
      >
        <option value="any">any</option>
        {digitNames.map((digit, index) => (
          <option key={digit} value={index}>
            {digit}
          </option>
        ))}
      </select>
    </label>
  );
}
