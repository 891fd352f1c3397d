/** A value of a convolution: the window of the input, times the kernel, added up over all channels. */

import type { ConvolutionDerivation, WindowOfChannel } from './derivations/derivation.js';
import { formatNumber } from './numbers.js';
import type { Stage } from './stages.js';
import { largestOf } from './value-colours.js';
import { ValueGrid } from './value-grid.js';
import { WeightedSum } from './weighted-sum.js';

interface ConvolutionViewProps {
  readonly derivation: ConvolutionDerivation;
  readonly before: Stage;
}

/** Channels whose products are shown; the rest is one sum. */
const shownChannels = 3;

export function ConvolutionView({ derivation, before }: ConvolutionViewProps) {
  const { window, channels, bias, activation } = derivation;
  const bySize = [...channels].sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  const shown = bySize.slice(0, shownChannels);
  const rest = bySize.slice(shownChannels);
  const largestInput = largestOf(before.values);
  const largestWeight = largestOf(channels.flatMap(({ weights }) => weights));
  const largestProduct = largestOf(channels.flatMap((channel) => productsOf(channel)));
  const isOne = channels.length === 1;
  return (
    <div class="derivation">
      <p class="hint">
        {isOne
          ? 'The window of the input, times the kernel of this filter, place by place; all products are added up.'
          : `In each of ${channels.length} maps before, the same window times a kernel of its own. The ${shown.length} that count most:`}
      </p>
      {shown.map((channel) => (
        <section
          key={channel.channel}
          class="products"
          aria-label={isOne ? 'Products' : `Products of map ${channel.channel + 1}`}
        >
          <ValueGrid
            title={isOne ? 'window' : `map ${channel.channel + 1}`}
            values={channel.inputs}
            columns={window.width}
            largest={largestInput}
          />
          <span class="sign">×</span>
          <ValueGrid title="kernel" values={channel.weights} columns={window.width} largest={largestWeight} />
          <span class="sign">=</span>
          <ValueGrid title="products" values={productsOf(channel)} columns={window.width} largest={largestProduct} />
          {isOne ? null : <span class="number">together {formatNumber(channel.sum)}</span>}
        </section>
      ))}
      <WeightedSum
        parts={[
          ...shown.map(({ channel, sum }) => ({
            value: sum,
            name: isOne ? 'sum of all products' : `from map ${channel + 1}`,
            id: 'part',
          })),
          ...(rest.length === 0
            ? []
            : [
                {
                  value: sumOf(rest),
                  name: `from the ${rest.length} other ${rest.length === 1 ? 'map' : 'maps'}`,
                  id: 'part',
                },
              ]),
        ]}
        bias={bias}
        of="map"
        activation={activation}
      />
      {rest.length === 0 ? null : <AllChannels channels={channels} />}
    </div>
  );
}

function AllChannels({ channels }: { readonly channels: readonly WindowOfChannel[] }) {
  return (
    <details>
      <summary>What each of the {channels.length} maps adds</summary>
      <table class="terms number">
        <thead>
          <tr>
            <th scope="col">map</th>
            <th scope="col">sum of its products</th>
          </tr>
        </thead>
        <tbody>
          {channels.map(({ channel, sum }) => (
            <tr key={channel}>
              <th scope="row">{channel + 1}</th>
              <td>{formatNumber(sum)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function productsOf({ inputs, weights }: WindowOfChannel): number[] {
  return inputs.map((input, at) => (input ?? 0) * weights[at]);
}

function sumOf(channels: readonly WindowOfChannel[]): number {
  return channels.reduce((total, { sum }) => total + sum, 0);
}
