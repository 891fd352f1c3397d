/** The room that looks inside the network, in a real browser: by mouse, finger and keyboard, and whether its numbers add up. */

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { drawByMouse, expectAccessible, type Points, phone, useStudio } from './studio-page.js';

const studio = useStudio();

/** As fractions of the pad. */
const seven: Points = [
  [0.3, 0.25],
  [0.68, 0.25],
  [0.45, 0.78],
];

async function expectAnswer(page: Page, text: string | RegExp): Promise<void> {
  await page.getByTestId('inside-answer').getByText(text).waitFor();
}

const graph = (page: Page) => page.getByRole('region', { name: 'The network, stage by stage' });

async function openStage(page: Page, index: number): Promise<void> {
  await graph(page).getByRole('button').nth(index).click();
}

/** The numbers that are shown under a name, as `4.25` of `−4.25`. */
async function numbers(page: Page, id: string): Promise<number[]> {
  const texts = await page.getByTestId(id).allTextContents();
  return texts.map((text) => Number(text.replaceAll('−', '-')));
}

/** What is shown as the value is what the network has there, and what was added up to it comes to it. */
async function expectSum(page: Page): Promise<void> {
  const heading = (await page.getByTestId('chosen-value').textContent())!;
  const [value] = await numbers(page, 'value');
  expect(value).toBeCloseTo(Number(heading.split('came to ')[1].replace('−', '-')), 3);
  const together = [...(await numbers(page, 'together')), value][0];
  const parts = [...(await numbers(page, 'part')), ...(await numbers(page, 'bias'))];
  if (parts.length < 2 || (await page.getByTestId('sum').count()) > 0) return;
  // Each of the numbers was rounded to four digits.
  expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - together)).toBeLessThan(0.0001 * parts.length);
}

test('where nothing is drawn an example is looked at; what is drawn follows', () =>
  studio.open('inside', async (page) => {
    await expectAnswer(page, 'Nothing is drawn: this is an example. The network takes it for 3');
    expect(await graph(page).getByRole('button').allTextContents()).toEqual([
      'Input',
      'Convolution',
      'Max pooling',
      'Convolution',
      'Max pooling',
      'Convolution',
      'Flatten',
      'Dense',
      'Dropout',
      'Dense',
      'Probabilities',
    ]);
    await drawByMouse(page, seven);
    await expectAnswer(page, /^The network takes it for 7/);
    await page.getByRole('heading', { name: 'What spoke for 7' }).waitFor();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expectAnswer(page, 'this is an example');
    await page.getByRole('button', { name: 'Put the example on the pad' }).click();
    await expectAnswer(page, /^The network takes it for 3/);
  }));

test('the drawing and its probabilities are those of Draw', () =>
  studio.open('draw', async (page) => {
    await drawByMouse(page, seven);
    await page.getByTestId('answer-text').getByText('7', { exact: true }).waitFor();
    const rows = (table: string) => page.getByRole('table', { name: table }).getByRole('row').allTextContents();
    const drawn = await rows('Probability of each digit');
    await page.getByRole('link', { name: 'Look inside' }).first().click();
    await expectAnswer(page, /^The network takes it for 7/);
    expect(await rows('Probability of each digit')).toEqual(drawn);
  }));

test('a layer is opened by Enter, arrow keys move the window, and all numbers add up', () =>
  studio.open('inside', async (page) => {
    await drawByMouse(page, seven);
    await expectAnswer(page, /^The network takes it for 7/);
    await graph(page).getByRole('button').nth(3).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Convolution conv2d_1' }).waitFor();
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('opened-stage');
    const picker = page.getByTestId('value-picker');
    await picker.focus();
    const shown = async () => (await picker.getAttribute('aria-label'))!.split(' of ')[0];
    for (let time = 0; time < 3; time++) await page.keyboard.press('Shift+ArrowLeft');
    for (let time = 0; time < 3; time++) await page.keyboard.press('Shift+ArrowUp');
    const [map] = (await shown()).split(',');
    expect(await shown()).toBe(`${map}, row 1, column 1`);
    for (const [key, place] of [
      ['ArrowRight', 'row 1, column 2'],
      ['ArrowDown', 'row 2, column 2'],
      ['Shift+ArrowDown', 'row 6, column 2'],
      ['Shift+ArrowRight', 'row 6, column 6'],
      ['PageUp', 'row 6, column 6'],
    ]) {
      await page.keyboard.press(key);
      expect(await shown()).toContain(place);
      await page.getByTestId('chosen-value').getByText(place).waitFor();
      await expectSum(page);
    }
    expect((await shown()).split(',')[0]).not.toBe(map);
    await page.getByTestId('announcer').getByText('row 6, column 6').waitFor();
  }));

test('the mouse chooses a value, a click holds it, and the values are in a table', () =>
  studio.open('inside', async (page) => {
    await expectAnswer(page, 'this is an example');
    const picker = page.getByTestId('value-picker');
    await picker.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await picker.boundingBox())!;
    const pointAt = (row: number, column: number) =>
      page.mouse.move(x + ((column - 0.5) * width) / 26, y + ((row - 0.5) * height) / 26);
    const heading = page.getByTestId('chosen-value');
    await pointAt(9, 12);
    await heading.getByText('row 9, column 12').waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await page.getByText('Held: click again').waitFor();
    await pointAt(3, 4);
    await expectSum(page);
    const value = (await heading.textContent())!.split('came to ')[1];
    expect(await heading.textContent()).toContain('row 9, column 12');
    await page.getByText('as a table').click();
    const cell = page.locator('.values-table tbody tr').nth(8).locator('td').nth(11);
    expect(Number(await cell.textContent())).toBeCloseTo(Number(value), 2);
  }));

