/** The studio in a real browser, as `inkling studio` serves it: drawing and training, by mouse, finger and keyboard. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { drawByMouse, expectAccessible, type Points, phone, useStudio } from './studio-page.js';

const photo = fileURLToPath(new URL('../../examples/pictures/photo-of-a-3.png', import.meta.url));
const studio = useStudio();

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

async function expectAnswer(page: Page, answer: string, state = 'digit'): Promise<void> {
  await page.getByTestId('answer-state').getByText(state, { exact: true }).waitFor();
  await page.getByTestId('answer-text').getByText(answer, { exact: true }).waitFor();
}

describe('Draw', () => {
  test('a mouse draws and the answer comes; undo and clear take it back', () =>
    studio.open('draw', async (page) => {
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
    studio.open('draw', async (page) => {
      const half = (points: Points, left: number): Points => points.map(([x, y]) => [left + x / 2, 0.2 + y / 2]);
      await drawByMouse(page, half(seven, 0));
      await drawByMouse(page, half(seven, 0.45));
      await expectAnswer(page, '77');
      await expect.poll(() => page.locator('.digit-boxes rect').count()).toBe(2);
    }));

  test('a finger draws, and scrolls nothing', () =>
    studio.open(
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
    studio.open('draw', async (page) => {
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
    studio.open('draw', async (page) => {
      const chooser = page.getByLabel('Picture file');
      await chooser.setInputFiles(photo);
      await expectAnswer(page, '3');
      await chooser.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
      await page.getByRole('alert').getByText('notes.txt could not be opened').waitFor();
      await expectAnswer(page, '3');
    }));

  test('a camera that is not there or not allowed is told', () =>
    studio.open('draw', async (page) => {
      await page.getByRole('button', { name: 'Camera' }).click();
      await page.getByRole('alert').getByText('Open a picture instead').waitFor();
      await page.getByRole('button', { name: 'Back to the pad' }).click();
      await page.getByTestId('pad').waitFor();
    }));
});

describe('Train', () => {
  const small = 'train?recipe=fast&images=1200&epochs=2';

  test('a training has the bytes of the command that the page shows, and its network reads the pad', () =>
    studio.open(small, async (page) => {
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
      await studio.inkling(...words);
      expect(JSON.parse(readFileSync(join(studio.folder, 'same', 'summary.json'), 'utf8')).weightsSha256).toBe(hash);
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
    studio.open('train?recipe=fast&images=6000&epochs=200', async (page) => {
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
    studio.open('train?recipe=fast&images=900&optimizer=adamm&seed=7', async (page) => {
      await page.getByRole('alert').getByText('optimizer=adamm: expected one of').waitFor();
      expect(await page.getByLabel('Images').inputValue()).toBe('900');
      await page.getByLabel('Epochs').fill('3');
      await page.waitForFunction("location.hash === '#train?recipe=fast&images=900&epochs=3&seed=7'");
      await page.getByLabel('Epochs').fill('0');
      await page.getByText('It is not used: expected a whole number from 1 to 1000.').waitFor();
    }));
});

test('nothing is cut and axe-core finds nothing, whatever the page and its colours', () =>
  studio.open('draw', async (page) => {
    await drawByMouse(page, seven);
    await expectAnswer(page, '7');
    await expectAccessible(page, 'draw');
    await page.getByRole('link', { name: 'Train' }).click();
    await page.getByLabel('Images').fill('600');
    await page.getByLabel('Epochs').fill('1');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByText('It has learned').waitFor({ timeout: 90_000 });
    await expectAccessible(page, 'train');
  }));
