/**
 * ONNX Runtime as a program of the bench: the native library or its WebAssembly build, as the job names. Inference
 * only.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { reportInference } from './inference.mjs';
import { loadImages, scaled } from './mnist.mjs';
import { answer, job, report } from './protocol.mjs';

const { default: defaults, ...named } = await import(job.runtime);
const ort = defaults ?? named;
await answer({ versions, check, infer });
process.exit();

function versions() {
  const entry = createRequire(import.meta.url).resolve(job.runtime);
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8'));
  report({ versions: { [job.runtime]: version, node: process.versions.node } });
}

async function session({ onnx, threads }) {
  if (ort.env.wasm) ort.env.wasm.numThreads = threads;
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all' };
  return ort.InferenceSession.create(new Uint8Array(readFileSync(onnx)), options);
}

async function probabilitiesOf(running, { data, shape }) {
  const { probabilities } = await running.run({ images: new ort.Tensor('float32', data, shape) });
  return probabilities.data;
}

async function check(settings) {
  const { images } = loadImages(settings.data, 'test', settings.images);
  const batch = { data: scaled(images.data), shape: images.shape };
  report({ probabilities: [...(await probabilitiesOf(await session(settings), batch))], losses: [] });
}

async function infer(settings) {
  const running = await session(settings);
  const { images } = loadImages(settings.data, 'test', Math.max(...settings.batchSizes));
  await reportInference(settings, (batch) => probabilitiesOf(running, batch), { data: scaled(images.data) });
}
