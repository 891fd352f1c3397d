/** Two test images of each digit with what the network says of them now: right ones and wrong ones turn as it learns. */

import { useEffect, useRef } from 'preact/hooks';
import type { PinnedImages as Images } from '../conductor/topics/training.js';
import './pinned-images.css';

interface PinnedImagesProps {
  readonly images: Images;
  /** `[images, classes]`; undefined before the first snapshot. */
  readonly probabilities: Float32Array | undefined;
  readonly classNames: readonly string[];
}

export function PinnedImages({ images, probabilities, classNames }: PinnedImagesProps) {
  const [count, height, width] = images.shape;
  const size = height * width;
  return (
    <section aria-label="Test images that are watched">
      <h3>What it says of 20 test images</h3>
      <ul class="pinned">
        {Array.from({ length: count }, (_, index) => {
          const own = probabilities?.subarray(index * classNames.length, (index + 1) * classNames.length);
          const answer = own ? own.indexOf(own.reduce((most, value) => Math.max(most, value), 0)) : undefined;
          const isRight = answer === images.labels[index];
          return (
            <li key={index} class={answer === undefined ? undefined : isRight ? 'right' : 'wrong'}>
              <Digit pixels={images.data.subarray(index * size, (index + 1) * size)} width={width} height={height} />
              <span>
                <span class="visually-hidden">{`a ${classNames[images.labels[index]]}, read as `}</span>
                {answer === undefined ? '–' : classNames[answer]} {answer === undefined ? '' : isRight ? '✓' : '✗'}
              </span>
            </li>
          );
        })}
      </ul>
      <p class="hint">They are only looked at: nothing is chosen by them.</p>
    </section>
  );
}

interface DigitProps {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

function Digit({ pixels, width, height }: DigitProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(width, height);
    pixels.forEach((value, index) => {
      image.data.set([value, value, value, 255], 4 * index);
    });
    canvas.current!.getContext('2d')!.putImageData(image, 0, 0);
  }, [pixels, width, height]);
  return <canvas ref={canvas} width={width} height={height} />;
}
