/**
 * In a page and in Node: picture files are decoded, prepared and recognized; one image is explained. Plain data, to be
 * compared.
 */

import type { Detection } from '../../../dist/inference/detection.js';
import { explain } from '../../../dist/inference/explanation.js';
import type { Recognition } from '../../../dist/inference/recognition.js';
import { Recognizer } from '../../../dist/inference/recognizer.js';
import { decodePicture } from '../../../dist/pictures/decode-picture.js';

export interface RecognitionJob {
  /** Path or URL of the model's folder. */
  readonly model: string;
  /** By name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** The name of the file whose image is explained. */
  readonly explained: string;
}

type PlainRecognition = Omit<Recognition, 'image'> & { readonly image: readonly number[] | null };

export interface Recognized extends PlainRecognition {
  readonly width: number;
  readonly height: number;
  /** SHA-256 of the decoded pixels. */
  readonly pixels: string;
  readonly all: readonly PlainRecognition[];
  readonly number: Detection['number'];
  readonly allDropped: Detection['dropped'];
}

export interface Explained {
  readonly answer: number;
  readonly logits: readonly number[];
  readonly layers: readonly string[];
  readonly lastLayer: readonly number[];
  readonly saliency: readonly number[];
}

export interface Outcome {
  readonly recognized: Readonly<Record<string, Recognized>>;
  readonly explanation: Explained | undefined;
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export default async function run({ model, files, explained }: RecognitionJob): Promise<Outcome> {
  const recognizer = await Recognizer.load(model);
  const recognized: Record<string, Recognized> = {};
  let explanation: Explained | undefined;
  for (const [name, bytes] of Object.entries(files)) {
    const picture = await decodePicture(bytes, { name });
    const recognition = await recognizer.recognize(picture);
    const { width, height, data } = picture;
    const plain = (one: Recognition): PlainRecognition => ({ ...one, image: one.image && Array.from(one.image.data) });
    const { digits, number, dropped } = await recognizer.detect(picture);
    recognized[name] = {
      width,
      height,
      pixels: await sha256(Uint8Array.from(data)),
      ...plain(recognition),
      all: digits.map(plain),
      number,
      allDropped: dropped,
    };
    if (name !== explained) continue;
    const { logits, answer, layers, saliency } = explain(recognizer.model, recognizer.weights, recognition.image!);
    explanation = {
      answer,
      logits: Array.from(logits),
      layers: layers.map((layer) => layer.name),
      lastLayer: Array.from(layers[layers.length - 1].output.data),
      saliency: Array.from(saliency.data),
    };
  }
  return { recognized, explanation };
}
