/** Losses as data: defaults, checks, JSON and names. */

import { describe, expect, it } from 'vitest';
import { categoricalCrossentropy, lossByName, lossFromData, sparseCategoricalCrossentropy } from './losses.js';

describe('losses', () => {
  it('smooth nothing by default', () => {
    expect(categoricalCrossentropy()).toEqual({ type: 'categoricalCrossentropy', labelSmoothing: 0 });
    expect(sparseCategoricalCrossentropy({ labelSmoothing: 0.1 })).toEqual({
      type: 'sparseCategoricalCrossentropy',
      labelSmoothing: 0.1,
    });
  });

  it.each([1, -0.1, Number.NaN, '0.1', null])('refuse labelSmoothing %j', (labelSmoothing) => {
    const message = 'categoricalCrossentropy: labelSmoothing must be a number of at least 0 and below 1.';
    expect(() => categoricalCrossentropy({ labelSmoothing: labelSmoothing as number })).toThrow(message);
  });

  it('come by name', () => {
    expect(lossByName('categoricalCrossentropy')).toEqual(categoricalCrossentropy());
    expect(lossByName('sparseCategoricalCrossentropy')).toEqual(sparseCategoricalCrossentropy());
    expect(() => lossByName('mse' as 'categoricalCrossentropy')).toThrow(
      'Unknown loss "mse". Expected one of: categoricalCrossentropy, sparseCategoricalCrossentropy.',
    );
  });

  it('come from stored data, with nothing missing', () => {
    const loss = sparseCategoricalCrossentropy({ labelSmoothing: 0.25 });
    expect(lossFromData(JSON.parse(JSON.stringify(loss)))).toEqual(loss);
    expect(() => lossFromData({ type: 'categoricalCrossentropy' })).toThrow('"labelSmoothing" is missing');
    expect(() => lossFromData('categoricalCrossentropy')).toThrow('Unknown loss type undefined');
  });
});
