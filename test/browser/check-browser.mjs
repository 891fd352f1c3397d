/**
 * `npm test` begins with it, so that a machine without a browser is told in the first second, not after the build and
 * most tests.
 */

import { findBrowser } from './find-browser.mjs';

try {
  const { executablePath } = findBrowser();
  console.log(`The tests of pages run in ${executablePath}.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
