/** Optimizers as plain data with Keras's names and defaults. The arithmetic is the engine's. */

import { InklingError } from '../errors.js';
import { describeValue, hintAtNames, isKnownName } from '../known-names.js';
import { pow } from '../numerics/elementary.js';
import { configurationFromData, Options } from '../options.js';
import { type Schedule, scheduleFromData } from './schedules.js';

/** Options of every optimizer. */
export interface OptimizerOptions {
  /** A number above zero or a schedule. */
  learningRate?: number | Schedule;
  /** The longest that the gradient of one weight may be (its Euclidean norm); default: any. */
  clipNorm?: number;
  /** The longest that all gradients together, as one vector, may be; not with `clipNorm`; default: any. */
  globalClipNorm?: number;
}

/** Options of `sgd`. */
export interface SgdOptions extends OptimizerOptions {
  /** 0 <= momentum < 1; default 0. */
  momentum?: number;
  /** Nesterov's momentum; default false. */
  nesterov?: boolean;
}

/** Options of `adam`. */
export interface AdamOptions extends OptimizerOptions {
  /** Decay of the gradients' running mean; default 0.9. */
  beta1?: number;
  /** Decay of the squared gradients' running mean; default 0.999. */
  beta2?: number;
  /** Added to the root; default 1e-7. */
  epsilon?: number;
}

/** Options of `adamw`. */
export interface AdamwOptions extends AdamOptions {
  /** Each step takes `learningRate * weightDecay` of every trained weight away; default 0.004. */
  weightDecay?: number;
}

/** Options of `rmsprop`. */
export interface RmspropOptions extends OptimizerOptions {
  /** Decay of the squared gradients' running mean; default 0.9. */
  rho?: number;
  /** Added under the root; default 1e-7. */
  epsilon?: number;
}

interface OptimizerBase<Type extends string> {
  readonly type: Type;
  readonly learningRate: number | Schedule;
  readonly clipNorm: number | undefined;
  readonly globalClipNorm: number | undefined;
}

export interface Sgd extends OptimizerBase<'sgd'> {
  readonly momentum: number;
  readonly nesterov: boolean;
}

