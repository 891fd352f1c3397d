/**
 * The sheet in photos of paper on something dark: found wherever it lies, and not seen where the whole picture is
 * paper.
 */

import { describe, expect, it } from 'vitest';
import { drawnDigits } from '../../test/pictures/drawn-digits.mjs';
import { negativeOf, pictureOf, planeOf, sevenAt } from '../../test/pictures/painted.js';
import { brightnessOf } from './brightness.js';
import type { Box } from './connected-components.js';
import type { Plane } from './plane.js';
import { prepareDigits } from './prepare-page.js';
import { prepareDigit } from './preprocess.js';
import { preprocessingLikeMnist } from './settings.js';
import { cut, cutSheet, sheetOfPaper } from './sheet-of-paper.js';

/** Sizes of picture and sheet in pixels, the sheet's middle as shares of the picture, and how far it is turned. */
interface Photo {
  readonly picture: readonly [width: number, height: number];
  readonly sheet: readonly [width: number, height: number];
  readonly middle?: readonly [across: number, down: number];
  readonly degrees?: number;
}

const [table, paper, ink] = [38, 225, 40];

/** A 7 of half of the sheet's shorter side in the middle of the sheet, upright in the picture. */
function sevenOf({ picture, sheet, middle = [0.5, 0.5] }: Photo) {
  const height = Math.round(Math.min(...sheet) / 2);
  const [left, top] = [
    Math.round(picture[0] * middle[0] - 0.325 * height),
    Math.round(picture[1] * middle[1] - height / 2),
  ];
  return { left, top, height, pen: height / 11 };
}

/** The brightness at (x, y) of a sheet with a 7 on it, or with nothing. */
function brightnessAt(photo: Photo, withDigit: boolean): (x: number, y: number) => number {
  const { picture, sheet, middle = [0.5, 0.5], degrees = 0 } = photo;
  const [across, down] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const seven = sevenOf(photo);
  return (x, y) => {
    const [dx, dy] = [x + 0.5 - picture[0] * middle[0], y + 0.5 - picture[1] * middle[1]];
    const [along, below] = [across * dx + down * dy, across * dy - down * dx];
    const inside = Math.min(sheet[0] / 2 - Math.abs(along), sheet[1] / 2 - Math.abs(below)) + 0.5;
    const isPaper = Math.min(Math.max(inside, 0), 1);
    const isNear = withDigit && Math.abs(dx) < seven.height && Math.abs(dy) < seven.height;
    const isInk = isNear ? sevenAt(x, y, seven.left, seven.top, seven.height, seven.pen) : 0;
    return table + isPaper * (paper - table - isInk * (paper - ink));
  };
}

const planeOfPhoto = (photo: Photo, withDigit = true) => planeOf(...photo.picture, brightnessAt(photo, withDigit));
const pictureOfPhoto = (photo: Photo, withDigit = true) => pictureOf(...photo.picture, brightnessAt(photo, withDigit));

/** The upright box around the sheet. */
function boxAround({ picture, sheet, middle = [0.5, 0.5], degrees = 0 }: Photo) {
  const [across, down] = [Math.abs(Math.cos((degrees * Math.PI) / 180)), Math.abs(Math.sin((degrees * Math.PI) / 180))];
  const half = [(across * sheet[0] + down * sheet[1]) / 2, (across * sheet[1] + down * sheet[0]) / 2];
  const [x, y] = [picture[0] * middle[0], picture[1] * middle[1]];
  return { left: x - half[0], top: y - half[1], right: x + half[0], bottom: y + half[1] };
}

/** Inside the box around the sheet, and no further from it than its rim of 3 % and two pixels of the search. */
function expectSheet(found: Box | undefined, photo: Photo): void {
  expect(found).toBeDefined();
  const exact = boxAround(photo);
  const pixel = Math.max(1, Math.max(...photo.picture) / 160);
  const [rimAcross, rimDown] = [0.03 * (exact.right - exact.left), 0.03 * (exact.bottom - exact.top)];
  for (const [inwards, rim] of [
    [found!.left - exact.left, rimAcross],
    [exact.right - found!.right, rimAcross],
    [found!.top - exact.top, rimDown],
    [exact.bottom - found!.bottom, rimDown],
  ]) {
    expect(Math.abs(inwards - rim), JSON.stringify({ found, exact })).toBeLessThanOrEqual(2 * pixel);
  }
}

