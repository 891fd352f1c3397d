/** A thread of the engine that joins the team like any other and breaks when it is told to play; how is the last part of its URL. */

import { parentPort } from 'node:worker_threads';

const how = new URL(import.meta.url).hash.slice(1);

parentPort.on('message', ({ type }) => {
  if (type !== 'play') return;
  if (how === 'exit') process.exit(3);
  if (how === 'throw') throw new RangeError('out of luck.');
  parentPort.postMessage({ type: 'failed', reason: 'memory access out of bounds.' });
});
