/** One option of a layer as a small input. What cannot be is told and not taken. */

import { InklingError, type Layer } from 'inkling';
import { useId, useState } from 'preact/hooks';
import { NumberInput } from '../../shell/number-input.js';
import type { Field, NumberField } from './layer-kinds.js';

interface LayerFieldProps {
  readonly field: Field;
  readonly layer: Layer;
  /** @throws InklingError for a value that cannot be */
  readonly onChange: (value: unknown) => void;
}

export function LayerField({ field, layer, onChange }: LayerFieldProps) {
  const id = useId();
  const value = (layer as unknown as Record<string, unknown>)[field.option];
  if (field.kind === 'switch') {
    return (
      <label class="layer-switch">
        <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
        {field.label}
      </label>
    );
  }
  if (field.kind === 'choice') {
    return (
      <div class="layer-field">
        <label for={id}>{field.label}</label>
        <select id={id} value={String(value)} onChange={(event) => onChange(event.currentTarget.value)}>
          {field.names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
    );
  }
  const values = field.kind === 'pair' ? (value as readonly number[]) : [value as number];
  return <NumberInputs field={field} values={values} onChange={onChange} />;
}

interface NumberInputsProps {
  readonly field: NumberField;
  readonly values: readonly number[];
  readonly onChange: (value: unknown) => void;
}

/** One input, or two of a pair: height and width. */
function NumberInputs({ field, values, onChange }: NumberInputsProps) {
  const id = useId();
  const [problems, setProblems] = useState<readonly (string | undefined)[]>(values.map(() => undefined));
  const take = (place: number, number: number) => {
    const change = () => onChange(values.length === 1 ? number : values.with(place, number));
    setProblems(problems.with(place, problemOf(field, number) ?? saidAgainst(change)));
  };
  const problem = problems.find((one) => one !== undefined);
  return (
    <div class="layer-field">
      <label for={id}>{field.label}</label>
      <div class="layer-numbers">
        {values.map((value, place) => (
          <NumberInput
            key={place}
            id={place === 0 ? id : undefined}
            aria-label={values.length > 1 ? `${field.label}, ${place === 0 ? 'height' : 'width'}` : undefined}
            aria-describedby={problems[place] ? `${id}-problem` : undefined}
            isRefused={problems[place] !== undefined}
            min={field.least}
            max={field.most}
            step={field.step === undefined ? 1 : 'any'}
            value={value}
            onNumber={(number) => take(place, number)}
          />
        ))}
      </div>
      {problem ? (
        <p id={`${id}-problem`} class="problem">
          It is not used: {problem}
        </p>
      ) : null}
    </div>
  );
}

function problemOf({ least, most, step }: NumberField, value: number): string | undefined {
  if (value >= least && value <= most && (step !== undefined || Number.isInteger(value))) return undefined;
  return `expected a ${step === undefined ? 'whole ' : ''}number from ${least} to ${most}.`;
}

function saidAgainst(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof InklingError) return error.message;
    throw error;
  }
}
