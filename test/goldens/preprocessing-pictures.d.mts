/** The pictures of preprocessing.json. */
interface Named {
  name: string;
  picture: { width: number; height: number; data: Uint8Array };
}

/** A digit of each style, and redrawn ones of MNIST's test images, 784 bytes each. */
export function goldenPictures(testImages: Uint8Array): Named[];

/** Pictures of several digits. */
export function goldenRows(): Named[];
