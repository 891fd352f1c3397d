/** Lessons in a real browser: the tour by keyboard, a lesson by link, what an address hides, and that all can use it. */

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { drawByMouse, expectAccessible, type Points, useStudio } from './studio-page.js';

const studio = useStudio();

/** As fractions of the pad. */
const seven: Points = [
  [0.3, 0.25],
  [0.68, 0.25],
  [0.45, 0.78],
];

const lesson = (page: Page) => page.getByRole('complementary', { name: 'Lesson' });
const button = (page: Page, name: string) => lesson(page).getByRole('button', { name, exact: true });
const addressOf = (page: Page) => page.evaluate<string>('location.hash');

/** Waits until the heading of a step has the focus. */
async function expectStep(page: Page, title: string, progress: string): Promise<void> {
  await page.locator('h2:focus').getByText(title, { exact: true }).waitFor();
  await lesson(page).getByText(progress, { exact: true }).waitFor();
}

/** Waits until the room of a step of the first lesson is there. */
async function expectRoom(page: Page, step: number): Promise<void> {
  const own = ['draw a digit', 'From the drawing to the answer'][step] ?? 'Train a network';
  await page
    .getByRole('main')
    .getByText(step === 7 ? 'How good is it?' : own, { exact: true })
    .waitFor();
}

/** Tab moves from the heading over the buttons that set the page up to Back and Next. */
async function pressByKeyboard(page: Page, name: string): Promise<void> {
  for (let key = 0; key < 6; key++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('document.activeElement?.textContent')) === name) break;
  }
  await page.keyboard.press('Enter');
}

const steps: readonly (readonly [title: string, setUp: string, address: string])[] = [
  ['Draw a digit', 'Open Draw', '#draw?lesson=first'],
  ['Look inside', 'Open Look inside', '#inside?lesson=first'],
  ['Train a network', 'Fill in the fast settings', '#train?recipe=fast&lesson=first'],
  ['Watch the curves', 'Back to Train', '#train?recipe=fast&lesson=first'],
  ['Make it learn by heart', 'Fill in few images, many epochs', '#train?recipe=fast&images=300&epochs=30&lesson=first'],
  ['Do without convolutions', 'Fill in the mlp', '#train?recipe=fast&model=mlp&images=6000&lesson=first'],
  ['Shift the digits', 'Fill in augmentation', '#train?recipe=fast&augmentation=light&lesson=first'],
  ['Judge it', 'Open Results', '#results?lesson=first'],
];

describe('First lesson', () => {
  test('goes from the first step to the last by keyboard; each step sets the page up', () =>
    studio.open('draw', async (page) => {
      await drawByMouse(page, seven);
      await page.getByRole('button', { name: 'First lesson' }).focus();
      await page.keyboard.press('Enter');
      for (const [index, [title, setUp, address]] of steps.entries()) {
        await expectStep(page, title, `First lesson: ${index + 1} of 8`);
        await pressByKeyboard(page, setUp);
        await page.waitForURL(({ hash }) => hash === address);
        await lesson(page).getByRole('status').getByText('open').waitFor();
        await pressByKeyboard(page, index < 7 ? 'Next' : 'Finish');
      }
      await lesson(page).waitFor({ state: 'detached' });
      expect(await addressOf(page)).toBe('#results');
      await page.locator('button:focus').getByText('First lesson').waitFor();
      await page.getByRole('link', { name: 'Draw' }).click();
      await page.getByTestId('answer-text').getByText('7', { exact: true }).waitFor();
    }));

  test('survives a reload at its step; Back goes back; Escape closes it and gives the focus back', () =>
    studio.open('draw?lesson=first', async (page) => {
      await expectStep(page, 'Draw a digit', 'First lesson: 1 of 8');
      expect(await button(page, 'Back').isDisabled()).toBe(true);
      await button(page, 'Next').click();
      await button(page, 'Next').click();
      await expectStep(page, 'Train a network', 'First lesson: 3 of 8');
      await page.reload();
      await expectStep(page, 'Train a network', 'First lesson: 3 of 8');
      await button(page, 'Back').click();
      await expectStep(page, 'Look inside', 'First lesson: 2 of 8');
      await page.keyboard.press('Escape');
      await lesson(page).waitFor({ state: 'detached' });
      await page.locator('button:focus').getByText('First lesson').waitFor();
      expect(await addressOf(page)).toBe('#draw');
    }));

  test('leaves a training that runs as it is', () =>
    studio.open('train?recipe=fast&images=6000&epochs=200&lesson=overfitting', async (page) => {
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByRole('button', { name: 'Stop' }).waitFor({ timeout: 60_000 });
      await button(page, 'Fill in few images, many epochs').click();
      await lesson(page).getByText('A training runs, and goes on as it is.').waitFor();
      expect(await page.getByLabel('Images', { exact: true }).inputValue()).toBe('6000');
      await page.evaluate("location.hash = '#train?recipe=fast&images=700&lesson=overfitting'");
      await page.getByRole('alert').getByText('The address asks for other settings').waitFor();
      expect(await addressOf(page)).toContain('images=6000&epochs=200&lesson=overfitting');
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('heading', { name: 'Stopped' }).waitFor({ timeout: 60_000 });
      await button(page, 'Fill in few images, many epochs').click();
      expect(await page.getByLabel('Images', { exact: true }).inputValue()).toBe('300');
    }));
});

