/** How one value of a layer came about, in numbers: what each file beside this one works out for its kind of layer. */

import type { ActivationName } from 'inkling';
import type { Place } from '../place.js';

export type Derivation =
  | ConvolutionDerivation
  | DenseDerivation
  | PoolingDerivation
  | NormalizationDerivation
  | ActivationDerivation
  | SoftmaxDerivation
  | CopyDerivation
  | InputDerivation;

/** A rectangle of the layer's input; parts of it may be padding, outside of the image. */
export interface InputWindow {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** The last thing that happens to a value, in most layers. */
export interface ActivationStep {
  readonly name: ActivationName;
  readonly input: number;
  readonly output: number;
  /** Of `leakyRelu`. */
  readonly negativeSlope: number;
  /** Of `softmax`: the values that share the whole. */
  readonly shares: readonly SoftmaxTerm[] | undefined;
}

export interface WindowOfChannel {
  readonly channel: number;
  /** Row by row; undefined for padding, which counts as 0. */
  readonly inputs: readonly (number | undefined)[];
  readonly weights: readonly number[];
  /** Of all products. */
  readonly sum: number;
}

export interface ConvolutionDerivation {
  readonly kind: 'convolution';
  readonly window: InputWindow;
  readonly channels: readonly WindowOfChannel[];
  readonly sum: number;
  /** undefined where the layer has none. */
  readonly bias: number | undefined;
  readonly activation: ActivationStep;
  readonly value: number;
}

export interface DenseTerm {
  readonly input: number;
  readonly weight: number;
  readonly product: number;
  /** Of the input, in the layer before. */
  readonly index: number;
  /** Where the input stands in the image that was flattened; in a vector its number. */
  readonly place: Place;
}

export interface DenseDerivation {
  readonly kind: 'dense';
  /** The largest products by their size, largest first. */
  readonly largest: readonly DenseTerm[];
  /** All others, as one. */
  readonly rest: { readonly count: number; readonly sum: number };
  readonly sum: number;
  readonly bias: number | undefined;
  readonly activation: ActivationStep;
  readonly value: number;
}

export interface PoolingDerivation {
  readonly kind: 'pooling';
  readonly method: 'max' | 'mean';
  readonly window: InputWindow;
  readonly channel: number;
  /** Row by row; undefined for padding, which takes no part. */
  readonly inputs: readonly (number | undefined)[];
  /** Of `max`: which of the inputs won. */
  readonly winner: number | undefined;
  /** Of those that take part. */
  readonly sum: number;
  readonly count: number;
  readonly value: number;
}

export interface NormalizationDerivation {
  readonly kind: 'normalization';
  readonly input: number;
  readonly mean: number;
  readonly variance: number;
  readonly epsilon: number;
  readonly gamma: number;
  readonly beta: number;
  readonly normalized: number;
  readonly value: number;
}

export interface ActivationDerivation {
  readonly kind: 'activation';
  readonly activation: ActivationStep;
  readonly value: number;
}

export interface SoftmaxTerm {
  readonly index: number;
  /** Before the temperature. */
  readonly logit: number;
  /** exp((logit - largest logit) / temperature) */
  readonly exponential: number;
  readonly share: number;
}

export interface SoftmaxDerivation {
  readonly kind: 'softmax';
  readonly index: number;
  readonly terms: readonly SoftmaxTerm[];
  readonly largest: number;
  readonly temperature: number;
  /** Of all exponentials. */
  readonly sum: number;
  readonly value: number;
}

export interface CopyDerivation {
  readonly kind: 'copy';
  readonly reason: 'flatten' | 'dropout' | 'linear';
  /** Where the value stood in the layer before. */
  readonly from: Place;
  readonly value: number;
}

export interface InputDerivation {
  readonly kind: 'input';
  /** 0 to 255. */
  readonly byte: number;
  readonly value: number;
}
