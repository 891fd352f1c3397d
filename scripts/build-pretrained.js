/**
 * Writes the model that ships, pretrained/, as a module to src/inference/pretrained-files.ts, so that every bundler
 * takes it along and no page has to find it.
 */
import { readFile, writeFile } from 'node:fs/promises';

const output = new URL('../src/inference/pretrained-files.ts', import.meta.url);
const file = (name) => readFile(new URL(`../pretrained/${name}`, import.meta.url));

const description = JSON.stringify(JSON.parse(await file('model.json')));
const weights = (await file('model.safetensors')).toString('base64');
const source = `// Made from pretrained/ by scripts/build-pretrained.js.

/** What is in \`model.json\`. */
export const description: string = ${JSON.stringify(description)};

/** What is in \`model.safetensors\`, as base64. */
export const weights: string = '${weights}';
`;
const before = await readFile(output, 'utf8').catch(() => '');
if (before !== source) await writeFile(output, source);
