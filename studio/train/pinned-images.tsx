/** Two test images of each digit with what the network says of them now: right ones and wrong ones turn as it learns. */

import type { PinnedImages as Images } from '../conductor/topics/training.js';
import { PixelImage } from '../shell/pixel-image.js';
import './pinned-images.css';

interface PinnedImagesProps {
  readonly images: Images;
  /** `[images, classes]`; undefined before the first snapshot. */
  readonly probabilities: Float32Array | undefined;
  readonly classNames: readonly string[];
}

export function PinnedImages({ images, probabilities, classNames }: PinnedImagesProps) {
  const [count, ...shape] = images.shape;
  const size = shape.reduce((product, side) => product * side, 1);
  return (
    <>
      <ul class="pinned">
        {Array.from({ length: count }, (_, index) => {
          const own = probabilities?.subarray(index * classNames.length, (index + 1) * classNames.length);
          const answer = own ? own.indexOf(own.reduce((most, value) => Math.max(most, value), 0)) : undefined;
          const isRight = answer === images.labels[index];
          return (
            <li key={index} class={answer === undefined ? undefined : isRight ? 'right' : 'wrong'}>
              <PixelImage pixels={images.data.subarray(index * size, (index + 1) * size)} shape={shape} />
              <span>
                <span class="visually-hidden">{`a ${classNames[images.labels[index]]}, read as `}</span>
                {answer === undefined ? '–' : classNames[answer]} {answer === undefined ? '' : isRight ? '✓' : '✗'}
              </span>
            </li>
          );
        })}
      </ul>
      <p class="hint">
        Below each its answer: ✓ is right, ✗ is wrong. Look which turn late. They are only looked at: nothing is chosen
        by them.
      </p>
    </>
  );
}
