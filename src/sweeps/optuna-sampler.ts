/** Optuna's TPE sampler, asked through the journal by a Python that has it. */

import { spawn } from 'node:child_process';
import { InklingError } from '../errors.js';
import type { Journal } from './journal.js';
import { distributionJson } from './journal-operations.js';
import type { SearchSpace } from './search-space.js';

const missing = 3;

/** Asks for one trial, which Optuna makes in the journal with its parameters, and prints its number. */
const script = `
import json, sys
try:
    import optuna
    from optuna.distributions import json_to_distribution
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock
except ImportError:
    sys.exit(${missing})
request = json.load(sys.stdin)
optuna.logging.set_verbosity(optuna.logging.ERROR)
path = request["journal"]
study = optuna.load_study(
    study_name=request["study"],
    storage=JournalStorage(JournalFileBackend(path, lock_obj=JournalFileOpenLock(path))),
    sampler=optuna.samplers.TPESampler(seed=request["seed"], constant_liar=True),
)
space = {name: json_to_distribution(text) for name, text in request["space"].items()}
print(study.ask(space).number)
`;

/**
 * @param seed what it suggests follows from this, from the number of the trial and from what the journal holds
 * @returns the number of the trial that Optuna has made
 * @throws InklingError (environment) where there is no such Python, or none with Optuna
 */
export async function askOptuna(
  python: string,
  journal: Journal,
  study: string,
  space: SearchSpace,
  seed: number,
): Promise<number> {
  const request = {
    journal: journal.path,
    study,
    seed: (seed + journal.trials.length) % 2 ** 32,
    space: Object.fromEntries(
      Object.entries(space).map(([name, distribution]) => [name, distributionJson(distribution)]),
    ),
  };
  const { code, output, errors } = await run(python, ['-c', script], JSON.stringify(request));
  if (code === missing) {
    throw new InklingError(
      'environment',
      `--sampler optuna: ${python} has no Optuna of version 4 or later. Install it, ${python} -m pip install optuna, name another Python with --python, or ` +
        'take --sampler random.',
    );
  }
  const number = Number(output.trim());
  if (code !== 0 || output.trim() === '' || !Number.isInteger(number)) {
    throw new InklingError('environment', `--sampler optuna: Optuna failed: ${errors.trim().split('\n').at(-1)}`);
  }
  await journal.refresh();
  return number;
}

function run(
  program: string,
  words: readonly string[],
  input: string,
): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (bytes) => {
      output += bytes;
    });
    child.stderr.on('data', (bytes) => {
      errors += bytes;
    });
    child.once('error', (cause) =>
      reject(
        new InklingError(
          'environment',
          `--sampler optuna: ${program} cannot be started (${(cause as NodeJS.ErrnoException).code}). Name a Python with --python.`,
          {
            cause,
          },
        ),
      ),
    );
    child.once('close', (code) => resolve({ code, output, errors }));
    // One that has ended already says why by its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
