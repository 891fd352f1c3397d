/** Whether two runs left the same: all files, but for what docs/long-trainings.md says belongs to time and machine. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Fields of JSON files, wherever they are. */
const timeFields = new Set([
  ...['seconds', 'imagesPerSecond', 'trainSeconds', 'checkpointSeconds', 'finishedSeconds', 'startedAt', 'finishedAt'],
  ...[
    'threads',
    'vectorBits',
    'vectors',
    'versions',
    'machine',
    'sha256',
    'checkpointMinutes',
    'keepCheckpoints',
    'out',
  ],
  'dataPath',
]);

const readJson = (text) => JSON.parse(text, (name, value) => (timeFields.has(name) ? null : value));

function readCheckpoint(bytes) {
  const length = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: metadata, ...tensors } = JSON.parse(bytes.subarray(8, 8 + length).toString());
  delete metadata.sha256;
  const texts = Object.fromEntries(
    Object.entries(metadata).map(([name, text]) => [name, timeFields.has(name) ? null : readJson(text)]),
  );
  return { texts, tensors, values: bytes.subarray(8 + length).toString('base64') };
}

/** A page without durations, rates, times and what it ran on. */
function maskPage(text) {
  return text
    .replaceAll(/<time[^>]*>.*?<\/time>/g, 'TIME')
    .replaceAll(/\d{4}-\d\d-\d\d,? \d\d:\d\d(:\d\d)?( UTC)?/g, 'TIME')
    .replaceAll(/\d+ \w+ \d{4},? (at )?\d\d:\d\d( UTC)?/g, 'TIME')
    .replaceAll(/[\d.,]+ (ms|s|min|h)\b/g, 'DURATION')
    .replaceAll(/[\d,]+ images\/s/g, 'RATE')
    .replaceAll(/DURATION<\/td>\s*<td[^>]*>[\d,]+<\/td>/g, 'DURATION RATE')
    .replaceAll(/(Threads<\/\w+>\s*<\w+[^>]*>)\d+/g, '$1N');
}

function comparable(path, name) {
  const bytes = readFileSync(path);
  if (/^checkpoint-/.test(name)) return JSON.stringify(readCheckpoint(bytes));
  if (name === 'history.csv') return bytes.toString().replaceAll(/,[^,]*,[^,\n]*\n/g, '\n');
  if (name === 'history.json' || name === 'summary.json') return JSON.stringify(readJson(bytes.toString()));
  if (name === 'report.html') return maskPage(bytes.toString());
  return bytes.toString('base64');
}

const isLock = (name) => name.startsWith('.inkling-run.lock');

function filesOf(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !isLock(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}

/** @returns a sentence for each difference */
export function differencesOf(one, other) {
  const [ours, theirs] = [filesOf(one), filesOf(other)];
  const missing = ours.filter((name) => !theirs.includes(name)).map((name) => `${name} is missing`);
  const more = theirs.filter((name) => !ours.includes(name)).map((name) => `${name} should not be there`);
  const different = ours
    .filter((name) => theirs.includes(name))
    .filter((name) => {
      const base = name.split('/').at(-1);
      return comparable(join(one, name), base) !== comparable(join(other, name), base);
    });
  return [...missing, ...more, ...different.map((name) => `${name} differs`)];
}
