import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleProfile } from '../../test/fixtures/profile.js';
import { sampleRunRecord } from '../../test/fixtures/run-record.js';
import { oneHot } from '../data/preprocess.js';
import { evaluatePredictions } from '../evaluation/evaluate-predictions.js';
import { measureRobustness, type RobustnessReport } from '../evaluation/robustness.js';
import { dense } from '../layers/dense.js';
import { defineModel } from '../model/model.js';
import { History } from '../training/history.js';
import { glossary } from './glossary.js';
import { runCharts } from './run-charts.js';
import { removeResults, writeRunFolder } from './run-folder.js';
import type { RunRecord } from './run-record.js';
import { runSummary } from './summary.js';

vi.mock('#platform', () => import('../platform/node.js'));
vi.setConfig({ testTimeout: 60_000 });

let record: RunRecord;
let folder: string;
beforeAll(async () => {
  record = await sampleRunRecord(300);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A classifier that says 0 to what has more ink on its left half, else 1; of the size of the test images alone. */
async function sampleRobustness({ testImages, predictions }: RunRecord): Promise<RobustnessReport> {
  const classifier = {
    name: 'lefty',
    classify: ({ data, shape: [count, height, width] }: RunRecord['testImages']) =>
      height === 28
        ? Promise.resolve(
            Int32Array.from({ length: count }, (_, image) => {
              let balance = 0;
              for (let pixel = 0; pixel < height * width; pixel++) {
                balance += data[image * height * width + pixel] * (pixel % width < width / 2 ? 1 : -1);
              }
              return balance > 0 ? 0 : 1;
            }),
          )
        : undefined,
  };
  return (await measureRobustness([classifier], testImages, predictions.labels))!;
}

const readText = (name: string) => readFile(join(folder, name), 'utf8');
const charts = ['accuracy', 'confusion-matrix', 'filters', 'loss', 'mistakes', 'per-class', 'reliability'];

describe('writeRunFolder', () => {
  it('writes every file of a run', async () => {
    const summary = await writeRunFolder(folder, record);
    expect(await readdir(folder)).toEqual(
      [
        ...charts.flatMap((name) => [`${name}.png`, `${name}.svg`]),
        ...['classification-report.txt', 'confusion-matrix.csv', 'history.csv', 'history.json'],
        ...['predictions.csv', 'report.html', 'summary.json'],
      ].sort(),
    );
    for (const name of charts) {
      expect(await readText(`${name}.svg`)).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
      const png = await readFile(join(folder, `${name}.png`));
      expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    }
    expect(JSON.parse(await readText('summary.json'))).toEqual(JSON.parse(JSON.stringify(summary)));
    expect(JSON.parse(await readText('history.json')).epochs).toEqual(record.history.epochs);
    expect((await readText('history.csv')).split('\n')).toHaveLength(7);
    expect((await readText('predictions.csv')).split('\n')).toHaveLength(302);
    expect((await readText('confusion-matrix.csv')).split('\n')).toHaveLength(12);
    expect(await readText('classification-report.txt')).toContain('weighted avg');
  });

  it('is rid of all of them where a run goes on, and keeps what else is there', async () => {
    await writeRunFolder(folder, record);
    await writeFile(join(folder, 'model.json'), '');
    await removeResults(folder);
    expect(await readdir(folder)).toEqual(['model.json']);
  });

  it('writes the same bytes for the same record', async () => {
    const read = async () => Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'base64')));
    await writeRunFolder(folder, record);
    const first = await read();
    await writeRunFolder(folder, record);
    expect(await read()).toEqual(first);
  });

  it('leaves out filters where there is no convolution, mistakes where there are none', async () => {
    const { labels } = record.predictions;
    const predictions = { probabilities: oneHot(labels, 10), labels };
    const evaluation = evaluatePredictions(predictions, record.classNames, 0);
    await writeRunFolder(folder, { ...(await sampleRunRecord(300, 'mlp')), predictions, evaluation });
    const names = await readdir(folder);
    expect(names.filter((name) => /filters|mistakes/.test(name))).toEqual([]);
    expect(names).toContain('accuracy.png');
    expect(await readText('report.html')).toContain('Every test image was recognised.');
  });

  it('leaves no summary.json where a file cannot be written', async () => {
    await mkdir(join(folder, 'report.html'));
    await expect(writeRunFolder(folder, record)).rejects.toThrow('report.html');
    expect(await readdir(folder)).not.toContain('summary.json');
  });
});

