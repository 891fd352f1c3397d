/** An image as the network has it, grey or in colours, each of its pixels a square. */

import { useEffect, useRef } from 'preact/hooks';

interface PixelImageProps {
  /** `[height, width, channels]`, 0 to 255; black where it is left out. */
  readonly pixels?: ArrayLike<number> | undefined;
  readonly shape: readonly number[];
  /** What it shows; left out where the words beside it say so. */
  readonly label?: string;
}

export function PixelImage({ pixels, shape, label }: PixelImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width, channels] = shape;
  useEffect(() => {
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let channel = 0; channel < 3; channel++) {
        image.data[4 * i + channel] = pixels?.[i * channels + Math.min(channel, channels - 1)] ?? 0;
      }
      image.data[4 * i + 3] = 255;
    }
    canvas.current!.getContext('2d')!.putImageData(image, 0, 0);
  }, [pixels, width, height, channels]);
  const role = label === undefined ? undefined : 'img';
  return <canvas ref={canvas} width={width} height={height} role={role} aria-label={label} />;
}
