/**
 * Train until the validation loss stops falling, keep the best weights, and stop on Ctrl-C with what there is.
 *
 *     npm run example early-stopping
 */
import { adam, architecture, EarlyStopping, historyToCsv, loadMnist, Sequential, take } from 'inkling';

const { train, test, classNames } = await loadMnist();
const { images, labels } = take(train, Number(process.argv[2] ?? 6_000));

const model = new Sequential(architecture('lenet5', [28, 28, 1], classNames.length));
model.compile({
  optimizer: adam({ learningRate: 3e-3 }),
  loss: 'sparseCategoricalCrossentropy',
});

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

const patience = new EarlyStopping({ monitor: 'valLoss', patience: 2, restoreBestWeights: true });
const history = await model.fit(images, labels, {
  epochs: 40,
  batchSize: 64,
  validationSplit: 0.2,
  callbacks: [patience],
  signal: stop.signal,
});

console.log(historyToCsv(history));
console.log(`best epoch: ${patience.bestEpoch}`);
console.log(`test accuracy: ${(await model.evaluate(test.images, test.labels)).accuracy}`);
