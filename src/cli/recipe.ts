/** How `inkling train` trains: as its recipe says, but for what was asked. */

import { type Loss, sparseCategoricalCrossentropy } from '../training/losses.js';
import { type Optimizer, type OptimizerName, optimizerByName } from '../training/optimizers.js';
import { type Recipe, type RecipeName, recipe } from '../training/recipes.js';
import { scheduleByName } from '../training/schedules.js';
import { type OptimizerSettings, withSettings } from './optimizer-settings.js';

export const defaultRecipe = 'default';
export const defaultSeed = 1;
/** Every recipe's. */
const recipeSchedule = 'one-cycle';

/** Options that a recipe fills in where they are not given. */
export interface RecipeOptions extends OptimizerSettings {
  readonly recipe: RecipeName;
  readonly model?: string;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly optimizer?: OptimizerName;
  /** The schedule's highest. */
  readonly learningRate?: number;
  readonly schedule?: string;
  readonly labelSmoothing?: number;
}

/** With nothing left open but what the optimizer has a default for. */
export type ChosenOptions = Required<Omit<RecipeOptions, keyof OptimizerSettings>> & OptimizerSettings;

/** @throws InklingError (argument) for an unknown recipe */
export function followRecipe<Options extends RecipeOptions>(options: Options): Options & ChosenOptions {
  const chosen = recipe(options.recipe);
  const { optimizer = chosen.optimizer.type, schedule = recipeSchedule } = options;
  const {
    model = chosen.model,
    epochs = chosen.epochs,
    batchSize = chosen.batchSize,
    learningRate = learningRateOf(chosen, optimizer, schedule),
    labelSmoothing = chosen.loss.labelSmoothing,
  } = options;
  return { ...options, model, epochs, batchSize, optimizer, learningRate, schedule, labelSmoothing };
}

/** The recipe's highest belongs to its optimizer and schedule; to others, the optimizer's own (Keras's). */
function learningRateOf(
  { optimizer: { type, learningRate } }: Recipe,
  optimizer: OptimizerName,
  schedule: string,
): number {
  const { maximumLearningRate } = learningRate;
  if (optimizer === type && schedule === recipeSchedule) return maximumLearningRate;
  const own = optimizerByName(optimizer).learningRate;
  return typeof own === 'number' ? own : maximumLearningRate;
}

/**
 * The recipe's own optimizer keeps its other settings, such as beta2; another one has its defaults.
 * @throws InklingError (argument) for a setting that the optimizer does not have
 */
export function compilation(options: ChosenOptions): { optimizer: Optimizer; loss: Loss } {
  const { optimizer: own } = recipe(options.recipe);
  const learningRate = scheduleByName(options.schedule, options.learningRate);
  const base =
    options.optimizer === own.type ? { ...own, learningRate } : optimizerByName(options.optimizer, { learningRate });
  return {
    optimizer: withSettings(base, options),
    loss: sparseCategoricalCrossentropy({ labelSmoothing: options.labelSmoothing }),
  };
}
