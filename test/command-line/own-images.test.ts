/**
 * Data of one's own that is no digits: trained, then read by `predict` and by a program, from the very files that it
 * was trained on.
 */

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { conv2d, decodePicture, dense, globalAveragePooling2d, Recognizer } from 'inkling';
import { beforeAll, describe, expect, test } from 'vitest';
import { eventsOf, folder, readJson, readText, run } from './command.js';

const classNames = ['checks', 'dots', 'stripes'];
const images = 40;
const side = 16;

/** 0 or 1 for a pixel of a texture; each image is shifted by another amount. */
function isLight(texture: number, y: number, x: number, image: number): boolean {
  const [down, across] = [y + image, x + 3 * image];
  if (texture === 0) return (Math.floor(down / 3) + Math.floor(across / 3)) % 2 === 0;
  if (texture === 1) return down % 5 < 2 && across % 5 < 2;
  return down % 4 < 2;
}

/** All the same ground in grey; in colours a texture in two colours of the same brightness. */
async function writeTextures(name: string, channels: 1 | 3, sideOf: (image: number) => number): Promise<void> {
  for (const [texture, className] of classNames.entries()) {
    await mkdir(join(folder, name, className), { recursive: true });
    for (let image = 0; image < images; image++) {
      const own = sideOf(image);
      const data = new Uint8Array(own * own * channels);
      for (let pixel = 0; pixel < own * own; pixel++) {
        const place = (pixels: number) => Math.floor((pixels * side) / own);
        const light = isLight(texture, place(Math.floor(pixel / own)), place(pixel % own), image);
        const noise = (pixel * 7 + image * 13) % 20;
        if (channels === 1) data[pixel] = (light ? 180 : 60) + noise;
        else data.set(light ? [200, 30 + noise, 60] : [20, 120 + noise, 70], pixel * 3);
      }
      const bytes = encode({ width: own, height: own, data, channels });
      await writeFile(join(folder, name, className, `${image}.png`), bytes);
    }
  }
}

const network = (channels: number) => ({
  name: 'textures',
  inputShape: [side, side, channels],
  layers: [
    conv2d({ filters: 12, kernelSize: 5, activation: 'relu' }),
    globalAveragePooling2d(),
    dense({ units: 3, activation: 'softmax' }),
  ],
});

const trained = (data: string, words: readonly string[]) =>
  run(
    ...['train', '--data', data, '--model', `${data}.json`, '--out', `runs-of/${data}`, '--epochs', '40'],
    ...['--batch-size', '8', '--learning-rate', '0.02', '--robustness', '0', '--threads', '1', ...words],
  );

const kinds = [
  { data: 'grey', channels: 1, words: [], form: 'in grey' },
  { data: 'colour', channels: 3, words: [], form: 'in colours' },
  { data: 'sizes', channels: 1, words: ['--resize', '16'], form: 'in grey' },
] as const;

beforeAll(async () => {
  for (const { data, channels } of kinds) {
    await writeTextures(data, channels, (image) => (data === 'sizes' ? side * (1 + (image % 2)) : side));
    await writeFile(join(folder, `${data}.json`), JSON.stringify(network(channels)));
  }
});

describe.each(kinds)('textures, $data', ({ data, channels, words, form }) => {
  test('are taken whole, and their own images are read as what they are', async () => {
    const training = await trained(data, words);
    expect([training.code, training.stderr]).toStrictEqual([0, '']);
    expect(training.stdout).toContain('\nNot calibrated: that takes 100 validation images or more, and there are 8. ');
    expect(training.stdout).toContain(
      `\nPictures: as images, whole, scaled to 16 x 16 ${form}, since 0.00 % of these images are ink on plain paper`,
    );
    const { testAccuracy, dataResize } = await readJson(`runs-of/${data}`, 'summary.json');
    expect(testAccuracy).toBe(1);
    expect(dataResize).toStrictEqual(words.length > 0 ? [16, 16] : null);
    const { preprocessing } = await readJson(`runs-of/${data}`, 'model.json');
    expect(preprocessing).toStrictEqual({ method: 'images', scale: '1/255', size: [16, 16], channels, version: 1 });
    expect(await readText(`runs-of/${data}`, 'report.html')).toContain(
      `as images, pixels times 1/255, ${form}, 16 × 16`,
    );

    const answers = eventsOf((await run('predict', data, '--model', `runs-of/${data}`, '--json')).stdout);
    expect(answers).toHaveLength(3 * images);
    for (const { file, answer, state, sideBySide } of answers) {
      expect([file, answer]).toStrictEqual([file, file.split('/')[1]]);
      expect(['sure', 'not sure']).toContain(state);
      expect(sideBySide).toBe(1);
    }
    const recognizer = await Recognizer.load(join(folder, `runs-of/${data}`));
    for (const name of await readdir(join(folder, data, 'dots'))) {
      const bytes = await readFile(join(folder, data, 'dots', name));
      expect((await recognizer.recognize(await decodePicture(bytes, { name }))).answer).toBe('dots');
    }
    recognizer.dispose();
    const evaluated = await run('evaluate', `runs-of/${data}`, '--quiet');
    expect([evaluated.code, evaluated.stderr]).toStrictEqual([0, '']);
    expect(evaluated.stdout).toContain('Test accuracy: 100.00 %');
  }, 60_000);

  test('are explained, and are not searched for several', async () => {
    const file = `${data}/stripes/1.png`;
    const { code, stdout } = await run('predict', file, '--model', `runs-of/${data}`, '--explain', `why-${data}`);
    expect([code, stdout]).toStrictEqual([0, expect.stringMatching(/stripes .*(sure|not sure)\n/)]);
    expect(await readdir(join(folder, `why-${data}`))).toStrictEqual(['1-explained.png']);
    const many = await run('predict', file, '--model', `runs-of/${data}`, '--many');
    expect([many.code, many.stderr]).toStrictEqual([
      2,
      expect.stringContaining('Error: --many: this model takes each picture whole'),
    ]);
  });
});

test('data says how pictures would be prepared, and --prepare overrules', async () => {
  const { stdout } = await run('data', '--data', 'grey', '--json');
  expect(eventsOf(stdout)[0].preprocessing).toMatchObject({ method: 'images', size: [16, 16], channels: 1 });
  const asked = await run('data', '--data', 'colour', '--prepare', 'digits');
  expect(asked.stdout).toMatch(/image shape +\[16, 16, 1\] +\[16, 16, 1\]\n/);
  expect(asked.stdout).toMatch(/\nPictures: as digits, their ink 11 pixels high or wide in 16 x 16, as asked\n/);
  const resized = await run('data', '--data', 'sizes', '--resize', '8x12');
  expect(resized.stdout).toMatch(/image shape +\[8, 12, 1\]/);
  const uneven = await run('train', '--data', 'sizes');
  expect([uneven.code, uneven.stderr]).toStrictEqual([
    1,
    expect.stringContaining('scaled to one size as they are read: --resize '),
  ]);
  const mnist = await run('data', '--resize', '8');
  expect([mnist.code, mnist.stderr]).toStrictEqual([
    2,
    expect.stringContaining('--resize: MNIST has images of 28 x 28'),
  ]);
  const wrong = await run('data', '--data', 'sizes', '--resize', '0x8');
  expect([wrong.code, wrong.stderr]).toStrictEqual([
    2,
    expect.stringContaining('such as 28 or 28x32 (height x width)'),
  ]);
});
