/** An input for a number that leaves what is typed as it is typed: `0.0` on the way to `0.05`, or what cannot be taken. */

import { useEffect, useRef, useState } from 'preact/hooks';

interface NumberInputProps {
  readonly id?: string | undefined;
  readonly 'aria-label'?: string | undefined;
  readonly 'aria-describedby'?: string | undefined;
  readonly min: number;
  readonly max: number;
  readonly step: number | 'any';
  /** The number that is in use. */
  readonly value: number;
  readonly isRefused: boolean;
  /** NaN where it is none. */
  readonly onNumber: (number: number) => void;
}

export function NumberInput({ value, isRefused, onNumber, ...attributes }: NumberInputProps) {
  const [typed, setTyped] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  // A number from elsewhere takes the place of what was typed.
  useEffect(() => {
    if (document.activeElement !== input.current) setTyped(undefined);
  }, [value]);
  return (
    <input
      {...attributes}
      ref={input}
      type="number"
      aria-invalid={isRefused}
      value={typed ?? value}
      onInput={({ currentTarget }) => {
        const text = currentTarget.value;
        setTyped(text);
        onNumber(text.trim() === '' ? Number.NaN : Number(text));
      }}
      onBlur={() => {
        if (!isRefused) setTyped(undefined);
      }}
    />
  );
}
