/** Ways to put a picture on the pad: drop it, paste it, choose a file, take one with the camera. */

import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
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
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [isCameraOpen, setIsCameraOpen] = useState(false);
  const camera = useLoaded(isCameraOpen, () => import('./camera.js'));
  useEffect(() => takeFiles(setIsOver), []);
  return (
    <div class={isOver ? 'picture-input over' : 'picture-input'}>
      {isCameraOpen && camera ? <camera.Camera onClose={() => setIsCameraOpen(false)} /> : children}
      <div class="row">
        {isHidden('picture') ? null : (
          <button type="button" onClick={() => chooser.current!.click()}>
            Open a picture…
          </button>
        )}
        {isHidden('camera') ? null : (
          <button type="button" aria-pressed={isCameraOpen} onClick={() => setIsCameraOpen(!isCameraOpen)}>
            Camera
          </button>
        )}
        {isHidden('picture') ? null : <span class="hint">or drop or paste one</span>}
        <input
          ref={chooser}
          type="file"
          accept="image/*"
          hidden
          aria-label="Picture file"
          onChange={({ currentTarget }) => {
            void openFile(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
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
