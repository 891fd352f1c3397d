/** Inference in a warm process: how many images a second, and how long one call takes. */

import { quantile } from '../statistics.mjs';
import { report, startClock } from './protocol.mjs';

/**
 * Calls `predict(batch)` for a while at each batch size, after a warm-up, and reports images, seconds and latencies.
 */
export async function reportInference({ batchSizes, seconds }, predict, images) {
  for (const batchSize of batchSizes) {
    const data = images.data.slice(0, batchSize * 784);
    const batch = { data, shape: [batchSize, 28, 28, 1] };
    await repeat(() => predict(batch), seconds / 2);
    const read = startClock();
    const milliseconds = await repeat(() => predict(batch), seconds);
    const latencies = { p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99) };
    report({ batchSize, images: batchSize * milliseconds.length, ...read(), ...latencies });
  }
}

/** Milliseconds of each of the calls that fit into the time, at least one. */
async function repeat(call, seconds) {
  const milliseconds = [];
  const start = performance.now();
  for (let now = start; milliseconds.length === 0 || now - start < seconds * 1000; ) {
    const begun = now;
    await call();
    now = performance.now();
    milliseconds.push(now - begun);
  }
  return milliseconds;
}
