/** Images with what the network said of them, a page at a time; the chosen one is shown large with all probabilities. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../conductor/client.js';
import type { Answers } from '../conductor/topics/results.js';
import { messageOf, notify } from '../shell/notices.js';
import { PixelImage } from '../shell/pixel-image.js';
import { digitNames } from '../state/digit-names.js';
import { isRight, probabilityAt } from './answers.js';
import { placeAfterKey } from './grid-keys.js';
import { ImageDetails } from './image-details.js';
import { imageShape, pixelsAnImage } from './image-shape.js';
import { whatPeopleSay } from './known-wrong-labels.js';
import { integer, percentSure } from './words.js';
import './gallery.css';

interface GalleryProps {
  readonly answers: Answers;
  readonly positions: readonly number[];
  /** What the images are, for who hears it. */
  readonly label: string;
  readonly pageSize: number;
}

export function Gallery({ answers, positions, label, pageSize }: GalleryProps) {
  const [asked, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(positions.length / pageSize));
  const page = Math.min(asked, pages - 1);
  const own = positions.slice(page * pageSize, (page + 1) * pageSize);
  const pixels = usePixels(answers, own);
  const [focused, setFocused] = useState(0);
  const [chosen, setChosen] = useState<number>();
  const list = useRef<HTMLUListElement>(null);
  // Other images, or the same in another order: from the beginning.
  const kind = `${answers.part} ${positions.length} ${positions[0]} ${positions.at(-1)}`;
  useEffect(() => {
    setPage(0);
    setFocused(0);
    setChosen(undefined);
  }, [kind]);
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = list.current!.querySelectorAll('button');
    const columns = getComputedStyle(list.current!).gridTemplateColumns.split(' ').length;
    const next = placeAfterKey(event.key, focused, columns, buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    setFocused(next);
    buttons[next].focus();
  };
  const turn = (to: number) => {
    setPage(to);
    setFocused(0);
    setChosen(undefined);
  };
  if (positions.length === 0) return <p class="hint">There are no such images.</p>;
  const chosenPlace = chosen === undefined ? -1 : own.indexOf(chosen);
  return (
    <div class="gallery">
      <ul ref={list} aria-label={label} onKeyDown={onKeyDown}>
        {own.map((position, place) => (
          <li key={position}>
            <button
              type="button"
              class={isRight(answers, position) ? undefined : 'wrong'}
              tabIndex={place === Math.min(focused, own.length - 1) ? 0 : -1}
              aria-pressed={position === chosen}
              onFocus={() => setFocused(place)}
              onClick={() => setChosen(position === chosen ? undefined : position)}
            >
              <PixelImage pixels={pixelsAt(pixels, place)} shape={imageShape} />
              <Caption answers={answers} position={position} />
            </button>
          </li>
        ))}
      </ul>
      {pages > 1 ? (
        <div class="row">
          <button type="button" disabled={page === 0} onClick={() => turn(page - 1)}>
            Previous
          </button>
          <span class="hint number">
            {integer(page * pageSize + 1)} to {integer(page * pageSize + own.length)} of {integer(positions.length)}
          </span>
          <button type="button" disabled={page === pages - 1} onClick={() => turn(page + 1)}>
            Next
          </button>
        </div>
      ) : null}
      {chosenPlace < 0 ? null : (
        <ImageDetails answers={answers} position={chosen!} pixels={pixelsAt(pixels, chosenPlace)} />
      )}
    </div>
  );
}

function Caption({ answers, position }: { readonly answers: Answers; readonly position: number }) {
  const [label, answer] = [digitNames[answers.labels[position]], digitNames[answers.answers[position]]];
  const index = answers.indices[position];
  const isDoubted = answers.part === 'test' && whatPeopleSay(index) !== undefined;
  return (
    <span>
      <span class="visually-hidden">{`image ${index}, a ${label}, read as `}</span>
      <b>
        {isRight(answers, position) ? (
          `${answer} ✓`
        ) : (
          <>
            <span aria-hidden="true">{label} → </span>
            {answer}
          </>
        )}
      </b>{' '}
      <small>{percentSure(probabilityAt(answers, position))}</small>
      {isDoubted ? <em>label doubted</em> : null}
    </span>
  );
}

function pixelsAt(pixels: Uint8Array | undefined, place: number): Uint8Array | undefined {
  return pixels?.subarray(place * pixelsAnImage, (place + 1) * pixelsAnImage);
}

/** undefined until they have come. */
function usePixels({ part, indices }: Answers, positions: readonly number[]): Uint8Array | undefined {
  const [come, setCome] = useState<{ wanted: string; pixels: Uint8Array }>();
  const wanted = `${part} ${positions.join()}`;
  useEffect(() => {
    let isCurrent = true;
    ask('results', 'images', { part, indices: positions.map((position) => indices[position]) }).then(
      (pixels) => isCurrent && setCome({ wanted, pixels }),
      (error: unknown) => notify(`Images could not be shown: ${messageOf(error)}`),
    );
    return () => {
      isCurrent = false;
    };
  }, [wanted]);
  return come?.wanted === wanted ? come.pixels : undefined;
}
