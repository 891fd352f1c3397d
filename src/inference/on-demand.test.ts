import { encode } from 'fast-png';
import { expect, test, vi } from 'vitest';
import { decodePicture } from '../pictures/decode-picture.js';

vi.mock('jpeg-js', () => {
  throw new Error('jpeg-js was loaded');
});
vi.mock('sharp', () => {
  throw new Error('sharp was loaded');
});

test('no other decoder is loaded for a PNG file', async () => {
  const png = encode({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 4), channels: 4 });
  expect((await decodePicture(png, { name: 'a.png' })).data).toStrictEqual(Uint8Array.of(1, 2, 3, 4));
});

test('jpeg-js is loaded for a JPEG file', async () => {
  await expect(decodePicture(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), { name: 'a.jpg' })).rejects.toThrow();
});
