/**
 * The commands and options of `inkling`. What a command does is loaded when it is called, so that help comes at once.
 */

import { Command, Option } from 'commander';
import { augmentationNames } from '../data/augmentation.js';
import { maxThreads } from '../engine/threads/executor.js';
import { InklingError } from '../errors.js';
import { inklingVersion } from '../formats/inkling-version.js';
import { architectureNames } from '../model/architectures.js';
import { preprocessingMethods } from '../preprocessing/settings.js';
import { optimizerNames } from '../training/optimizers.js';
import { type Recipe, recipe, recipeNames } from '../training/recipes.js';
import { scheduleNames } from '../training/schedules.js';
import type { DataOptions } from './data.js';
import type { EvaluateOptions } from './evaluate.js';
import {
  filledText,
  fractionBelowOne,
  imageSize,
  positiveNumber,
  wholeNumber,
  wholeNumberOrAll,
} from './option-values.js';
import { Output, type OutputOptions } from './output.js';
import type { PredictOptions } from './predict.js';
import { defaultRecipe, defaultSeed } from './recipe.js';
import type { SummaryOptions } from './summary.js';
import { safeForTerminal } from './terminal-text.js';
import type { TrainOptions } from './train.js';

const maxEpochs = 1_000_000;
const largestBatch = 65_536;
const maxImages = 2 ** 31 - 1;
const largestSeed = 2 ** 32 - 1;
const largestSide = 4096;

/** @returns the program, whose errors are thrown */
export function createProgram(): Command {
  const program = new Command('inkling')
    .description(
      'Trains a neural network to read handwritten digits, tests it, writes a report, and reads pictures with it.',
    )
    .version(inklingVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(safeForTerminal(text, false).replace(/^error:/, 'Error:')) })
    .addHelpText(
      'after',
      examples(
        ['inkling predict my-digit.png', 'read a picture of a digit'],
        ['inkling train', 'train on MNIST and write a report'],
        ['inkling evaluate runs/2026-11-23T08-50-00-cnn', 'test a run again'],
        ['inkling summary --model lenet5', "a model's layers"],
        ['inkling data --data my-data', 'look at your own data'],
        ['inkling train --help', 'all options of a command'],
      ),
    );
  addPredict(program);
  addTrain(program);
  addEvaluate(program);
  addSummary(program);
  addData(program);
  for (const command of [program, ...program.commands]) {
    command.showHelpAfterError(`See "${[command.parent?.name(), command.name()].filter(Boolean).join(' ')} --help".`);
  }
  return program;
}

function addTrain(program: Command): void {
  const command = program
    .command('train')
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
    )
    .addOption(augmentOption('changes training images by chance, each time anew'))
    .option(
      '--seed <n>',
      'of weights, order, split, dropout and augmentation',
      wholeNumber(0, largestSeed),
      defaultSeed,
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
    .option('--profile', "print also where the steps' time goes, block by block");
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
        ['inkling train --json > events.jsonl', 'events for programs'],
      ),
    )
    .action((options: TrainOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { train } = await import('./train.js');
        await train(options, output);
      }),
    );
}

function addPredict(program: Command): void {
  program
    .command('predict')
    .description(
      'Read pictures of handwritten digits, or of what your own model tells apart, and say how far to trust each answer.',
    )
    .argument(
      '<path...>',
      'pictures (PNG, JPEG, with the package sharp many more), folders of them, or - for standard input',
    )
    .addOption(
      new Option(
        '--model <model>',
        'the folder of a run or of a saved model, or "latest" for the last run (default: the model that ships with Inkling)',
      ).argParser(filledText),
    )
    .option('--many', 'find several digits in each picture, and read them line by line, from left to right')
    .option('--explain <folder>', 'write for each digit a picture of what the network saw, layer by layer', filledText)
    .addOption(new Option('--json', 'print an object a line; text for people goes to standard error'))
    .option('--quiet', 'print only the answers: the rows of the table, with --many a line a picture')
    .addHelpText(
      'after',
      `\n${[
        'States:',
        '  digit        an answer of those that are right to 99.9 % by their calibrated',
        "               probabilities on the model's validation images: of the model that ships,",
        "               MNIST's and drawn hands",
        '  not sure     an answer that may be wrong',
        '  not a digit  something is drawn, and no digit is probable enough',
        '  blank        nothing is drawn',
        'Of a model whose classes are not digits: "sure" for digit, "no answer" for not a digit.',
        'A model that takes pictures whole (train --prepare images) calls none blank.',
      ].join('\n')}\n${examples(
        ['inkling predict my-digit.png', 'one picture'],
        ['inkling predict scans --json > answers.jsonl', 'a folder, for programs'],
        ['inkling predict --many house-number.jpg', 'several digits in one picture'],
        ['inkling predict my-digit.png --explain why', 'what the network saw'],
        ['inkling predict my-digit.png --model latest', 'with the model of your last run'],
        ['cat my-digit.png | inkling predict -', 'from standard input'],
      )}`,
    )
    .action((paths: string[], options: PredictOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { predict } = await import('./predict.js');
        if (!(await predict(paths, options, output))) process.exitCode = 1;
      }),
    );
}

