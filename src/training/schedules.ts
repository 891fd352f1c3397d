/**
 * Learning rate schedules as plain data: how the learning rate changes from step to step. What they give at a step is
 * in learning-rate.ts. What depends on the training's length and is not given is taken from the run.
 */

import { InklingError } from '../errors.js';
import { describeValue, hintAtNames } from '../known-names.js';
import { configurationFromData, Options } from '../options.js';

export interface ConstantSchedule {
  readonly type: 'constant';
  readonly learningRate: number;
}

/** Multiplies the learning rate by `factor` every `dropEvery` epochs. */
export interface StepDecay {
  readonly type: 'stepDecay';
  readonly initialLearningRate: number;
  readonly dropEvery: number;
  readonly factor: number;
}

/** Keras's ExponentialDecay: `initialLearningRate * decayRate ^ (step / decaySteps)`. */
export interface ExponentialDecay {
  readonly type: 'exponentialDecay';
  readonly initialLearningRate: number;
  readonly decaySteps: number | undefined;
  readonly decayRate: number;
  readonly staircase: boolean;
}

/** Keras's CosineDecay: a linear warm-up, then half a cosine (Loshchilov and Hutter 2017). */
export interface CosineDecay {
  readonly type: 'cosineDecay';
  readonly initialLearningRate: number;
  readonly decaySteps: number | undefined;
  readonly alpha: number;
  readonly warmupSteps: number | undefined;
  readonly warmupFraction: number | undefined;
  readonly warmupTarget: number | undefined;
}

/** Up and down again in one cycle (Smith 2018), both along a cosine, as PyTorch's OneCycleLR. */
export interface OneCycle {
  readonly type: 'oneCycle';
  readonly maximumLearningRate: number;
  readonly warmupFraction: number;
  readonly initialDivisor: number;
  readonly finalDivisor: number;
}

/** A learning rate that changes with the step, as plain data: for the `learningRate` of an optimizer. */
export type Schedule = ConstantSchedule | StepDecay | ExponentialDecay | CosineDecay | OneCycle;

/** Options of `exponentialDecay`. */
export interface ExponentialDecayOptions {
  initialLearningRate: number;
  /** Steps in which the learning rate falls by `decayRate`; default: all steps of the run. */
  decaySteps?: number;
  decayRate: number;
  /** Falls at the end of every `decaySteps` steps instead of at each step; default false. */
  staircase?: boolean;
}

/** Options of `cosineDecay`. */
export interface CosineDecayOptions {
  /** Where the warm-up begins, zero allowed; without a warm-up, where the decay begins. */
  initialLearningRate: number;
  /** Steps of the decay, after the warm-up; default: what the warm-up leaves of the run. */
  decaySteps?: number;
  /** Where the decay ends, as a share of where it began, 0 to 1; default 0. */
  alpha?: number;
  /** Length of the warm-up in steps; needs `warmupTarget`. */
  warmupSteps?: number;
  /** Length of the warm-up as a share of the run, instead of `warmupSteps`. */
  warmupFraction?: number;
  /** The learning rate at the end of the warm-up. */
  warmupTarget?: number;
}

/** Options of `oneCycle`. */
export interface OneCycleOptions {
  maximumLearningRate: number;
  /** Share of the run in which the learning rate rises; default 0.25. */
  warmupFraction?: number;
  /** The first learning rate is `maximumLearningRate / initialDivisor`; default 25. */
  initialDivisor?: number;
  /** The last learning rate is the first one divided by `finalDivisor`; default 1e4. */
  finalDivisor?: number;
}

const creators = {
  constant(given: unknown): ConstantSchedule {
    const options = new Options('constant', given, ['learningRate']);
    return { type: 'constant', learningRate: options.positive('learningRate') };
  },

  stepDecay(given: unknown): StepDecay {
    const options = new Options('stepDecay', given, ['initialLearningRate', 'dropEvery', 'factor']);
    return {
      type: 'stepDecay',
      initialLearningRate: options.positive('initialLearningRate'),
      dropEvery: options.integer('dropEvery', 1),
      factor: options.positive('factor'),
    };
  },

  exponentialDecay(given: unknown): ExponentialDecay {
    const known = ['initialLearningRate', 'decaySteps', 'decayRate', 'staircase'];
    const options = new Options('exponentialDecay', given, known);
    return {
      type: 'exponentialDecay',
      initialLearningRate: options.positive('initialLearningRate'),
      decaySteps: options.optionalInteger('decaySteps', 1),
      decayRate: options.positive('decayRate'),
      staircase: options.boolean('staircase', false),
    };
  },

  cosineDecay(given: unknown): CosineDecay {
    const known = ['initialLearningRate', 'decaySteps', 'alpha', 'warmupSteps', 'warmupFraction', 'warmupTarget'];
    const options = new Options('cosineDecay', given, known);
    const warmupSteps = options.optionalInteger('warmupSteps', 1);
    const warmupFraction = options.optionalNumber('warmupFraction', { below: 1 });
    const warmupTarget = options.optionalPositive('warmupTarget');
    if (warmupSteps !== undefined && warmupFraction !== undefined) {
      options.fail('warmupFraction', 'left out where warmupSteps is given');
    }
    const hasLength = warmupSteps !== undefined || warmupFraction !== undefined;
    if (hasLength !== (warmupTarget !== undefined)) {
      options.fail('warmupTarget', 'given together with warmupSteps or warmupFraction, or not at all');
    }
    const alpha = options.number('alpha', {}, 0);
    if (alpha > 1) options.fail('alpha', 'a number from 0 to 1');
    return {
      type: 'cosineDecay',
      initialLearningRate: hasLength ? options.number('initialLearningRate') : options.positive('initialLearningRate'),
      decaySteps: options.optionalInteger('decaySteps', 1),
      alpha,
      warmupSteps,
      warmupFraction,
      warmupTarget,
    };
  },

  oneCycle(given: unknown): OneCycle {
    const known = ['maximumLearningRate', 'warmupFraction', 'initialDivisor', 'finalDivisor'];
    const options = new Options('oneCycle', given, known);
    return {
      type: 'oneCycle',
      maximumLearningRate: options.positive('maximumLearningRate'),
      warmupFraction: options.number('warmupFraction', { below: 1 }, 0.25),
      initialDivisor: options.positive('initialDivisor', 25),
      finalDivisor: options.positive('finalDivisor', 1e4),
    };
  },
};

