/** From the sum of all products to the value: bias, then activation. */

import type { ActivationStep } from './derivations/derivation.js';
import { Equation, type EquationLine } from './equation.js';
import { formatNumber } from './numbers.js';

interface WeightedSumProps {
  /** What is added up, before the bias. */
  readonly parts: readonly EquationLine[];
  readonly bias: number | undefined;
  /** Whose it is. */
  readonly of: 'map' | 'unit';
  readonly activation: ActivationStep;
}

export function WeightedSum({ parts, bias, of, activation }: WeightedSumProps) {
  const { name, input, output } = activation;
  const isLinear = name === 'linear';
  return (
    <Equation
      lines={[
        ...parts,
        ...(bias === undefined ? [] : [{ value: bias, name: `bias of this ${of}`, id: 'bias' }]),
        {
          value: input,
          name: isLinear ? 'the value: all of them together' : 'together',
          isTotal: true,
          id: isLinear ? 'value' : 'together',
        },
        ...(isLinear ? [] : [{ value: output, name: `the value: ${wordsOf(activation)}`, isTotal: true, id: 'value' }]),
      ]}
    />
  );
}

/** The function with its numbers. */
export function wordsOf({ name, input, output, negativeSlope, shares }: ActivationStep): string {
  const [x, y] = [formatNumber(input), formatNumber(output)];
  switch (name) {
    case 'linear':
      return `linear leaves ${x} as it is`;
    case 'relu':
      return `relu = max(0, ${x}) = ${y}`;
    case 'leakyRelu':
      return input < 0
        ? `leakyRelu = ${negativeSlope} × ${x} = ${y}, since it is below 0`
        : `leakyRelu leaves ${x} as it is, since it is not below 0`;
    case 'tanh':
      return `tanh(${x}) = ${y}`;
    case 'sigmoid':
      return `sigmoid = 1 / (1 + exp(−(${x}))) = ${y}`;
    case 'softmax':
      return `softmax: its share among ${shares!.length} values at this place = ${y}`;
  }
}
