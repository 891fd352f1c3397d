/** What `compile` can be told: optimizer, loss and engine, names looked up and values checked. */

import { checkEngineOptions, type EngineOptions, engineOptionNames } from '../engine/engine-options.js';
import { InklingError } from '../errors.js';
import { describeValue, hintAtNames } from '../known-names.js';
import { Options } from '../options.js';
import { type Loss, type LossName, lossByName, lossFromData } from './losses.js';
import { type Optimizer, type OptimizerName, optimizerByName, optimizerFromData } from './optimizers.js';

/** Options of `compile`. */
export interface CompileOptions extends EngineOptions {
  /** An optimizer or its name; default `adam`. */
  optimizer?: Optimizer | OptimizerName;
  /** A loss or its name; default `sparseCategoricalCrossentropy`. */
  loss?: Loss | LossName;
  /** Accuracy is always there; it may be asked for, as in Keras. */
  metrics?: readonly 'accuracy'[];
}

/** What was chosen. */
export interface Compiled extends EngineOptions {
  readonly optimizer: Optimizer;
  readonly loss: Loss;
}

const ownNames: Readonly<Record<Exclude<keyof CompileOptions, keyof EngineOptions>, true>> = {
  optimizer: true,
  loss: true,
  metrics: true,
};

/** @throws InklingError (argument) for an unknown name or a value out of range */
export function checkCompileOptions(given: CompileOptions): Compiled {
  const options = new Options('compile', given, [...Object.keys(ownNames), ...engineOptionNames]);
  const { optimizer = 'adam', loss = 'sparseCategoricalCrossentropy', threads, arithmetic, vectorBits } = given;
  const unknown = options.list('metrics').find((metric) => metric !== 'accuracy');
  if (unknown !== undefined) {
    const hint = hintAtNames(unknown, ['accuracy'], 'Expected');
    throw new InklingError('argument', `compile: unknown metric ${describeValue(unknown)}. ${hint}`);
  }
  const engine = { threads, arithmetic, vectorBits };
  checkEngineOptions(engine);
  return {
    ...engine,
    optimizer: typeof optimizer === 'string' ? optimizerByName(optimizer) : optimizerFromData(optimizer),
    loss: typeof loss === 'string' ? lossByName(loss) : lossFromData(loss),
  };
}
