import { expect, test } from 'vitest';
import { decodeBase64 } from './base64.js';

test('gives the bytes that Node gives, all values and rests of every length', () => {
  const all = Uint8Array.from({ length: 1021 }, (_, index) => (index * 7) % 256);
  for (let length = 0; length < 6; length++) {
    const bytes = all.subarray(0, 1016 + length);
    expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes.slice());
  }
});
