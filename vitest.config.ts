import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const longTests = '{src,test}/**/*.long.test.ts';

export default defineConfig(({ mode }) => ({
  // The sources under test take the platform from the sources too, not from an earlier build. The studio, a package of its
  // own, uses the build, as the page does: threads are files of it.
  resolve: { alias: { '#platform': path('src/platform/node.ts'), inkling: path('dist/index.js') } },
  test: {
    // What is slow and says little beside the rest is in files of its own, which `npm run test:long` runs.
    include: mode === 'long' ? [longTests] : ['{src,studio,test}/**/*.test.ts', 'bench/*.test.mjs'],
    exclude: [...configDefaults.exclude, ...(mode === 'long' ? [] : [longTests])],
    // Most trainings in tests print their epochs, as trainings do; who looks for a fault wants to see those of its test.
    silent: 'passed-only',
    // On two cores vitest would leave one idle.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
}));
