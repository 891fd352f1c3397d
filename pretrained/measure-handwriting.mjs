/**
 * Measures how handwriting is read by kind: `npm run long:handwriting -- [options]`, `--help` lists them. Everything
 * goes through what `inkling predict` calls. All rows take about half an hour.
 */

import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { encode } from 'fast-png';
import { missedBounds } from './handwriting/bounds.mjs';
import { failureSheet } from './handwriting/failure-sheet.mjs';
import { judge, sumOf } from './handwriting/judge.mjs';
import { measureRow } from './handwriting/measure-row.mjs';
import { drawHandwriting, handwritingRows, rowOfOptdigits } from './handwriting/rows.mjs';
import { markdownTables, textTables } from './handwriting/tables.mjs';
import { readMeasured, writeMeasured } from './measured-file.mjs';

const [picturesARow, picturesAHabit] = [1000, 200];
const ownName = 'inkling';

const help = `Usage: npm run long:handwriting -- [options]

Reads handwriting by kind, prints a table, and says of each row whether its bounds hold.

  --rows NAME      test (default): MNIST's test images, to be read once at the end; validation: for developing
  --only TEXT      rows whose name has this text; may be given several times
  --pictures N     of each row (default ${picturesARow}, of each habit of hands ${picturesAHabit})
  --seed N         of all that is drawn (default 1)
  --dist DIR       a build whose recognizer reads (default: dist of this folder)
  --model DIR      a model's folder (default: the model that ships with that build)
  --answers FILE   judges answers that another program gave to a dump, instead of reading
  --dump DIR       writes the pictures as PNG with labels.json, and reads nothing
  --optdigits FILE a row more, of scikit-learn's datasets/data/digits.csv.gz, all 1,797 unless --pictures says less
  --failures DIR   writes the pictures that were read wrongly as PNG, and sheet.png with the first of each row
  --as NAME        stores the figures of a full run on test under this name (default ${ownName})
  --markdown       prints the tables of docs/pretrained.md from what was stored, and reads nothing

All rows on test with all pictures are stored in pretrained/measured.json. Exit code 1 where a bound is missed.`;

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };

function wrongUsage(message) {
  console.error(`Error: ${message}`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        rows: { ...text, default: 'test' },
        only: { ...text, multiple: true, default: [] },
        pictures: text,
        seed: { ...text, default: '1' },
        dist: { ...text, default: fileURLToPath(new URL('../dist', import.meta.url)) },
        model: text,
        answers: text,
        dump: text,
        failures: text,
        optdigits: text,
        as: { ...text, default: ownName },
        markdown: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    return wrongUsage(error.message);
  }
}

function wholeNumber(option, value, least) {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > 2 ** 32 - 1) {
    wrongUsage(`${option}: expected a whole number from ${least} to 4294967295. Received: ${value}.`);
  }
  return number;
}

const options = readArguments();
if (options.help) {
  console.log(help);
  process.exit(0);
}
if (!['validation', 'test'].includes(options.rows)) {
  wrongUsage(`--rows: expected validation or test. Received: ${options.rows}.`);
}
const seed = wholeNumber('--seed', options.seed, 0);
const pictures = options.pictures === undefined ? undefined : wholeNumber('--pictures', options.pictures, 1);
const allRows = [...handwritingRows, ...(options.optdigits === undefined ? [] : [rowOfOptdigits(options.optdigits)])];
const rows = allRows.filter(
  ({ name }) => options.only.length === 0 || options.only.some((part) => name.includes(part)),
);
if (rows.length === 0) {
  const names = allRows.map(({ name }) => name).join('; ');
  wrongUsage(`--only: expected a part of the name of a row: ${names}. Received: ${options.only.join('; ')}.`);
}
const usualCount = ({ habit, file }) => (file ? 1797 : habit ? picturesAHabit : picturesARow);
const countOf = (row) => pictures ?? usualCount(row);
const drawn = (row) => ({ rows: options.rows, seed, count: countOf(row) });
const fileName = (name) => name.replace(/[^\w.+-]+/g, '-');

async function writePicture(folder, name, { width, height, data }) {
  await writeFile(join(folder, name), encode({ width, height, data, channels: 4 }));
}

