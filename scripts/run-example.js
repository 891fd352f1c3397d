/**
 * `npm run example NAME [ARGUMENT]`: compiles examples/ and runs one of them. (Node 22.18 and later run them as they
 * are.)
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../examples/', import.meta.url));
const [name, ...rest] = process.argv.slice(2);
if (name === undefined || !existsSync(`${folder}${name}.ts`)) {
  const names = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  console.error(`Expected the name of an example: ${names.map((file) => file.slice(0, -3)).join(', ')}.`);
  process.exit(2);
}
const run = (...command) => {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};
run(fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url)), '-p', folder);
run(`${folder}build/${name}.js`, ...rest);
