/** A few training images as they come out of augmentation. MNIST is fetched when it is opened. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../conductor/client.js';
import type { AugmentedExamples } from '../conductor/topics/augmented.js';
import { messageOf } from '../shell/notices.js';
import { PixelImage } from '../shell/pixel-image.js';
import { augmentationNames } from './training-config.js';
import { config } from './training-state.js';
import './augmentation-preview.css';

const draws = 50;
const names = augmentationNames.filter((name) => name !== 'none');

export function AugmentationPreview() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details class="augmentation" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>What augmentation makes of the images</summary>
      {isOpen ? <Preview /> : null}
    </details>
  );
}

function Preview() {
  const [draw, setDraw] = useState(1);
  const { images, seed, augmentation } = config.value;
  const { examples, problem } = useExamples(images, seed, draw);
  return (
    <div class="stack">
      <div class="row">
        <label>
          Draw
          <input
            type="range"
            min={1}
            max={draws}
            value={draw}
            onInput={({ currentTarget }) => setDraw(Number(currentTarget.value))}
          />
          <span class="number">
            {draw} of {draws}
          </span>
        </label>
        <button type="button" onClick={() => setDraw((draw % draws) + 1)}>
          Draw anew
        </button>
      </div>
      {problem ? (
        <p class="problem" role="alert">
          The images could not be drawn: {problem} Draw anew to try again.
        </p>
      ) : examples ? (
        <>
          <Images name="none" pixels={examples.originals} examples={examples} isChosen={augmentation === 'none'} />
          {names.map((name, index) => (
            <Images
              key={name}
              name={name}
              pixels={examples.copies[index]}
              examples={examples}
              isChosen={augmentation === name}
            />
          ))}
        </>
      ) : (
        <p class="hint" role="status">
          Fetching MNIST…
        </p>
      )}
      <p class="hint">
        The first training image of each digit, drawn by the engine as a training with this seed draws it: at each step
        anew. Look whether people could still read them all; what nobody can read teaches nothing.
      </p>
    </div>
  );
}

interface ImagesProps {
  readonly name: string;
  readonly pixels: Uint8Array;
  readonly examples: AugmentedExamples;
  readonly isChosen: boolean;
}

function Images({ name, pixels, examples: { labels, shape }, isChosen }: ImagesProps) {
  const size = shape.reduce((product, side) => product * side, 1);
  return (
    <section aria-label={`Augmentation ${name}`} data-testid={`augmented-${name}`}>
      <h3>
        {name}
        {isChosen ? <span class="hint"> (chosen)</span> : null}
      </h3>
      <ul>
        {Array.from(labels, (label, index) => (
          <li key={label}>
            <PixelImage
              pixels={pixels.subarray(index * size, (index + 1) * size)}
              shape={shape}
              label={`a ${label}, augmentation ${name}`}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Asks for one draw at a time; of those that were chosen meanwhile the last one is next. */
function useExamples(images: number, seed: number, step: number) {
  const [examples, setExamples] = useState<AugmentedExamples>();
  const [problem, setProblem] = useState<string>();
  const wanted = useRef({ images, seed, step });
  const isAsking = useRef(false);
  useEffect(() => {
    wanted.current = { images, seed, step };
    if (isAsking.current) return;
    isAsking.current = true;
    const askAgain = async () => {
      let asked: typeof wanted.current;
      do {
        asked = wanted.current;
        setExamples(await ask('augmented', 'draw', { ...asked, names }));
      } while (asked !== wanted.current);
      setProblem(undefined);
    };
    void askAgain()
      .catch((error) => setProblem(messageOf(error)))
      .finally(() => {
        isAsking.current = false;
      });
  }, [images, seed, step]);
  return { examples, problem };
}
