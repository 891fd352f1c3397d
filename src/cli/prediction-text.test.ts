import { describe, expect, test } from 'vitest';
import { blank, type Recognition } from '../inference/recognition.js';
import { ManyTable, manyObject, PredictionTable, predictionObject, singleObject } from './prediction-text.js';
import { columnsOf } from './terminal-text.js';

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
const seen = {
  probabilities: [0.1, 0.9],
  box: { left: 3, top: 4, right: 13, bottom: 24 },
  image: { data: new Uint8Array(1), shape: [1, 1, 1] },
  sideBySide: 1,
};
function answerOf(answer: string, probability: number, state: Recognition['state'] = 'digit'): Recognition {
  return { state, answer, probability, runnerUp: '9', ...seen };
}
const noDigit: Recognition = { state: 'not a digit', answer: null, probability: null, runnerUp: null, ...seen };

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

  test.each<[string, Recognition[]]>([
    ['house.png: 47', [answerOf('4', 1), answerOf('7', 1)]],
    ['house.png: 47 (1 of 2 not sure)', [answerOf('4', 1), answerOf('7', 0.6, 'not sure')]],
    [
      'house.png: 47 (1 of 2 not sure, 1 more not a digit)',
      [answerOf('4', 0.6, 'not sure'), noDigit, answerOf('7', 1)],
    ],
    ['house.png: no digit', [noDigit]],
    ['house.png: blank', []],
  ])('%s', (title, found) => {
    expect(table.title('house.png', found)).toBe(title);
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

  test('many: a number of digits, words with spaces between them, null for nothing', () => {
    const found = [answerOf('4', 0.9), noDigit, answerOf('7', 0.9)];
    expect(manyObject(found, digits).answer).toBe('47');
    expect(manyObject(found, ['4', '7', 'none']).answer).toBe('4 7');
    expect(manyObject([noDigit], digits)).toMatchObject({ answer: null, digits: [{ state: 'not a digit' }] });
    expect(manyObject([], digits)).toStrictEqual({ answer: null, digits: [] });
    expect(manyObject(found, digits).digits[0]).toStrictEqual({
      ...predictionObject(found[0]),
      box: { left: 3, top: 4, width: 10, height: 20 },
    });
  });
});
