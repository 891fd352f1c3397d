/** The 28 by 28 pixels that the network sees of the drawing. */

import { useEffect, useRef } from 'preact/hooks';
import './seen.css';

interface SeenProps {
  /** `[height, width, channels]`, 0 to 255. */
  readonly image: { readonly data: Uint8Array; readonly shape: readonly number[] } | null;
}

export function Seen({ image }: SeenProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width, channels] = image?.shape ?? [28, 28, 1];
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const pixels = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let channel = 0; channel < 3; channel++) {
        pixels.data[4 * i + channel] = image ? image.data[i * channels + (channels === 3 ? channel : 0)] : 0;
      }
      pixels.data[4 * i + 3] = 255;
    }
    context.putImageData(pixels, 0, 0);
  }, [image, width, height, channels]);
  return (
    <figure class="seen">
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role="img"
        aria-label={`What the network sees, ${width} by ${height} pixels`}
      />
      <figcaption class="hint">
        What the network sees: {width} × {height} pixels, cut out, scaled and centred as in the training data.
      </figcaption>
    </figure>
  );
}
