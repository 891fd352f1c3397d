/** What can be done with one run: draw with its network, name it, take it elsewhere, repeat it, delete it. */

import { modelFromFiles, Recognizer } from 'inkling';
import { useId, useState } from 'preact/hooks';
import { messageOf, notify } from '../shell/notices.js';
import { enterRoom } from '../shell/route.js';
import { reader } from '../state/reader.js';
import { saveFile } from '../state/save-file.js';
import { fourDigits, percent } from './numbers.js';
import { Repetition } from './repetition.js';
import { heldOutOf, numberOf, type Run, shortConfiguration, textOf } from './run.js';
import { archiveOfRun, folderNameOf } from './run-archive.js';
import { RunCurves } from './run-curves.js';
import { deleteRun, filesOfRun, modelFilesOfRun, renameRun } from './runs-state.js';
import './run-details.css';

interface RunDetailsProps {
  readonly run: Run;
}

export function RunDetails({ run }: RunDetailsProps) {
  const seconds = numberOf(run, 'trainSeconds');
  return (
    <section class="card stack run-details" aria-label={`Run ${run.name}`}>
      <h2>{run.name}</h2>
      <p>
        {shortConfiguration(run)}. Test accuracy {percent(numberOf(run, 'testAccuracy'))}, test loss{' '}
        {fourDigits(numberOf(run, 'testLoss'))}
        {seconds === null ? '' : `, ${seconds.toFixed(1)} s of training`}.
      </p>
      <div class="row">
        <button type="button" class="primary" onClick={() => void draw(run)}>
          Draw with this network
        </button>
        {run.place === 'browser' ? (
          <button type="button" onClick={() => void download(run)}>
            Download .zip
          </button>
        ) : null}
        {run.place === 'browser' ? <Deletion run={run} /> : null}
      </div>
      {run.place === 'browser' ? (
        <Name run={run} />
      ) : (
        <p class="hint">It is in the folder that the studio serves, and is only read here.</p>
      )}
      <Repetition run={run} />
      <p class="hash">
        weightsSha256 <code>{textOf(run, 'weightsSha256')}</code>
      </p>
      <RunCurves runs={[run]} />
    </section>
  );
}

function Name({ run }: RunDetailsProps) {
  const id = useId();
  const [text, setText] = useState(run.name);
  const name = text.trim();
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== '') void renameRun(run, name);
      }}
    >
      <label for={id}>Name</label>
      <input
        id={id}
        type="text"
        maxLength={80}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <button type="submit" disabled={name === '' || name === run.name}>
        Rename
      </button>
    </form>
  );
}

function Deletion({ run }: RunDetailsProps) {
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) {
    return (
      <button type="button" onClick={() => setIsAsking(true)}>
        Delete…
      </button>
    );
  }
  return (
    <>
      <span>Delete this run for good?</span>
      <button type="button" onClick={() => void deleteRun(run)}>
        Delete
      </button>
      <button type="button" onClick={() => setIsAsking(false)}>
        Keep
      </button>
    </>
  );
}

async function draw(run: Run): Promise<void> {
  try {
    const recognizer = new Recognizer(modelFromFiles(await modelFilesOfRun(run)));
    reader.value = { recognizer, name: `the network of the run "${run.name}"`, heldOut: heldOutOf(run) };
    enterRoom('draw');
  } catch (error) {
    notify(`The network of ${run.name} cannot read drawings: ${messageOf(error)}`);
  }
}

async function download(run: Run): Promise<void> {
  try {
    const folder = folderNameOf(run.name);
    saveFile(`${folder}.zip`, archiveOfRun(folder, await filesOfRun(run)), 'application/zip');
  } catch (error) {
    notify(`The run could not be downloaded: ${messageOf(error)}`);
  }
}