const photos: Photo[] = [
  { picture: [400, 300], sheet: [300, 220] },
  { picture: [300, 300], sheet: [150, 150] },
  { picture: [300, 300], sheet: [130, 210], middle: [0.3, 0.4] },
  { picture: [640, 480], sheet: [300, 260], middle: [0.7, 0.65] },
  { picture: [640, 480], sheet: [420, 400], degrees: 4 },
  { picture: [500, 400], sheet: [260, 200], middle: [0.4, 0.6], degrees: -8 },
  { picture: [120, 100], sheet: [90, 70] },
  { picture: [240, 480], sheet: [160, 330], degrees: 6 },
];
const named = photos.map((photo) => [JSON.stringify(photo), photo] as const);

describe('sheetOfPaper', () => {
  it.each(named)('finds the sheet with a digit on it: %s', (_, photo) => {
    expectSheet(sheetOfPaper(planeOfPhoto(photo)), photo);
  });

  it.each(named)('finds the empty sheet: %s', (_, photo) => {
    expectSheet(sheetOfPaper(planeOfPhoto(photo, false)), photo);
  });

  it('finds a sheet that the picture ends on', () => {
    for (const middle of [
      [0.25, 0.5],
      [0.5, 0.75],
      [0.75, 0.25],
    ] as const) {
      const photo: Photo = { picture: [400, 400], sheet: [240, 240], middle };
      const found = sheetOfPaper(planeOfPhoto(photo))!;
      expect(found, middle.join()).toBeDefined();
      const exact = boxAround(photo);
      expect(found.left >= Math.max(0, exact.left) && found.right <= Math.min(400, exact.right)).toBe(true);
      expect(found.top >= Math.max(0, exact.top) && found.bottom <= Math.min(400, exact.bottom)).toBe(true);
      expect((found.right - found.left) * (found.bottom - found.top)).toBeGreaterThan(150 * 200);
    }
  });

  it('wants 35 % of the picture each way, and 60 % of its own box', () => {
    const sheet = (width: number, height: number): Photo => ({ picture: [300, 300], sheet: [width, height] });
    expect(sheetOfPaper(planeOfPhoto(sheet(110, 110)))).toBeDefined();
    expect(sheetOfPaper(planeOfPhoto(sheet(98, 200)))).toBeUndefined();
    expect(sheetOfPaper(planeOfPhoto(sheet(200, 98)))).toBeUndefined();
    // A square on its corner covers half of its box.
    expect(sheetOfPaper(planeOfPhoto({ ...sheet(150, 150), degrees: 15 }))).toBeDefined();
    expect(sheetOfPaper(planeOfPhoto({ ...sheet(150, 150), degrees: 45 }))).toBeUndefined();
  });

  it.each<[string, Plane]>([
    ['plain paper', planeOf(300, 240, () => 220)],
    ['a plain table', planeOf(300, 240, () => 40)],
    ['a digit on plain paper', planeOf(300, 240, (x, y) => 230 - 190 * sevenAt(x, y, 100, 60, 110, 9))],
    ['a light digit on dark', planeOf(300, 240, (x, y) => 40 + 190 * sevenAt(x, y, 100, 60, 110, 9))],
    [
      'a light thick digit on dark that fills it',
      planeOf(200, 240, (x, y) => 40 + 190 * sevenAt(x, y, 40, 30, 180, 30)),
    ],
    ['light from one side', planeOf(300, 240, (x) => 60 + x / 2)],
    ['a shadow over half of it', planeOf(300, 240, (x, y) => (x + y / 4 > 160 ? 90 : 220))],
    ['paper, with a narrow table at one edge', planeOf(300, 240, (x) => (x < 25 ? 40 : 220))],
  ])('finds none in %s', (_, plane) => {
    expect(sheetOfPaper(plane)).toBeUndefined();
  });

  it('finds none in a vignette around a digit, whatever its strength', () => {
    for (const strength of [0.2, 0.4, 0.6]) {
      const vignette = planeOf(320, 260, (x, y) => {
        const away = ((x - 160) / 160) ** 2 + ((y - 130) / 130) ** 2;
        return (1 - (strength * away) / 2) * (235 - 155 * sevenAt(x, y, 110, 50, 150, 6));
      });
      expect(sheetOfPaper(vignette), String(strength)).toBeUndefined();
    }
  });

  it('finds none in any drawing on light paper, and in both kinds of photos of a table', () => {
    const found = new Set<string>();
    const drawn = drawnDigits(1);
    for (const { name, picture } of drawn) if (sheetOfPaper(brightnessOf(picture))) found.add(name);
    expect([...found]).toEqual(['photo with a dark table at the border', 'photo of squared paper on a dark table']);
  });

  it('finds none in pictures with sides of less than 96 pixels', () => {
    const photo = (width: number, height: number): Photo => ({
      picture: [width, height],
      sheet: [0.7 * width, 0.7 * height],
    });
    for (const [width, height] of [
      [28, 28],
      [95, 400],
      [400, 95],
      [95, 95],
      [1, 1],
      [300, 1],
    ]) {
      expect(sheetOfPaper(planeOfPhoto(photo(width, height))), `${width} x ${height}`).toBeUndefined();
    }
    expect(sheetOfPaper(planeOfPhoto(photo(96, 96)))).toBeDefined();
    expect(sheetOfPaper(planeOfPhoto(photo(96, 400)))).toBeDefined();
  });
});

