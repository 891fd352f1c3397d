/**
 * The studio in browsers that the tests do not drive: Debian's Firefox and WebKitGTK's MiniBrowser. In each a digit is
 * drawn and one epoch is trained, to the bytes of the command that the page shows: `npm run long:studio`. A program
 * that is missing is named, and counts as a failure. `-- firefox` or `-- webkit` takes one of them.
 */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFirefox, startWebKit } from './webdriver.mjs';

const program = fileURLToPath(new URL('../../bin/inkling.js', import.meta.url));
const seven = [
  [0.3, 0.25],
  [0.5, 0.25],
  [0.68, 0.25],
  [0.6, 0.42],
  [0.52, 0.6],
  [0.45, 0.78],
];
const browsers = { firefox: startFirefox, webkit: startWebKit };
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in browsers));
if (unknown !== undefined) {
  console.error(`There is no browser "${unknown}". Expected: ${Object.keys(browsers).join(' or ')}.`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'inkling-studio-'));
const server = spawn(process.execPath, [program, 'studio', '--port', '0', '--json'], { cwd: folder });
try {
  const [line] = await once(server.stdout, 'data');
  const { address } = JSON.parse(String(line));
  for (const name of asked.length > 0 ? asked : Object.keys(browsers)) {
    try {
      const browser = await browsers[name](folder);
      try {
        await drawAndTrain(name, browser, address);
      } finally {
        await browser.close();
      }
    } catch (error) {
      process.exitCode = 1;
      console.error(`${name} FAILED: ${error.message}`);
    }
  }
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function drawAndTrain(name, browser, address) {
  await browser.open(`${address}#draw`);
  const waitFor = (what, script, seconds = 60) => until(what, () => browser.evaluate(script), seconds);
  const text = (selector) => `return document.querySelector(${JSON.stringify(selector)})?.textContent`;
  await waitFor('the model', `return document.body.textContent.includes('Read by the model that ships')`);
  const [left, top, width, height] = await browser.evaluate(
    `const { x, y, width, height } = document.querySelector('[data-testid=pad]').getBoundingClientRect(); return [x, y, width, height]`,
  );
  await browser.drag(seven.map(([x, y]) => [Math.round(left + x * width), Math.round(top + y * height)]));
  const answer = await waitFor(
    'an answer',
    `return document.querySelector('[data-testid=answer-state].digit, .state.digit') && document.querySelector('[data-testid=answer-text]').textContent`,
  );
  if (answer !== '7') throw new Error(`a 7 was drawn, and the answer is ${answer}.`);
  await browser.evaluate(`location.hash = 'train?recipe=fast&images=6000&epochs=1'; return true`);
  await browser.evaluate(`location.reload(); return true`);
  const train = `const button = [...document.querySelectorAll('button.primary')].find(({ textContent }) => textContent === 'Train'); button?.click(); return button !== undefined`;
  await waitFor('the button "Train"', train);
  const hash = await waitFor('the end of the training', text('.hash code'), 300);
  const command = await browser.evaluate(text('.copyable code'));
  const threads = await browser.evaluate(text('footer.status span'));
  const words = [...command.split(' ').slice(2), '--robustness', '0', '--out', `${name}-run`, '--quiet'];
  spawnSync(process.execPath, [program, ...words], { cwd: folder });
  const { weightsSha256 } = JSON.parse(readFileSync(join(folder, `${name}-run`, 'summary.json'), 'utf8'));
  if (hash !== weightsSha256) throw new Error(`its weights are ${hash}, those of the command ${weightsSha256}.`);
  console.log(`${name}, ${browser.version}: reads a 7, trains the bytes of the command; ${threads}`);
}

async function until(what, ask, seconds) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const found = await ask().catch(() => undefined);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what} has not come in ${seconds} s.`);
}
