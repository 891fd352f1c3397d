/** `inkling summary`: a model's layers, and what the engine makes of them, without training it. */

import { Engine } from '../engine/engine.js';
import { formatProgram } from '../engine/program/program.js';
import { type LoadedEnsemble, loadEnsemble } from '../formats/ensemble-file.js';
import { isKnownName } from '../known-names.js';
import { architectureNames } from '../model/architectures.js';
import { countMultiplyAdds, countParameters, type Model } from '../model/model.js';
import { formatSummary } from '../model/summary.js';
import { sizeOf } from '../numerics/tensor.js';
import { integer } from '../report/number-format.js';
import { recipe } from '../training/recipes.js';
import { choosePreparedData, type DataChoice, dataShapeOf, mnistShape } from './data-choice.js';
import type { NetworkSummary } from './events.js';
import { resolveLatest } from './latest-run.js';
import { chooseModel, requireFit } from './model-choice.js';
import type { Output } from './output.js';
import { defaultRecipe, defaultSeed } from './recipe.js';
import { totalOf } from './setup.js';

export interface SummaryOptions extends Omit<DataChoice, 'prepare'> {
  readonly model: string;
  readonly program?: boolean;
}

/** @throws InklingError where the model or the data cannot be used */
export async function summary(options: SummaryOptions, output: Output): Promise<void> {
  const { model: choice, data, program = false } = options;
  const isMnist = data === undefined && options.resize === undefined;
  const shape = isMnist ? mnistShape : dataShapeOf((await choosePreparedData(options)).dataset);
  const path = await resolveLatest(choice);
  const ensemble = isKnownName(path, architectureNames) ? undefined : await loadEnsemble(path);
  if (ensemble) {
    if (data !== undefined) requireFit(ensemble.members[0].model, shape);
    showEnsemble(ensemble, program, output);
    return;
  }
  const model = await chooseModel(path, shape);
  if (data !== undefined) requireFit(model, shape);
  output.event({ event: 'summary', ...describeNetwork(model) });
  output.text(formatSummary(model, { lineLength: output.lineLength }));
  if (program) output.text(`\n${formatPrograms(model)}`);
}

function describeNetwork(model: Model): NetworkSummary {
  return {
    model: model.config.name,
    inputShape: model.config.inputShape,
    parameters: countParameters(model),
    multiplyAdds: countMultiplyAdds(model),
    layers: model.layers.map(({ name, layer, outputShape, weights, multiplyAdds }) => ({
      name,
      type: layer.type,
      outputShape,
      parameters: weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0),
      multiplyAdds,
    })),
  };
}

/** Members with the same layers are shown once. */
function showEnsemble({ name, members }: LoadedEnsemble, program: boolean, output: Output): void {
  const networks = members.map(({ model }) => model);
  const [parameters, multiplyAdds] = [totalOf(networks, countParameters), totalOf(networks, countMultiplyAdds)];
  const { inputShape } = networks[0].config;
  const described = { model: name, inputShape, parameters, multiplyAdds };
  output.event({ event: 'summary', ...described, members: networks.map(describeNetwork) });
  output.text(
    `Ensemble "${name}" of ${members.length} models, whose probabilities are averaged: ${integer(parameters)} parameters, ` +
      `${integer(multiplyAdds)} multiply-adds an image`,
  );
  const layersOf = (index: number) => JSON.stringify(networks[index].config.layers);
  const shown = new Set<number>();
  for (const first of networks.keys()) {
    if (shown.has(first)) continue;
    const indices = [...networks.keys()].filter((index) => layersOf(index) === layersOf(first));
    for (const index of indices) shown.add(index);
    const numbers = indices.map((index) => index + 1);
    output.text(`\n${numbers.length === 1 ? 'Member' : 'Members'} ${numbers.join(', ')}:`);
    output.text(formatSummary(networks[first], { lineLength: output.lineLength }));
    if (program) output.text(`\n${formatPrograms(networks[first])}`);
  }
}

/** The programs of a training, each kind once: those for other types of data differ in how they read it. */
function formatPrograms(model: Model): string {
  const { batchSize, optimizer } = recipe(defaultRecipe);
  const engine = new Engine(model, { threads: 1 });
  const blank = new Uint8Array(sizeOf(model.config.inputShape));
  engine.prepareTraining({
    rows: { inputs: { data: blank, shape: [1, ...model.config.inputShape] }, targets: [0] },
    batchSize,
    rule: optimizer,
    seed: defaultSeed,
  });
  const byName = new Map([...engine.programs].reverse().map((program) => [program.name, program]));
  return [...byName.values()].reverse().map(formatProgram).join('\n\n');
}
