/** The command that serves the studio. */

import { type Command, Option } from 'commander';
import { filledText, wholeNumber } from './option-values.js';
import type { OutputOptions } from './output.js';
import { addOutputOptions, examples, reporting } from './program-options.js';
import type { StudioOptions } from './studio.js';

export function addStudio(program: Command): void {
  const command = program
    .command('studio')
    .description('Open the studio: draw digits, and watch a network learn to read them, in a browser on this machine.')
    .addOption(
      new Option('--port <number>', 'the port to listen on (default: 5160, or the next one that is free)').argParser(
        wholeNumber(0, 65535),
      ),
    )
    .addOption(
      new Option('--host <name>', 'the address to listen on; anything but this machine lets others in')
        .default('127.0.0.1')
        .argParser(filledText),
    )
    .option('--open', 'open it in the browser')
    .addOption(new Option('--runs <folder>', 'the folder of runs that it shows').default('runs').argParser(filledText));
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        ['inkling studio', 'serve it, and print its address'],
        ['inkling studio --open', 'open it in the browser too'],
        ['inkling studio --runs experiments --port 8080', 'other runs, another port'],
      ),
    )
    .action((options: StudioOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { studio } = await import('./studio.js');
        await studio(options, output);
      }),
    );
}
