/** Saves layers of one's own as the file that commands read. */

import type { Layer } from 'inkling';
import { saveFile } from '../../state/save-file.js';
import { fileOfLayers, ownFile } from './network.js';

export function SaveNetwork({ layers }: { readonly layers: readonly Layer[] }) {
  return (
    <button type="button" onClick={() => saveFile(ownFile, fileOfLayers(layers), 'application/json')}>
      Save {ownFile}
    </button>
  );
}
