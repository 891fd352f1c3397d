/**
 * What a picture of an explanation is made of. Apart from the chart, so that its types do not bring those of the
 * charts' library along.
 */

import type { Tensor } from '../numerics/tensor.js';
import type { PictureToShow } from './thumbnail.js';

/** What is drawn of an explanation: `explain` of inference/explanation.ts gives it. */
export interface ExplanationToShow {
  /** `[H, W, C]`, 0 to 1; three channels are red, green and blue, of other numbers their mean is drawn. */
  readonly input: Tensor<Float32Array>;
  readonly layers: readonly LayerToShow[];
  /** `[classes]`, 0 to 1 */
  readonly probabilities: Float32Array;
  /** A class as index. */
  readonly answer: number;
  /** `[H, W]`: above 0 where a pixel speaks for the answer, below 0 against it. */
  readonly saliency: Tensor<Float32Array>;
}

export interface LayerToShow {
  readonly name: string;
  readonly type: string;
  readonly activation?: string;
  /** `[H, W, C]` or `[units]` */
  readonly output: Tensor<Float32Array>;
}

/** Options of `plotExplanation`. */
export interface ExplanationChartOptions {
  /** As it came, before it was made the network's input; default: not drawn. */
  readonly picture?: PictureToShow;
  /** What the picture is called, such as its file name; default: not named. */
  readonly name?: string;
  /** How far to trust the answer, as inference/recognition.ts tells it; default `digit`. */
  readonly state?: string;
}
