/** Start, pause, go on, stop; how far it is; and the learning rate, which may be changed while it runs. */

import { useState } from 'preact/hooks';
import { isHidden } from '../shell/route.js';
import { durationOf } from './duration.js';
import { problemOf } from './training-config.js';
import {
  goOn,
  isActive,
  pause,
  problem,
  setLearningRate,
  snapshot,
  status,
  step,
  stepCount,
  stop,
  totalSteps,
  train,
  trained,
} from './training-state.js';
import { trainsElsewhere } from './unfinished-training.js';
import './controls.css';

export function Controls() {
  const now = status.value;
  return (
    <div class="stack">
      <div class="row">
        {!isActive.value ? (
          <button type="button" class="primary" disabled={trainsElsewhere.value} onClick={() => void train()}>
            {now === 'ended' ? 'Train again' : 'Train'}
          </button>
        ) : null}
        {/* One button of both, so that it keeps the focus. */}
        {now === 'running' || now === 'paused' ? (
          <button
            type="button"
            class={now === 'paused' ? 'primary' : undefined}
            onClick={() => void (now === 'paused' ? goOn() : pause())}
          >
            {now === 'paused' ? 'Go on' : 'Pause'}
          </button>
        ) : null}
        {now === 'paused' ? (
          <button type="button" title="Trains one step, and pauses again" onClick={() => void step()}>
            Step
          </button>
        ) : null}
        {now === 'running' || now === 'paused' ? (
          <button type="button" onClick={() => void stop()}>
            Stop
          </button>
        ) : null}
        {isActive.value && !isHidden('newLearningRate') ? <LiveLearningRate /> : null}
      </div>
      {problem.value ? (
        <p class="problem" role="alert">
          The training did not go through: {problem.value}
        </p>
      ) : null}
      {now === 'idle' ? null : <HowFar />}
    </div>
  );
}

const words: Readonly<Record<string, string>> = {
  starting: 'Fetching MNIST and starting the threads…',
  paused: 'Paused. The network stays as it is.',
  stopping: 'Stopping after this step, then testing…',
};

function HowFar() {
  const [done, total] = [stepCount.value, totalSteps.value];
  const speed = snapshot.value?.imagesPerSecond;
  const batch = trained.value?.batchSize ?? 1;
  const isTesting = status.value === 'running' && total > 0 && done >= total;
  const left = speed ? ((total - done) * batch) / speed : undefined;
  const text =
    words[status.value] ??
    (isTesting
      ? 'Testing…'
      : status.value === 'running' && speed
        ? `${Math.round(speed).toLocaleString('en')} images/s, ${durationOf(left!)} left`
        : '');
  return (
    <div class="how-far">
      <progress max={Math.max(total, 1)} value={done} aria-label="Steps of the training" />
      <span class="hint number">
        step {done.toLocaleString('en')} of {total.toLocaleString('en')}
        {text ? ` · ${text}` : ''}
      </span>
    </div>
  );
}

function LiveLearningRate() {
  const [text, setText] = useState('');
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const isGood = problemOf('learningRate', value) === undefined;
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isGood) return;
        void setLearningRate(value);
        setText('');
      }}
    >
      <label>
        New learning rate
        <input
          type="number"
          step="any"
          min="1e-7"
          max="10"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={!isGood}>
        Set
      </button>
    </form>
  );
}
