/** Opens a run that was downloaded, or packed from the folder of one. */

import { useRef } from 'preact/hooks';
import { announce } from '../shell/announcer.js';
import { messageOf, notify } from '../shell/notices.js';
import { runOfArchive } from './run-archive.js';
import { keepRun, selectedIds } from './runs-state.js';

export function OpenRun() {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => chooser.current!.click()}>
        Open a run's .zip…
      </button>
      <input
        ref={chooser}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label="Archive of a run"
        onChange={({ currentTarget }) => {
          void open(currentTarget.files?.[0]);
          currentTarget.value = '';
        }}
      />
    </>
  );
}

async function open(file: File | undefined): Promise<void> {
  if (!file) return;
  try {
    const { id, name } = await keepRun(await runOfArchive(file), file.name.replace(/\.zip$/i, ''), Date.now());
    selectedIds.value = [id];
    announce(`The run ${name} was opened`);
  } catch (error) {
    notify(`${file.name} could not be opened: ${messageOf(error)}`);
  }
}
