/** Opens a run that was downloaded, or packed from the folder of one. */

import { announce } from '../shell/announcer.js';
import { FileButton } from '../shell/file-button.js';
import { messageOf, notify } from '../shell/notices.js';
import { runOfArchive } from './run-archive.js';
import { keepRun, selectedIds } from './runs-state.js';

export function OpenRun() {
  return (
    <FileButton accept=".zip,application/zip" label="Archive of a run" onFile={(file) => void open(file)}>
      Open a run's .zip…
    </FileButton>
  );
}

async function open(file: File): Promise<void> {
  try {
    const { id, name } = await keepRun(await runOfArchive(file), file.name.replace(/\.zip$/i, ''), Date.now());
    selectedIds.value = [id];
    announce(`The run ${name} was opened`);
  } catch (error) {
    notify(`${file.name} could not be opened: ${messageOf(error)}`);
  }
}
