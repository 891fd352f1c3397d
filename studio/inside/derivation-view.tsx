/** How the value that was chosen came about, whatever layer it is of. */

import { ConvolutionView } from './convolution-view.js';
import { DenseView } from './dense-view.js';
import type { Derivation } from './derivations/derivation.js';
import { ActivationView, CopyView, InputView, NormalizationView } from './formula-views.js';
import type { Place } from './place.js';
import { PoolingView } from './pooling-view.js';
import { SoftmaxView } from './softmax-view.js';
import type { Stage } from './stages.js';
import './derivation-view.css';

export interface DerivationViewProps {
  readonly derivation: Derivation;
  readonly stages: readonly Stage[];
  /** Of the stage that is open. */
  readonly index: number;
  readonly place: Place;
  readonly classNames: readonly string[];
}

export function DerivationView({ derivation, stages, index, place, classNames }: DerivationViewProps) {
  const before = stages[index - 1];
  switch (derivation.kind) {
    case 'convolution':
      return <ConvolutionView derivation={derivation} before={before} />;
    case 'dense':
      return <DenseView derivation={derivation} stages={stages} index={index} />;
    case 'pooling':
      return <PoolingView derivation={derivation} before={before} />;
    case 'normalization':
      return <NormalizationView derivation={derivation} />;
    case 'activation':
      return <ActivationView derivation={derivation} />;
    case 'softmax':
      return <SoftmaxView derivation={derivation} classNames={classNames} />;
    case 'copy':
      return <CopyView derivation={derivation} before={before} place={place} />;
    case 'input':
      return <InputView derivation={derivation} />;
  }
}
