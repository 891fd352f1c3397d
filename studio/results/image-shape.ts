/** MNIST's images: height, width, channels. */
export const imageShape = [28, 28, 1] as const;
export const pixelsAnImage = imageShape[0] * imageShape[1];
