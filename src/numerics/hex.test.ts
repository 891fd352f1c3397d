import { expect, test } from 'vitest';
import { decodeHex } from './hex.js';

test('all bytes come back', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(decodeHex(Buffer.from(bytes).toString('hex'))).toEqual(bytes);
  expect(decodeHex('')).toEqual(new Uint8Array(0));
});
