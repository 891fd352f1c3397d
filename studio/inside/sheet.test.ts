/** Where maps lie on their sheet, and what is at a point of it. */

import { expect, test } from 'vitest';
import { placeAt, rectangleOf, sheetOf } from './sheet.js';

test.each([
  [[26, 26, 32], 1.6],
  [[5, 7, 96], 0.3],
  [[28, 28, 1], 1],
  [[864], 0.3],
])('of %j each map is found where it was put', (shape, proportion) => {
  const sheet = sheetOf(shape, proportion);
  for (let map = 0; map < sheet.maps; map++) {
    const { x, y, width, height } = rectangleOf(sheet, map);
    expect(x + width).toBeLessThanOrEqual(sheet.width);
    expect(y + height).toBeLessThanOrEqual(sheet.height);
    expect(placeAt(sheet, x, y)).toEqual({ row: 0, column: 0, map });
    const last = { row: height - 1, column: width - 1, map };
    expect(placeAt(sheet, x + width - 0.01, y + height - 0.01)).toEqual(last);
  }
});

test('a sheet is as wide as it is asked for, as near as whole maps come to it', () => {
  expect(sheetOf([10, 10, 8], 2)).toMatchObject({ columns: 4, width: 43, height: 21 });
  expect(sheetOf([10, 10, 8], 0.5)).toMatchObject({ columns: 2, width: 21, height: 43 });
});

test('between the maps, and behind the last, there is none', () => {
  const sheet = sheetOf([4, 4, 3], 1);
  expect(sheet).toMatchObject({ columns: 2, gap: 1 });
  expect(placeAt(sheet, 4.5, 1)).toBeUndefined();
  expect(placeAt(sheet, 6, 6)).toBeUndefined();
  expect(placeAt(sheet, -0.5, 1)).toBeUndefined();
  expect(placeAt(sheet, 9.5, 1)).toBeUndefined();
});
