/**
 * 10. The page of `inkling studio` in the Chromium that the tests use: training the default network beside `inkling train` in
 * Node on the same threads, the longest task of the page's own thread meanwhile, reading a drawing, and the time until the
 * page can be used.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { paths } from '../paths.mjs';
import { runProcess } from '../process.mjs';
import { quantile } from '../statistics.mjs';
import { openStudio, readStrokes, timeToUse, trainInPage } from '../studio-page.mjs';
import { formatSpread, groupBy } from '../table.mjs';

export const name = 'studio';

/** As the page chooses them: one core is left to it. */
const threads = Math.max(1, Math.min(8, os.availableParallelism() - 1));

export async function run(bench) {
  const { studioImages: images, studioEpochs: epochs, studioStrokes: strokes } = bench.options.work;
  const server = spawn(process.execPath, [paths.command, 'studio', '--port', '0', '--json'], { cwd: bench.scratch });
  let browser;
  try {
    const [line] = await once(server.stdout, 'data');
    const { address } = JSON.parse(String(line));
    browser = await openStudio(address);
    bench.versions.chromium = browser.version;
    const page = (views) => ({
      label: { program: `the page, views ${views}`, threads },
      measure: async (round) => [await trainInPage(browser, { images, epochs, seed: round, views })],
    });
    await bench.rounds(name, [
      { label: { program: 'inkling train', threads }, measure: async (round) => [await trainInNode(bench, round)] },
      page('folded'),
      page('open'),
      { label: { program: 'opening' }, measure: async () => [await timeToUse(browser)] },
      { label: { program: 'reading' }, measure: async () => [await readStrokes(browser, strokes)] },
    ]);
  } finally {
    await browser?.close();
    server.kill();
  }
}

async function trainInNode({ scratch, options }, seed) {
  const { studioImages: images, studioEpochs: epochs } = options.work;
  const out = join(scratch, `studio-${seed}`);
  const chosen = { '--threads': threads, '--epochs': epochs, '--limit': images, '--seed': seed, '--robustness': 0 };
  const words = ['train', '--quiet', ...Object.entries(chosen).flat(), '--out', out].map(String);
  await runProcess(process.execPath, [paths.command, ...words], { threads });
  const { weightsSha256 } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
  const { epochs: logs } = JSON.parse(readFileSync(join(out, 'history.json'), 'utf8'));
  const perEpoch = images - Math.round(images / 12);
  return {
    images: logs.length * perEpoch,
    seconds: logs.reduce((sum, { seconds }) => sum + seconds, 0),
    weightsSha256,
  };
}

export function tables(samples) {
  const training = samples.filter(({ images }) => images !== undefined);
  const speedOf = ({ images, seconds }) => images / seconds;
  const inNode = new Map(
    training.filter(({ program }) => program === 'inkling train').map((sample) => [sample.round, sample]),
  );
  const rows = [...groupBy(training, ({ program }) => program)].map(([program, own]) => {
    const beside = own.filter(({ round }) => inNode.has(round));
    const longest = own.flatMap(({ longestTask }) => longestTask ?? []);
    const isSame = beside.every(({ round, weightsSha256 }) => weightsSha256 === inNode.get(round).weightsSha256);
    return [
      program,
      formatSpread(own.map(speedOf)),
      formatSpread(
        beside.map((sample) => speedOf(sample) / speedOf(inNode.get(sample.round))),
        2,
      ),
      isSame ? 'yes' : 'NO',
      formatSpread(longest),
    ];
  });
  const reading = samples.flatMap(({ milliseconds }) => milliseconds ?? []);
  const figures = [
    [
      'reading a drawing while it is drawn, 95th percentile',
      reading.length > 0 ? quantile(reading, 0.95).toFixed(1) : '',
    ],
    ['the same, median', reading.length > 0 ? quantile(reading, 0.5).toFixed(1) : ''],
    ['from opening until the pad accepts a stroke', formatSpread(samples.flatMap(({ accepts }) => accepts ?? []))],
    ['from opening until a stroke is answered', formatSpread(samples.flatMap(({ answers }) => answers ?? []))],
  ];
  return [
    {
      title: `The studio: training the default network, threads: ${threads}`,
      columns: ['program', 'images/s', 'ratio to Node', 'same bytes', 'longest task, ms'],
      rows,
      note: "The longest task is of the page's own thread from beginning to end of the training; below 50 ms, browsers tell of none, and it counts as 0.",
    },
    {
      title: 'The studio: milliseconds',
      columns: ['what', 'ms'],
      rows: figures,
      note: 'Reading is preprocessing and network, in a warm page; opening is from an empty cache, served by this machine.',
    },
  ];
}
