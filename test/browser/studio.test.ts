/** The studio in a real browser, as `inkling studio` serves it: drawing and training, by mouse, finger and keyboard. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withPage } from './chromium.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'bin', 'inkling.js');
const folder = mkdtempSync(join(tmpdir(), 'inkling-studio-'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const server = spawn(process.execPath, [program, 'studio', '--port', '0', '--json'], { cwd: folder });
let address = '';
beforeAll(async () => {
  const [line] = await once(server.stdout, 'data');
  address = JSON.parse(String(line)).address;
});
afterAll(() => {
  server.kill();
  rmSync(folder, { recursive: true });
});

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };

/** Opens a room, and fails where the page logs an error. */
async function inStudio(room: string, use: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) {
  await withPage(
    async (page) => {
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.goto(`${address}#${room}`);
      await use(page);
      expect(errors).toEqual([]);
    },
    { viewport: desktop, ...options },
  );
}

type Points = readonly (readonly [x: number, y: number])[];

/** As fractions of the pad. */
const seven: Points = [
  [0.3, 0.25],
  [0.68, 0.25],
  [0.45, 0.78],
];

async function placeOnPad(page: Page, points: Points): Promise<[number, number][]> {
  const { x, y, width, height } = (await page.getByTestId('pad').boundingBox())!;
  return points.map(([right, down]) => [x + right * width, y + down * height]);
}

async function drawByMouse(page: Page, points: Points): Promise<void> {
  const [[left, top], ...rest] = await placeOnPad(page, points);
  await page.mouse.move(left, top);
  await page.mouse.down();
  for (const [x, y] of rest) await page.mouse.move(x, y, { steps: 6 });
  await page.mouse.up();
}

async function expectAnswer(page: Page, answer: string, state = 'digit'): Promise<void> {
  await page.getByTestId('answer-state').getByText(state, { exact: true }).waitFor();
  await page.getByTestId('answer-text').getByText(answer, { exact: true }).waitFor();
}

describe('Draw', () => {
  test('a mouse draws and the answer comes; undo and clear take it back', () =>
    inStudio('draw', async (page) => {
      await drawByMouse(page, seven);
      await expectAnswer(page, '7');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expectAnswer(page, '·', 'draw a digit');
      await drawByMouse(page, seven);
      await expectAnswer(page, '7');
      await page.getByRole('button', { name: 'Clear', exact: true }).click();
      await expectAnswer(page, '·', 'draw a digit');
    }));

  test('two digits are read as a number, with a box around each', () =>
    inStudio('draw', async (page) => {
      const half = (points: Points, left: number): Points => points.map(([x, y]) => [left + x / 2, 0.2 + y / 2]);
      await drawByMouse(page, half(seven, 0));
      await drawByMouse(page, half(seven, 0.45));
      await expectAnswer(page, '77');
      expect(await page.locator('.digit-boxes rect').count()).toBe(2);
    }));

  test('a finger draws, and scrolls nothing', () =>
    inStudio(
      'draw',
      async (page) => {
        const devtools = await page.context().newCDPSession(page);
        const [first, ...rest] = await placeOnPad(page, seven);
        const touch = (type: string, points: [number, number][]) =>
          devtools.send('Input.dispatchTouchEvent', {
            type: type as 'touchStart',
            touchPoints: points.map(([x, y]) => ({ x, y })),
          });
        await touch('touchStart', [first]);
        let [x, y] = first;
        for (const [toX, toY] of rest) {
          for (let step = 1; step <= 6; step++) {
            await touch('touchMove', [[x + ((toX - x) * step) / 6, y + ((toY - y) * step) / 6]]);
          }
          [x, y] = [toX, toY];
        }
        await touch('touchEnd', []);
        await expectAnswer(page, '7');
        expect(await page.evaluate('scrollY')).toBe(0);
      },
      { viewport: phone, hasTouch: true, isMobile: true },
    ));

  test('the keyboard draws', () =>
    inStudio('draw', async (page) => {
      await page.getByRole('button', { name: 'Pad.' }).focus();
      const press = async (key: string, times: number) => {
        for (let time = 0; time < times; time++) await page.keyboard.press(key);
      };
      await press('ArrowUp', 9);
      await page.keyboard.press('Space');
      await press('ArrowDown', 18);
      await page.keyboard.press('Space');
      await expectAnswer(page, '1');
      await page.keyboard.press('Delete');
      await expectAnswer(page, '·', 'draw a digit');
    }));

  test('a picture is opened; what is none is told, and the drawing stays', () =>
    inStudio('draw', async (page) => {
      const chooser = page.getByLabel('Picture file');
      await chooser.setInputFiles(join(root, 'examples/pictures/photo-of-a-3.png'));
      await expectAnswer(page, '3');
      await chooser.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
      await page.getByRole('alert').getByText('notes.txt could not be opened').waitFor();
      await expectAnswer(page, '3');
    }));

  test('a camera that is not there or not allowed is told', () =>
    inStudio('draw', async (page) => {
      await page.getByRole('button', { name: 'Camera' }).click();
      await page.getByRole('alert').getByText('Open a picture instead').waitFor();
      await page.getByRole('button', { name: 'Back to the pad' }).click();
      await page.getByTestId('pad').waitFor();
    }));
});

