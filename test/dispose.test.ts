/** Models and recognizers that are disposed: what they refuse afterwards, and when they cannot be. */

import { dense, flatten, Recognizer, Sequential } from 'inkling';
import { expect, test } from 'vitest';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(300);

function smallModel(): Sequential {
  const model = new Sequential([flatten(), dense({ units: 4, activation: 'softmax' })], { inputShape: [12, 12, 1] });
  model.compile({ threads: 2 });
  return model;
}

const disposed = expect.objectContaining({
  kind: 'argument',
  message: 'Model "model" was disposed: its weights and threads are gone. Load or define it anew.',
});

test('what needs a disposed model fails and says so; to dispose it again does nothing', async () => {
  const model = smallModel();
  await model.fit(images, labels, { verbose: 0 });
  model.dispose();
  model.dispose();
  await expect(model.fit(images, labels, { verbose: 0 })).rejects.toThrow(disposed);
  await expect(model.predict(images)).rejects.toThrow(disposed);
  await expect(model.predictLogits(images)).rejects.toThrow(disposed);
  await expect(model.evaluate(images, labels)).rejects.toThrow(disposed);
  await expect(model.save('nowhere')).rejects.toThrow(disposed);
  for (const call of [
    () => model.getWeights(),
    () => model.setWeights(new Map()),
    () => model.trainingState(),
    () => model.compile(),
    () => model.threads,
  ]) {
    expect(call).toThrow(disposed);
  }
  expect(model.countParams()).toBe(4 * 145);
});

test('a model that was never run can be disposed', () => {
  const model = smallModel();
  model.dispose();
  expect(() => model.getWeights()).toThrow(disposed);
});

test('a model at work is not disposed, and goes on', async () => {
  const model = smallModel();
  const training = model.fit(images, labels, { epochs: 2, verbose: 0 });
  expect(() => model.dispose()).toThrow('dispose: the model is being trained. Wait for fit to end.');
  expect((await training).epochs).toHaveLength(2);
  const prediction = model.predict(images);
  expect(() => model.dispose()).toThrow('dispose: the model is predicting or evaluating. Wait for that to end.');
  expect((await prediction).shape).toEqual([300, 4]);
  model[Symbol.dispose]();
  expect(() => model.getWeights()).toThrow(disposed);
});

test('a disposed recognizer reads nothing any more, not even a blank picture', async () => {
  const recognizer = await Recognizer.load();
  const blank = { width: 28, height: 28, data: new Uint8Array(28 * 28 * 4).fill(255) };
  expect(await recognizer.recognize(blank)).toMatchObject({ state: 'blank' });
  recognizer[Symbol.dispose]();
  recognizer.dispose();
  const expected = { kind: 'argument', message: expect.stringContaining(' was disposed: ') };
  await expect(recognizer.recognize(blank)).rejects.toMatchObject(expected);
  await expect(recognizer.detect(blank)).rejects.toMatchObject(expected);
});
