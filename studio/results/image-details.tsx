/** One image large, with its label, the answer and how probable each digit is. */

import type { Answers } from '../conductor/topics/results.js';
import { ProbabilityBars } from '../draw/probability-bars.js';
import { PixelImage } from '../shell/pixel-image.js';
import { digitNames } from '../state/digit-names.js';
import { isRight, lossAt, probabilitiesAt, probabilityAt } from './answers.js';
import { imageShape } from './image-shape.js';
import { whatPeopleSay } from './known-wrong-labels.js';
import { percentSure } from './words.js';
import './image-details.css';

interface ImageDetailsProps {
  readonly answers: Answers;
  readonly position: number;
  readonly pixels: Uint8Array | undefined;
}

export function ImageDetails({ answers, position, pixels }: ImageDetailsProps) {
  const label = digitNames[answers.labels[position]];
  const answer = digitNames[answers.answers[position]];
  const index = answers.indices[position];
  const people = answers.part === 'test' ? whatPeopleSay(index) : undefined;
  return (
    <div class="image-details" data-testid="image-details">
      <PixelImage
        pixels={pixels}
        shape={imageShape}
        label={`${answers.part === 'test' ? 'Test' : 'Training'} image ${index}`}
      />
      <div class="stack">
        <p>
          <b>
            Labelled {label}, read as {answer} {isRight(answers, position) ? '✓' : '✗'}
          </b>
          <br />
          with a probability of {percentSure(probabilityAt(answers, position))}
          <br />
          loss {lossAt(answers, position).toFixed(4)}; {answers.part === 'test' ? 'test' : 'training'} image {index},
          counted from 0
        </p>
        {people === undefined ? null : (
          <p class="doubt">
            This label is doubted: of five people who looked, most did not see a {label} ({people}).
          </p>
        )}
        <ProbabilityBars classNames={digitNames} probabilities={Array.from(probabilitiesAt(answers, position))} />
      </div>
    </div>
  );
}
