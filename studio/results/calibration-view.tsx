/** How far the probabilities can be taken at their word, and how many images are answered surely. */

import { countStates } from './answers.js';
import { ReliabilityDiagram } from './reliability-diagram.js';
import type { Tested } from './results-state.js';
import { integer, percent } from './words.js';

export function CalibrationView({ tested }: { readonly tested: Tested }) {
  const { calibration, reliability, answers } = tested;
  const { before, after } = reliability;
  return (
    <>
      <h2>How far to trust its probabilities</h2>
      <p class="hint">
        Of 100 answers that it calls 90 % probable, 90 should be right. Look whether the points lie on the dashed line.
      </p>
      <div class="calibration">
        <ReliabilityDiagram bins={after.bins} />
        <div class="stack">
          <p>
            Expected calibration error {percent(after.expectedCalibrationError)}
            {calibration
              ? ` at the temperature ${calibration.temperature.toFixed(3)}, a number that makes all probabilities bolder or more cautious, ${percent(before.expectedCalibrationError)} without it`
              : ''}
            : so far are the probabilities, on the average, from the share of right answers.
          </p>
          {calibration ? (
            <>
              <p>
                <b>digit</b> is said from a probability of{' '}
                {calibration.confidenceThreshold === null
                  ? '100 % on, so never'
                  : `${percent(calibration.confidenceThreshold)} on`}
                , <b>not a digit</b> below {percent(calibration.rejectionThreshold)}, <b>not sure</b> between. Both were
                fitted on {integer(calibration.images)} validation images.
              </p>
              <table class="numbers" aria-label="Images in each state">
                <thead>
                  <tr>
                    <th scope="col">state</th>
                    <th scope="col">images</th>
                    <th scope="col">share</th>
                    <th scope="col">of them right</th>
                  </tr>
                </thead>
                <tbody>
                  {countStates(answers, calibration).map(({ state, right, wrong }) => (
                    <tr key={state}>
                      <th scope="row">{state}</th>
                      <td>{integer(right + wrong)}</td>
                      <td>{percent((right + wrong) / answers.labels.length)}</td>
                      <td>{right + wrong === 0 ? '–' : percent(right / (right + wrong))}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <p class="hint">
                The states are those of the pad. All these images are digits: "not a digit" is a mistake here, "not
                sure" is caution.
              </p>
            </>
          ) : (
            <p class="hint">
              This network has no calibration, as it had fewer than 100 validation images: its probabilities are taken
              as they are.
            </p>
          )}
        </div>
      </div>
    </>
  );
}
