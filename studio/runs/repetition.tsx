/** The command and the address that repeat a run, or why none does. */

import { Copyable } from '../shell/copyable.js';
import { SaveNetwork } from '../train/network/save-network.js';
import { parametersOf } from '../train/training-config.js';
import { type Run, textOf } from './run.js';

interface RepetitionProps {
  readonly run: Run;
}

export function Repetition({ run }: RepetitionProps) {
  const { config, changes } = run;
  const command = textOf(run, 'command');
  const why =
    changes.length > 0
      ? `The learning rate was changed by hand ${changes.length === 1 ? 'once' : `${changes.length} times`}`
      : 'It was stopped before its end';
  return (
    <div>
      <h3>To repeat it</h3>
      {command === null ? (
        <p class="hint">{config ? `${why}: no command repeats it.` : 'It does not say which command repeats it.'}</p>
      ) : (
        <Copyable text={command} />
      )}
      {config?.layers ? (
        <div class="row">
          <SaveNetwork layers={config.layers} />
          <span class="hint">The command reads its layers from this file.</span>
        </div>
      ) : null}
      {config ? (
        <p>
          <a href={`#train?${parametersOf(config)}`}>Open its settings in Train</a>
        </p>
      ) : null}
    </div>
  );
}