async function dump(folder) {
  await mkdir(folder, { recursive: true });
  const labels = [];
  for (const row of rows) {
    let index = 0;
    for await (const { digits, signs, picture } of drawHandwriting(row, drawn(row))) {
      const file = `${fileName(row.name)}-${String(index++).padStart(4, '0')}.png`;
      await writePicture(folder, file, picture);
      labels.push({ file, row: row.name, asks: row.asks, digits, signs });
    }
    console.error(`${row.name}: ${index} pictures`);
  }
  await writeFile(join(folder, 'labels.json'), JSON.stringify({ rows: options.rows, seed, pictures: labels }));
}

/** What another program said, in the form of a recognizer's answers. */
async function judgeAnswers(file) {
  const given = JSON.parse(await readFile(file, 'utf8'));
  if (given.rows !== options.rows || given.seed !== seed) {
    wrongUsage(
      `--answers: expected answers to pictures of --rows ${options.rows} and --seed ${seed}. Received: those of --rows ${given.rows} and --seed ${given.seed}.`,
    );
  }
  return rows.flatMap((row) => {
    const own = given.pictures.filter((one) => one.row === row.name);
    if (own.length === 0) return [];
    const figures = sumOf(own.map(({ digits, signs, said }) => judge(row.asks, { digits, signs }, said).figures));
    return [{ row, figures, missed: missedBounds(row, figures) }];
  });
}

async function read() {
  const { Recognizer } = await import(pathToFileURL(resolve(options.dist, 'inference/recognizer.js')).href);
  const recognizer = await Recognizer.load(options.model);
  const measured = [];
  const shown = new Map();
  if (options.failures) await mkdir(options.failures, { recursive: true });
  for (const row of rows) {
    const start = performance.now();
    const ofRow = [];
    const { figures, failures } = await measureRow(recognizer, row, drawn(row), async (scene, judged) => {
      if (judged.isRight || !options.failures) return;
      const { name, digits, picture } = scene;
      await writePicture(options.failures, `${fileName(`${name}--${digits}--read ${judged.read}`)}.png`, picture);
      if (ofRow.length < 10) ofRow.push({ written: digits || 'no digit', read: judged.read, picture });
    });
    shown.set(row.name, ofRow);
    measured.push({ row, figures, missed: missedBounds(row, figures) });
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    console.error(`${row.name}: ${failures.length} of ${countOf(row)} wrong, ${seconds} s`);
  }
  if (options.failures) await writeFile(join(options.failures, 'sheet.png'), failureSheet(shown));
  return measured;
}

async function commitOf(folder) {
  const { stdout } = await promisify(execFile)('git', ['-C', folder, 'describe', '--always', '--dirty']);
  return stdout.trim();
}

async function store(measured) {
  const figures = Object.fromEntries(measured.map(({ row, figures: own }) => [row.name, own]));
  const { handwriting = {} } = await readMeasured();
  const source = options.answers ? {} : { commit: await commitOf(options.dist) };
  await writeMeasured({
    handwriting: { ...handwriting, [options.as]: { ...source, seed, rows: options.rows, figures } },
  });
}

if (options.markdown) {
  const { handwriting = {} } = await readMeasured();
  if (!handwriting[ownName])
    wrongUsage(
      `--markdown: pretrained/measured.json has no figures of handwriting. Run "npm run long:handwriting" first.`,
    );
  const { [ownName]: own, ...others } = handwriting;
  console.log(
    markdownTables(
      [...handwritingRows, rowOfOptdigits('')],
      [own, ...Object.entries(others).map(([name, one]) => ({ ...one, name }))],
    ),
  );
} else if (options.dump) {
  await dump(options.dump);
} else {
  const measured = options.answers ? await judgeAnswers(options.answers) : await read();
  console.log(textTables(measured));
  const missed = measured.filter((one) => one.missed.length > 0);
  console.log(`\n${measured.length - missed.length} of ${measured.length} rows hold their bounds.`);
  for (const { row, missed: bounds } of missed) console.log(`${row.name}: ${bounds.join('; ')}`);
  const isWhole =
    measured.length === rows.length && measured.every(({ row, figures }) => figures.right.of >= countOf(row));
  const isFull = options.rows === 'test' && options.only.length === 0 && pictures === undefined && isWhole;
  if (isFull) await store(measured);
  process.exitCode = missed.length > 0 && options.as === ownName ? 1 : 0;
}
