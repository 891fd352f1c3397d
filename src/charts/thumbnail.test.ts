import { decode } from 'fast-png';
import { expect, it } from 'vitest';
import { thumbnail } from './thumbnail.js';

const decodeUrl = (url: string) =>
  decode(Uint8Array.from(atob(url.split(',')[1]), (character) => character.charCodeAt(0)));

it('keeps the pixels of a small picture crisp and its sides in proportion', () => {
  const data = Uint8Array.of(10, 20, 30, 255, 200, 100, 0, 255);
  const { url, width, height } = thumbnail({ width: 2, height: 1, data }, 3);
  expect([width, height]).toEqual([3, 1.5]);
  const image = decodeUrl(url);
  expect([image.width, image.height]).toEqual([6, 3]);
  expect([...image.data.subarray(0, 18)]).toEqual([
    ...[10, 20, 30, 10, 20, 30, 10, 20, 30],
    ...[200, 100, 0, 200, 100, 0, 200, 100, 0],
  ]);
});

it('averages a large picture', () => {
  const data = Uint8Array.from({ length: 4 * 16 }, (_, index) => (index % 4 === 3 ? 255 : 16 * Math.floor(index / 4)));
  const image = decodeUrl(thumbnail({ width: 4, height: 4, data }, 1).url);
  expect([image.width, image.height]).toEqual([2, 2]);
  expect([0, 3, 6, 9].map((at) => image.data[at])).toEqual([40, 72, 168, 200]);
});

it('puts what is transparent on white', () => {
  const data = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 51);
  const { data: pixels } = decodeUrl(thumbnail({ width: 2, height: 1, data }, 1).url);
  expect([...pixels]).toEqual([255, 255, 255, 204, 204, 204]);
});

it('keeps a sliver visible', () => {
  const data = new Uint8Array(4 * 2000).fill(255);
  const { url, width, height } = thumbnail({ width: 1, height: 2000, data }, 100);
  expect([width, height]).toEqual([1, 100]);
  expect([decodeUrl(url).width, decodeUrl(url).height]).toEqual([1, 200]);
});

it('refuses sizes that do not agree with the bytes', () => {
  expect(() => thumbnail({ width: 2, height: 1, data: new Uint8Array(4) }, 9)).toThrow('Received: 4 bytes.');
  expect(() => thumbnail({ width: 0, height: 0, data: new Uint8Array(0) }, 9)).toThrow('0 x 0 pixels');
});