describe('runCharts', () => {
  it('takes only a convolution’s kernel for filters', () => {
    const model = defineModel({ name: 'm', inputShape: [784], layers: [dense({ units: 10 })] });
    const names = runCharts({ ...record, model }).map(({ name }) => name);
    expect(names).toEqual(['accuracy', 'loss', 'confusion-matrix', 'per-class', 'reliability', 'mistakes']);
  });
});

describe('report.html', () => {
  it('stands alone: no script, no address, no file, and no id twice', async () => {
    await writeRunFolder(folder, record);
    const page = await readText('report.html');
    expect(page).not.toMatch(/<script|<link|https?:|@import|src="(?!data:)/i);
    expect(page).not.toMatch(/href="(?!data:|#)/);
    const ids = Array.from(page.matchAll(/ id="([^"]*)"/g), ([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const references = Array.from(page.matchAll(/url\(#([^)]*)\)|href="#([^"]*)"/g), ([, url, href]) => url ?? href);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) expect(ids).toContain(reference);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });

  it('may fetch and run nothing, whatever stands in it', async () => {
    await writeRunFolder(folder, record);
    const page = await readText('report.html');
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;
    expect(page).toContain(policy);
    // It holds from where it stands on.
    expect(page.indexOf(policy)).toBeLessThan(page.search(/<title|<style|<body/));
  });

  it('says what a chart shows once, as text of the page', async () => {
    await writeRunFolder(folder, record);
    const page = await readText('report.html');
    expect(page.match(/Training and validation accuracy/g)).toHaveLength(1);
    expect(page.match(/>Confusion matrix</g)).toBeNull();
    expect(page.match(/Colour shows the share of the row\./g)).toHaveLength(1);
    expect(await readText('accuracy.svg')).toContain('>Training and validation accuracy<');
  });

  it('breaks the command that repeats the run between its options alone', async () => {
    await writeRunFolder(folder, record);
    const [, command] = /<pre><code>(.*)<\/code><\/pre>/.exec(await readText('report.html'))!;
    expect(command).toContain('<span>npx inkling train</span> <span>--model cnn</span> <span>--seed 1</span>');
    expect(command.replace(/<\/?span>/g, '')).toBe(record.command);
  });

  it('explains its words, each where it first stands and in docs/glossary.md', async () => {
    await writeRunFolder(folder, record);
    const page = await readText('report.html');
    const headings = await readFile(new URL('../../docs/glossary.md', import.meta.url), 'utf8');
    for (const { id } of glossary) {
      expect(page).toContain(`<dt id="word-${id}">`);
      expect(headings.toLowerCase()).toContain(
        `\n## ${id.replaceAll('-', ' ')}\n`.replace('cross entropy', 'cross-entropy'),
      );
    }
    const linked = new Set(Array.from(page.matchAll(/class="term" href="#word-([^"]*)"/g), ([, id]) => id));
    const expected = ['cross-entropy', 'wilson-interval', 'expected-calibration-error', 'macro-and-weighted-average'];
    expect([...linked].toSorted()).toEqual(expected.toSorted());
  });

  it('says what matters', async () => {
    const { weightsSha256 } = await writeRunFolder(folder, record);
    const page = await readText('report.html');
    for (const text of ['<h1>cnn on MNIST</h1>', '99.00 %', '297 of 300 images right', '0.0271', '225,034']) {
      expect(page).toContain(text);
    }
    for (const text of [weightsSha256, record.data.sha256, 'AMD EPYC 7763', '13.6.233.8']) {
      expect(page).toContain(text);
    }
    // Two drawings of each chart, of which one is shown.
    expect(page.match(/<figure/g)).toHaveLength(7);
    expect(page.match(/<svg /g)).toHaveLength(14);
    expect(page.match(/role="img" aria-label="[^"]+"/g)).toHaveLength(14);
    expect(page.match(/<table/g)?.length).toBe(page.match(/<caption>/g)?.length);
  });

  it('escapes every text that a user chose', async () => {
    const evil = `<b>&"'</b>`;
    const classNames = record.classNames.map((name) => `${name}${evil}`);
    await writeRunFolder(folder, {
      ...record,
      classNames,
      evaluation: evaluatePredictions(record.predictions, classNames, 0.1),
      data: { ...record.data, name: evil, source: evil },
      environment: { ...record.environment, machine: evil, versions: { [evil]: evil } },
      command: `npx inkling train --out '${evil}'`,
    });
    const page = await readText('report.html');
    expect(page).not.toContain('<b>');
    expect(page).toContain('<th scope="row">3&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;</th>');
    expect(page).toContain('&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;&#39;</span></code>');
  });

  it('tells how far to trust the probabilities, and when not to answer', async () => {
    await writeRunFolder(folder, record);
    const page = await readText('report.html');
    expect(page).toContain('How far to trust its probabilities');
    expect(page).toMatch(/Expected calibration error<\/a> \(15 bins\)<\/th><td>[\d.]+ %<\/td><td>[\d.]+ %<\/td>/);
    expect(page).toContain('as fitted on 300 validation images');
    expect(page).toContain('as the calibrated probabilities of such answers are 99.9 % in the mean');
    expect(page).toMatch(/No answer<\/th><td>below a probability of [\d.]+ %, [^<]+; here \d+ of 300 test images/);
    expect(page).toMatch(
      /\d+ of 300 test images \([\d.]+ %\), those without an answer among them; of the rest [\d.]+ %/,
    );
    expect(page).not.toContain('The temperature does not help here');
  });

  it('says where the temperature does not help, and where no answer is sure', async () => {
    const { calibration, before, after } = record.calibrationResult!;
    const worse = { ...record.calibrationResult!, before: after, after: before, notSure: 300, sureAccuracy: null };
    const never = { ...worse, calibration: { ...calibration, confidenceThreshold: null } };
    await writeRunFolder(folder, { ...record, calibrationResult: never });
    const page = await readText('report.html');
    expect(page).toContain('The temperature does not help here');
    expect(page).toContain('never: not even the most probable answer has a calibrated probability of 99.9 %');
    expect(page).toContain('300 of 300 test images (100.00 %), those without an answer among them; none remain');
  });

  it('has nothing of it where there is no calibration', async () => {
    await writeRunFolder(folder, { ...record, calibrationResult: undefined });
    expect(await readText('report.html')).not.toContain('How far to trust');
    expect((await readdir(folder)).filter((name) => /reliability/.test(name))).toEqual([]);
  });

  it('tells of an interrupted run without a finished epoch', async () => {
    await writeRunFolder(folder, { ...record, history: new History([]), outcome: 'interrupted' });
    const page = await readText('report.html');
    expect(page).toContain('Training was interrupted.');
    expect(page).toContain('0 of 5');
    expect(page).toContain('Accuracy over the epochs. No epoch was finished.');
    expect(page).not.toMatch(/undefined|NaN/);
  });

  it('tells where the time went, where that was measured', async () => {
    const history = new History(record.history.epochs, sampleProfile);
    await writeRunFolder(folder, { ...record, history });
    expect(JSON.parse(await readText('profile.json'))).toEqual(sampleProfile);
    expect(JSON.parse(await readText('history.json'))).toEqual({ epochs: record.history.epochs });
    const page = await readText('report.html');
    expect(page).toContain('Where the time of the training steps went');
    expect(page).toContain('<caption><span>2,150 steps, 275,000 images, 5.50 s on 2 threads</span></caption>');
    expect(page).toMatch(
      /<th scope="row">dense \+ relu, backward<\/th><td>10.00<\/td><td>2.750<\/td><td>40.1<\/td><td>50.0 %<\/td>/,
    );
    expect(page).toMatch(/<tfoot>\s*<tr><th scope="row">Total<\/th><td>20.00<\/td>/);
  });

  it('tells what is still read of distorted images, where that was measured', async () => {
    const robustness = await sampleRobustness(record);
    await writeRunFolder(folder, { ...record, robustness });
    expect(JSON.parse(await readText('robustness.json'))).toEqual(robustness);
    expect(await readText('robustness.svg')).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    expect((await readFile(join(folder, 'robustness.png'))).subarray(1, 4).toString()).toBe('PNG');
    const page = await readText('report.html');
    expect(page).toContain('<h2 id="robustness-heading">What it still reads</h2>');
    expect(page).toContain('<th scope="col">lefty</th><th scope="col">Interval</th>');
    expect(page).toMatch(/<th scope="row">None<\/th><td>\d+\.\d\d %<\/td><td>[\d.]+ % to [\d.]+ %<\/td>/);
    expect(page).toContain('<th scope="row">Inverted</th>');
    expect(page).toMatch(
      /<th scope="row">In a corner of a large canvas: 3 \(times its size, on 200 × 300 pixels\)<\/th><td>–<\/td>/,
    );
    expect(page.match(/<svg /g)).toHaveLength(14 + 3);
    const ids = Array.from(page.matchAll(/ id="([^"]*)"/g), ([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });

  it('tells of a run without validation', async () => {
    const epochs = record.history.epochs.map(({ valLoss, valAccuracy, ...logs }) => logs);
    await writeRunFolder(folder, { ...record, history: new History(epochs) });
    const page = await readText('report.html');
    expect(page).toContain('After epoch 5: 98.99 % in training.');
    expect(page).toContain('<td>–</td>');
    expect(page).not.toMatch(/undefined|NaN/);
  });
});

describe('runSummary', () => {
  it('has the scores as fractions, those of training of the last epoch', async () => {
    expect(await runSummary(record)).toMatchObject({
      testAccuracy: 0.99,
      testLoss: 0.0271,
      top2Accuracy: record.evaluation.top2Accuracy,
      accuracy: 0.9899,
      loss: 0.0324,
      valAccuracy: 0.9918,
      valLoss: 0.0283,
      epochs: 5,
      requestedEpochs: 5,
      seed: 1,
      batchSize: 64,
      model: 'cnn',
      parameters: 225_034,
      trainSeconds: 58.4,
      imagesPerSecond: 4709,
      threads: 2,
      arithmetic: 'fused',
      testImages: 300,
      weightsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      dataSha256: record.data.sha256,
      versions: record.environment.versions,
      command: record.command,
      optimizer: { type: 'adam' },
    });
  });

  it('has the calibration and what it is worth on the test images', async () => {
    const { calibration, before, after, notSure, rejected, images, sureAccuracy } = record.calibrationResult!;
    const { images: calibrationImages, ...thresholds } = calibration;
    expect(await runSummary(record)).toMatchObject({
      ...thresholds,
      calibrationImages,
      notSure: notSure / images,
      rejected: rejected / images,
      sureAccuracy,
      expectedCalibrationError: { before: before.expectedCalibrationError, after: after.expectedCalibrationError },
      negativeLogLikelihood: { before: before.negativeLogLikelihood, after: after.negativeLogLikelihood },
    });
    const unknown = { temperature: null, confidenceThreshold: null, rejectionThreshold: null, calibrationImages: null };
    const scores = { expectedCalibrationError: null, negativeLogLikelihood: null };
    const fractions = { notSure: null, rejected: null, sureAccuracy: null };
    expect(await runSummary({ ...record, calibrationResult: undefined })).toMatchObject({
      ...unknown,
      ...scores,
      ...fractions,
    });
  });

  it('has null for what there is none of', async () => {
    const none = { accuracy: null, loss: null, valAccuracy: null, valLoss: null };
    expect(await runSummary({ ...record, history: new History([]) })).toMatchObject({ ...none, epochs: 0 });
    const epochs = record.history.epochs.map(({ valLoss, valAccuracy, ...logs }) => logs);
    const summary = await runSummary({ ...record, history: new History(epochs) });
    expect(summary).toMatchObject({ ...none, accuracy: 0.9899, loss: 0.0324 });
  });
});
