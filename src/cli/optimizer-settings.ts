/** What of an optimizer `inkling train` sets beside its name and learning rate, by the names of the library. */

import type { Command } from 'commander';
import { type Optimizer, optimizerFromData } from '../training/optimizers.js';
import { fractionBelowOne, numberFromZero, positiveNumber } from './option-values.js';

export interface OptimizerSettings {
  readonly momentum?: number;
  readonly nesterov?: boolean;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly rho?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
  readonly clipNorm?: number;
  readonly globalClipNorm?: number;
}

const names: Readonly<Record<keyof OptimizerSettings, true>> = {
  momentum: true,
  nesterov: true,
  beta1: true,
  beta2: true,
  rho: true,
  epsilon: true,
  weightDecay: true,
  clipNorm: true,
  globalClipNorm: true,
};

export const optimizerSettingNames = Object.keys(names) as readonly (keyof OptimizerSettings)[];

/** Those that were given. */
export function optimizerSettingsOf(options: OptimizerSettings): OptimizerSettings {
  const given = optimizerSettingNames.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]));
  return Object.fromEntries(given);
}

/** @throws InklingError (argument) for a setting that the optimizer does not have */
export function withSettings(optimizer: Optimizer, options: OptimizerSettings): Optimizer {
  return optimizerFromData({ ...optimizer, ...optimizerSettingsOf(options) });
}

export function addOptimizerSettings(command: Command): void {
  command
    .option('--momentum <share>', 'of sgd (default: 0)', fractionBelowOne)
    .option('--nesterov', "of sgd: Nesterov's momentum")
    .option('--beta1 <share>', "of adam and adamw: decay of the gradients' mean (default: 0.9)", fractionBelowOne)
    .option(
      '--beta2 <share>',
      "of adam and adamw: decay of the squared gradients' mean (default: 0.999; of the recipe fast 0.99)",
      fractionBelowOne,
    )
    .option('--rho <share>', "of rmsprop: decay of the squared gradients' mean (default: 0.9)", fractionBelowOne)
    .option(
      '--epsilon <number>',
      'of adam, adamw and rmsprop: keeps from dividing by 0 (default: 1e-7)',
      positiveNumber,
    )
    .option(
      '--weight-decay <share>',
      'of adamw: what each step takes of a weight, times the learning rate (default: 0.004)',
      numberFromZero,
    )
    .option('--clip-norm <number>', "the longest that one weight's gradient may be (default: any)", positiveNumber)
    .option('--global-clip-norm <number>', 'the longest that all together may be (default: any)', positiveNumber);
}
