/** A value of a dense layer: which inputs count most in it, and all others as one sum. */

import type { Shape } from 'inkling';
import type { DenseDerivation } from './derivations/derivation.js';
import { formatNumber } from './numbers.js';
import type { Place } from './place.js';
import { SignedBar } from './signed-bar.js';
import { type Stage, stageBeforeFlatten } from './stages.js';
import { WeightedSum } from './weighted-sum.js';

interface DenseViewProps {
  readonly derivation: DenseDerivation;
  readonly stages: readonly Stage[];
  /** Of the dense layer. */
  readonly index: number;
}

export function DenseView({ derivation, stages, index: ownIndex }: DenseViewProps) {
  const { largest, rest, bias, activation } = derivation;
  const shape = stageBeforeFlatten(stages, ownIndex - 1).shape;
  const longest = Math.abs(largest[0].product);
  const shownSum = largest.reduce((total, { product }) => total + product, 0);
  return (
    <div class="derivation">
      <p class="hint">
        Each of {largest.length + rest.count} values before, times a weight of its own. The {largest.length} that count
        most, whether they speak for it or against it:
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Largest products">
        <table class="terms number">
          <thead>
            <tr>
              <th scope="col">
                {shape.length === 3 ? `from ${shape[2] === 1 ? '' : 'map, '}row, column` : 'from value'}
              </th>
              <th scope="col">input</th>
              <th scope="col">× weight</th>
              <th scope="col">= product</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {largest.map(({ index, place, input, weight, product }) => (
              <tr key={index}>
                <th scope="row">{shortNameOf(shape, place)}</th>
                <td>{formatNumber(input, 3)}</td>
                <td>{formatNumber(weight, 3)}</td>
                <td>{formatNumber(product)}</td>
                <SignedBar value={product} largest={longest} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <WeightedSum
        parts={[
          { value: shownSum, name: `the ${largest.length} products above`, id: 'part' },
          ...(rest.count === 0 ? [] : [{ value: rest.sum, name: `the ${rest.count} other products`, id: 'part' }]),
        ]}
        bias={bias}
        of="unit"
        activation={activation}
      />
    </div>
  );
}

/** As its column is headed, counted from 1. */
function shortNameOf(shape: Shape, { row, column, map }: Place): string {
  if (shape.length !== 3) return `${map + 1}`;
  return [...(shape[2] === 1 ? [] : [map]), row, column].map((number) => number + 1).join(', ');
}
