/**
 * IDX, the file format of MNIST: two zero bytes, a type code, the number of dimensions, each dimension as a big-endian
 * 32-bit integer, then the values in row-major order. Limits: unsigned bytes only; raw or gzip; at least one value.
 * Format: https://yann.lecun.com/exdb/mnist/
 */

import { InklingError } from '../errors.js';
import { formatShape, type Shape, sizeOf, type Tensor } from '../numerics/tensor.js';

const unsignedByte = 0x08;
const otherTypes: Record<number, string> = {
  9: 'signed bytes',
  11: '16-bit integers',
  12: '32-bit integers',
  13: '32-bit floats',
  14: '64-bit floats',
};

/** What an engine with 32-bit addresses can hold beside everything else; also what Node reads at once. */
const largestFile = 2 ** 31;

interface Header {
  readonly shape: Shape;
  /** Bytes before the first value. */
  readonly headerBytes: number;
  /** Bytes of header and values together. */
  readonly totalBytes: number;
}

/** @returns undefined where the bytes end within the header */
function readHeader(bytes: Uint8Array, source: string): Header | undefined {
  if (bytes.length < 4) return undefined;
  const [zero0, zero1, type, dimensions] = bytes;
  if (zero0 !== 0 || zero1 !== 0) {
    const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new InklingError(
      'data',
      `${source} is not an IDX file: it should begin with two zero bytes and a type code, it begins with ${start}. ` +
        'Give a file in the format of MNIST, raw or compressed by gzip.',
    );
  }
  if (type !== unsignedByte) {
    const name = otherTypes[type] ?? 'an unknown type';
    throw new InklingError(
      'data',
      `${source} holds ${name} (type code 0x${type.toString(16).padStart(2, '0')}), ` +
        'expected unsigned bytes (0x08). Convert the values to 0 to 255 and write the file again.',
    );
  }
  if (dimensions === 0) {
    throw new InklingError(
      'data',
      `${source} declares no dimensions, expected at least one. Check what wrote the file.`,
    );
  }
  const headerBytes = 4 + 4 * dimensions;
  if (bytes.length < headerBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const shape = Array.from({ length: dimensions }, (_, dimension) => view.getUint32(4 + 4 * dimension));
  const totalBytes = headerBytes + sizeOf(shape);
  if (totalBytes === headerBytes || totalBytes > largestFile) {
    const fault = totalBytes === headerBytes ? 'holds no values' : 'is more than the 2 GiB that can be read';
    throw new InklingError(
      'data',
      `${source} declares the shape ${formatShape(shape)}, which ${fault}. Check what wrote the file.`,
    );
  }
  return { shape, headerBytes, totalBytes };
}

function truncated(source: string, came: number, header?: Header): InklingError {
  const expected = header
    ? `expected ${header.totalBytes} bytes for the shape ${formatShape(header.shape)}`
    : 'expected a header of at least 8 bytes';
  return new InklingError('data', `${source} is truncated: ${expected}, found ${came}. Get the file again.`);
}

function trailing(source: string, header: Header, came?: number): InklingError {
  return new InklingError(
    'data',
    `${source} goes on after its last value: expected ${header.totalBytes} bytes for the shape ` +
      `${formatShape(header.shape)}, found ${came ?? 'more'}. Get the file again.`,
  );
}

async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  source: string,
): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value;
  } catch (cause) {
    throw new InklingError('data', `${source} is damaged: gzip cannot unpack it. Get the file again.`, { cause });
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}

/** Stops as soon as more bytes come than the header promises, so that no small file can fill the memory. */
async function inflate(bytes: Uint8Array, source: string): Promise<Uint8Array> {
  const compressed = new ReadableStream<BufferSource>({
    start(controller) {
      controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
      controller.close();
    },
  });
  const reader = compressed.pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let header: Header | undefined;
  for (let chunk = await readChunk(reader, source); chunk; chunk = await readChunk(reader, source)) {
    chunks.push(chunk);
    length += chunk.length;
    try {
      header ??= readHeader(join(chunks, length), source);
      if (header && length > header.totalBytes) throw trailing(source, header);
    } catch (error) {
      await reader.cancel().catch(() => {});
      throw error;
    }
  }
  return join(chunks, length);
}

/**
 * The uncompressed bytes of an IDX file: the bytes themselves where they are not packed by gzip.
 * @throws InklingError of kind `data` where gzip cannot unpack them or more comes than the header promises
 */
export async function unpackIdx(bytes: Uint8Array, source: string): Promise<Uint8Array> {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? inflate(bytes, source) : bytes;
}

/**
 * Reads an IDX file, raw or packed by gzip, and checks all of it: magic number, type, dimensions and exact length.
 * @param bytes the whole file; the values of a raw file are not copied, the tensor is a view of them
 * @param source the file's name, for error messages
 * @throws InklingError of kind `data` where the bytes are anything else than one whole IDX file of unsigned bytes
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 *
 * const name = 't10k-images-idx3-ubyte.gz';
 * const { data, shape } = await readIdx(await readFile(name), name); // shape [10000, 28, 28]
 * ```
 */
export async function readIdx(bytes: Uint8Array, source: string): Promise<Tensor<Uint8Array>> {
  const raw = await unpackIdx(bytes, source);
  const header = readHeader(raw, source);
  if (!header || raw.length < header.totalBytes) throw truncated(source, raw.length, header);
  if (raw.length > header.totalBytes) throw trailing(source, header, raw.length);
  return { data: raw.subarray(header.headerBytes), shape: header.shape };
}

/**
 * The bytes of an IDX file that holds this tensor.
 * @throws InklingError of kind `argument` for a shape IDX cannot hold
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 *
 * await writeFile('train-labels-idx1-ubyte', writeIdx({ data: train.labels, shape: [train.labels.length] }));
 * ```
 */
export function writeIdx(tensor: Tensor<Uint8Array>): Uint8Array {
  const { data, shape } = tensor;
  const writable = shape.every((dimension) => Number.isInteger(dimension) && dimension > 0 && dimension < 2 ** 32);
  if (!writable || shape.length === 0 || shape.length > 255 || sizeOf(shape) !== data.length) {
    throw new InklingError(
      'argument',
      `writeIdx: the shape ${formatShape(shape)} does not fit ${data.length} values; expected 1 to 255 dimensions, each at least 1.`,
    );
  }
  const headerBytes = 4 + 4 * shape.length;
  const bytes = new Uint8Array(headerBytes + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(2, unsignedByte);
  view.setUint8(3, shape.length);
  shape.forEach((dimension, index) => {
    view.setUint32(4 + 4 * index, dimension);
  });
  bytes.set(data, headerBytes);
  return bytes;
}
