/** The numbers behind the curves, an epoch a line. */

import { epochs } from './training-state.js';
import './epoch-table.css';

const four = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(4));
const percent = (value: number | undefined) => (value === undefined ? '–' : `${(100 * value).toFixed(2)} %`);

export function EpochTable() {
  return (
    <details class="epoch-table" open>
      <summary>Epochs as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Epochs as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">epoch</th>
              <th scope="col">loss</th>
              <th scope="col">accuracy</th>
              <th scope="col">validation loss</th>
              <th scope="col">validation accuracy</th>
              <th scope="col">learning rate</th>
              <th scope="col">seconds</th>
            </tr>
          </thead>
          <tbody>
            {epochs.value.map(({ logs }) => (
              <tr key={logs.epoch}>
                <th scope="row">{logs.epoch}</th>
                <td>{four(logs.loss)}</td>
                <td>{percent(logs.accuracy)}</td>
                <td>{four(logs.valLoss)}</td>
                <td>{percent(logs.valAccuracy)}</td>
                <td>{Number(logs.learningRate.toPrecision(3))}</td>
                <td>{logs.seconds.toFixed(1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
