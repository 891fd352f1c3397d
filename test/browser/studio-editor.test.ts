/** The network of a training as a list of layers: edited by mouse and keyboard, trained, and trained again by the command. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectAccessible, useStudio } from './studio-page.js';

const studio = useStudio();
const small = 'train?recipe=fast&images=600&epochs=1';

describe('the layers of a network', () => {
  test('are edited and trained to the bytes of the command that the page shows', () =>
    studio.open(small, async (page) => {
      await page.getByText('7 layers, 56,714 parameters').waitFor();
      await page.getByRole('button', { name: 'Edit its layers' }).click();
      const first = page.getByRole('listitem', { name: 'Layer 1, conv2d' });
      await first.getByText('26 × 26 × 16').waitFor();
      await first.getByLabel('Filters').fill('6');
      await first.getByLabel('Strides, height').fill('2');
      await first.getByText('13 × 26 × 6').waitFor();
      await first.getByText('60 parameters', { exact: true }).waitFor();
      await page.getByLabel('Add', { exact: true }).selectOption('batchNormalization');
      await page.getByLabel('behind').selectOption('1');
      await page.getByRole('button', { name: 'Add layer' }).click();
      await page.getByRole('listitem', { name: 'Layer 2, batchNormalization' }).waitFor();
      await page.getByRole('listitem', { name: 'Layer 7, dense' }).getByLabel('Units').fill('20');
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText('It has learned').waitFor({ timeout: 90_000 });

      const command = (await page.locator('.copyable code').textContent())!;
      expect(command).toContain(' --model my-network.json ');
      const download = page.waitForEvent('download');
      await page.getByRole('region', { name: 'Result' }).getByRole('button', { name: 'Save my-network.json' }).click();
      expect((await download).suggestedFilename()).toBe('my-network.json');
      await (await download).saveAs(join(studio.folder, 'my-network.json'));
      const words = command.split(' ').slice(2);
      await studio.inkling(...words, '--robustness', '0', '--out', 'same', '--quiet');
      const { weightsSha256 } = JSON.parse(readFileSync(join(studio.folder, 'same', 'summary.json'), 'utf8'));
      expect(await page.locator('.hash code').textContent()).toBe(weightsSha256);

      // Another page of the same address has the same network.
      const address = page.url();
      await page.goto('about:blank');
      await page.goto(address);
      await page.getByRole('listitem', { name: 'Layer 2, batchNormalization' }).waitFor();
      expect(page.url()).toBe(address);
    }));

  test('are moved, removed and added by keyboard, and the focus stays near', () =>
    studio.open(small, async (page) => {
      await page.getByRole('button', { name: 'Edit its layers' }).focus();
      await page.keyboard.press('Enter');
      const filters = page.getByRole('listitem', { name: 'Layer 1, conv2d' }).getByLabel('Filters');
      await filters.focus();
      await page.keyboard.press('Alt+ArrowDown');
      const moved = page.getByRole('listitem', { name: 'Layer 2, conv2d' });
      await expect
        .poll(() => page.evaluate("document.activeElement.closest('li')?.ariaLabel === 'Layer 2, conv2d'"))
        .toBe(true);
      await moved.getByRole('button', { name: 'Move layer 2 up' }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate("document.activeElement.ariaLabel === 'Move layer 1 up'")).toBe(true);
      await page.getByRole('button', { name: 'Remove layer 6' }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate("document.activeElement.ariaLabel === 'Remove layer 6'")).toBe(true);
      expect(
        await page
          .getByRole('list')
          .getByRole('listitem', { name: /^Layer / })
          .count(),
      ).toBe(6);
      await page.getByLabel('Add', { exact: true }).selectOption('dropout');
      await page.getByRole('button', { name: 'Add layer' }).focus();
      await page.keyboard.press('Enter');
      await expect
        .poll(() => page.evaluate("document.activeElement.closest('li')?.ariaLabel === 'Layer 6, dropout'"))
        .toBe(true);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('0.05');
      await expect.poll(() => page.evaluate("decodeURIComponent(location.hash).includes('rate\":0.05}')")).toBe(true);
    }));

  test('that do not fit are told at the layer, are not trained, and the preset comes back', () =>
    studio.open(small, async (page) => {
      await page.getByRole('button', { name: 'Edit its layers' }).click();
      await page.getByRole('button', { name: 'Remove layer 5' }).click();
      const dense = page.getByRole('listitem', { name: 'Layer 5, dense' });
      await dense.getByText('A dense layer needs a vector as its input. Received: [5, 5, 32].').waitFor();
      await page.getByText('layer 5 does not fit').waitFor();
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByRole('alert').getByText('Layer 5, "dense" (dense): A dense layer needs a vector').waitFor();
      await dense.getByLabel('Units').fill('0');
      await dense.getByText('It is not used: expected a whole number from 1 to 4096.').waitFor();
      await page.getByRole('button', { name: 'Back to the preset' }).click();
      await page.getByText('7 layers, 56,714 parameters').waitFor();
      expect(await page.getByText('The training did not go through').count()).toBe(0);
      await page.getByRole('button', { name: 'Take my layers again' }).click();
      await dense.waitFor();
    }));

  test('that an address cannot mean are told, and the preset stands in', () =>
    studio.open(`${small}&layers=${encodeURIComponent('[{"type":"dense","units":-1}]')}`, async (page) => {
      await page.getByRole('alert').getByText('layer 1: dense: units must be a positive integer').waitFor();
      await page.getByText('7 layers, 56,714 parameters').waitFor();
    }));

  test('nothing is cut and axe-core finds nothing, whatever the page and its colours', () =>
    studio.open(small, async (page) => {
      await page.getByRole('button', { name: 'Edit its layers' }).click();
      await expectAccessible(page, 'editor');
      await page.getByRole('button', { name: 'Remove layer 5' }).click();
      const dense = page.getByRole('listitem', { name: 'Layer 5, dense' });
      await dense.getByLabel('Units').fill('0');
      await page.getByText('It is not used').waitFor();
      await dense.getByText('More options').click();
      await expectAccessible(page, 'editor-misfit');
    }));
});
