import { describe, expect, test } from 'vitest';
import type { Detection } from '../inference/detection.js';
import { blank, type Recognition } from '../inference/recognition.js';
import type { DroppedMark } from '../preprocessing/dropped-marks.js';
import { ManyTable, manyObject, PredictionTable, predictionObject, singleObject } from './prediction-text.js';
import { columnsOf } from './terminal-text.js';

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
const seen = {
  probabilities: [0.1, 0.9],
  box: { left: 3, top: 4, right: 13, bottom: 24 },
  image: { data: new Uint8Array(1), shape: [1, 1, 1] },
  sideBySide: 1,
  dropped: [],
};
function answerOf(answer: string, probability: number, state: Recognition['state'] = 'digit'): Recognition {
  return { state, answer, probability, runnerUp: '9', ...seen };
}
const noDigit: Recognition = { state: 'not a digit', answer: null, probability: null, runnerUp: null, ...seen };
const minus: DroppedMark = { reason: 'minus', box: { left: 1, top: 2, right: 21, bottom: 6 } };
const rule: DroppedMark = { reason: 'rule', box: { left: 0, top: 90, right: 200, bottom: 92 } };

const detected = (
  text: string | null,
  found: readonly Recognition[],
  dropped: readonly DroppedMark[] = [],
): Detection => ({
  digits: found.map((digit) => ({ ...digit, line: 0 })),
  number: { text, state: 'not sure' },
  dropped,
});

describe('a picture, a row', () => {
  test('columns stay where they are, whatever the file and the state', () => {
    const names = ['four.png', 'a\nb.png', '日本語.png', `${'long/'.repeat(40)}7.png`];
    const table = new PredictionTable(names, digits);
    const rows = [
      table.header,
      table.row(names[0], answerOf('4', 0.5)),
      table.row(names[1], noDigit),
      table.row(names[2], blank),
      table.row(names[3], answerOf('7', 1)),
    ];
    const states = ['state', 'digit', 'not a digit', 'blank', 'digit'];
    const places = rows.map((row, index) => columnsOf(row.slice(0, -states[index].length)));
    expect(rows.map((row, index) => row.endsWith(`  ${states[index]}`))).toStrictEqual(rows.map(() => true));
    expect(new Set(places)).toHaveProperty('size', 1);
    expect(rows[2]).toMatch(/^a\\nb\.png +– +– +– {2}not a digit$/);
    expect(rows[4]).toMatch(/^…[long/]+\/7\.png /);
  });

  test.each([
    [0.5, ' 50.00 %'],
    [0.99994, '99.99 %'],
    [0.99995, '> 99.99 %'],
    [1, '> 99.99 %'],
  ])('%d is written as%s: nothing is certain', (probability, expected) => {
    const table = new PredictionTable(['a.png'], digits);
    expect(table.row('a.png', answerOf('4', probability))).toContain(expected);
    expect(table.row('a.png', answerOf('4', probability))).not.toContain('100.00');
  });

  test.each([
    ['digit', ''],
    ['not a digit', ' (4 marks side by side: --many reads each)'],
  ] as const)('of marks side by side it tells behind the state %s: "%s"', (state, hint) => {
    const table = new PredictionTable(['a.png'], digits);
    const recognition = { ...noDigit, state, sideBySide: hint === '' ? 1 : 4 };
    expect(table.row('a.png', recognition).endsWith(`  ${state}${hint}`)).toBe(true);
    expect(singleObject(recognition)).toMatchObject({ state, sideBySide: hint === '' ? 1 : 4 });
  });

  test('of marks that were left out it tells where the answer is in doubt; of rules it does not', () => {
    const table = new PredictionTable(['a.png'], digits);
    const row = (state: Recognition['state'], ...dropped: DroppedMark[]) =>
      table.row('a.png', { ...answerOf('4', 0.99, state), dropped });
    expect(row('not sure', minus, rule)).toMatch(/ {2}not sure \(1 mark left out\)$/);
    expect(row('not sure', minus, minus)).toMatch(/ {2}not sure \(2 marks left out\)$/);
    expect(row('not sure', rule)).toMatch(/ {2}not sure$/);
    expect(row('digit', minus)).toMatch(/ {2}digit$/);
    expect(table.row('a.png', { ...blank, dropped: [minus] })).toMatch(/ {2}blank \(1 mark left out\)$/);
  });

  test('names of classes may be long', () => {
    const names = ['circle', 'a very long name of a class indeed', 'x\ny'];
    const table = new PredictionTable(['a.png'], names);
    const rows = names.map((name) => table.row('a.png', answerOf(name, 0.5)));
    expect(new Set([table.header, ...rows].map((row) => row.lastIndexOf('  ')))).toHaveProperty('size', 1);
    expect(rows[2]).toContain(' x\\ny ');
  });
});

