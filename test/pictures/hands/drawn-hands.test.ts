/**
 * Digits in many hands: same seed same bytes, every habit and digit there, pictures whole and readable, and nothing
 * shared with what is trained on but random numbers.
 */

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { contrastOf, isOpaque, sumOfPictures } from '../sum-of-pictures.js';
import { drawnHands, habits } from './drawn-hands.mjs';

const drawn = habits.flatMap((habit) => [...drawnHands(habit, 10, 1)]);
const picturesOf = (hands: Iterable<{ picture: (typeof drawn)[number]['picture'] }>) =>
  Array.from(hands, ({ picture }) => picture);

test('the same habit and seed give the same bytes, another seed others', () => {
  expect(sumOfPictures(picturesOf(drawn))).toBe('169e02efc4375330223afd12a4eeb0791c74aba3fa8d47af725e14f4027af336');
  const [habit = ''] = habits;
  expect(sumOfPictures(picturesOf(drawnHands(habit, 10, 2)))).not.toBe(
    sumOfPictures(picturesOf(drawnHands(habit, 10, 1))),
  );
});

test('a picture depends on habit, seed and index, not on how many are drawn', () => {
  const few = picturesOf(drawnHands('US hands', 3, 1));
  expect(sumOfPictures(few)).toBe(sumOfPictures(picturesOf([...drawnHands('US hands', 10, 1)].slice(0, 3))));
});

test('an unknown habit is an error that names the known ones', () => {
  expect(() => [...drawnHands('Roman hands', 1, 1)]).toThrow(/^Unknown habit: .*US hands.*Received: Roman hands\.$/);
});

test('a habit of one digit has only that, one of a country or a pen has all ten', () => {
  for (const habit of habits) {
    const digits = drawn.filter((hand) => hand.habit === habit).map(({ digit }) => digit);
    const named = /^(?:slashed )?(\d)/.exec(habit);
    const expected = named ? Array.from({ length: 10 }, () => Number(named[1])) : [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(digits, habit).toEqual(expected);
  }
  expect(new Set(drawn.map(({ digit }) => digit)).size).toBe(10);
});

test('the habits that people are known by are all there', () => {
  const text = habits.join('\n');
  for (const share of [50, 60, 70, 80, 90, 100]) expect(text).toContain(`1 with an up-stroke of ${share} %`);
  for (const country of ['Swiss', 'German', 'French', 'US', 'Indian']) expect(text).toContain(`${country} hands`);
  for (const pen of ['thin pencil', 'ballpoint', 'felt pen', 'brush'])
    expect(text).toContain(`all digits with a ${pen}`);
});

/** The largest step of brightness from a pixel to its neighbour along the picture's edge. */
function stepAtEdge({ width, height, data }: (typeof drawn)[number]['picture']): number {
  const at = (x: number, y: number) => data[4 * (y * width + x) + 1];
  const rows = [0, height - 1].map((y) => Array.from({ length: width }, (_, x) => at(x, y)));
  const columns = [0, width - 1].map((x) => Array.from({ length: height }, (_, y) => at(x, y)));
  const steps = [...rows, ...columns].flatMap((line) => line.slice(1).map((value, i) => Math.abs(value - line[i])));
  return Math.max(...steps);
}

test('each picture is opaque, the ink stands out, and there is paper all around it', () => {
  for (const { habit, picture } of drawn) {
    expect(isOpaque(picture), habit).toBe(true);
    expect(contrastOf(picture), habit).toBeGreaterThanOrEqual(64);
    expect(stepAtEdge(picture), habit).toBeLessThan(64);
    expect(Math.min(picture.width, picture.height), habit).toBeGreaterThanOrEqual(30);
    expect(Math.max(picture.width, picture.height), habit).toBeLessThanOrEqual(500);
  }
});

describe('what is measured on and what is trained on', () => {
  /** A module and all that it imports from this repository, without what was built of the library. */
  function modulesOf(start: string, found = new Set<string>()): Set<string> {
    const name = relative(fileURLToPath(new URL('../../..', import.meta.url)), start);
    if (found.has(name) || name.startsWith('dist')) return found;
    found.add(name);
    for (const [, path = ''] of readFileSync(start, 'utf8').matchAll(/^(?:import|export|}).* from '(\.[^']*)'/gm)) {
      modulesOf(fileURLToPath(new URL(path, `file://${start}`)), found);
    }
    return found;
  }
  const pathOf = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

  test('share random numbers and nothing else', () => {
    const measured = modulesOf(pathOf('test/pictures/hands/drawn-hands.mjs'));
    const trained = modulesOf(pathOf('pretrained/training-set.mjs'));
    expect(measured.size).toBeGreaterThanOrEqual(4);
    expect(trained.size).toBeGreaterThanOrEqual(8);
    expect([...measured].filter((name) => trained.has(name))).toEqual(['pretrained/drawing/random-numbers.mjs']);
    expect([...trained].filter((name) => name.startsWith('test'))).toEqual([]);
  });
});
