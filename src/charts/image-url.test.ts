import { decode } from 'fast-png';
import { expect, it } from 'vitest';
import { imageUrl } from './image-url.js';

const decodeUrl = (url: string) => {
  const [head, body] = url.split(',');
  expect(head).toBe('data:image/png;base64');
  return decode(Uint8Array.from(atob(body), (character) => character.charCodeAt(0)));
};

it('draws each grey pixel as a square', () => {
  const { width, height, channels, data } = decodeUrl(imageUrl(Uint8Array.of(0, 50, 100, 150, 200, 250), 2, 3, 1, 2));
  expect([width, height, channels]).toEqual([6, 4, 1]);
  const top = [0, 0, 50, 50, 100, 100];
  const bottom = [150, 150, 200, 200, 250, 250];
  expect([...data]).toEqual([...top, ...top, ...bottom, ...bottom]);
});

it('keeps colours', () => {
  const { channels, data } = decodeUrl(imageUrl(Uint8Array.of(1, 2, 3, 4, 5, 6), 1, 2, 3, 1));
  expect(channels).toBe(3);
  expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
});

it.each([
  [6, 2, 2, 1],
  [5, 1, 1, 5],
])('refuses %i values for %i x %i x %i', (values, height, width, channels) => {
  expect(() => imageUrl(new Uint8Array(values), height, width, channels, 1)).toThrow(/1 to 4 channels/);
});
