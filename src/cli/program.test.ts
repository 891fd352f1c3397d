import { expect, test } from 'vitest';
import { checkThreads } from '../engine/engine-options.js';
import { createProgram } from './program.js';

const program = createProgram();
const train = program.commands.find((command) => command.name() === 'train')!;

/** Help as it is printed, with the text that is added behind it. */
function helpOf(command: typeof program): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

test('every command has help with examples that call it', () => {
  expect(program.commands.map((command) => command.name())).toStrictEqual([
    'predict',
    'train',
    'evaluate',
    'studio',
    'summary',
    'data',
    'runs',
    'compare',
    'ensemble',
    'export',
    'sweep',
    'worker',
    'trial',
  ]);
  for (const command of program.commands)
    expect(helpOf(command)).toMatch(new RegExp(`Examples:\\n  inkling ${command.name()}`));
  expect(helpOf(program)).toMatch(/Examples:\n {2}inkling predict /);
});

test('every promised option of train is there', () => {
  const names = train.options.map(({ long }) => long);
  expect(names).toStrictEqual([
    ...[
      '--data',
      '--resize',
      '--prepare',
      '--recipe',
      '--model',
      '--epochs',
      '--batch-size',
      '--optimizer',
      '--learning-rate',
      '--schedule',
    ],
    ...['--label-smoothing', '--momentum', '--nesterov', '--beta1', '--beta2', '--rho', '--epsilon', '--weight-decay'],
    ...['--clip-norm', '--global-clip-norm', '--augment', '--seed', '--split-seed'],
    ...['--limit', '--validation', '--out', '--robustness', '--profile'],
    ...['--resume', '--checkpoint-minutes', '--keep-checkpoints'],
    ...['--threads', '--arithmetic', '--vectors', '--json', '--quiet'],
  ]);
});

test('as many threads are allowed as the engine takes', () => {
  const threads = train.options.find(({ long }) => long === '--threads')!;
  expect(threads.parseArg?.('16', undefined)).toBe(checkThreads(16));
  expect(() => threads.parseArg?.('17', undefined)).toThrow('from 1 to 16');
  expect(() => checkThreads(17)).toThrow('from 1 to 16');
});
