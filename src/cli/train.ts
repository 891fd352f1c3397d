/** `inkling train`: loads data, trains a model on it, tests it, and writes the run's folder. */

import { terminalCurves } from '../charts/terminal.js';
import { formatTrainingProfile } from '../engine/profile-table.js';
import { InklingError } from '../errors.js';
import type { Calibration } from '../evaluation/calibration.js';
import { evaluateCalibration } from '../evaluation/evaluate-calibration.js';
import { evaluatePredictions } from '../evaluation/evaluate-predictions.js';
import { weightsSha256 } from '../formats/weights-sha256.js';
import { ProgressBar } from '../progress/bar.js';
import { ProgressLines } from '../progress/lines.js';
import { ProgressReporter } from '../progress/reporter.js';
import { duration, integer } from '../report/number-format.js';
import { writeRunFolder } from '../report/run-folder.js';
import type { RunRecord } from '../report/run-record.js';
import { calibrateIfEnough, showCalibration } from './calibration.js';
import { claimRunFolder } from './claim-run-folder.js';
import { machine, versions } from './environment.js';
import { fitInFolder } from './fit-in-folder.js';
import { noticeLettersWithoutFont } from './font-notice.js';
import { Interruption } from './interruption.js';
import { optimizerSettingsOf } from './optimizer-settings.js';
import type { Output } from './output.js';
import { describePreparation } from './preprocessing.js';
import { ProgressEvents } from './progress-events.js';
import { repeatCommand, resumeCommand } from './repeat-command.js';
import { scoresOf, showClasses, showScores } from './results.js';
import { prepareResumedJob } from './resume.js';
import { measuredRobustness, robustnessImagesFor } from './robustness.js';
import { makeRunFolder } from './run-name.js';
import { describeData, describeEngine, noticeManyThreads, setupOf } from './setup.js';
import { type Job, notesOf, prepareNewJob, type TrainOptions } from './training-job.js';

/** A run that is about to be trained. */
interface Run {
  readonly job: Job;
  readonly folder: string;
}

/** @throws InklingError for whatever keeps it from training or from writing */
export function train(options: TrainOptions, output: Output): Promise<void> {
  return trainAndReport(output, async () => {
    const job = await prepareNewJob(options, output);
    const folder = options.out ?? (await makeRunFolder(job.model.name, job.startedAt));
    await claimRunFolder(folder);
    return { job, folder };
  });
}

/**
 * Goes on with a run that broke off, and ends with the files that it would have ended with.
 * @param given options that were given beside it
 * @throws InklingError
 */
export function resume(folder: string, given: Partial<TrainOptions>, output: Output): Promise<void> {
  return trainAndReport(output, async () => {
    const job = await prepareResumedJob(folder, given, output);
    return job && { job, folder };
  });
}

async function trainAndReport(output: Output, prepare: () => Promise<Run | undefined>): Promise<void> {
  const interruption = new Interruption(output);
  let folder: string | undefined;
  try {
    const tested = await trainAndTest(prepare, interruption, output, (begun) => {
      folder = begun;
    });
    if (!tested) return;
    const { record } = tested;
    await noticeLettersWithoutFont(record.classNames, output);
    // Nobody holds the engine and the training images any more: the charts need the memory.
    const summary = await writeRunFolder(tested.folder, record, ({ message }) =>
      output.urgent(`the charts are written as SVG alone. ${message}`),
    );
    output.text(`Report: ${tested.folder}/report.html`);
    output.result(`Run: ${tested.folder}`);
    output.event({ event: 'result', folder: tested.folder, ...summary });
    interruption.sayHowToGoOn();
  } catch (error) {
    // What is in a training that went wrong would go wrong again.
    if (folder === undefined || !(error instanceof InklingError) || error.kind !== 'file') throw error;
    throw new InklingError(error.kind, `${error.message} Go on with: ${resumeCommand(folder)}`, { cause: error });
  }
}