describe('Train', () => {
  const small = 'train?recipe=fast&images=1200&epochs=2';

  test('a training has the bytes of the command that the page shows, and its network reads the pad', () =>
    inStudio(small, async (page) => {
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText('It has learned').waitFor({ timeout: 90_000 });
      const command = (await page.locator('.copyable code').textContent())!;
      expect(command).toBe(
        'npx inkling train --recipe fast --model small-cnn --limit 1200 --epochs 2 --batch-size 64 --optimizer adam ' +
          '--learning-rate 0.01 --schedule one-cycle --seed 1 --arithmetic fused',
      );
      const hash = (await page.locator('.hash code').textContent())!;
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      const words = [...command.split(' ').slice(2), '--robustness', '0', '--out', 'same', '--quiet'];
      await once(spawn(process.execPath, [program, ...words], { cwd: folder }), 'close');
      expect(JSON.parse(readFileSync(join(folder, 'same', 'summary.json'), 'utf8')).weightsSha256).toBe(hash);
      expect(await page.getByRole('rowheader', { name: '2', exact: true }).first().isVisible()).toBe(true);
      expect(await page.locator('.pinned li').count()).toBe(20);
      await page.getByRole('button', { name: 'Draw with this network' }).click();
      await drawByMouse(page, seven);
      await page.getByText('that was trained here').waitFor();
      await page
        .getByTestId('answer-state')
        .getByText(/digit|not sure/)
        .waitFor();
    }));

  test('it pauses, takes another learning rate, goes on, and is stopped', () =>
    inStudio('train?recipe=fast&images=6000&epochs=200', async (page) => {
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByRole('button', { name: 'Pause' }).click({ timeout: 60_000 });
      await page.getByText('Paused.').waitFor();
      await page.getByLabel('New learning rate').fill('0.0001');
      await page.getByRole('button', { name: 'Set' }).click();
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByRole('rowheader', { name: '1', exact: true }).first().waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('heading', { name: 'Stopped' }).waitFor({ timeout: 60_000 });
      await page.getByText('no command repeats it').waitFor();
    }));

  test('the address holds the configuration, and what it cannot mean is told', () =>
    inStudio('train?recipe=fast&images=900&optimizer=adamm&seed=7', async (page) => {
      await page.getByRole('alert').getByText('optimizer=adamm: expected one of').waitFor();
      expect(await page.getByLabel('Images').inputValue()).toBe('900');
      await page.getByLabel('Epochs').fill('3');
      await page.waitForFunction("location.hash === '#train?recipe=fast&images=900&epochs=3&seed=7'");
      await page.getByLabel('Epochs').fill('0');
      await page.getByText('It is not used: expected a whole number from 1 to 1000.').waitFor();
    }));
});

describe.each([
  ['phone', phone],
  ['desktop', desktop],
])('on a %s', (_, viewport) => {
  test.each(['light', 'dark'] as const)('in %s colours nothing is cut and axe-core finds nothing', (colorScheme) =>
    inStudio(
      'draw',
      async (page) => {
        await drawByMouse(page, seven);
        await expectAnswer(page, '7');
        await expectAccessible(page);
        await page.getByRole('link', { name: 'Train' }).click();
        await page.getByLabel('Images').fill('600');
        await page.getByLabel('Epochs').fill('1');
        await page.getByRole('button', { name: 'Train', exact: true }).click();
        await page.getByText('It has learned').waitFor({ timeout: 90_000 });
        await expectAccessible(page);
      },
      { viewport, colorScheme },
    ),
  );
});

async function expectAccessible(page: Page): Promise<void> {
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
  // The page's policy keeps scripts out that are not its own; the browser's tools may bring one.
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  expect(violations).toEqual([]);
}
