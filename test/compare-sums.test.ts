/** Sums are the same only where every program has ended well and printed all of them. */

import { expect, test } from 'vitest';
import { compareSums } from './determinism/compare-sums.mjs';

const one = '1'.repeat(64);
const two = '2'.repeat(64);
const program = (text: string) => [process.execPath, '--eval', text];
const printing = (...sums: string[]) => program(`console.log(${JSON.stringify(sums.join(' '))})`);

test('the same sums are returned', () => {
  expect(compareSums([printing(one, two), printing(one, two)], 2)).toEqual([one, two]);
});

test('different sums are told with the programs that printed them', () => {
  expect(() => compareSums([printing(one, two), printing(two, one)], 2)).toThrow('Sums differ.');
});

test('two programs that fail alike are not the same', () => {
  const failing = program('process.exitCode = 1');
  expect(() => compareSums([failing, failing], 2)).toThrow('must exit with 0. Received: 1.');
  const failingLate = program(`console.log('${one} ${two}'); process.kill(process.pid, 'SIGKILL')`);
  expect(() => compareSums([failingLate, failingLate], 2)).toThrow('must exit with 0. Received: SIGKILL.');
});

test('two programs that print too little are not the same', () => {
  expect(() => compareSums([printing(), printing()], 2)).toThrow('must print 2 sums. Received: 0.');
  expect(() => compareSums([printing(one), printing(one)], 2)).toThrow('must print 2 sums. Received: 1.');
});

test('a program that does not start is told', () => {
  expect(() => compareSums([['/no/such/program']], 2)).toThrow('/no/such/program does not start');
});