async function trainAndTest(
  prepare: () => Promise<Run | undefined>,
  interruption: Interruption,
  output: Output,
  begins: (folder: string) => void,
): Promise<{ folder: string; record: RunRecord } | undefined> {
  const run = await prepare();
  if (!run) return undefined;
  const { job, folder } = run;
  announce(job, folder, output);
  begins(folder);
  interruption.workBegins(resumeCommand(folder));
  const { history, progress } = await trainModel(run, interruption.signal, output);
  interruption.workEnded();
  const { model, dataset, options: chosen } = job;
  const { classNames } = dataset;
  const { preprocessing } = job.preparation;
  const calibration = await calibrateIfEnough(model, dataset.train, chosen.validation, chosen.splitSeed, output);
  const save = () => model.save(folder, { classNames, preprocessing, calibration });
  // Testing may take long, and a disk that is full now may have room after it.
  const isSaved = await trySaving(save, output);
  const results = await testModel(job, calibration);
  const asked = chosen.robustness ?? robustnessImagesFor(dataset, model.definition, chosen, output);
  const choice = { asked, preprocessing, calibration };
  const robustness = await measuredRobustness(model, dataset, choice, output, interruption.signal);
  if (!isSaved) await save();
  const isFinished = history.epochs.at(-1)?.epoch === job.options.epochs;
  const isRobustnessMissing = asked !== 0 && robustness === undefined;
  if (isFinished && !isRobustnessMissing) interruption.nothingIsLeft();
  const { trainSeconds, imagesPerSecond } = progress;
  const record: RunRecord = {
    ...describeRun(job),
    ...results,
    robustness,
    isRobustnessMissing,
    history,
    outcome: isFinished ? 'finished' : 'interrupted',
    timing: {
      startedAt: job.startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      trainSeconds,
      imagesPerSecond,
    },
  };
  await showResults(record, output);
  return { folder, record };
}

function announce({ options, dataset, preparation, model, augmentation }: Job, folder: string, output: Output): void {
  const { recipe, seed, splitSeed, epochs, batchSize, validation, learningRate, labelSmoothing } = options;
  const setup = setupOf(dataset, model, { training: dataset.train.labels.length - validation, validation });
  const { optimizer, loss } = model;
  const { preprocessing } = preparation;
  const training = {
    recipe,
    seed,
    epochs,
    batchSize,
    optimizer,
    loss,
    preprocessing,
    ...(augmentation && { augmentation }),
  };
  output.event({ event: 'start', folder, ...setup, training });
  output.text(describeData(setup));
  // Of MNIST it is known.
  if (options.data !== undefined || preparation.isAsked) output.text(describePreparation(preparation));
  output.text(`\n${model.summary({ lineLength: output.lineLength })}\n`);
  output.text(
    `Training: recipe ${recipe}, ${integer(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}, batch size ${batchSize}, ` +
      `${describeOptimizer(options)}, ${options.schedule} learning rate ${learningRate}, ` +
      `${labelSmoothing > 0 ? `label smoothing ${labelSmoothing}, ` : ''}${augmentation ? `augmentation ${augmentation.name}, ` : ''}seed ${seed}${splitSeed === seed ? '' : `, of the split ${splitSeed}`}`,
  );
  output.text(`${describeEngine(setup)}\n`);
  noticeManyThreads(output, setup.threads);
}

function describeOptimizer(options: Job['options']): string {
  const settings = Object.entries(optimizerSettingsOf(options)).map(([name, value]) => `${name} ${value}`);
  return settings.length === 0 ? options.optimizer : `${options.optimizer} (${settings.join(', ')})`;
}

