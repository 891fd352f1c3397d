import { afterEach, expect, test, vi } from 'vitest';
import { styled } from './colours.js';

const stream = (isTTY: boolean, colours = true) => ({ isTTY, hasColors: () => colours }) as NodeJS.WriteStream;
afterEach(() => void vi.unstubAllEnvs());

test('a terminal that shows colours gets them', () => {
  vi.stubEnv('NO_COLOR', undefined);
  expect(styled(stream(true), 'bold', 'x')).toBe('\x1b[1mx\x1b[22m');
});

test('NO_COLOR, a terminal without colours and no terminal at all get plain text', () => {
  vi.stubEnv('NO_COLOR', undefined);
  expect(styled(stream(false), 'bold', 'x')).toBe('x');
  expect(styled(stream(true, false), 'bold', 'x')).toBe('x');
  vi.stubEnv('NO_COLOR', '1');
  expect(styled(stream(true), 'bold', 'x')).toBe('x');
});
