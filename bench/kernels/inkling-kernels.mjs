/** Inkling's kernels beside this machine's peaks, as a program of the bench. */

import { loadImages } from '../peers/mnist.mjs';
import { answer, report } from '../peers/protocol.mjs';
import { nativePeak, webAssemblyPeak } from './peak.mjs';
import { timeTraining } from './time-training.mjs';

await answer({ kernels });

async function kernels({ peakSeconds, scratch, images, ...job }) {
  const rows = loadImages(job.data, 'train', images);
  const { arithmetic, parts } = await timeTraining({ ...job, rows });
  for (const part of parts) report({ ...part, arithmetic });
  report({
    peak: `128-bit WebAssembly, ${arithmetic}`,
    arithmetic,
    gigaflops: await webAssemblyPeak(arithmetic, peakSeconds),
  });
  for (const bytes of [16, 32, 64]) {
    const gigaflops = nativePeak(bytes, peakSeconds, scratch);
    if (gigaflops) report({ peak: `${bytes * 8}-bit native`, gigaflops });
  }
}
