/**
 * Measures what a model reads of the world beside its own kind of images: `npm run measure [-- RUN]`, by default the
 * model that ships. Prints a table and, for that model, writes pretrained/measured.json. Everything goes through the
 * code of `inkling predict`. Takes some ten minutes.
 */

import { fileURLToPath } from 'node:url';
import { loadMnist } from '../dist/data/mnist.js';
import { expectedCalibrationError, reliabilityBins } from '../dist/evaluation/reliability.js';
import { formatRobustness, measureRobustness } from '../dist/evaluation/robustness.js';
import { networkClassifier } from '../dist/inference/network-classifier.js';
import { greyPictures, pictureClassifier } from '../dist/inference/picture-classifier.js';
import { Recognizer } from '../dist/inference/recognizer.js';
import { Sequential } from '../dist/sequential.js';
import { blankPictures } from '../test/pictures/blank-pictures.mjs';
import { digitRows } from '../test/pictures/digit-rows.mjs';
import { drawnDigits } from '../test/pictures/drawn-digits.mjs';
import { measuredNonDigits } from '../test/pictures/non-digits.mjs';
import { redrawnDigit } from '../test/pictures/redrawn-digits.mjs';
import { writeMeasured } from './measured-file.mjs';

const seed = 1;
const [run] = process.argv.slice(2);
const folder = run ?? fileURLToPath(new URL('.', import.meta.url));
const recognizer = await Recognizer.load(folder);
const classes = recognizer.classNames.length;
const { test } = await loadMnist();
const testImages = test.labels.length;
const imageOf = (index) => test.images.data.subarray(index * 784, (index + 1) * 784);
const fraction = (part, whole) => Math.round((10_000 * part) / whole) / 10_000;

/** Reads pictures one at a time, so that memory stays flat. */
async function readAll(pictures) {
  const recognitions = [];
  for (const picture of pictures) recognitions.push(await recognizer.recognize(picture));
  return recognitions;
}

function statesOf(recognitions) {
  const states = {};
  for (const { state } of recognitions) states[state] = (states[state] ?? 0) + 1;
  return Object.fromEntries(
    Object.entries(states).map(([state, count]) => [state, fraction(count, recognitions.length)]),
  );
}

/** Of digits whose labels are known. An answer is right where it is the label. */
function judged(recognitions, labels) {
  const seen = recognitions.map((recognition, index) => ({ ...recognition, label: labels[index] }));
  const answered = seen.filter(({ probabilities }) => probabilities !== null);
  const probabilities = Float32Array.from(answered.flatMap((recognition) => recognition.probabilities));
  const sure = seen.filter(({ state }) => state === 'digit');
  const isRight = ({ answer, label }) => answer === recognizer.classNames[label];
  const bins = reliabilityBins(
    { data: probabilities, shape: [answered.length, classes] },
    answered.map(({ label }) => label),
  );
  const losses = answered.map(({ probabilities, label }) => -Math.log(Math.max(probabilities[label], 1e-30)));
  return {
    pictures: seen.length,
    accuracy: fraction(seen.filter(isRight).length, seen.length),
    states: statesOf(seen),
    sureAccuracy: fraction(sure.filter(isRight).length, sure.length),
    expectedCalibrationError: expectedCalibrationError(bins),
    negativeLogLikelihood: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
  };
}

function* all(draw, count) {
  for (let index = 0; index < count; index++) yield draw(index);
}

const measured = {};
const note = (name, value) => {
  measured[name] = value;
  console.log(`\n${name}`, JSON.stringify(value, undefined, 2));
};

const originals = greyPictures(test.images);
const calibrated = judged(await recognizer.recognizeBatch(originals), test.labels);
// The same answers without the temperature: softmax of the logits as they are.
const { model, weights, classNames, preprocessing, calibration } = recognizer;
const loaded = { model, weights, classNames, preprocessing, metadata: {} };
const plain = new Recognizer({ ...loaded, calibration: { ...calibration, temperature: 1 } });
const { expectedCalibrationError: errorBefore, negativeLogLikelihood: lossBefore } = judged(
  await plain.recognizeBatch(originals),
  test.labels,
);
note('test images', {
  ...calibrated,
  withoutTemperature: { expectedCalibrationError: errorBefore, negativeLogLikelihood: lossBefore },
});

const redrawn = await readAll(all((index) => redrawnDigit(imageOf(index), index, seed), testImages));
note('redrawn digits', judged(redrawn, test.labels));

const drawn = drawnDigits(seed);
note(
  'digits drawn by strokes',
  judged(
    await readAll(drawn.map(({ picture }) => picture)),
    drawn.map(({ digit }) => digit),
  ),
);

let right = 0;
const rows = digitRows(seed);
for (const { digits, picture } of rows) {
  const { digits: found } = await recognizer.detect(picture);
  const read = found.map(({ answer }) => answer ?? '?').join('');
  if (read === digits) right++;
}
note('rows of digits', { pictures: rows.length, allRight: fraction(right, rows.length) });

const nonDigits = {};
const others = measuredNonDigits(seed);
const refused = await readAll(others.map(({ picture }) => picture));
for (const kind of new Set(others.map((other) => other.kind))) {
  const ofKind = refused.filter((_, index) => others[index].kind === kind);
  nonDigits[kind] = { pictures: ofKind.length, states: statesOf(ofKind) };
}
const taken = refused.filter(({ state }) => state === 'digit').length;
note('pictures that are no digits', {
  pictures: refused.length,
  withoutDigit: fraction(refused.length - taken, refused.length),
  ...nonDigits,
});

const blanks = blankPictures(seed);
note('blank pictures', {
  pictures: blanks.length,
  states: statesOf(await readAll(blanks.map(({ picture }) => picture))),
});

const classifiers = [networkClassifier(await Sequential.load(folder)), pictureClassifier(recognizer)];
const sheet = await measureRobustness(classifiers, test.images, test.labels);
console.log(`\nrobustness, all test images\n${formatRobustness(sheet)}`);
measured.robustness = sheet;

if (run === undefined) await writeMeasured(measured);
