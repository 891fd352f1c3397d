import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { terminalCurves } from './terminal.js';

const history = [
  { epoch: 1, loss: 0.1482, accuracy: 0.9553, valLoss: 0.0612, valAccuracy: 0.9806 },
  { epoch: 2, loss: 0.0531, accuracy: 0.9838, valLoss: 0.0441, valAccuracy: 0.9868 },
  { epoch: 3, loss: 0.0381, accuracy: 0.9884, valLoss: 0.0392, valAccuracy: 0.9801 },
];

describe('terminalCurves', () => {
  it('draws both measures with axes and a legend', () => {
    expect(terminalCurves(history, { width: 50, height: 5 })).toMatchInlineSnapshot(`
      "Training and validation accuracy
      ● Training 98.84 %   ◆ Validation 98.01 %

      Accuracy (%)
       99 ┤               ╭╌╌╌╌╌◆╌╌╌╌╌╮───────────────●
       98 ◆╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╯─────●─────╰╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌◆
       97 ┤       ╭───────╯
       96 ●───────╯
       95 ┤
          ├─────────────────────┬─────────────────────┐
          1                     2                     3
                              Epoch

      Training and validation loss
      ● Training 0.0381   ◆ Validation 0.0392

      Loss (cross-entropy, nats)
       0.15 ●──╮
            ┤  ╰────╮
       0.10 ┤       ╰─────╮
            ┤             ╰────╮
       0.05 ◆╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌◆╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌◆
            ┤
       0.00 ┤
            ├────────────────────┬────────────────────┐
            1                    2                    3
                               Epoch"
    `);
  });

  it('is the same text in colour', () => {
    const coloured = terminalCurves(history, { colour: true });
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(terminalCurves(history));
    expect(terminalCurves(history)).not.toContain('\u001b');
  });

  it.each([44, 72, 120])('keeps within %i columns', (width) => {
    const longest = Math.max(
      ...terminalCurves(history, { width })
        .split('\n')
        .map((line) => [...line].length),
    );
    expect(longest).toBeLessThanOrEqual(width);
    expect(longest).toBeGreaterThan(width - 5);
  });

  it('marks a single epoch in the middle', () => {
    const text = terminalCurves(history.slice(0, 1));
    expect(text.match(/●/g)).toHaveLength(4);
    expect(text.match(/◆/g)).toHaveLength(4);
    expect(text).not.toMatch(/[╭╮╰╯]/);
  });

  it('does without validation', () => {
    const text = terminalCurves(history.map(({ epoch, loss, accuracy }) => ({ epoch, loss, accuracy })));
    expect(text).toContain('● Training 98.84 %');
    expect(text).not.toContain('◆');
  });

  it('leaves out what is not finite, and starts where validation starts', () => {
    const [first, ...rest] = history;
    const text = terminalCurves([{ ...first, valLoss: Number.NaN, valAccuracy: Number.NaN }, ...rest]);
    expect(text.match(/◆/g)).toHaveLength(2 * (1 + 2));
  });

  it('draws no line across an epoch without a finite value', () => {
    const flat = [1, 2, 3, 4, 5].map((epoch) => ({ epoch, loss: epoch === 3 ? Number.NaN : 0.5, accuracy: 0.5 }));
    const [, loss] = terminalCurves(flat, { width: 45 }).split('Training loss');
    const line = loss.split('\n').find((text) => text.includes('─●'))!;
    expect(line.replace(/─+/g, '─')).toMatch(/●─● +●─●$/);
  });

  it('says that there is nothing to show', () => {
    expect(terminalCurves([]).match(/No epoch was completed/g)).toHaveLength(2);
  });

  it('draws more epochs than columns', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ epoch: i + 1, loss: 2 / (i + 1), accuracy: i / 500 }));
    const lines = terminalCurves(many, { width: 60, height: 8 }).split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(60);
    expect(lines.join('\n')).toMatch(/100 +200 +300 +400 +500/);
  });

  it('uses at least 44 columns and 5 rows', () => {
    expect(terminalCurves(history, { width: 1, height: 1 })).toBe(terminalCurves(history, { width: 44, height: 5 }));
  });
});
