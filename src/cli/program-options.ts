/** Options that several commands have, and what all commands share. */

import { type Command, Option } from 'commander';
import { augmentationNames } from '../data/augmentation.js';
import { maxThreads } from '../engine/threads/executor.js';
import { InklingError } from '../errors.js';
import { architectureNames } from '../model/architectures.js';
import { preprocessingMethods } from '../preprocessing/settings.js';
import { filledText, imageSize, wholeNumber } from './option-values.js';
import { Output, type OutputOptions } from './output.js';

/** The numbers of images in a file are 32-bit ones. */
export const maxImages = 2 ** 31 - 1;
const largestSide = 4096;

export function dataOption(fallback = 'MNIST'): Option {
  return new Option(
    '--data <folder>',
    `four IDX files, train.csv and test.csv, or PNG and JPEG images in class folders; or an .npz file (default: ${fallback})`,
  ).argParser(filledText);
}

export function resizeOption(fallback = 'they must all have one size'): Option {
  return new Option(
    '--resize <size>',
    `scale the images of class folders, such as 28 or 28x32 (height x width) (default: ${fallback})`,
  ).argParser(imageSize(largestSide));
}

export function prepareOption(): Option {
  return new Option(
    '--prepare <method>',
    'how pictures are prepared for the model: digits finds ink on paper and puts it where the training images have it, images scales the whole ' +
      'picture (default: digits where the training images are such, else images)',
  ).choices(preprocessingMethods);
}

export function augmentOption(effect: string): Option {
  const names = [...augmentationNames, 'none'].join(', ');
  return new Option('--augment <name>', `${effect}: ${names}, or a JSON file (default: none)`).argParser(filledText);
}

export function modelOption(before = '', after = ''): Option {
  const names = architectureNames.join(', ');
  const words = [before, `${names}, a JSON file, or a run's folder for its layers`, after];
  return new Option('--model <model>', words.filter(Boolean).join(' ')).argParser(filledText);
}

export function jsonOption(): Option {
  return new Option('--json', 'print events as JSON lines; text for people goes to standard error');
}

export function addEngineOptions(command: Command): void {
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

export function addOutputOptions(command: Command): void {
  command.addOption(jsonOption()).option('--quiet', 'print only the lines with results');
}

/** Runs a command; with `--json` a failure is an event too. */
export async function reporting(options: OutputOptions, run: (output: Output) => Promise<void>): Promise<void> {
  const output = new Output(options);
  try {
    await run(output);
  } catch (error) {
    if (error instanceof InklingError) output.event({ event: 'error', kind: error.kind, message: error.message });
    throw error;
  }
}

export function examples(...all: readonly (readonly [command: string, purpose: string])[]): string {
  const width = Math.max(...all.map(([command]) => command.length));
  return ['', 'Examples:', ...all.map(([command, purpose]) => `  ${command.padEnd(width)}  ${purpose}`)].join('\n');
}
