/**
 * The commands and options of `inkling`. What a command does is loaded when it is called, so that help comes at once.
 */

import { Command, Option } from 'commander';
import { datasetLayouts } from '../data/dataset-layouts.js';
import { inklingVersion } from '../formats/inkling-version.js';
import { recipe } from '../training/recipes.js';
import type { DataOptions } from './data.js';
import type { EvaluateOptions } from './evaluate.js';
import { filledText, shard, wholeNumberOrAll } from './option-values.js';
import type { OutputOptions } from './output.js';
import type { PredictOptions } from './predict.js';
import {
  addEngineOptions,
  addOutputOptions,
  augmentOption,
  dataOption,
  examples,
  jsonOption,
  maxImages,
  modelOption,
  prepareOption,
  reporting,
  resizeOption,
} from './program-options.js';
import { addCompare, addEnsemble, addExport, addRuns } from './program-runs.js';
import { addStudio } from './program-studio.js';
import { addSweep, addTrial, addWorker } from './program-sweep.js';
import { addTrain } from './program-train.js';
import { defaultRecipe } from './recipe.js';
import type { SummaryOptions } from './summary.js';
import { safeForTerminal } from './terminal-text.js';

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
  addStudio(program);
  addSummary(program);
  addData(program);
  addRuns(program);
  addCompare(program);
  addEnsemble(program);
  addExport(program);
  addSweep(program);
  addWorker(program);
  addTrial(program);
  for (const command of [program, ...program.commands]) {
    command.showHelpAfterError(`See "${[command.parent?.name(), command.name()].filter(Boolean).join(' ')} --help".`);
  }
  return program;
}

function addPredict(program: Command): void {
  program
    .command('predict')
    .description(
      'Read pictures of handwritten digits, or of what your own model tells apart, and say how far to trust each answer.',
    )
    .argument(
      '[path...]',
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
    .option(
      '--files-from <file>',
      'read the pictures, or folders of them, that this file names, a path a line; - for standard input',
      filledText,
    )
    .option('--shard <part>', 'read one part of several, such as 2/8: the 2nd, 10th, 18th picture and so on', shard)
    .option('--out <file>', 'write the objects of --json to this file, and go on where it ends', filledText)
    .addHelpText(
      'after',
      `\n${[
        'States:',
        '  digit        an answer of those that are right to 99.9 % by their calibrated',
        "               probabilities on the model's validation images: of the model that ships,",
        "               MNIST's and drawn hands (of digits that other hands drew 99.8 %)",
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
        ['inkling predict scans --out answers.jsonl', 'a great many; called again, it goes on'],
        ['find scans -name "*.png" | inkling predict --files-from - --shard 1/4', 'a list, and a quarter of it'],
      )}`,
    )
    .action((paths: string[], options: PredictOptions & OutputOptions) =>
      reporting(withoutTable(options), async (output) => {
        const { predict } = await import('./predict.js');
        if (!(await predict(paths, options, output))) process.exitCode = 1;
      }),
    );
}

/** Reading in bulk prints objects, unless they go to a file. */
function withoutTable(options: PredictOptions & OutputOptions): OutputOptions {
  const { filesFrom, shard, out, json = false, quiet } = options;
  const isBulk = filesFrom !== undefined || shard !== undefined;
  return { json: json || (isBulk && out === undefined), quiet };
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
    .option('--export <folder>', 'write the data set into a new or empty folder', filledText)
    .addOption(
      new Option(
        '--as <layout>',
        'how --export writes: class folders of PNG, IDX files, or an .npz file (default: folders)',
      ).choices(datasetLayouts),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        ['inkling data', 'MNIST'],
        ['inkling data --data my-data --out sheet.png', 'your own data'],
        ['inkling data --augment strong', 'what augmentation does to digits'],
        ['inkling data --data mnist.npz --export digits', 'as class folders of PNG images'],
      ),
    )
    .action((options: DataOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { data } = await import('./data.js');
        await data(options, output);
      }),
    );
}
