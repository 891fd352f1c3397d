/** Lets the window slide over the map, value by value, until it is stopped. */

import type { Shape } from 'inkling';
import { useEffect, useRef, useState } from 'preact/hooks';
import { indexOf, type Place, placeOf } from './place.js';
import { useMedia } from './use-media.js';

interface SlideButtonProps {
  readonly shape: Shape;
  readonly place: Place;
  readonly onChoose: (place: Place) => void;
}

const milliseconds = 150;

export function SlideButton({ shape, place, onChoose }: SlideButtonProps) {
  const [isSliding, setIsSliding] = useState(false);
  // Who asked for less motion moves it by hand.
  const isStill = useMedia('(prefers-reduced-motion: reduce)');
  const latest = useRef({ place, onChoose });
  latest.current = { place, onChoose };
  useEffect(() => {
    if (!isSliding) return undefined;
    const pixels = [shape[0], shape[1], 1];
    const step = () => {
      const { place: from, onChoose: choose } = latest.current;
      const next = (indexOf(pixels, { ...from, map: 0 }) + 1) % (shape[0] * shape[1]);
      choose({ ...placeOf(pixels, next), map: from.map });
    };
    const timer = setInterval(step, milliseconds);
    return () => clearInterval(timer);
  }, [isSliding, shape]);
  if (isStill) return null;
  return (
    <button type="button" class="slide" aria-pressed={isSliding} onClick={() => setIsSliding(!isSliding)}>
      {isSliding ? 'Stop' : 'Slide over the map'}
    </button>
  );
}
