/** `inkling summary`: a model's layers, and what the engine makes of them, without training it. */

import { Engine } from '../engine/engine.js';
import { formatProgram } from '../engine/program/program.js';
import { countMultiplyAdds, countParameters, type Model } from '../model/model.js';
import { formatSummary } from '../model/summary.js';
import { sizeOf } from '../numerics/tensor.js';
import { recipe } from '../training/recipes.js';
import { choosePreparedData, type DataChoice, dataShapeOf, mnistShape } from './data-choice.js';
import { resolveLatest } from './latest-run.js';
import { chooseModel, requireFit } from './model-choice.js';
import type { Output } from './output.js';
import { defaultRecipe, defaultSeed } from './recipe.js';

export interface SummaryOptions extends Omit<DataChoice, 'prepare'> {
  readonly model: string;
  readonly program?: boolean;
}

/** @throws InklingError where the model or the data cannot be used */
export async function summary(options: SummaryOptions, output: Output): Promise<void> {
  const { model: choice, data, program = false } = options;
  const isMnist = data === undefined && options.resize === undefined;
  const shape = isMnist ? mnistShape : dataShapeOf((await choosePreparedData(options)).dataset);
  const model = await chooseModel(await resolveLatest(choice), shape);
  if (data !== undefined) requireFit(model, shape);
  output.event({
    event: 'summary',
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
  });
  output.text(formatSummary(model, { lineLength: output.lineLength }));
  if (program) output.text(`\n${formatPrograms(model)}`);
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