function addEvaluate(program: Command): void {
  const command = program
    .command('evaluate')
    .description('Test a saved model on the test images.')
    .argument('<run>', 'the folder of a run or of a saved model, or "latest" for the last run', filledText)
    .addOption(dataOption("the run's, else MNIST"))
    .addOption(resizeOption('as for the training'))
    .option(
      '--robustness <images>',
      'read this many of the test images, evenly spaced, or all, also distorted (default: none)',
      wholeNumberOrAll(0, maxImages),
    );
  addEngineOptions(command);
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        ['inkling evaluate latest', 'the last run, on the data that it was trained on'],
        ['inkling evaluate my-model --data my-data', 'on other data'],
        ['inkling evaluate my-model --robustness all', 'what it still reads when digits are distorted'],
        ['inkling evaluate my-model --quiet', 'only the results'],
      ),
    )
    .action((run: string, options: EvaluateOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { evaluate } = await import('./evaluate.js');
        await evaluate(run, options, output);
      }),
    );
}

function addSummary(program: Command): void {
  program
    .command('summary')
    .description("Print a model's layers with their shapes, parameters and work.")
    .addOption(modelOption().default(recipe(defaultRecipe).model))
    .option('--data <folder>', "take image size and classes from this data (default: MNIST's)", filledText)
    .addOption(resizeOption())
    .option('--program', 'print also what the engine executes: its kernel calls')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        ['inkling summary', 'the default CNN'],
        ['inkling summary --model my-model.json --program', 'your own model and its programs'],
        ['inkling summary --model lenet5 --data my-data', 'for other images'],
        ['inkling summary --model latest', 'the model of your last run'],
      ),
    )
    .action((options: SummaryOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { summary } = await import('./summary.js');
        await summary(options, output);
      }),
    );
}

function addData(program: Command): void {
  program
    .command('data')
    .description('Show what a data set holds: counts, shapes, range, mean, duplicates, blanks, and a contact sheet.')
    .addOption(dataOption())
    .addOption(resizeOption())
    .addOption(prepareOption())
    .option(
      '--out <file>',
      'where to write the contact sheet, a PNG (default: runs/<data>-contact-sheet.png)',
      filledText,
    )
    .addOption(augmentOption('shows on the contact sheet what it does to an image of each class'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        ['inkling data', 'MNIST'],
        ['inkling data --data my-data --out sheet.png', 'your own data'],
        ['inkling data --augment strong', 'what augmentation does to digits'],
      ),
    )
    .action((options: DataOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { data } = await import('./data.js');
        await data(options, output);
      }),
    );
}

function dataOption(fallback = 'MNIST'): Option {
  return new Option(
    '--data <folder>',
    `four IDX files, or PNG images in class folders (default: ${fallback})`,
  ).argParser(filledText);
}

function resizeOption(fallback = 'they must all have one size'): Option {
  return new Option(
    '--resize <size>',
    `scale the images of class folders, such as 28 or 28x32 (height x width) (default: ${fallback})`,
  ).argParser(imageSize(largestSide));
}

function prepareOption(): Option {
  return new Option(
    '--prepare <method>',
    'how pictures are prepared for the model: digits finds ink on paper and puts it where the training images have it, images scales the whole ' +
      'picture (default: digits where the training images are such, else images)',
  ).choices(preprocessingMethods);
}

function augmentOption(effect: string): Option {
  const names = [...augmentationNames, 'none'].join(', ');
  return new Option('--augment <name>', `${effect}: ${names}, or a JSON file (default: none)`).argParser(filledText);
}

function modelOption(before = '', after = ''): Option {
  const names = architectureNames.join(', ');
  const words = [before, `${names}, a JSON file, or a run's folder for its layers`, after];
  return new Option('--model <model>', words.filter(Boolean).join(' ')).argParser(filledText);
}

/** What each recipe sets: `(default: 5, fast: 2)`, or `(default: adam)` where all agree. */
function byRecipe(setting: (recipe: Recipe) => string | number): string {
  const settings = recipeNames.map((name) => [name, setting(recipe(name))] as const);
  const agreed = settings.every(([, value]) => value === settings[0][1]);
  return `(${(agreed ? settings.slice(0, 1) : settings).map(([name, value]) => `${name}: ${value}`).join(', ')})`;
}

function jsonOption(): Option {
  return new Option('--json', 'print events as JSON lines; text for people goes to standard error');
}

function addEngineOptions(command: Command): void {
  command
    .option(
      '--threads <n>',
      `1 to ${maxThreads} (default: the cores there are, 8 at most); results do not depend on it`,
      wholeNumber(1, maxThreads),
    )
    .addOption(
      new Option('--arithmetic <name>', 'how multiply-adds round; auto takes fused where there is such')
        .choices(['auto', 'plain', 'fused'])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--vectors <bits>',
        'width of vectors; 256 is faster, the same bytes, and an experiment of V8 from Node 24 on',
      )
        .choices(['128', '256', 'auto'])
        .default('128'),
    );
}

function addOutputOptions(command: Command): void {
  command.addOption(jsonOption()).option('--quiet', 'print only the lines with results');
}

/** Runs a command; with `--json` a failure is an event too. */
async function reporting(options: OutputOptions, run: (output: Output) => Promise<void>): Promise<void> {
  const output = new Output(options);
  try {
    await run(output);
  } catch (error) {
    if (error instanceof InklingError) output.event({ event: 'error', kind: error.kind, message: error.message });
    throw error;
  }
}

function examples(...all: readonly (readonly [command: string, purpose: string])[]): string {
  const width = Math.max(...all.map(([command]) => command.length));
  return ['', 'Examples:', ...all.map(([command, purpose]) => `  ${command.padEnd(width)}  ${purpose}`)].join('\n');
}
