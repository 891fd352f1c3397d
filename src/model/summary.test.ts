/** The summary: its table to the letter, and sums that add up. */

import { describe, expect, it } from 'vitest';
import { batchNormalization } from '../layers/batch-normalization.js';
import { dense } from '../layers/dense.js';
import { architecture } from './architectures.js';
import { defineModel } from './model.js';
import { formatSummary } from './summary.js';

describe('formatSummary', () => {
  it('shows the cnn as a table', () => {
    expect(formatSummary(defineModel(architecture('cnn', [28, 28, 1], 10)))).toMatchInlineSnapshot(`
      "Model "cnn"
      ----------------------------------------------------------------------
      Layer (type)                   Output shape  Parameters  Multiply-adds
      ----------------------------------------------------------------------
      input                          [28, 28, 1]            0              0
      conv2d (conv2d)                [26, 26, 32]         320        194,688
      maxPooling2d (maxPooling2d)    [13, 13, 32]           0              0
      conv2d_1 (conv2d)              [11, 11, 64]      18,496      2,230,272
      maxPooling2d_1 (maxPooling2d)  [5, 5, 64]             0              0
      flatten (flatten)              [1600]                 0              0
      dense (dense)                  [128]            204,928        204,800
      dropout (dropout)              [128]                  0              0
      dense_1 (dense)                [10]               1,290          1,280
      ----------------------------------------------------------------------
      Parameters: 225,034 (225,034 trainable, 879.039 KiB)
      Multiply-adds: 2,631,040 an image"
    `);
  });

  it('takes two lines a layer where the terminal is narrow', () => {
    const model = defineModel(architecture('cnn', [28, 28, 1], 10));
    expect(formatSummary(model, { lineLength: 70 })).toBe(formatSummary(model));
    for (const lineLength of [69, 60, 44]) {
      const lines = formatSummary(model, { lineLength }).split('\n');
      expect(Math.max(...lines.slice(0, -2).map(({ length }) => length))).toBeLessThanOrEqual(lineLength);
    }
    expect(formatSummary(model, { lineLength: 60 })).toContain(`
-----------------------------------------
Layer (type)
  Output shape  Parameters  Multiply-adds
`);
  });

  it('tells weights that are not trained apart', () => {
    const summary = formatSummary(
      defineModel({ name: 'small', inputShape: [4], layers: [dense({ units: 3 }), batchNormalization()] }),
    );
    expect(summary).toContain('Parameters: 27 (21 trainable, 0.105 KiB)');
    expect(summary).toContain('Multiply-adds: 12 an image');
  });

  it('keeps all lines of the table equally long', () => {
    const lines = formatSummary(defineModel(architecture('lenet5', [28, 28, 1], 10))).split('\n');
    const table = lines.slice(1, -2);
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
    expect(table).toHaveLength(10 + 5);
  });
});
