/** What the network still reads when images are shifted, turned, noisy and so on: measured when somebody asks. */

import { useState } from 'preact/hooks';
import { ask } from '../conductor/client.js';
import { messageOf } from '../shell/notices.js';
import { measureRobustness, progress, robustness, type Tested } from './results-state.js';
import { RobustnessCharts } from './robustness-charts.js';
import { RobustnessTable } from './robustness-table.js';
import { integer, partNames } from './words.js';

const sizes = [100, 300, 1000];

export function RobustnessView({ tested }: { readonly tested: Tested }) {
  const [images, setImages] = useState(sizes[0]);
  const [problem, setProblem] = useState<string>();
  const report = robustness.value;
  const now = progress.value?.what === 'robustness' ? progress.value : undefined;
  const measure = () => {
    setProblem(undefined);
    measureRobustness(images).catch((error: unknown) => setProblem(messageOf(error)));
  };
  return (
    <>
      <h2>What it still reads</h2>
      <p class="hint">
        Images are shifted, turned, scaled, made noisy and so on, step by step, and read by the network alone and as the
        pad reads: cut out, scaled and centred first. It reads some of the {partNames[tested.part]}, evenly spaced.
      </p>
      <div class="row">
        <label>
          Images at each step
          <select value={images} onInput={({ currentTarget }) => setImages(Number(currentTarget.value))}>
            {sizes.map((size) => (
              <option key={size} value={size} disabled={size > tested.answers.labels.length}>
                {integer(size)}
              </option>
            ))}
          </select>
        </label>
        {now ? (
          <button type="button" onClick={() => void ask('results', 'cancel', undefined)}>
            Cancel
          </button>
        ) : (
          <button type="button" onClick={measure}>
            Distort and read
          </button>
        )}
      </div>
      {now ? (
        <div class="row">
          <progress max={now.total} value={now.done} aria-label="Steps of the distortions" />
          <span class="hint number">
            step {now.done} of {now.total}
          </span>
        </div>
      ) : null}
      {problem ? (
        <p class="problem" role="alert">
          Robustness was not measured: {problem}
        </p>
      ) : null}
      {report ? (
        <>
          <RobustnessCharts report={report} />
          <p class="hint">
            {integer(report.images)} images at each step; the shade is the 95 % interval, and the scale is stretched
            where nearly all are right. Look where a line falls: that is what this network did not learn to bear.
          </p>
          <RobustnessTable report={report} />
        </>
      ) : null}
    </>
  );
}
