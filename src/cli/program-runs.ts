/** The commands about runs that are there: which they are, how they compare, one model of several, other formats. */

import { type Command, Option } from 'commander';
import { exportFormats } from '../formats/export/export-formats.js';
import type { CompareOptions } from './compare.js';
import type { EnsembleOptions } from './ensemble.js';
import type { ExportOptions } from './export.js';
import { filledText } from './option-values.js';
import type { OutputOptions } from './output.js';
import { addEngineOptions, addOutputOptions, dataOption, examples, reporting } from './program-options.js';
import { runOrders } from './run-orders.js';
import type { RunsOptions } from './runs.js';

export function addRuns(program: Command): void {
  const command = program
    .command('runs')
    .description('List the runs of a folder: finished, interrupted, running, broken off.')
    .argument('[folder]', 'the folder that they are in (default: runs)', filledText)
    .addOption(
      new Option('--sort <by>', 'date: newest first; validation, test: most accurate first; seconds: quickest first')
        .choices(runOrders)
        .default('date'),
    );
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        ['inkling runs', 'those in runs/'],
        ['inkling runs --sort validation', 'the most accurate first'],
        ['inkling runs experiments --json', 'an object a line, for programs'],
      ),
    )
    .action((folder: string | undefined, options: RunsOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { runs } = await import('./runs.js');
        await runs(folder, options, output);
      }),
    );
}

export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .description(
      "Compare runs: what differs in their configurations, their accuracies and curves, McNemar's test, seeds.",
    )
    .argument('<run...>', 'two to twenty folders of finished runs, or "latest" for the last one')
    .addOption(
      new Option(
        '--rows <name>',
        "images that McNemar's test compares answers to (default: test where both runs have read them, else validation)",
      ).choices(['test', 'validation']),
    )
    .addOption(dataOption("the runs'"))
    .option('--out <file>', 'write a page with tables and charts, such as comparison.html', filledText);
  addEngineOptions(command);
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        ['inkling compare runs/a runs/b', 'two runs'],
        ['inkling compare runs/* --out comparison.html', 'many, as a page with curves'],
        ['inkling compare runs/a latest --rows validation', 'while the test images stay unread'],
      ),
    )
    .action((folders: string[], options: CompareOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { compare } = await import('./compare.js');
        await compare(folders, options, output);
      }),
    );
}

export function addEnsemble(program: Command): void {
  const command = program
    .command('ensemble')
    .description('Make one model of several runs: the mean of their probabilities is its answer.')
    .argument('<run...>', 'two or more folders of runs or of saved models, or "latest" for the last run')
    .addOption(
      new Option('--out <folder>', 'a new or empty folder for the ensemble')
        .argParser(filledText)
        .makeOptionMandatory(),
    )
    .addOption(dataOption("the runs'"));
  addEngineOptions(command);
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      `\n${[
        'It is calibrated, as train does it, on training images that none of the runs was trained',
        'on: train them with --limit, and all the images behind it are such.',
      ].join('\n')}\n${examples(
        ['inkling ensemble runs/a runs/b runs/c --out best', 'one model of three'],
        ['inkling predict --model best my-digit.png', 'read with it'],
        ['inkling evaluate best', 'test it'],
      )}`,
    )
    .action((folders: string[], options: EnsembleOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { ensemble } = await import('./ensemble.js');
        await ensemble(folders, options, output);
      }),
    );
}

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description("Write a run's network in a format that other tools read.")
    .argument('<run>', 'the folder of a run or of a saved model, or "latest" for the last run', filledText)
    .addOption(new Option('--to <format>', 'the format').choices(exportFormats).makeOptionMandatory())
    .option('--out <file>', "the file to write (default: in a folder export in the run's)", filledText);
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      `\n${[
        'Formats:',
        '  onnx     model.onnx, for ONNX Runtime and whatever else reads ONNX',
        '  npz      model.npz, the weights for NumPy, in the layout of Keras',
        '  pytorch  model.safetensors and model.py, which builds the module that they belong to',
        '  keras    model.keras, for Keras 3',
        'Images are to come as numbers from 0 to 1, as the network was trained on them.',
      ].join('\n')}\n${examples(
        ['inkling export latest --to onnx', 'the last run'],
        ['inkling export runs/a --to onnx --out digits.onnx', 'to a file of your own'],
        ['inkling export runs/a --to pytorch --out digits.safetensors', 'and digits.py beside it'],
      )}`,
    )
    .action((run: string, options: ExportOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { exportRun } = await import('./export.js');
        await exportRun(run, options, output);
      }),
    );
}
