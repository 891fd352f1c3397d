/**
 * Recognises a picture that needs no preprocessing: an image of the model's own size with a digit placed as in
 * training.
 */

import { middleOf } from './place-digit.js';
import type { Plane } from './plane.js';
import type { DigitPreprocessing } from './settings.js';

/** Paper of training images is black or white to within this. */
const paperTolerance = 12;
/** Ink counts from here on, of 255. */
const faintest = 24;
/** Somewhere the ink is at least this strong. */
const strongest = 160;
/**
 * The digit's longer side may be so much smaller or larger than in training images, in pixels. A larger one may reach
 * the edges, where taking it apart would do more harm than its size.
 */
const [muchSmaller, muchLarger] = [2, 4];
/** Its centre of mass is where training images have it, to within this many pixels. */
const centreTolerance = 1.5;

/**
 * @returns the image in the model's polarity, byte for byte as the picture has it (255 minus that in the other one);
 * undefined where the picture is of another size or its digit elsewhere or of another size
 */
export function likeTrainingImage(brightness: Plane, preprocessing: DigitPreprocessing): Uint8Array | undefined {
  const { size, polarity, digitSide } = preprocessing;
  const [height, width] = size;
  if (brightness.width !== width || brightness.height !== height) return undefined;
  const drawn = inkOnPaper(brightness);
  if (drawn === undefined || !isPlacedAsInTraining(drawn, digitSide)) return undefined;
  return drawn.polarity === polarity ? drawn.bytes : drawn.bytes.map((value) => 255 - value);
}

/**
 * How large an image's ink is.
 * @returns the longer side in pixels; undefined where the image is not ink on plain paper
 */
export function inkSide(brightness: Plane): number | undefined {
  const drawn = inkOnPaper(brightness);
  if (drawn === undefined) return undefined;
  const { side, most } = measured(drawn);
  return most < strongest ? undefined : side;
}

interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
  /** 255 where it is strongest, whatever the polarity. */
  readonly ink: Uint8Array;
  readonly polarity: DigitPreprocessing['polarity'];
}

function inkOnPaper({ width, height, data }: Plane): Drawn | undefined {
  const bytes = Uint8Array.from(data, Math.round);
  const paper = paperOf(bytes, width, height);
  if (paper === undefined) return undefined;
  const ink = paper === 'dark' ? bytes : bytes.map((value) => 255 - value);
  return { width, height, bytes, ink, polarity: paper === 'dark' ? 'light on dark' : 'dark on light' };
}

/** What the edge is, where it is all one. */
function paperOf(bytes: Uint8Array, width: number, height: number): 'dark' | 'light' | undefined {
  let [low, high] = [255, 0];
  const look = (value: number) => {
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) look(bytes[y * width + x]);
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) look(bytes[y * width + x]);
  if (high <= paperTolerance) return 'dark';
  return low >= 255 - paperTolerance ? 'light' : undefined;
}

function isPlacedAsInTraining(drawn: Drawn, digitSide: number): boolean {
  const { side, most, centreX, centreY } = measured(drawn);
  if (most < strongest) return false;
  return (
    side >= digitSide - muchSmaller &&
    side <= digitSide + muchLarger &&
    Math.abs(centreX - middleOf(drawn.width)) <= centreTolerance &&
    Math.abs(centreY - middleOf(drawn.height)) <= centreTolerance
  );
}

/** The longer side of the ink, its centre of mass and its strongest value. */
function measured({ ink, width, height }: Drawn) {
  let [left, top, right, bottom] = [width, height, 0, 0];
  let [mass, massX, massY, most] = [0, 0, 0, 0];
  for (let index = 0; index < ink.length; index++) {
    const value = ink[index];
    if (value < faintest) continue;
    const y = Math.floor(index / width);
    const x = index - y * width;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
    mass += value;
    massX += value * (x + 0.5);
    massY += value * (y + 0.5);
    most = Math.max(most, value);
  }
  return { side: Math.max(right - left, bottom - top), most, centreX: massX / mass, centreY: massY / mass };
}
