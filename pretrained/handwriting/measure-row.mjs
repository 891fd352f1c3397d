/** Reads the pictures of a row, one at a time. Limits: keeps only those that were read wrongly. */

import { judge, sumOf } from './judge.mjs';
import { drawHandwriting } from './rows.mjs';

/** @typedef {import('./rows.mjs').Row} Row */

/**
 * @param {{ recognize: Function, detect: Function }} recognizer
 * @param {Row} row
 * @param {{ rows: 'validation' | 'test', seed: number, count: number }} options
 * @param {(scene: import('./rows.mjs').Scene, judged: ReturnType<typeof judge>) => Promise<void>} [onPicture]
 * @returns {Promise<{ figures: import('./judge.mjs').Figures, failures: { name: string, written: string, read: string }[] }>}
 */
export async function measureRow(recognizer, row, options, onPicture) {
  const all = [];
  const failures = [];
  for await (const scene of drawHandwriting(row, options)) {
    const { picture, name, digits } = scene;
    const said = await (row.asks === 'number' ? recognizer.detect(picture) : recognizer.recognize(picture));
    const judged = judge(row.asks, scene, said);
    all.push(judged.figures);
    if (!judged.isRight) failures.push({ name, written: digits || 'no digit', read: judged.read });
    await onPicture?.(scene, judged);
  }
  return { figures: sumOf(all), failures };
}
