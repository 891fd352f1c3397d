/** What somebody changed while it ran, and from which step on: marked in the curves by a dashed line. */

import { changes } from './training-state.js';

export function Changes() {
  const all = changes.value;
  if (all.length === 0) return null;
  return (
    <section aria-label="Changes while it ran">
      <h3>Changes while it ran</h3>
      <ol class="changes">
        {all.map(({ step, value }, index) => (
          <li key={index} class="number">
            From step {(step + 1).toLocaleString('en')} on: learning rate {value}
          </li>
        ))}
      </ol>
      <p class="hint">A dashed line in the curves marks each of them.</p>
    </section>
  );
}
