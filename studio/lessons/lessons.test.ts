/** That each lesson can be followed: its rooms are there, and its settings mean what they say. */

import { expect, test } from 'vitest';
import { configFromParameters, parametersOf } from '../train/training-config.js';
import { lessonNamed, lessons } from './lessons.js';

const rooms = ['draw', 'train', 'inside', 'results'];
const setUps = Object.values(lessons).flatMap(({ steps }) => steps.flatMap((step) => step.setUps));
const settings = [...new Set(setUps.flatMap(({ settings: text }) => text ?? []))];

test.each(settings)('the settings %s are taken, and are the shortest address of what they mean', (text) => {
  const { config, problems } = configFromParameters(new URLSearchParams(text));
  expect(problems).toEqual([]);
  expect(parametersOf(config).toString()).toBe(text);
});

test.each(Object.keys(lessons))('%s has steps of two or three plain sentences a part', (name) => {
  const { steps } = lessonNamed(name, rooms);
  expect(steps.length).toBe(name === 'first' ? 8 : 3);
  for (const { text } of steps) expect(text.join(' ').length).toBeLessThan(400);
});

test('of rooms that are hidden nothing is asked', () => {
  const steps = lessonNamed('first', ['draw', 'train']).steps;
  expect(steps.map(({ title }) => title)).not.toContain('Judge it');
  expect(steps).toHaveLength(6);
  expect(lessonNamed('shift', ['train']).steps).toEqual([
    expect.objectContaining({ setUps: [expect.objectContaining({ room: 'train' })] }),
  ]);
});

test('what there is not is told', () => {
  expect(() => lessonNamed('toString', rooms)).toThrow(
    'The address says lesson=toString: expected one of first, overfitting, pooling, shift.',
  );
  expect(() => lessonNamed('overfitting', ['draw'])).toThrow(
    'The address hides every room of the lesson "Overfitting"',
  );
});