describe('cut', () => {
  it('copies the part', () => {
    const plane = planeOf(7, 5, (x, y) => 10 * y + x);
    const part = cut(plane, { left: 2, top: 1, right: 5, bottom: 3 });
    expect([part.width, part.height, ...part.data]).toEqual([3, 2, 12, 13, 14, 22, 23, 24]);
    part.data.fill(0);
    expect(plane.data[12]).toBe(15);
    expect(cut(plane, { left: 0, top: 0, right: 7, bottom: 5 })).toEqual(plane);
  });
});

describe('a sheet in a picture', () => {
  it('is read alone, and its place is told', () => {
    const plane = planeOfPhoto(photos[3]);
    const sheet = sheetOfPaper(plane)!;
    expect(cutSheet(plane)).toEqual({ paper: cut(plane, sheet), left: sheet.left, top: sheet.top });
    const whole = planeOf(300, 240, (x, y) => 230 - 190 * sevenAt(x, y, 100, 60, 110, 9));
    expect(cutSheet(whole)).toEqual({ paper: whole, left: 0, top: 0 });
  });

  const usual = preprocessingLikeMnist([28, 28], 'light on dark');
  const large: Photo[] = [{ picture: [2400, 1800], sheet: [1200, 1000], middle: [0.6, 0.45], degrees: 3 }];
  const all = [...photos, ...large].map((photo) => [JSON.stringify(photo), photo] as const);

  it.each(all)('has its digit where it is in the picture: %s', (_, photo) => {
    const { left, top, height, pen } = sevenOf(photo);
    const picture = pictureOfPhoto(photo);
    const { box } = prepareDigit(picture, usual)!;
    for (const [side, exact] of [
      [box.left, left - pen / 2],
      [box.top, top - pen / 2],
      [box.right, left + 0.65 * height + pen / 2],
      [box.bottom, top + height + pen / 2],
    ]) {
      expect(Math.abs(side - exact), JSON.stringify(box)).toBeLessThanOrEqual(Math.max(2, photo.picture[0] / 400));
    }
    expect(prepareDigits(picture, usual).map((digit) => digit.box)).toEqual([box]);
  });

  it('gives the digit the image that it has on paper alone, within 8 levels', () => {
    for (const photo of photos.slice(0, 4)) {
      const seven = sevenOf(photo);
      const alone = pictureOf(...photo.picture, (x, y) => {
        return paper + (ink - paper) * sevenAt(x, y, seven.left, seven.top, seven.height, seven.pen);
      });
      const [expected, found] = [alone, pictureOfPhoto(photo)].map((picture) => prepareDigit(picture, usual)!.image);
      const differences = found.map((value, i) => Math.abs(value - expected[i]));
      expect(Math.max(...differences)).toBeLessThanOrEqual(8);
    }
  });

  // Of one that is turned further, wedges of the table are left in the upright box.
  it('with nothing on it has no digit, turned by up to 6 degrees', () => {
    const straight = all.filter(([, { degrees = 0 }]) => Math.abs(degrees) <= 6);
    expect(straight).toHaveLength(8);
    for (const [name, photo] of straight) {
      expect(prepareDigit(pictureOfPhoto(photo, false), usual), name).toBeUndefined();
      expect(prepareDigits(pictureOfPhoto(photo, false), usual), name).toEqual([]);
    }
  });

  it('is not looked for where it is dark and lies on something light', () => {
    for (const photo of photos.slice(0, 3)) {
      expect(sheetOfPaper(brightnessOf(negativeOf(pictureOfPhoto(photo))))).toBeUndefined();
    }
  });
});