describe('a picture, many digits', () => {
  const table = new ManyTable(digits);

  test.each<[string, Detection]>([
    ['house.png: 47', detected('47', [answerOf('4', 1), answerOf('7', 1)], [rule])],
    ['house.png: 47 (1 of 2 not sure)', detected('47', [answerOf('4', 1), answerOf('7', 0.6, 'not sure')])],
    [
      'house.png: 47 (1 of 2 not sure, 1 more not a digit)',
      detected('47', [answerOf('4', 0.6, 'not sure'), noDigit, answerOf('7', 1)]),
    ],
    ['house.png: 47 (1 mark left out)', detected('47', [answerOf('4', 1), answerOf('7', 1)], [minus, rule])],
    ['house.png: no digit', detected(null, [noDigit])],
    ['house.png: blank', detected(null, [])],
    ['house.png: blank (2 marks left out)', detected(null, [], [minus, minus])],
  ])('%s', (title, detection) => {
    expect(table.title('house.png', detection)).toBe(title);
  });

  test('a line tells what was left out, and where', () => {
    const point: DroppedMark = { reason: 'point', box: { left: 50, top: 60, right: 54, bottom: 64 } };
    expect(table.dropped(detected('47', [], [minus, rule, point]))).toBe(
      '  left out: minus sign 20 x 4 at 1, 2; decimal point 4 x 4 at 50, 60',
    );
    expect(table.dropped(detected('47', [], [rule]))).toBeUndefined();
  });

  test('rows say where each digit is', () => {
    expect(table.row(answerOf('4', 0.98, 'not sure'))).toBe(
      '       4      98.00 %          9  not sure     10 x 20 at 3, 4',
    );
    expect(table.row(noDigit).indexOf('10 x')).toBe(table.header.indexOf('box'));
  });
});

describe('for programs', () => {
  test('one digit', () => {
    expect(predictionObject(answerOf('4', 0.9))).toStrictEqual({
      state: 'digit',
      answer: '4',
      probability: 0.9,
      runnerUp: '9',
      probabilities: [0.1, 0.9],
    });
    expect(predictionObject(blank)).toStrictEqual({
      state: 'blank',
      answer: null,
      probability: null,
      runnerUp: null,
      probabilities: null,
    });
  });

  test('one digit, with what was left out', () => {
    const dropped = [{ reason: 'minus', box: { left: 1, top: 2, width: 20, height: 4 } }];
    expect(singleObject({ ...answerOf('4', 0.9), dropped: [minus] })).toMatchObject({ sideBySide: 1, dropped });
  });

  test('many: the number, each digit with its line and box, and what was left out', () => {
    const found = [answerOf('4', 0.9), noDigit];
    expect(manyObject(detected('4', found, [rule]))).toStrictEqual({
      answer: '4',
      state: 'not sure',
      digits: found.map((digit) => ({
        ...predictionObject(digit),
        line: 0,
        box: { left: 3, top: 4, width: 10, height: 20 },
      })),
      dropped: [{ reason: 'rule', box: { left: 0, top: 90, width: 200, height: 2 } }],
    });
    expect(manyObject(detected(null, []))).toStrictEqual({ answer: null, state: 'not sure', digits: [], dropped: [] });
  });
});
