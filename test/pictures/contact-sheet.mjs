/**
 * Writes a contact sheet of a generator's pictures as PNG, to look at: `node test/pictures/contact-sheet.mjs GENERATOR
 * SEED OUTPUT.png [FROM] [COUNT] [NAME]`. GENERATOR is non-digits (those for training), measured-non-digits,
 * redrawn-digits, drawn-digits, drawn-hands (COUNT of each habit), digit-rows or scenes, of which NAME is the row; else NAME
 * keeps only pictures whose name has it.
 */

import { writeFileSync } from 'node:fs';
import { encode } from 'fast-png';

const side = 96;
const gap = 4;

const generators = {
  'non-digits': async (seed, count) => {
    const { nonDigits } = await import('../../pretrained/non-digits.mjs');
    return Array.from(nonDigits(count, seed), ({ kind, picture }) => ({ name: kind, picture }));
  },
  'measured-non-digits': async (seed) => {
    const { measuredNonDigits } = await import('./non-digits.mjs');
    return measuredNonDigits(seed).map(({ kind, name, picture }) => ({ name: `${kind} ${name}`, picture }));
  },
  'redrawn-digits': async (seed, count) => {
    const { loadMnist } = await import('../../dist/data/mnist.js');
    const { redrawnDigit } = await import('./redrawn-digits.mjs');
    const { images } = (await loadMnist()).train;
    return Array.from({ length: count }, (_, index) => ({
      name: `digit ${index}`,
      picture: redrawnDigit(images.data.subarray(784 * index, 784 * (index + 1)), index, seed),
    }));
  },
  'drawn-digits': async (seed) => (await import('./drawn-digits.mjs')).drawnDigits(seed),
  scenes: async (seed, count, row) => {
    const { drawScenes } = await import('./scenes/scenes.mjs');
    const pictures = [];
    for await (const scene of drawScenes(row, { rows: 'validation', seed, count })) pictures.push(scene);
    return pictures;
  },
  'drawn-hands': async (seed, count) => {
    const { drawnHands, habits } = await import('./hands/drawn-hands.mjs');
    return habits.flatMap((habit) =>
      Array.from(drawnHands(habit, count, seed), ({ picture }) => ({ name: habit, picture })),
    );
  },
  'digit-rows': async (seed) => (await import('./digit-rows.mjs')).digitRows(seed).map(withBoxes),
};

/** The boxes of a row's digits, drawn into a copy. */
function withBoxes({ name, digits, picture, boxes }) {
  const data = Uint8Array.from(picture.data);
  for (const { left, top, width, height } of boxes) {
    for (let y = Math.floor(top); y <= Math.ceil(top + height); y++) {
      for (let x = Math.floor(left); x <= Math.ceil(left + width); x++) {
        const inside = y > top && y < top + height && x > left && x < left + width;
        if (inside || x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
        data.set([255, 0, 0, 255], 4 * (y * picture.width + x));
      }
    }
  }
  return { name: `${name} ${digits}`, picture: { ...picture, data } };
}

/** The picture in a square of `size`, by averaging areas where it shrinks, on mid-grey where it is transparent. */
function shrink(sheet, sheetWidth, left, top, size, { width, height, data }) {
  const scale = Math.max(width, height) / size;
  for (let y = 0; y < Math.floor(height / scale); y++) {
    for (let x = 0; x < Math.floor(width / scale); x++) {
      const sum = [0, 0, 0];
      let pixels = 0;
      for (let v = Math.floor(y * scale); v < Math.max(Math.floor(y * scale) + 1, Math.floor((y + 1) * scale)); v++) {
        for (let u = Math.floor(x * scale); u < Math.max(Math.floor(x * scale) + 1, Math.floor((x + 1) * scale)); u++) {
          const from = 4 * (v * width + u);
          const cover = data[from + 3] / 255;
          for (let channel = 0; channel < 3; channel++) {
            sum[channel] += data[from + channel] * cover + 150 * (1 - cover);
          }
          pixels++;
        }
      }
      const to = 3 * ((top + y) * sheetWidth + left + x);
      for (let channel = 0; channel < 3; channel++) sheet[to + channel] = sum[channel] / pixels;
    }
  }
}

const [generator, seedText, output, fromText = '0', countText = '200', name = ''] = process.argv.slice(2);
if (!(generator in generators) || !/^\d+$/.test(seedText ?? '') || output === undefined) {
  console.error(
    `Usage: node test/pictures/contact-sheet.mjs GENERATOR SEED OUTPUT.png [FROM] [COUNT] [NAME], GENERATOR one of ${Object.keys(generators).join(', ')}`,
  );
  process.exit(2);
}
const [from, count] = [Number(fromText), Number(countText)];
const size = generator === 'digit-rows' ? 2.5 * side : generator === 'scenes' ? 1.5 * side : side;
const all = await generators[generator](Number(seedText), from + count, name);
const pictures = all.filter((one) => one.name.includes(name)).slice(from, from + count);
const columns = Math.max(1, Math.min(pictures.length, Math.floor(2000 / (size + gap))));
const width = columns * (size + gap);
const height = Math.max(1, Math.ceil(pictures.length / columns)) * (size + gap);
const sheet = new Uint8Array(width * height * 3).fill(190);
pictures.forEach(({ picture }, index) => {
  shrink(sheet, width, (index % columns) * (size + gap), Math.floor(index / columns) * (size + gap), size, picture);
});
writeFileSync(output, encode({ width, height, data: sheet, channels: 3 }));
