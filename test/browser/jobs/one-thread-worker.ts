/** The job of one-thread.ts in a Web Worker. */

import { useOneThread } from './one-thread.js';

self.onmessage = ({ data }) => {
  const fail = (error: unknown) => {
    // Whoever started this worker hears of what a timer throws, and of no promise.
    setTimeout(() => {
      throw error;
    });
  };
  useOneThread(data).then((result) => self.postMessage(result), fail);
};
