/** The commands of sweeps: `sweep`, `worker`, and `trial`, which both of them start. */

import { type Command, Option } from 'commander';
import { maxThreads } from '../engine/threads/executor.js';
import { samplers } from '../sweeps/plan.js';
import { filledText, wholeNumber } from './option-values.js';
import type { OutputOptions } from './output.js';
import { addOutputOptions, dataOption, examples, prepareOption, reporting, resizeOption } from './program-options.js';
import type { SweepOptions } from './sweep-options.js';
import type { TrialOptions } from './trial.js';
import type { WorkerOptions } from './worker.js';

const mostTrials = 100_000;
const mostSeeds = 1000;
const mostEpochs = 1_000_000;
const largestSeed = 2 ** 32 - 1;

export function addSweep(program: Command): void {
  const command = program
    .command('sweep')
    .description(
      'Train many configurations, side by side or on many machines, and find the one that reads validation images best.',
    )
    .argument('[file]', 'a JSON file with options of this command; those given here count more', filledText)
    .option(
      '--set <option=values>',
      'an option of train, or of a layer, and its values: learningRate=1e-4..1e-2:log, model=cnn,lenet5, dropout.rate=0.1,0.3, epochs=3; once for each option',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .addOption(
      new Option(
        '--sampler <name>',
        'grid tries all, random draws, optuna has its TPE sampler choose (default: grid where nothing is a mere range, else random)',
      ).choices(samplers),
    )
    .option(
      '--trials <n>',
      'trainings in all, those of all seeds and folds counted; a grid says itself how many',
      wholeNumber(1, mostTrials),
    )
    .option('--seeds <n>', 'train each configuration with so many seeds (default: 1)', wholeNumber(1, mostSeeds))
    .option(
      '--seed <n>',
      'of the first training, of the sampler and of the folds (default: 1)',
      wholeNumber(0, largestSeed),
    )
    .option(
      '--folds <k>',
      'cut the training images into k parts, each of which validates once (default: set a part aside)',
      wholeNumber(2, mostSeeds),
    )
    .addOption(
      new Option(
        '--prune <rule>',
        'stop bad trials after short trainings: asha (successive halving) or median (default: none)',
      ).choices(['none', 'asha', 'median']),
    )
    .option(
      '--min-epochs <n>',
      'with --prune: epochs of the shortest training (default: 1)',
      wholeNumber(1, mostEpochs),
    )
    .option(
      '--reduction-factor <n>',
      'with --prune: each training is so many times as long as the one before; of so many trials asha promotes one (default: asha 4, median 2)',
      wholeNumber(2, 1000),
    )
    .option(
      '--startup-trials <n>',
      'with --prune median: complete trials before any is stopped (default: 5)',
      wholeNumber(0, mostTrials),
    )
    .addOption(dataOption())
    .addOption(resizeOption())
    .addOption(prepareOption())
    .addOption(
      new Option(
        '--arithmetic <name>',
        'how multiply-adds round, in all trials; auto takes fused where there is such (default: auto)',
      ).choices(['auto', 'plain', 'fused']),
    )
    .option('--jobs <n>', 'trials at once (default: as many as there are cores)', wholeNumber(1, 1024))
    .option(
      '--threads <n>',
      `of each trial, 1 to ${maxThreads} (default: the cores shared out); results do not depend on it`,
      wholeNumber(1, maxThreads),
    )
    .option(
      '--out <folder>',
      'where to write the sweep (default: sweeps/<name of the plan>, so that the same command goes on with it)',
      filledText,
    )
    .option('--resume <folder>', 'go on with the sweep in this folder', filledText)
    .option('--shard <i/n>', 'run the i-th of n shares of the trials, such as 1/8', filledText)
    .option('--collect <folder...>', 'gather the shares of a sweep from their folders')
    .option('--python <path>', 'with --sampler optuna: a Python that has it (default: python3)', filledText)
    .addOption(queueOption())
    .option('--no-test', 'do not train the winner again and test it');
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        ['inkling sweep --set model=cnn,lenet5 --set batchSize=64,128 --seeds 3', 'a grid of four, three seeds each'],
        ['inkling sweep --set learningRate=1e-4..1e-2:log --trials 20', '20 drawn by chance'],
        ['inkling sweep --set dropout.rate=0.0..0.6 --trials 30 --prune asha', 'stop what does badly'],
        ['inkling sweep sweep.json --folds 5', 'options from a file, cross-validated'],
        ['inkling sweep --resume sweeps/sweep-1a2b3c4d', 'go on after Ctrl-C or a crash'],
        ['inkling sweep sweep.json --shard 3/8 --out part-3', 'one of eight shares'],
        ['inkling sweep --collect part-* --out whole', 'gather them'],
        ['inkling sweep sweep.json --queue redis://queue.example:6379', 'by all machines where inkling worker runs'],
      ),
    )
    .action((file: string | undefined, options: SweepOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { sweep } = await import('./sweep.js');
        const train = program.commands.find((candidate) => candidate.name() === 'train');
        if (!(await sweep(file, options, { sweep: command, train: train! }, output))) process.exitCode = 1;
      }),
    );
}

export function addWorker(program: Command): void {
  const command = program
    .command('worker')
    .description('Take trials of sweeps off a queue and train them, until told to stop.')
    .addOption(queueOption())
    .addOption(dataOption())
    .addOption(resizeOption())
    .addOption(prepareOption())
    .option('--jobs <n>', 'trials at once (default: as many as there are cores)', wholeNumber(1, 1024))
    .option(
      '--threads <n>',
      `of each trial, 1 to ${maxThreads} (default: the cores shared out); results do not depend on it`,
      wholeNumber(1, maxThreads),
    )
    .option(
      '--lock-seconds <n>',
      'a worker that is not heard of for so long is taken for dead, and another gets its trials',
      wholeNumber(1, 3600),
      30,
    )
    .option(
      '--artifacts <folder>',
      'one that all workers see: a trial of a worker that died goes on from its last checkpoint (default: it begins anew)',
      filledText,
    );
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        ['inkling worker --queue redis://queue.example:6379', 'on each machine'],
        ['inkling worker --artifacts /shared/trials', 'what another has begun goes on'],
        ['inkling worker --data my-data', 'for sweeps of your own data; the queue from $INKLING_QUEUE'],
      ),
    )
    .action((options: WorkerOptions & OutputOptions) =>
      reporting(options, async (output) => {
        const { worker } = await import('./worker.js');
        await worker(options, output);
      }),
    );
}

function queueOption(): Option {
  return new Option(
    '--queue <url>',
    'redis://, rediss:// or postgres://, for trials on many machines; better in the environment variable INKLING_QUEUE where it has a password',
  ).argParser(filledText);
}

export function addTrial(program: Command): void {
  program
    .command('trial', { hidden: true })
    .description('Train one job of a sweep; `sweep` and `worker` start it.')
    .requiredOption('--job <file>', 'the job, a JSON file', filledText)
    .requiredOption('--out <folder>', 'where to write its model and result', filledText)
    .addOption(dataOption())
    .addOption(resizeOption())
    .addOption(prepareOption())
    .option('--threads <n>', `1 to ${maxThreads}`, wholeNumber(1, maxThreads))
    .addHelpText(
      'after',
      examples(['inkling trial --job job.json --out trial', "a trial again, by the file in its sweep's folder"]),
    )
    .action((options: TrialOptions) =>
      reporting({ quiet: true }, async (output) => {
        const { trial } = await import('./trial.js');
        await trial(options, output);
      }),
    );
}