test('a lesson is opened by a link, the parameter before the hash or behind it; one that there is not is told', () =>
  studio.open('train?lesson=shift&epochs=3', async (page) => {
    await expectStep(page, 'In a corner of the pad', 'Shifted digits: 1 of 3');
    await page.waitForURL(({ hash }) => hash.includes('epochs=3') && hash.endsWith('&lesson=shift'));
    const [base] = page.url().split('#');
    await page.goto(`${base}?lesson=pooling&hide=results#train?epochs=4`);
    await expectStep(page, 'What pooling does', 'Pooling: 1 of 3');
    expect(await page.evaluate('location.search')).toBe('');
    expect(await page.getByRole('link', { name: 'Results' }).count()).toBe(0);
    expect(await page.getByLabel('Epochs', { exact: true }).inputValue()).toBe('4');
    await page.goto(`${base}#draw?lesson=second`);
    await page.getByRole('alert').getByText('lesson=second: expected one of first, overfitting').waitFor();
    expect(await lesson(page).count()).toBe(0);
  }));

test('hide= leaves rooms and controls out, stays when rooms are changed, and tells a name that it does not know', () =>
  studio.open('draw?hide=optimizer,schedule,camera,pens,results,optimiser', async (page) => {
    await page.getByRole('alert').getByText('hide=optimiser: expected one of draw, train,').waitFor();
    await page.getByTestId('pad').waitFor();
    expect(await page.getByRole('button', { name: 'Camera' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'thin pen' }).count()).toBe(0);
    expect(await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link').allTextContents()).not.toContain(
      'Results',
    );
    await page.getByRole('link', { name: 'Train' }).click();
    await page.getByLabel('Batch size').waitFor();
    expect(await page.getByLabel('Optimizer').count()).toBe(0);
    expect(await page.getByLabel('Schedule').count()).toBe(0);
    expect(await addressOf(page)).toContain('hide=optimizer,schedule,camera,pens,results,optimiser');
    await page.evaluate("location.hash = '#results?hide=results'");
    await page.getByTestId('pad').waitFor();
  }));

test('full screen is entered and left', () =>
  studio.open('draw', async (page) => {
    await page.getByRole('button', { name: 'Full screen' }).click();
    await page.getByRole('button', { name: 'Leave full screen' }).waitFor();
    expect(await page.evaluate('document.fullscreenElement === document.documentElement')).toBe(true);
    await page.getByRole('button', { name: 'Leave full screen' }).click();
    await page.getByRole('button', { name: 'Full screen', exact: true }).waitFor();
  }));

test('nothing is cut and axe-core finds nothing, in each room that the first lesson goes through', () =>
  studio.open('draw?lesson=first', async (page) => {
    for (const [index, [title, setUp]] of steps.entries()) {
      await expectStep(page, title, `First lesson: ${index + 1} of 8`);
      if ([0, 1, 6, 7].includes(index)) {
        await button(page, setUp).click();
        await expectRoom(page, index);
        await expectAccessible(page, `lesson-${index + 1}`);
      }
      if (index < 7) await button(page, 'Next').click();
    }
  }));
