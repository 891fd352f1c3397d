/**
 * A callback of your own: it hears about ten times a second how the training goes, and steers it. This one draws the
 * loss as a line of blocks and lowers the learning rate when an epoch brought little.
 *
 *     npm run example custom-callback
 */
import {
  architecture,
  type Callback,
  type EpochLogs,
  loadMnist,
  Sequential,
  type StepLogs,
  type TrainingControl,
  take,
} from 'inkling';

class LossLine implements Callback {
  private line = '';
  private previous = Number.POSITIVE_INFINITY;

  onSteps(steps: readonly StepLogs[]) {
    const loss = steps.reduce((sum, step) => sum + step.loss, 0) / steps.length;
    this.line += ' ▁▂▃▄▅▆▇█'[Math.min(Math.ceil(loss * 4), 8)];
  }

  onEpochEnd(_: number, logs: EpochLogs, control: TrainingControl) {
    console.log(`epoch ${logs.epoch} |${this.line}| loss ${logs.loss.toFixed(3)}, learning rate ${logs.learningRate}`);
    this.line = '';
    if (logs.loss > this.previous * 0.8) control.setLearningRate(control.learningRate / 2);
    this.previous = logs.loss;
  }
}

const { train, classNames } = await loadMnist();
const { images, labels } = take(train, Number(process.argv[2] ?? 10_000));
const model = new Sequential(architecture('mlp', [28, 28, 1], classNames.length));
await model.fit(images, labels, { epochs: 6, batchSize: 64, callbacks: [new LossLine()], verbose: 0 });
