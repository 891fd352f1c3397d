/** pretrained/measured.json: what was measured, by who measured it. Limits: one writer at a time. */

import { readFile, rename, writeFile } from 'node:fs/promises';

const file = new URL('measured.json', import.meta.url);

/** @returns {Promise<Record<string, any>>} all figures; none where the file is not there */
export async function readMeasured() {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return JSON.parse(text);
}

/**
 * Replaces the figures of these names and keeps all others.
 * @param {Record<string, unknown>} figures
 */
export async function writeMeasured(figures) {
  const all = { ...(await readMeasured()), ...figures };
  const temporary = new URL(`measured.json.${process.pid}.tmp`, import.meta.url);
  await writeFile(temporary, `${JSON.stringify(all, undefined, 2)}\n`);
  await rename(temporary, file);
}
