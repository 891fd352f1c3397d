/**
 * Exports networks in every format, with what they answer on 256 test images: `node test/interop/make-exports.mjs
 * FOLDER`. `check.py` reads them with the others' own programs.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportFormats, exportModel, loadMnist, Sequential, take } from 'inkling';
import { networks } from './networks.mjs';

const [folder] = process.argv.slice(2);
const { test } = await loadMnist();
const { images } = take(test, 256);

async function* all() {
  yield ['the-model-that-ships', await Sequential.load('pretrained')];
  yield* networks();
}

await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'images.bin'), images.data);
for await (const [name, model] of all()) {
  const { data } = await model.predict(images);
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'probabilities.bin'), data);
  const logits = await model.predictLogits(images);
  await writeFile(join(folder, name, 'logits.bin'), logits.data);
  for (const format of exportFormats) {
    for (const [file, bytes] of await exportModel(model, format, { classNames: [...'0123456789'] })) {
      await writeFile(join(folder, name, file), bytes);
    }
  }
  for (const [path, values] of model.getWeights()) {
    const weight = join(folder, name, 'weights', `${path}.bin`);
    await mkdir(join(weight, '..'), { recursive: true });
    await writeFile(weight, values);
  }
  model.dispose();
}
