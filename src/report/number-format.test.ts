import { expect, it } from 'vitest';
import { duration, integer, percent } from './number-format.js';

it('writes shares, counts and times', () => {
  expect([percent(0.99123), percent(1), percent(0)]).toEqual(['99.12 %', '100.00 %', '0.00 %']);
  expect([integer(60_000), integer(4709.6), integer(0)]).toEqual(['60,000', '4,710', '0']);
  expect([duration(58.44), duration(100), duration(179.7), duration(3_600)]).toEqual([
    '58.4 s',
    '1 min 40 s',
    '3 min 00 s',
    '60 min 00 s',
  ]);
});
