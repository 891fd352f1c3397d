/** What each bundled page does: reads a drawn 4 with the model that ships, and trains on two threads. */

import { dense, flatten, Recognizer, Sequential } from 'inkling';

/** Dark strokes on bright paper. */
function drawnFour() {
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

export async function work() {
  const recognizer = await Recognizer.load(undefined, { arithmetic: 'plain' });
  const { state, answer, probabilities } = await recognizer.recognize(drawnFour());
  const model = new Sequential([flatten(), dense({ units: 2, activation: 'softmax' })]);
  model.compile({ threads: 2, arithmetic: 'plain' });
  const data = Uint8Array.from({ length: 64 * 16 }, (_, index) => (Math.floor(index / 16) % 2) * 255);
  const labels = Uint8Array.from({ length: 64 }, (_, index) => index % 2);
  await model.fit({ data, shape: [64, 4, 4, 1] }, labels, { epochs: 20, batchSize: 8, verbose: 0 });
  const weights = [...model.getWeights().values()].map((values) => [...values]);
  model.dispose();
  return { state, answer, probabilities: [...probabilities], weights };
}
