import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dense } from '../layers/dense.js';
import { defineModel } from '../model/model.js';
import { weightsSha256 } from './weights-sha256.js';

const model = defineModel({ name: 'm', inputShape: [1], layers: [dense({ units: 2, activation: 'softmax' })] });

describe('weightsSha256', () => {
  it('is the SHA-256 of the little-endian float32 bytes in the order of the model, not of the map', async () => {
    const bytes = Buffer.alloc(16);
    for (const [index, value] of [1.5, -2, 0.1, 4].entries()) bytes.writeFloatLE(value, 4 * index);
    const weights = new Map([
      ['dense/bias', Float32Array.of(0.1, 4)],
      ['dense/kernel', Float32Array.of(1.5, -2)],
    ]);
    expect(await weightsSha256(model, weights)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('takes views on shared memory', async () => {
    const shared = new Float32Array(new SharedArrayBuffer(32), 8, 4).fill(1);
    const views = new Map([
      ['dense/kernel', shared.subarray(0, 2)],
      ['dense/bias', shared.subarray(2)],
    ]);
    const copies = new Map([...views].map(([path, values]) => [path, Float32Array.from(values)]));
    expect(await weightsSha256(model, views)).toBe(await weightsSha256(model, copies));
  });

  it('refuses a map without one of the weights', async () => {
    const weights = new Map([['dense/kernel', new Float32Array(2)]]);
    await expect(weightsSha256(model, weights)).rejects.toThrow('Weight "dense/bias" is missing');
  });
});
