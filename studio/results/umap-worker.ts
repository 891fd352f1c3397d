/** Lays rows of many values out by UMAP (McInnes, Healy, Melville 2018): a worker of its own, as it takes seconds. */

import { UMAP } from 'umap-js';

export interface UmapRequest {
  /** `[rows, columns]` */
  readonly values: Float32Array;
  readonly columns: number;
}

export type UmapMessage =
  | { readonly done: number; readonly total: number }
  /** `[rows, 2]` */
  | { readonly points: Float32Array };

const scope = globalThis as unknown as {
  postMessage(message: UmapMessage, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<UmapRequest>) => void) | null;
};

const neighbours = 15;
const minimumDistance = 0.1;
/** Steps between two messages of how far it is. */
const stepsAMessage = 10;

scope.onmessage = ({ data: { values, columns } }) => {
  const rows = Array.from({ length: values.length / columns }, (_, row) =>
    Array.from(values.subarray(row * columns, (row + 1) * columns)),
  );
  const umap = new UMAP({ nNeighbors: neighbours, minDist: minimumDistance, random: seededRandom(1) });
  const total = umap.initializeFit(rows);
  for (let done = 0; done < total; done++) {
    if (done % stepsAMessage === 0) scope.postMessage({ done, total });
    umap.step();
  }
  const points = Float32Array.from(umap.getEmbedding().flat());
  scope.postMessage({ points }, [points.buffer]);
};

/** The same map for the same network: Mulberry32, from 0 to 1. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