async function trainModel({ job, folder }: Run, signal: AbortSignal, output: Output) {
  const { options, dataset, model, augmentation: named } = job;
  const { epochs, batchSize, validation, profile } = options;
  const { name: _, ...augmentation } = named ?? { name: 'none' };
  const terminal = output.liveTerminal;
  const print = (line: string) => output.text(line);
  const bar = terminal && new ProgressBar({ terminal, print, signal });
  const progress = new ProgressReporter(bar ?? new ProgressLines(print), new ProgressEvents(output));
  const clear = () => bar?.clear();
  // However the process ends, no half of a bar is left on the terminal.
  process.once('exit', clear);
  try {
    const history = await fitInFolder(folder, {
      model,
      training: dataset.train,
      options: {
        epochs,
        batchSize,
        validationSplit: validation,
        splitSeed: options.splitSeed,
        augmentation: named ? augmentation : 'none',
        signal,
        profile,
      },
      checkpoints: {
        everyMinutes: options.checkpointMinutes,
        keep: options.keepCheckpoints,
        notes: notesOf(job),
        dataSha256: dataset.sha256,
      },
      listener: progress,
      notice: (message) => output.urgent(message),
    });
    return { history, progress };
  } finally {
    process.off('exit', clear);
    bar?.close();
  }
}

/** @returns whether it went well; what failed is said */
async function trySaving(save: () => Promise<void>, output: Output): Promise<boolean> {
  try {
    await save();
    return true;
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    output.urgent(`${error.message} After the tests this is tried once more.`);
    return false;
  }
}

/** What the test set says of the model as it stands. */
async function testModel({ dataset, model }: Job, calibration: Calibration | undefined) {
  const { images, labels } = dataset.test;
  const { loss, probabilities, logits } = await model.evaluate(images, labels, { outputs: true });
  const predictions = { probabilities, labels };
  return {
    testImages: images,
    predictions,
    evaluation: evaluatePredictions(predictions, dataset.classNames, loss),
    calibrationResult: calibration && evaluateCalibration(logits, labels, calibration),
    weights: model.getWeights(),
  };
}

/** What a run's record says of data, model and circumstances. */
function describeRun({ options, dataset, preparation, model, augmentation }: Job) {
  const { recipe, seed, splitSeed, epochs, batchSize, validation } = options;
  const { name, source, sha256, classNames, train } = dataset;
  const { optimizer, loss, threads, arithmetic, vectorBits } = model;
  return {
    model: model.definition,
    preprocessing: preparation.preprocessing,
    classNames,
    configuration: { recipe, seed, splitSeed, epochs, batchSize, optimizer, loss, augmentation },
    data: {
      name,
      folder: options.data,
      resize: options.resize,
      source,
      sha256,
      trainingImages: train.labels.length - validation,
      validationImages: validation,
    },
    environment: { threads, arithmetic, vectorBits, versions: versions(), machine: machine() },
    command: repeatCommand({ ...options, augment: augmentation?.name, arithmetic }),
  };
}

async function showResults(record: RunRecord, output: Output): Promise<void> {
  const { model, weights, evaluation, calibrationResult, robustness, history, timing } = record;
  const { report, confusionMatrix } = evaluation;
  output.event({
    event: 'evaluation',
    ...scoresOf(evaluation, calibrationResult),
    classes: report.classes,
    confusionMatrix,
  });
  showClasses(output, report, confusionMatrix);
  if (history.epochs.length > 0) {
    output.text(`${terminalCurves(history.epochs, { width: output.width, colour: output.colour })}\n`);
  }
  if (calibrationResult) showCalibration(output, calibrationResult);
  showScores(output, evaluation, await weightsSha256(model, weights));
  output.text(`Training: ${duration(timing.trainSeconds)}, ${integer(timing.imagesPerSecond)} images/s`);
  if (robustness) output.event({ event: 'robustness', ...robustness });
  const { profile } = history;
  if (profile) {
    output.event({ event: 'profile', ...profile });
    const title = output.style('bold', 'Where the time of the training steps went');
    output.text(`\n${title}\n${formatTrainingProfile(profile)}\n`);
  }
}
