import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));
const longTests = '{src,test}/**/*.long.test.ts';

export default defineConfig(({ mode }) => ({
  // The sources under test take the platform from the sources too, not from an earlier build.
  resolve: { alias: { '#platform': source('platform/node.ts'), inkling: source('index.ts') } },
  test: {
    // What is slow and says little beside the rest is in files of its own, which `npm run test:long` runs.
    include: mode === 'long' ? [longTests] : ['{src,studio,test}/**/*.test.ts', 'bench/*.test.mjs'],
    exclude: [...configDefaults.exclude, ...(mode === 'long' ? [] : [longTests])],
    // Most trainings in tests print their epochs, as trainings do; who looks for a fault wants to see those of its test.
    silent: 'passed-only',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
}));
