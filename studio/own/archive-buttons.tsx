/** Takes the own digits out of the browser as a .zip, brings such a file in, and deletes all of them. */

import { useState } from 'preact/hooks';
import { announce } from '../shell/announcer.js';
import { FileButton } from '../shell/file-button.js';
import { messageOf, notify } from '../shell/notices.js';
import type { OwnDigit } from '../state/database.js';
import { saveFile } from '../state/save-file.js';
import { archiveOf, digitsOfArchive } from './digit-archive.js';
import { deleteDigits, keepDigits } from './own-digits.js';

interface ArchiveButtonsProps {
  readonly digits: readonly OwnDigit[];
}

export function ArchiveButtons({ digits }: ArchiveButtonsProps) {
  const [isAsking, setIsAsking] = useState(false);
  const download = async () => {
    try {
      saveFile('my-digits.zip', await archiveOf(digits), 'application/zip');
    } catch (error) {
      notify(`The digits could not be exported: ${messageOf(error)}`);
    }
  };
  return (
    <div class="stack">
      <div class="row">
        <button type="button" disabled={digits.length === 0} onClick={() => void download()}>
          Export .zip
        </button>
        <FileButton accept=".zip,application/zip" label="Archive of digits" onFile={(file) => void bringIn(file)}>
          Import .zip…
        </FileButton>
        {isAsking ? (
          <>
            <span>Delete all {digits.length}?</span>
            <button
              type="button"
              onClick={() => {
                setIsAsking(false);
                void deleteDigits(digits.map(({ id }) => id));
              }}
            >
              Delete
            </button>
            <button type="button" onClick={() => setIsAsking(false)}>
              Keep
            </button>
          </>
        ) : (
          <button type="button" disabled={digits.length === 0} onClick={() => setIsAsking(true)}>
            Delete all…
          </button>
        )}
      </div>
      {digits.length > 0 ? (
        <p class="hint">
          Unpacked, the .zip is a data set: <code>npx inkling train --data my-digits</code>, once there are two of each
          class.
        </p>
      ) : null}
    </div>
  );
}

async function bringIn(file: File): Promise<void> {
  try {
    const digits = await digitsOfArchive(file);
    await keepDigits(digits);
    announce(`${digits.length} digits were imported`);
  } catch (error) {
    notify(`${file.name} could not be imported: ${messageOf(error)}`);
  }
}
