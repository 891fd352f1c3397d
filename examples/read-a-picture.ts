/**
 * Read a picture of a digit, and say when not to trust the answer: a PNG or JPEG file, or else a 4 that is drawn here.
 *
 *     npm run example read-a-picture
 *     npm run example read-a-picture my-digit.png
 */
import { readFile } from 'node:fs/promises';
import { decodePicture, explain, type Picture, Recognizer } from 'inkling';

/**
 * Dark strokes on bright paper, whoever holds the pen: nothing has to be turned, cut out or scaled before it is read.
 */
function drawnFour(): Picture {
  const [width, height, pen] = [240, 200, 5];
  const strokes = [
    [120, 40, 90, 110],
    [90, 110, 160, 105],
    [145, 75, 135, 160],
  ];
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isInk = strokes.some(([x1, y1, x2, y2]) => {
        const [dx, dy] = [x2 - x1, y2 - y1];
        const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
        return Math.hypot(x - x1 - along * dx, y - y1 - along * dy) <= pen;
      });
      data.set(isInk ? [30, 40, 120] : [245, 240, 225], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

const path = process.argv[2];
const picture = path === undefined ? drawnFour() : await decodePicture(await readFile(path), { name: path });

// The model that ships with the package; Recognizer.load('runs/...') takes that of a run.
const recognizer = await Recognizer.load();
const { state, answer, probability, runnerUp, image } = await recognizer.recognize(picture);

if (image !== null) {
  console.log('What the network saw:');
  const [height, width] = image.shape;
  for (let row = 0; row < height; row++) {
    const pixels = [...image.data.subarray(row * width, (row + 1) * width)];
    console.log(pixels.map((value) => ' .:*#@'[Math.floor(value / 43)]).join(''));
  }
}
// Nothing is certain, even where the nearest number is 1.
const percent = Math.min(99.99, (probability ?? 0) * 100).toFixed(2);
if (state === 'digit') console.log(`It is a ${answer} (${percent} %).`);
if (state === 'not sure') console.log(`Perhaps a ${answer} (${percent} %), perhaps a ${runnerUp}: better ask.`);
if (state === 'not a digit') console.log('Something is drawn, but no digit.');
if (state === 'blank') console.log('Nothing is drawn.');

if (image !== null && answer !== null) {
  const { saliency } = explain(recognizer.model, recognizer.weights, image);
  const strongest = saliency.data.indexOf(Math.max(...saliency.data));
  const [row, column] = [Math.floor(strongest / saliency.shape[1]), strongest % saliency.shape[1]];
  console.log(`The pixel that spoke most for it is in row ${row}, column ${column}.`);
}
