/**
 * Compares the sums of print-sums.mjs on this Node with those on another one, there in vectors of 128 and of 256 bits:
 * `node test/determinism/compare-sums.mjs PATH_OF_THE_OTHER_NODE`. Needs the built dist/.
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * @param commands each a program and its arguments
 * @param count of the SHA-256 sums that each must print
 * @throws Error where a program fails or prints another number of sums, so that two that fail alike are not the same,
 * or where sums differ
 */
export function compareSums(commands, count) {
  const [first, ...others] = commands.map((command) => ({ command, sums: sumsOf(command, count) }));
  for (const { command, sums } of others) {
    if (sums.join() === first.sums.join()) continue;
    throw new Error(
      `Sums differ.\n${first.command.join(' ')}\n  ${first.sums.join(' ')}\n${command.join(' ')}\n  ${sums.join(' ')}`,
    );
  }
  return first.sums;
}

function sumsOf([program, ...words], count) {
  const { error, status, signal, stdout } = spawnSync(program, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const name = [program, ...words].join(' ');
  if (error !== undefined) throw new Error(`${name} does not start: ${error.message}`);
  if (status !== 0) throw new Error(`${name} must exit with 0. Received: ${status ?? signal}.`);
  const sums = stdout.match(/\b[0-9a-f]{64}\b/g) ?? [];
  if (sums.length !== count) throw new Error(`${name} must print ${count} sums. Received: ${sums.length}.`);
  return sums;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const other = process.argv[2];
  const printSums = fileURLToPath(new URL('print-sums.mjs', import.meta.url));
  const commands = [
    [process.execPath, printSums],
    [other, printSums],
    [other, printSums, '--vectors', '256'],
  ];
  console.log(`The same sums: ${compareSums(commands, 2).join(' ')}`);
}
