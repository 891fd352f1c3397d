import { CommanderError } from 'commander';
import { afterEach, expect, test, vi } from 'vitest';
import { InklingError } from '../errors.js';
import { reportFailure } from './failure.js';

const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
afterEach(() => void write.mockClear());

test('what was foreseen is a sentence without a stack', () => {
  expect(reportFailure(new InklingError('file', 'the disk is full.'))).toBe(1);
  expect(write.mock.calls).toStrictEqual([['Error: the disk is full.\n']]);
});

test('a wrong call has an exit code of its own', () => {
  expect(reportFailure(new InklingError('argument', 'no.'))).toBe(2);
  expect(reportFailure(new CommanderError(1, 'commander.unknownOption', 'no'))).toBe(2);
  expect(reportFailure(new CommanderError(0, 'commander.helpDisplayed', ''))).toBe(0);
});

test('a defect shows its stack and asks to be reported', () => {
  expect(reportFailure(new RangeError('surprise'))).toBe(1);
  const text = String(write.mock.calls[0][0]);
  expect(text).toMatch(/Please report it/);
  expect(text).toMatch(/RangeError: surprise\n {4}at /);
  expect(reportFailure('odd')).toBe(1);
});
