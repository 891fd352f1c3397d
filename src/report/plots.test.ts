import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleRunRecord } from '../../test/fixtures/run-record.js';
import { History } from '../training/history.js';
import { plotConfusionMatrix, plotExplanation, plotHistory, plotReliability, plotRobustness } from './plots.js';
import type { RunRecord } from './run-record.js';
import { writeReport } from './write-report.js';

let record: RunRecord;
let folder: string;
beforeAll(async () => {
  record = await sampleRunRecord(300);
  folder = await mkdtemp(join(tmpdir(), 'inkling-plots-'));
});
afterAll(() => rm(folder, { recursive: true }));

const texts = (svg: string) =>
  [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</g)].map(([, text]) => text.replaceAll('&gt;', '>'));

describe('plots for programs', () => {
  it('draw a history, the same bytes each time', async () => {
    const svg = await plotHistory(record.history);
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['Training and validation accuracy', 'Training and validation loss']),
    );
    expect(await plotHistory(record.history)).toBe(svg);
  });

  it('draw what was taken for what', async () => {
    const { confusionMatrix } = record.evaluation;
    const shown = texts(await plotConfusionMatrix(confusionMatrix, record.classNames));
    for (const row of confusionMatrix) for (const count of row) expect(shown).toContain(`${count}`);
    await expect(plotConfusionMatrix(confusionMatrix, ['a'])).rejects.toMatchObject({ kind: 'argument' });
  });

  it('draw how far to trust probabilities', async () => {
    const { temperature } = record.calibrationResult!.calibration;
    const shown = texts(await plotReliability(record.calibrationResult!));
    expect(shown).toEqual(expect.arrayContaining(['Right answers (%)', `At temperature ${temperature.toFixed(3)}`]));
  });

  it('draw what is still read', async () => {
    const score = { correct: 9, images: 10, accuracy: 0.9, interval: [0.6, 0.98] } as const;
    const steps = [{ label: '1', severity: 1, scores: [score] }];
    const distortions = [{ name: 'shift', title: 'Shifted', unit: 'pixels', neutral: null, steps } as const];
    const report = { images: 10, classifiers: ['mine'], undistorted: [score], distortions };
    expect(texts(await plotRobustness(report))).toEqual(expect.arrayContaining(['Shifted', 'pixels']));
  });

  it('draw how a network came to its answer', async () => {
    const explanation = {
      input: { data: new Float32Array(4), shape: [2, 2, 1] },
      answer: 1,
      layers: [{ name: 'dense', type: 'dense', output: { data: Float32Array.of(0, 1), shape: [2] } }],
      probabilities: Float32Array.of(0.25, 0.75),
      saliency: { data: new Float32Array(4), shape: [2, 2] },
    };
    expect(texts(await plotExplanation(explanation, ['no', 'yes']))).toEqual(
      expect.arrayContaining(['Why yes?', '75.00 %']),
    );
    await expect(plotExplanation(explanation, ['no'])).rejects.toMatchObject({ kind: 'argument' });
  });
});

describe('writeReport', () => {
  const path = () => join(folder, 'own', 'report.html');
  const model = () => ({
    ...({ definition: record.model, seed: 7, threads: 1, arithmetic: 'plain', vectorBits: 128 } as const),
    optimizer: record.configuration.optimizer,
    loss: record.configuration.loss,
    getWeights: () => record.weights,
    evaluate: async () => {
      const { probabilities } = record.predictions;
      return { loss: 0.0271, probabilities, logits: { ...probabilities, data: probabilities.data.map(Math.log) } };
    },
  });
  const test = () => ({ images: record.testImages, labels: record.predictions.labels as Uint8Array });

  it('writes a page of a model that a program has trained', async () => {
    const { calibration } = record.calibrationResult!;
    await writeReport(path(), { model: model(), history: record.history, test: test(), calibration, dataName: 'mine' });
    const page = await readFile(path(), 'utf8');
    for (const text of ['<h1>cnn on mine</h1>', '297 of 300 images right', 'How far to trust its probabilities']) {
      expect(page).toContain(text);
    }
    expect(page).toMatch(/Seed<\/th><td>7</);
    for (const unknown of ['Repeat this run', 'Recipe', 'Machine', 'undefined', 'NaN']) {
      expect(page).not.toContain(unknown);
    }
  });

  it('does without epochs, calibration and names', async () => {
    await writeReport(path(), { model: model(), history: new History([]), test: test() });
    const page = await readFile(path(), 'utf8');
    expect(page).toContain('<h1>cnn on own data</h1>');
    expect(page).not.toMatch(/How far to trust|undefined|NaN/);
  });
});
