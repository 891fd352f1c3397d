/**
 * The pictures of preprocessing.json: a digit of each style, redrawn MNIST digits, rows of digits. The same bytes each
 * time.
 */

import { digitRows } from '../pictures/digit-rows.mjs';
import { drawnDigits, drawnStyles } from '../pictures/drawn-digits.mjs';
import { redrawnDigit } from '../pictures/redrawn-digits.mjs';

const seed = 1;
const redrawn = 14;

/** @param {Uint8Array} testImages MNIST's test images, 784 bytes each */
export function goldenPictures(testImages) {
  const drawn = drawnDigits(seed);
  return [
    ...drawnStyles.map((name, style) => {
      const { digit, picture } = drawn[10 * style + ((3 * style + 1) % 10)];
      return { name: `${digit}, ${name}`, picture };
    }),
    ...Array.from({ length: redrawn }, (_, index) => ({
      name: `redrawn digit ${index}`,
      picture: redrawnDigit(testImages.subarray(784 * index, 784 * (index + 1)), index, seed),
    })),
  ];
}

export function goldenRows() {
  return digitRows(seed).map(({ name, digits, picture }) => ({ name: `${digits}, ${name}`, picture }));
}
