/** Values that come about by one formula: batch normalization, activation layers, what is handed on, the input. */

import type {
  ActivationDerivation,
  CopyDerivation,
  InputDerivation,
  NormalizationDerivation,
} from './derivations/derivation.js';
import { Equation } from './equation.js';
import { formatNumber } from './numbers.js';
import { nameOfPlace, type Place } from './place.js';
import type { Stage } from './stages.js';
import { wordsOf } from './weighted-sum.js';

export function NormalizationView({ derivation }: { readonly derivation: NormalizationDerivation }) {
  const { input, mean, variance, epsilon, gamma, beta, normalized, value } = derivation;
  return (
    <div class="derivation">
      <p class="hint">
        gamma × (input − mean) / √(variance + {epsilon}) + beta. Mean and variance are those of the training images,
        gamma and beta were learned.
      </p>
      <Equation
        lines={[
          { value: input, name: 'input' },
          { value: mean, name: 'mean' },
          { value: variance, name: 'variance' },
          { value: normalized, name: '(input − mean) / √(variance + epsilon)', isTotal: true, id: 'normalized' },
          { value: gamma, name: 'gamma', id: 'gamma' },
          { value: beta, name: 'beta', id: 'beta' },
          { value, name: 'the value: gamma × the normalized input + beta', isTotal: true, id: 'value' },
        ]}
      />
    </div>
  );
}

export function ActivationView({ derivation: { activation } }: { readonly derivation: ActivationDerivation }) {
  return (
    <div class="derivation">
      <Equation
        lines={[
          { value: activation.input, name: 'input', id: 'part' },
          { value: activation.output, name: `the value: ${wordsOf(activation)}`, isTotal: true, id: 'value' },
        ]}
      />
    </div>
  );
}

interface CopyViewProps {
  readonly derivation: CopyDerivation;
  readonly before: Stage;
  readonly place: Place;
}

export function CopyView({ derivation: { reason, from, value }, before, place }: CopyViewProps) {
  const [height, width, channels] = before.shape;
  const sentences = {
    flatten:
      before.shape.length === 3
        ? `Place by place, at each place map by map: ((row × ${width}) + column) × ${channels} + map, counted from 0, of ${height} rows: ((${from.row} × ${width}) + ${from.column}) × ${channels} + ${from.map} = ${place.map}.`
        : 'It is in a row already.',
    dropout: 'Dropout does nothing when a drawing is read: the value is handed on as it is.',
    linear: 'The activation "linear" leaves each value as it is.',
  };
  return (
    <div class="derivation">
      <p class="hint">{sentences[reason]}</p>
      <Equation
        lines={[
          {
            value,
            name: `the value: ${nameOfPlace(before.shape, from)} of ${before.name}`,
            isTotal: true,
            id: 'value',
          },
        ]}
      />
    </div>
  );
}

export function InputView({ derivation: { byte, value } }: { readonly derivation: InputDerivation }) {
  return (
    <div class="derivation">
      <p class="hint">How dark the ink is at this pixel, from 0 to 255, divided by 255.</p>
      <Equation
        lines={[
          { value: byte, name: 'ink at this pixel', id: 'part' },
          { value, name: `the value: ${formatNumber(byte, 0)} / 255`, isTotal: true, id: 'value' },
        ]}
      />
    </div>
  );
}