export interface Adam extends OptimizerBase<'adam'> {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export interface Adamw extends OptimizerBase<'adamw'> {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

export interface Rmsprop extends OptimizerBase<'rmsprop'> {
  readonly rho: number;
  readonly epsilon: number;
}

/** An optimizer as plain data: what `sgd`, `adam`, `adamw` and `rmsprop` give. */
export type Optimizer = Sgd | Adam | Adamw | Rmsprop;
/** The optimizers that a name alone can stand for. */
export type OptimizerName = Optimizer['type'];

const baseNames = ['learningRate', 'clipNorm', 'globalClipNorm'];
const adamNames = ['beta1', 'beta2', 'epsilon'];

function learningRateOf(options: Options, fallback: number): number | Schedule {
  const value = options.value('learningRate');
  if (typeof value === 'object' && value !== null) return scheduleFromData(value);
  if (value !== undefined && typeof value !== 'number') options.fail('learningRate', 'a number above 0 or a schedule');
  return options.positive('learningRate', fallback);
}

/** The fields of every optimizer. As in Keras, a gradient is clipped in one way at most. */
function base<Type extends string>(type: Type, options: Options, defaultLearningRate: number): OptimizerBase<Type> {
  const clipNorm = options.optionalPositive('clipNorm');
  const globalClipNorm = options.optionalPositive('globalClipNorm');
  if (clipNorm !== undefined && globalClipNorm !== undefined) {
    options.fail('globalClipNorm', 'left out where clipNorm is given');
  }
  return { type, learningRate: learningRateOf(options, defaultLearningRate), clipNorm, globalClipNorm };
}

function adamFields(options: Options): Pick<Adam, 'beta1' | 'beta2' | 'epsilon'> {
  return {
    beta1: options.number('beta1', { below: 1 }, 0.9),
    beta2: options.number('beta2', { below: 1 }, 0.999),
    epsilon: options.positive('epsilon', 1e-7),
  };
}

const creators = {
  sgd(given: unknown): Sgd {
    const options = new Options('sgd', given, [...baseNames, 'momentum', 'nesterov']);
    return {
      ...base('sgd', options, 0.01),
      momentum: options.number('momentum', { below: 1 }, 0),
      nesterov: options.boolean('nesterov', false),
    };
  },

  adam(given: unknown): Adam {
    const options = new Options('adam', given, [...baseNames, ...adamNames]);
    return { ...base('adam', options, 0.001), ...adamFields(options) };
  },

  adamw(given: unknown): Adamw {
    const options = new Options('adamw', given, [...baseNames, ...adamNames, 'weightDecay']);
    return {
      ...base('adamw', options, 0.001),
      ...adamFields(options),
      weightDecay: options.number('weightDecay', {}, 0.004),
    };
  },

  rmsprop(given: unknown): Rmsprop {
    const options = new Options('rmsprop', given, [...baseNames, 'rho', 'epsilon']);
    return {
      ...base('rmsprop', options, 0.001),
      rho: options.number('rho', { below: 1 }, 0.9),
      epsilon: options.positive('epsilon', 1e-7),
    };
  },
};

/**
 * Stochastic gradient descent; learning rate 0.01 by default.
 * @throws InklingError (argument)
 * @example
 * ```ts
 * model.compile({ optimizer: sgd({ learningRate: 0.01, momentum: 0.9, nesterov: true }) });
 * ```
 */
export function sgd(options: SgdOptions = {}): Sgd {
  return creators.sgd(options);
}

/**
 * Adam (Kingma and Ba 2015); learning rate 0.001 by default.
 * @throws InklingError (argument)
 * @example
 * ```ts
 * model.compile({ optimizer: adam({ learningRate: 3e-4 }) });
 * ```
 */
export function adam(options: AdamOptions = {}): Adam {
  return creators.adam(options);
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019).
 * @throws InklingError (argument)
 * @example
 * ```ts
 * model.compile({ optimizer: adamw({ learningRate: 1e-3, weightDecay: 0.01 }) });
 * ```
 */
export function adamw(options: AdamwOptions = {}): Adamw {
  return creators.adamw(options);
}

/**
 * RMSprop (Tieleman and Hinton 2012); learning rate 0.001 by default.
 * @throws InklingError (argument)
 * @example
 * ```ts
 * model.compile({ optimizer: rmsprop({ learningRate: 1e-3, rho: 0.9 }) });
 * ```
 */
export function rmsprop(options: RmspropOptions = {}): Rmsprop {
  return creators.rmsprop(options);
}

/** An optimizer from parsed JSON such as a checkpoint's, with nothing missing. @throws InklingError (argument) */
export function optimizerFromData(data: unknown): Optimizer {
  return configurationFromData<Optimizer>('optimizer', creators, data);
}

/** The optimizers that a name alone can stand for. */
export const optimizerNames = Object.keys(creators) as readonly OptimizerName[];

/**
 * An optimizer with its defaults.
 * @throws InklingError (argument) for an unknown name
 * @example
 * ```ts
 * model.compile({ optimizer: optimizerByName('adamw', { learningRate: 0.002 }) });
 * ```
 */
export function optimizerByName(name: OptimizerName, options: { learningRate?: number | Schedule } = {}): Optimizer {
  if (!isKnownName(name, optimizerNames)) {
    throw new InklingError(
      'argument',
      `Unknown optimizer ${describeValue(name)}. ${hintAtNames(name, optimizerNames)}`,
    );
  }
  return creators[name](options);
}

/**
 * Adam's learning rate with both running means' start at zero made up for (Kingma and Ba 2015, end of section 2;
 * Keras).
 * @param step counted from 0
 */
export function adamStepSize(learningRate: number, beta1: number, beta2: number, step: number): number {
  const updates = step + 1;
  return (learningRate * Math.sqrt(1 - pow(beta2, updates))) / (1 - pow(beta1, updates));
}
