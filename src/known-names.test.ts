import { expect, test } from 'vitest';
import { describeValue, hintAtNames, nearestName, readOptions } from './known-names.js';

const known = ['epochs', 'batchSize', 'validationSplit', 'seed', 'l2'];

test.each([
  ['epoch', 'epochs'],
  ['epohcs', 'epochs'],
  ['EPOCHS', 'epochs'],
  ['batch_size', 'batchSize'],
  ['validation_splt', 'validationSplit'],
  ['sed', 'seed'],
  ['sede', 'seed'],
  ['see', 'seed'],
  ['size', undefined],
  ['dees', undefined],
  ['l', undefined],
  ['', undefined],
  ['epochs'.repeat(1000), undefined],
  [undefined, undefined],
])('%s was meant to be %s', (given, meant) => {
  expect(nearestName(given, known)).toBe(meant);
});

test('of equally near names the first', () => {
  expect(nearestName('betax', ['beta1', 'beta2'])).toBe('beta1');
});

test('a hint names the nearest and all', () => {
  expect(hintAtNames('adma', ['sgd', 'adam'])).toBe('Did you mean "adam"? Expected one of: sgd, adam.');
  expect(hintAtNames('lion', ['sgd', 'adam'])).toBe('Expected one of: sgd, adam.');
});

test('options of other names are refused, those that are not listed may be given', () => {
  expect(readOptions('argument', 'fit', { epochs: 2 }, known)).toEqual({ epochs: 2 });
  expect(readOptions('model', 'dense', { type: 'dense' }, known, ['type'])).toEqual({ type: 'dense' });
  expect(() => readOptions('argument', 'fit', { epoch: 2 }, known)).toThrow(
    'fit: unknown option "epoch". Did you mean "epochs"? Expected: epochs, batchSize, validationSplit, seed, l2.',
  );
  expect(() => readOptions('argument', 'flatten', { size: 2 }, [])).toThrow(
    'flatten: unknown option "size". It takes none.',
  );
  for (const [wrong, received] of [
    [null, 'null'],
    [[1], '[1]'],
    [5, '5'],
    ['light', '"light"'],
  ]) {
    expect(() => readOptions('argument', 'fit', wrong, known)).toThrow(
      `fit: expected an object with options. Received: ${received}.`,
    );
  }
});

test('values are told in a few words, however large they are', () => {
  expect(describeValue(Number.NaN)).toBe('NaN');
  expect(describeValue('a')).toBe('"a"');
  expect(describeValue(new Float32Array(1e6))).toBe('Float32Array of 1000000');
  expect(describeValue(new DataView(new ArrayBuffer(3)))).toBe('DataView of 3');
  expect(describeValue(new Array(1e6).fill(0))).toBe('a list of 1000000');
  expect(describeValue(describeValue)).toBe('the function describeValue');
  expect(describeValue(() => 0)).toBe('a function');
});
