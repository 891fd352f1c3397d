/** How the weights of each layer's kernel are spread, a small histogram a layer. */

import type { WeightHistogram } from '../conductor/watch/weight-histogram.js';
import { layers } from './training-state.js';
import './weight-histograms.css';

const height = 40;
const short = (value: number) => String(Number(value.toPrecision(2))).replace('-', '−');

export function WeightHistograms() {
  const histograms = layers.value?.histograms;
  return (
    <>
      {histograms ? (
        <>
          <ul class="histograms">
            {histograms.map((histogram) => (
              <li key={histogram.layer}>
                <Histogram histogram={histogram} />
              </li>
            ))}
          </ul>
          <HistogramTable histograms={histograms} />
        </>
      ) : (
        <p class="hint">They come when it trains.</p>
      )}
      <p class="hint">
        How many of a layer's weights have which value, 0 in the middle. At first they are spread evenly; as it learns a
        hill grows with long slopes. Look for a spread that runs away: then the learning rate is too high.
      </p>
    </>
  );
}

function Histogram({ histogram: { layer, bins, reach, count, standardDeviation, notFinite } }: Props) {
  const most = Math.max(1, ...bins);
  const said = `${layer}: ${count.toLocaleString('en')} weights from ${short(-reach)} to ${short(reach)}, standard deviation ${short(standardDeviation)}`;
  return (
    <figure>
      <figcaption>{layer}</figcaption>
      <svg viewBox={`0 0 ${bins.length} ${height}`} preserveAspectRatio="none" role="img" aria-label={said}>
        {bins.map((bin, index) => (
          <rect key={index} x={index + 0.05} width={0.9} y={height * (1 - bin / most)} height={(height * bin) / most} />
        ))}
      </svg>
      <div class="ends hint number" aria-hidden="true">
        <span>{short(-reach)}</span>
        <span>0</span>
        <span>{short(reach)}</span>
      </div>
      {notFinite > 0 ? <p class="problem">{notFinite.toLocaleString('en')} weights are not finite.</p> : null}
    </figure>
  );
}

interface Props {
  readonly histogram: WeightHistogram;
}

function HistogramTable({ histograms }: { readonly histograms: readonly WeightHistogram[] }) {
  const rows: readonly [name: string, value: (histogram: WeightHistogram) => string][] = [
    ['weights', ({ count }) => count.toLocaleString('en')],
    ['smallest', ({ least }) => short(least)],
    ['largest', ({ most }) => short(most)],
    ['mean', ({ mean }) => short(mean)],
    ['standard deviation', ({ standardDeviation }) => short(standardDeviation)],
  ];
  const bins = histograms[0]?.bins.length ?? 0;
  return (
    <details class="histogram-table">
      <summary>Weights as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Weights as a table">
        <table class="number">
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">what, then of which layer</span>
              </th>
              {histograms.map(({ layer }) => (
                <th key={layer} scope="col">
                  {layer}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {histograms.map((histogram) => (
                  <td key={histogram.layer}>{value(histogram)}</td>
                ))}
              </tr>
            ))}
            {Array.from({ length: bins }, (_, bin) => (
              <tr key={bin}>
                <th scope="row">weights around {short((2 * (bin + 0.5)) / bins - 1)} of the largest</th>
                {histograms.map((histogram) => (
                  <td key={histogram.layer}>{histogram.bins[bin].toLocaleString('en')}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
