import { describe, expect, test } from 'vitest';
import { distributionFromData, distributionFromText, gridValues, onlyValue } from './distribution.js';
import { gridConfigurations, randomConfigurations } from './search-space.js';

describe('the text of a distribution', () => {
  test.each([
    ['1e-4..1e-2:log', { type: 'float', low: 1e-4, high: 1e-2, log: true, step: null }],
    ['1e-4..1e-2:log:5', { type: 'float', low: 1e-4, high: 1e-2, log: true, step: null, points: 5 }],
    ['0.0..0.5:6', { type: 'float', low: 0, high: 0.5, log: false, step: null, points: 6 }],
    ['0..0.5/0.25', { type: 'float', low: 0, high: 0.5, log: false, step: 0.25 }],
    ['16..64', { type: 'int', low: 16, high: 64, log: false, step: 1 }],
    ['16..64/16', { type: 'int', low: 16, high: 64, log: false, step: 16 }],
    ['16..256:log', { type: 'int', low: 16, high: 256, log: true, step: 1 }],
    ['cnn,lenet5', { type: 'categorical', choices: ['cnn', 'lenet5'] }],
    ['64, 128', { type: 'categorical', choices: [64, 128] }],
    ['true,false', { type: 'categorical', choices: [true, false] }],
    ['models/a.json', { type: 'categorical', choices: ['models/a.json'] }],
  ])('%s', (text, expected) => {
    expect(distributionFromText('option', text)).toEqual(expected);
  });

  test.each([
    ['1..', 'expected a range such as'],
    ['a..b', 'expected a range such as'],
    ['2..1', 'expected a range from a lower to a higher number'],
    ['0..1:log', 'expected a logarithmic range above 0'],
    ['1..8/2:log', 'expected a logarithmic range without steps'],
    ['0..1/0', 'expected steps above 0'],
    ['0.0..1.0:0', 'expected 1 to 1000 values of a grid'],
    ['a,,b', 'expected texts, numbers, true or false'],
    ['a,a', 'expected values that differ'],
  ])('%s is refused', (text, reason) => {
    expect(() => distributionFromText('rate', text)).toThrow(`rate: ${reason}`);
  });

  test('a file may also have lists and values', () => {
    expect(distributionFromData('a', [1, 'x', true])).toEqual({ type: 'categorical', choices: [1, 'x', true] });
    expect(onlyValue(distributionFromData('a', 3))).toBe(3);
    expect(onlyValue(distributionFromData('a', 'cnn'))).toBe('cnn');
    expect(() => distributionFromData('a', [{}])).toThrow('a: expected texts, numbers, true or false. Received: {}.');
    expect(() => distributionFromData('a', [null])).toThrow('a: expected texts');
  });
});

describe('a grid', () => {
  test('has values at equal distances, in their logarithm where asked', () => {
    expect(gridValues('a', distributionFromText('a', '0.0..0.5:3'))).toEqual([0, 0.25, 0.5]);
    expect(gridValues('a', distributionFromText('a', '1e-4..1e-2:log:3'))).toEqual([1e-4, 1e-3, 1e-2]);
    expect(gridValues('a', distributionFromText('a', '16..64/16'))).toEqual([16, 32, 48, 64]);
    expect(gridValues('a', distributionFromText('a', '0..0.3/0.1'))).toEqual([0, 0.1, 0.2, 0.3]);
    expect(gridValues('a', distributionFromText('a', '1..16:log:3'))).toEqual([1, 4, 16]);
  });

  test('has all combinations, the last option changing fastest', () => {
    const space = { a: distributionFromText('a', '1,2'), b: distributionFromText('b', 'x,y') };
    expect(gridConfigurations(space)).toEqual([
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
    ]);
    expect(gridConfigurations({})).toEqual([{}]);
  });

  test('refuses a range without a number of values, and too many', () => {
    expect(() => gridValues('rate', distributionFromText('rate', '1e-4..1e-2:log'))).toThrow(
      'rate: a grid cannot try all',
    );
    const long = distributionFromText('a', '1..1000');
    expect(() => gridConfigurations({ a: long, b: long })).toThrow('The grid has more than 100000 configurations.');
  });
});

describe('configurations by chance', () => {
  const space = {
    learningRate: distributionFromText('learningRate', '1e-4..1e-2:log'),
    rate: distributionFromText('rate', '0.0..0.5'),
    batchSize: distributionFromText('batchSize', '16..64/16'),
    units: distributionFromText('units', '8..512:log'),
    model: distributionFromText('model', 'cnn,lenet5,mlp'),
  };

  test('are in their ranges, and spread evenly', () => {
    const all = randomConfigurations(space, 3000, 7);
    expect(all).toHaveLength(3000);
    const share = (condition: (one: (typeof all)[number]) => boolean) => all.filter(condition).length / all.length;
    expect(all.every(({ learningRate }) => Number(learningRate) >= 1e-4 && Number(learningRate) <= 1e-2)).toBe(true);
    expect(share(({ learningRate }) => Number(learningRate) < 1e-3)).toBeCloseTo(0.5, 1);
    expect(share(({ rate }) => Number(rate) < 0.25)).toBeCloseTo(0.5, 1);
    expect(share(({ units }) => Number(units) < 64)).toBeCloseTo(0.5, 1);
    expect(all.every(({ units }) => Number.isInteger(units))).toBe(true);
    for (const size of [16, 32, 48, 64]) expect(share(({ batchSize }) => batchSize === size)).toBeCloseTo(0.25, 1);
    for (const model of ['cnn', 'lenet5', 'mlp']) expect(share((one) => one.model === model)).toBeCloseTo(1 / 3, 1);
  });

  test('follow from the seed, and of more the first are the same', () => {
    const ten = randomConfigurations(space, 10, 7);
    expect(randomConfigurations(space, 30, 7).slice(0, 10)).toEqual(ten);
    expect(randomConfigurations(space, 10, 8)).not.toEqual(ten);
    expect(ten[0]).toMatchInlineSnapshot(`
      {
        "batchSize": 64,
        "learningRate": 0.000439248541483,
        "model": "lenet5",
        "rate": 0.184071272612,
        "units": 168,
      }
    `);
  });

  test('none comes twice, and there are no more than the space has', () => {
    const few = { a: distributionFromText('a', '1..4'), b: distributionFromText('b', 'x,y') };
    const all = randomConfigurations(few, 50, 1);
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(8);
    expect(all).toHaveLength(8);
  });
});
