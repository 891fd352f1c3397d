/** Which network is tested on which images, and the button that does it. */

import { chosenName, chosenNetwork, chosenPart, isTesting, networks, problem, test, tested } from './results-state.js';
import { partNames } from './words.js';
import './test-choice.css';

export function TestChoice() {
  const { pad, trained } = networks.value;
  const network = chosenNetwork.value;
  const shown = tested.value;
  const isShown = shown?.network === network && shown?.part === chosenPart.value;
  return (
    <section class="card stack wide" aria-label="Test">
      <h2>How good is it?</h2>
      <div class="row">
        <label>
          Network
          <select
            value={trained ? chosenName.value : 'pad'}
            onInput={({ currentTarget }) => {
              chosenName.value = currentTarget.value as 'pad' | 'trained';
            }}
          >
            <option value="pad">The one that reads the pad</option>
            <option value="trained" disabled={!trained}>
              The one trained last
            </option>
          </select>
        </label>
        <label>
          Images
          <select
            value={chosenPart.value}
            onInput={({ currentTarget }) => {
              chosenPart.value = currentTarget.value as 'test' | 'validation';
            }}
          >
            <option value="test">10,000 test images</option>
            <option value="validation" disabled={network?.heldOut === undefined}>
              Validation images
            </option>
          </select>
        </label>
        <button
          type="button"
          class={isShown ? undefined : 'primary'}
          disabled={!network || isTesting.value}
          onClick={() => void test()}
        >
          {isTesting.value ? 'Testing…' : 'Test it'}
        </button>
      </div>
      {problem.value ? (
        <p class="problem" role="alert">
          The test did not go through: {problem.value}
        </p>
      ) : null}
      <div class="notes">
        <p class="hint">
          {pad ? `The pad is read by ${pad.name}. ` : 'The model is being loaded. '}
          {shown
            ? `Below: ${shown.network.name}, on ${partNames[shown.part]}${isShown ? '.' : '. Press "Test it" for what is chosen now.'}`
            : '"Test it" fetches MNIST, about 11 MB, from the server of this page, once, and lets the network read the images you chose.'}
        </p>
        <p class="hint">
          {chosenPart.value === 'test'
            ? 'The test images are here to be read, and nothing should be chosen by them: who tries many networks and keeps the best on these images has fitted to them. To compare and choose, take the validation images.'
            : 'Validation images are those that this training set aside and learned nothing from: choose by them as often as you like.'}
        </p>
      </div>
    </section>
  );
}
