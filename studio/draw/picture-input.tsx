/** Ways to put a picture on the pad: drop it, paste it, choose a file, take one with the camera. */

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { FileButton } from '../shell/file-button.js';
import { messageOf, notify } from '../shell/notices.js';
import { isHidden } from '../shell/route.js';
import { useLoaded } from '../shell/use-loaded.js';
import { openPicture } from '../state/drawing.js';
import { readPictureFile } from './picture-file.js';
import './picture-input.css';

interface PictureInputProps {
  /** The pad. */
  readonly children: ComponentChildren;
}

export function PictureInput({ children }: PictureInputProps) {
  const [isOver, setIsOver] = useState(false);
  const [isCameraOpen, setIsCameraOpen] = useState(false);
  const camera = useLoaded(isCameraOpen, () => import('./camera.js'));
  useEffect(() => takeFiles(setIsOver), []);
  return (
    <div class={isOver ? 'picture-input over' : 'picture-input'}>
      {isCameraOpen && camera ? <camera.Camera onClose={() => setIsCameraOpen(false)} /> : children}
      <div class="row">
        {isHidden('picture') ? null : (
          <FileButton accept="image/*" label="Picture file" onFile={(file) => void openFile(file)}>
            Open a picture…
          </FileButton>
        )}
        {isHidden('camera') ? null : (
          <button type="button" aria-pressed={isCameraOpen} onClick={() => setIsCameraOpen(!isCameraOpen)}>
            Camera
          </button>
        )}
        {isHidden('picture') ? null : <span class="hint">or drop or paste one</span>}
      </div>
    </div>
  );
}

/** Files that are pasted, or dropped anywhere on the page. @returns ends it */
function takeFiles(setIsOver: (isOver: boolean) => void): () => void {
  const end = new AbortController();
  const { signal } = end;
  addEventListener('paste', ({ clipboardData }) => void openFile(clipboardData?.files[0]), { signal });
  addEventListener(
    'dragover',
    (event) => {
      event.preventDefault();
      setIsOver(true);
    },
    { signal },
  );
  addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && setIsOver(false), { signal });
  addEventListener(
    'drop',
    (event) => {
      event.preventDefault();
      setIsOver(false);
      void openFile(event.dataTransfer?.files[0]);
    },
    { signal },
  );
  return () => end.abort();
}

async function openFile(file: File | undefined): Promise<void> {
  if (!file) return;
  try {
    openPicture({ name: file.name, pixels: await readPictureFile(file) });
  } catch (error) {
    notify(`${file.name} could not be opened: ${messageOf(error)}`);
  }
}
