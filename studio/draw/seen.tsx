/** The 28 by 28 pixels that the network sees of the drawing. */

import { PixelImage } from '../shell/pixel-image.js';
import './seen.css';

interface SeenProps {
  /** `[height, width, channels]`, 0 to 255. */
  readonly image: { readonly data: Uint8Array; readonly shape: readonly number[] } | null;
}

export function Seen({ image }: SeenProps) {
  const shape = image?.shape ?? [28, 28, 1];
  const [height, width] = shape;
  return (
    <figure class="seen">
      <PixelImage pixels={image?.data} shape={shape} label={`What the network sees, ${width} by ${height} pixels`} />
      <figcaption class="hint">
        What the network sees: {width} × {height} pixels, cut out, scaled and centred as in the images it learned from.
        Look whether it still is the digit that you meant.
      </figcaption>
    </figure>
  );
}
