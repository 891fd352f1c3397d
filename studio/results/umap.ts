/** The map by UMAP: asked of a worker that is started for it and ended after it. */

import { signal } from '@preact/signals';
import { ask } from '../conductor/client.js';
import { featureMap, umapPoints } from './results-state.js';
import type { UmapMessage, UmapRequest } from './umap-worker.js';

/** undefined while none is being made. */
export const umapProgress = signal<{ readonly done: number; readonly total: number } | undefined>(undefined);

let end = () => {};

/** @throws Error where the worker fails; resolves without a map where it was cancelled */
export async function makeUmap(): Promise<void> {
  const map = featureMap.peek();
  umapProgress.value = { done: 0, total: 1 };
  try {
    const request: UmapRequest = await ask('results', 'activations', undefined);
    const points = await layOut(request);
    if (featureMap.peek() === map) umapPoints.value = points;
  } finally {
    umapProgress.value = undefined;
  }
}

export function cancelUmap(): void {
  end();
}

function layOut(request: UmapRequest): Promise<Float32Array | undefined> {
  const worker = new Worker(new URL('./umap-worker.ts', import.meta.url), { type: 'module', name: 'umap' });
  const made = new Promise<Float32Array | undefined>((resolve, reject) => {
    end = () => resolve(undefined);
    worker.onmessage = ({ data }: MessageEvent<UmapMessage>) => {
      if ('points' in data) resolve(data.points);
      else umapProgress.value = data;
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message || 'its script could not be loaded.'));
    };
  });
  worker.postMessage(request, [request.values.buffer]);
  return made.finally(() => worker.terminate());
}
