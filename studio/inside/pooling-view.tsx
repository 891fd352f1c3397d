/** A value of a pooling: its window, and which value won or what the mean is. */

import type { PoolingDerivation } from './derivations/derivation.js';
import { Equation } from './equation.js';
import { formatNumber } from './numbers.js';
import type { Stage } from './stages.js';
import { largestOf } from './value-colours.js';
import { ValueGrid } from './value-grid.js';

interface PoolingViewProps {
  readonly derivation: PoolingDerivation;
  readonly before: Stage;
}

export function PoolingView({ derivation, before }: PoolingViewProps) {
  const { method, window, channel, inputs, winner, sum, count, value } = derivation;
  const isMax = method === 'max';
  return (
    <div class="derivation">
      <p class="hint">
        {isMax
          ? `The largest of the ${count} values in the window of map ${channel + 1} wins; where several are equal, the first.`
          : `The mean of the ${count} values in the window of map ${channel + 1}.`}
        {count < inputs.length ? ' What is outside of the image takes no part.' : ''}
      </p>
      <div class="scroll">
        <ValueGrid
          title={`window of map ${channel + 1}`}
          values={inputs}
          columns={window.width}
          largest={largestOf(before.values)}
          winner={winner}
        />
      </div>
      <Equation
        lines={
          isMax
            ? [{ value, name: `the value: max(${listed(inputs)})`, isTotal: true, id: 'value' }]
            : [
                { value: sum, name: 'sum of the window', id: 'part' },
                { value, name: `the value: sum / ${count}`, isTotal: true, id: 'value' },
              ]
        }
      />
    </div>
  );
}

function listed(inputs: readonly (number | undefined)[]): string {
  return inputs.flatMap((input) => (input === undefined ? [] : [formatNumber(input, 2)])).join(', ');
}