/**
 * The same learning rate at every step.
 * @throws InklingError (argument)
 * @example
 * ```ts
 * adam({ learningRate: constantSchedule({ learningRate: 1e-3 }) });
 * ```
 */
export function constantSchedule(options: { learningRate: number }): ConstantSchedule {
  return creators.constant(options);
}

/**
 * The learning rate is multiplied by `factor` every `dropEvery` epochs.
 * @param options `dropEvery` counts epochs
 * @throws InklingError (argument)
 * @example
 * ```ts
 * sgd({ learningRate: stepDecay({ initialLearningRate: 0.1, dropEvery: 2, factor: 0.5 }) });
 * ```
 */
export function stepDecay(options: { initialLearningRate: number; dropEvery: number; factor: number }): StepDecay {
  return creators.stepDecay(options);
}

/**
 * The learning rate is multiplied by `decayRate` every `decaySteps` steps, as Keras's ExponentialDecay.
 * @throws InklingError (argument)
 * @example
 * ```ts
 * sgd({ learningRate: exponentialDecay({ initialLearningRate: 0.1, decaySteps: 1000, decayRate: 0.9 }) });
 * ```
 */
export function exponentialDecay(options: ExponentialDecayOptions): ExponentialDecay {
  return creators.exponentialDecay(options);
}

/**
 * The learning rate falls along half a cosine, after a warm-up if one is asked for, as Keras's CosineDecay.
 * @throws InklingError (argument)
 * @example
 * ```ts
 * adam({ learningRate: cosineDecay({ initialLearningRate: 0, warmupFraction: 0.05, warmupTarget: 1e-3 }) });
 * ```
 */
export function cosineDecay(options: CosineDecayOptions): CosineDecay {
  return creators.cosineDecay(options);
}

/**
 * The learning rate rises to its maximum and falls to nearly nothing, each along half a cosine, within one run (Smith
 * 2018).
 * @throws InklingError (argument)
 * @example
 * ```ts
 * adam({ learningRate: oneCycle({ maximumLearningRate: 3e-3 }) });
 * ```
 */
export function oneCycle(options: OneCycleOptions): OneCycle {
  return creators.oneCycle(options);
}

/** A schedule from parsed JSON, with nothing missing. @throws InklingError (argument) */
export function scheduleFromData(data: unknown): Schedule {
  return configurationFromData<Schedule>('schedule', creators, data);
}

const named = {
  constant: (learningRate: number) => constantSchedule({ learningRate }),
  step: (learningRate: number) => stepDecay({ initialLearningRate: learningRate, dropEvery: 2, factor: 0.5 }),
  exponential: (learningRate: number) => exponentialDecay({ initialLearningRate: learningRate, decayRate: 0.1 }),
  cosine: (learningRate: number) =>
    cosineDecay({ initialLearningRate: learningRate / 10, warmupTarget: learningRate, warmupFraction: 0.05 }),
  'one-cycle': (learningRate: number) => oneCycle({ maximumLearningRate: learningRate }),
};

/** The schedules that a name alone can stand for. */
export const scheduleNames: readonly string[] = Object.keys(named);

/**
 * A schedule whose highest learning rate is `learningRate`: `constant`; `step` halves it every two epochs;
 * `exponential` falls to a tenth over the run; `cosine` rises from a tenth in the first 5 % of the run and falls to
 * zero; `one-cycle`.
 * @throws InklingError (argument) for an unknown name
 * @example
 * ```ts
 * model.compile({ optimizer: adam({ learningRate: scheduleByName('one-cycle', 0.003) }) });
 * ```
 */
export function scheduleByName(name: string, learningRate: number): Schedule {
  if (!Object.hasOwn(named, name)) {
    throw new InklingError('argument', `Unknown schedule ${describeValue(name)}. ${hintAtNames(name, scheduleNames)}`);
  }
  return named[name as keyof typeof named](learningRate);
}
