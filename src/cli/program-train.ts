/** The options of `inkling train`. What it does is loaded when it is called, so that help comes at once. */

import { type Command, Option } from 'commander';
import { optimizerNames } from '../training/optimizers.js';
import { type Recipe, recipe, recipeNames } from '../training/recipes.js';
import { scheduleNames } from '../training/schedules.js';
import { addOptimizerSettings } from './optimizer-settings.js';
import { filledText, fractionBelowOne, positiveNumber, wholeNumber, wholeNumberOrAll } from './option-values.js';
import type { OutputOptions } from './output.js';
import {
  addEngineOptions,
  addOutputOptions,
  augmentOption,
  dataOption,
  examples,
  maxImages,
  modelOption,
  prepareOption,
  reporting,
  resizeOption,
} from './program-options.js';
import { defaultRecipe, defaultSeed } from './recipe.js';
import type { TrainOptions } from './training-job.js';

const maxEpochs = 1_000_000;
const largestBatch = 65_536;
const largestSeed = 2 ** 32 - 1;
const maxCheckpoints = 1_000_000;

export function addTrain(program: Command): void {
  const command = program.command('train');
  command
    .description('Train a model, test it, and write the run into a folder.')
    .addOption(dataOption())
    .addOption(resizeOption())
    .addOption(prepareOption())
    .addOption(
      new Option('--recipe <name>', 'what the options marked * are where they are not given')
        .choices(recipeNames)
        .default(defaultRecipe),
    )
    .addOption(
      modelOption(
        '*',
        byRecipe(({ model }) => model),
      ),
    )
    .option(
      '--epochs <n>',
      `* passes over the training images ${byRecipe(({ epochs }) => epochs)}`,
      wholeNumber(1, maxEpochs),
    )
    .option(
      '--batch-size <n>',
      `* images a step ${byRecipe(({ batchSize }) => batchSize)}`,
      wholeNumber(1, largestBatch),
    )
    .addOption(
      new Option(
        '--optimizer <name>',
        `* how weights are updated ${byRecipe(({ optimizer }) => optimizer.type)}`,
      ).choices(optimizerNames),
    )
    .option(
      '--learning-rate <number>',
      `* the highest of the schedule ${byRecipe(({ optimizer }) => optimizer.learningRate.maximumLearningRate)}; ` +
        `the optimizer's own where optimizer or schedule is not the recipe's`,
      positiveNumber,
    )
    .addOption(
      new Option('--schedule <name>', '* how the learning rate changes (default: one-cycle)').choices(scheduleNames),
    )
    .option(
      '--label-smoothing <share>',
      `* fraction of each label that is spread over all classes ${byRecipe(({ loss }) => loss.labelSmoothing)}`,
      fractionBelowOne,
    );
  addOptimizerSettings(command);
  command
    .addOption(augmentOption('changes training images by chance, each time anew'))
    .option(
      '--seed <n>',
      'of weights, order, split, dropout and augmentation',
      wholeNumber(0, largestSeed),
      defaultSeed,
    )
    .option(
      '--split-seed <n>',
      "of the split alone, so that runs of several seeds set the same images aside (default: the seed's)",
      wholeNumber(0, largestSeed),
    )
    .option('--limit <n>', 'use only the first n training images', wholeNumber(1, maxImages))
    .option(
      '--validation <n>',
      'training images set aside for validation, 0 for none (default: one twelfth)',
      wholeNumber(0, maxImages),
    )
    .option('--out <folder>', 'where to write the run (default: runs/<time>-<model>)', filledText)
    .option(
      '--robustness <images>',
      'test images that are also read distorted, evenly spaced; 0 for none, or all (default: up to 100, fewer or none for a short training)',
      wholeNumberOrAll(0, maxImages),
    )
    .option('--profile', "print also where the steps' time goes, block by block")
    .option(
      '--resume <folder>',
      'go on with a run that broke off, as if it had never stopped; all else is taken from it, and --epochs may be raised',
      filledText,
    )
    .option(
      '--checkpoint-minutes <minutes>',
      'keep a checkpoint after each epoch, and this often in the midst of one (default: 10)',
      positiveNumber,
    )
    .option(
      '--keep-checkpoints <n>',
      'how many checkpoints stay while it trains (default: 2)',
      wholeNumber(1, maxCheckpoints),
    );
  addEngineOptions(command);
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        ['inkling train', 'the default: a CNN on MNIST'],
        ['inkling train --recipe fast', '99 % in a few seconds'],
        ['inkling train --epochs 20 --augment strong', 'for digits of other hands, pens and cameras'],
        ['inkling train --epochs 1 --limit 6000', 'a quick try'],
        ['inkling train --data my-data --out runs/mine', 'your own data'],
        ['inkling train --data photos --resize 32', 'images of many sizes'],
        ['inkling train --model mlp --optimizer sgd --learning-rate 0.1', 'another recipe'],
        ['inkling train --model my-model.json --schedule cosine', 'your own model'],
        ['inkling train --epochs 1 --threads 1 --profile', 'where the time goes'],
        ['inkling train --resume runs/mine', 'go on with a run that broke off'],
        ['inkling train --json > events.jsonl', 'events for programs'],
      ),
    )
    .action((options: TrainOptions & OutputOptions & { readonly resume?: string }) =>
      reporting(options, async (output) => {
        const { resume, train } = await import('./train.js');
        if (options.resume === undefined) await train(options, output);
        else await resume(options.resume, givenOf(command, options), output);
      }),
    );
}

/** What was given on the command line, but for what says how to print. */
function givenOf(command: Command, options: TrainOptions): Partial<TrainOptions> {
  const others = ['resume', 'json', 'quiet'];
  const given = Object.entries(options).filter(
    ([name]) => command.getOptionValueSource(name) === 'cli' && !others.includes(name),
  );
  return Object.fromEntries(given);
}

/** What each recipe sets: `(default: 5, fast: 2)`, or `(default: adam)` where all agree. */
function byRecipe(setting: (recipe: Recipe) => string | number): string {
  const settings = recipeNames.map((name) => [name, setting(recipe(name))] as const);
  const agreed = settings.every(([, value]) => value === settings[0][1]);
  return `(${(agreed ? settings.slice(0, 1) : settings).map(([name, value]) => `${name}: ${value}`).join(', ')})`;
}
