/** For each layer with relu, the share of its units that no image of a small batch activates. */

import { layers } from './training-state.js';
import './dead-units.css';

export function DeadUnits() {
  const units = layers.value?.units;
  return (
    <>
      {units === undefined ? (
        <p class="hint">They are counted when it trains.</p>
      ) : units.length === 0 ? (
        <p class="hint">This network has no layer with relu: its units cannot die in this way.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section class="scroll" tabIndex={0} aria-label="Dead units">
          <table class="dead-units number" aria-label="Dead units of each layer">
            <thead>
              <tr>
                <th scope="col">layer</th>
                <th scope="col">dead</th>
                <th scope="col">of</th>
                <th scope="col">share</th>
              </tr>
            </thead>
            <tbody>
              {units.map(({ layer, units: all, dead }) => (
                <tr key={layer}>
                  <th scope="row">{layer}</th>
                  <td>{dead}</td>
                  <td>{all}</td>
                  <td>
                    <span class="bar" aria-hidden="true">
                      <span style={{ width: `${(100 * dead) / all}%` }} />
                    </span>{' '}
                    {((100 * dead) / all).toFixed(0)} %
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p class="hint">
        A unit with relu is dead when none of 64 validation images brings it above 0: it says nothing and learns
        nothing. A few are usual. Look for a share that grows: then the learning rate is too high.
      </p>
    </>
  );
}