test('the window slides over the map until it is stopped', () =>
  studio.open('inside', async (page) => {
    await expectAnswer(page, 'this is an example');
    const heading = page.getByTestId('chosen-value');
    const first = await heading.textContent();
    await page.getByRole('button', { name: 'Slide over the map' }).click();
    await expect.poll(() => heading.textContent()).not.toBe(first);
    await page.getByRole('button', { name: 'Stop' }).click();
  }));

test('pooling, flatten, dense, dropout, logits, softmax: each shows how its value came about', () =>
  studio.open('inside', async (page) => {
    await drawByMouse(page, seven);
    await expectAnswer(page, /^The network takes it for 7/);
    const count = await graph(page).getByRole('button').count();
    for (let index = 0; index < count; index++) {
      await openStage(page, index);
      await expectSum(page);
    }
    await openStage(page, 2);
    const cells = await page.locator('.derivation .value-grid td').allTextContents();
    const [value] = await numbers(page, 'value');
    expect(Math.max(...cells.map((text) => Number.parseFloat(text)))).toBeCloseTo(value, 2);
    expect(await page.locator('.derivation td.winner').count()).toBe(1);
    await openStage(page, 7);
    expect(await page.locator('.derivation .terms tbody tr').count()).toBe(20);
    await openStage(page, count - 1);
    const [exponential] = await numbers(page, 'part');
    const [sum] = await numbers(page, 'sum');
    expect(exponential / sum).toBeCloseTo((await numbers(page, 'value'))[0], 3);
    await page.getByRole('button', { name: /^2 / }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByTestId('chosen-value').getByText('the probability of 8').waitFor();
  }));

test('a network of other layers that was trained here is looked into too', () =>
  studio.open('train?recipe=fast&model=lenet5&images=600&epochs=1', async (page) => {
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByRole('button', { name: 'Draw with this network' }).click({ timeout: 90_000 });
    await drawByMouse(page, seven);
    await page.getByRole('link', { name: 'Look inside' }).first().click();
    await expectAnswer(page, /takes it for|knows nothing/);
    const titles = await graph(page).getByRole('button').allTextContents();
    expect(titles).toEqual(expect.arrayContaining(['Average pooling', 'Activation', 'Dense', 'Probabilities']));
    for (let index = 0; index < titles.length; index++) {
      await openStage(page, index);
      await expectSum(page);
    }
  }));

test('the room is loaded when it is entered', () =>
  studio.open('draw', async (page) => {
    await page.getByTestId('pad').waitFor();
    const loaded = () =>
      page.evaluate<boolean>(
        "performance.getEntriesByType('resource').some(({ name }) => name.includes('inside-room'))",
      );
    expect(await loaded()).toBe(false);
    await page.getByRole('link', { name: 'Look inside' }).first().click();
    await expectAnswer(page, 'this is an example');
    expect(await loaded()).toBe(true);
  }));

test('nothing is cut and axe-core finds nothing, whatever the layer, the page and its colours', () =>
  studio.open('inside', async (page) => {
    await drawByMouse(page, seven);
    await expectAnswer(page, /^The network takes it for 7/);
    for (const index of [0, 1, 3, 7, 10]) {
      await openStage(page, index);
      await expectAccessible(page, `inside-${index}`);
    }
  }));

test('a tap opens a layer and chooses a value', () =>
  studio.open(
    'inside',
    async (page) => {
      await expectAnswer(page, 'this is an example');
      await graph(page).getByRole('button').nth(1).tap();
      const picker = page.getByTestId('value-picker');
      await picker.scrollIntoViewIfNeeded();
      const { width, height } = (await picker.boundingBox())!;
      await picker.tap({ position: { x: (4.5 * width) / 26, y: (6.5 * height) / 26 } });
      await page.getByTestId('chosen-value').getByText('row 7, column 5').waitFor();
      await expectSum(page);
    },
    { viewport: phone, hasTouch: true, isMobile: true },
  ));

test('of several digits one is chosen; what is nothing like a digit is told', () =>
  studio.open('inside', async (page) => {
    const half = (points: Points, left: number): Points => points.map(([x, y]) => [left + x / 2, 0.2 + y / 2]);
    await drawByMouse(page, half(seven, 0));
    await drawByMouse(
      page,
      half(
        [
          [0.5, 0.2],
          [0.5, 0.8],
        ],
        0.45,
      ),
    );
    await page.getByRole('combobox', { name: 'Digit' }).selectOption({ label: '2: 1' });
    await expectAnswer(page, /takes it for 1/);
    await page.getByRole('combobox', { name: 'Digit' }).selectOption({ label: '1: 7' });
    await expectAnswer(page, /takes it for 7/);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    const scribble: Points = [
      [0.2, 0.2],
      [0.8, 0.8],
      [0.8, 0.2],
      [0.2, 0.8],
      [0.2, 0.5],
      [0.8, 0.5],
      [0.5, 0.2],
      [0.5, 0.8],
    ];
    await drawByMouse(page, scribble);
    await expectAnswer(page, /knows nothing like it/);
  }));
