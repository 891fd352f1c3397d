/**
 * 6. Cold start: what a person waits for before anything happens, beside a bare Node and the import of the Python
 * frameworks.
 */

import { existsSync } from 'node:fs';
import { paths } from '../paths.mjs';
import { runProcess } from '../process.mjs';
import { formatSpread, groupBy } from '../table.mjs';

export const name = 'cold start';

export async function run(bench) {
  const node = (...args) => [process.execPath, ...args];
  const python = (code) => [bench.options.python, '-c', code];
  const has = (peer) => bench.programs.some((program) => program.name === peer);
  const commands = {
    "node -e ''": node('-e', ''),
    ...(existsSync(paths.command) && {
      'inkling --version': node(paths.command, '--version'),
      'inkling --help': node(paths.command, '--help'),
      'inkling summary': node(paths.command, 'summary'),
    }),
    ...(has('keras') && { "python -c 'import tensorflow, keras'": python('import tensorflow, keras') }),
    ...(has('pytorch') && { "python -c 'import torch'": python('import torch') }),
  };
  const { repeats } = bench.options.work;
  const entries = Object.entries(commands).map(([label, [command, ...args]]) => ({
    label: { program: label },
    measure: async () => {
      const runs = [];
      for (let run = 0; run < repeats; run++) runs.push({ seconds: (await runProcess(command, args)).seconds });
      return runs;
    },
  }));
  await bench.rounds(name, entries);
}

export function tables(samples) {
  const rows = [...groupBy(samples, ({ program }) => program)].map(([program, own]) => {
    return [`\`${program}\``, formatSpread(own.map(({ seconds }) => seconds * 1000))];
  });
  return [{ title: 'Cold start, milliseconds', columns: ['command', 'ms'], rows }];
}
