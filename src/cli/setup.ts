/** What a command is about to work with, for people and as the first event. */

import { availableParallelism } from 'node:os';
import type { Dataset } from '../data/dataset.js';
import { imageShape } from '../data/dataset.js';
import type { EngineOptions } from '../engine/engine-options.js';
import type { Ensemble } from '../inference/ensemble.js';
import { countMultiplyAdds, countParameters, type Model } from '../model/model.js';
import { formatShape } from '../numerics/tensor.js';
import { integer } from '../report/number-format.js';
import type { Sequential } from '../sequential.js';
import type { Setup } from './events.js';
import type { Output } from './output.js';

/** The one network of a model, or those of an ensemble. */
export function networksOf(model: Sequential | Ensemble): readonly Model[] {
  return 'members' in model ? model.members.map((member) => member.model) : [model.definition];
}

/** A number of each network, added up. */
export function totalOf(networks: readonly Model[], count: (network: Model) => number): number {
  return networks.reduce((sum, network) => sum + count(network), 0);
}

/** @param parts images to train on and to validate on; none where nothing is trained */
export function setupOf(
  dataset: Dataset,
  model: Sequential | Ensemble,
  parts?: { training: number; validation: number },
): Setup {
  const { name, source, sha256, classNames, test } = dataset;
  const networks = networksOf(model);
  return {
    data: {
      name,
      source,
      sha256,
      imageShape: imageShape(test.images),
      classNames,
      ...(parts && { trainingImages: parts.training, validationImages: parts.validation }),
      testImages: test.labels.length,
    },
    model: {
      name: model.name,
      parameters: totalOf(networks, countParameters),
      multiplyAdds: totalOf(networks, countMultiplyAdds),
    },
    threads: model.threads,
    arithmetic: model.arithmetic,
    vectorBits: model.vectorBits,
  };
}

/** The data, then the engine. */
export function describeData({ data }: Setup): string {
  const counts = [
    data.trainingImages !== undefined && `${integer(data.trainingImages)} images to train on`,
    data.validationImages !== undefined && `${integer(data.validationImages)} to validate on`,
    `${integer(data.testImages)}${data.trainingImages === undefined ? ' images' : ''} to test on`,
  ];
  const shape = `${formatShape(data.imageShape)}, ${data.classNames.length} classes`;
  return `Data: ${data.source}\n      ${counts.filter(Boolean).join(', ')}; ${shape}`;
}

export function describeEngine({ threads, arithmetic, vectorBits }: Setup): string {
  return `Engine: ${threads} ${threads === 1 ? 'thread' : 'threads'}, ${arithmetic} arithmetic, vectors of ${vectorBits} bits`;
}

/** What `--threads`, `--arithmetic` and `--vectors` say. */
export interface EngineChoice extends Pick<EngineOptions, 'threads' | 'arithmetic'> {
  readonly vectors: '128' | '256' | 'auto';
}

/** As the library takes them. */
export function engineOptionsOf({ threads, arithmetic, vectors }: EngineChoice): EngineOptions {
  return { threads, arithmetic, vectorBits: vectors === 'auto' ? 'auto' : vectors === '256' ? 256 : 128 };
}

export function noticeManyThreads(output: Output, threads: number): void {
  const cores = availableParallelism();
  if (threads <= cores) return;
  const few = `${cores} ${cores === 1 ? 'core' : 'cores'}`;
  output.notice(`${threads} threads on ${few}: the results are the same, but it takes longer than with ${cores}.`);
}
