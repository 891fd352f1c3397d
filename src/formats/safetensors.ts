/**
 * The safetensors format, float32 tensors only: eight bytes with the header's length, a JSON header, the values
 * (specification: https://github.com/huggingface/safetensors#format). The reader believes nothing that it has not
 * checked against the size of the file. Values are little-endian, as is every host that Inkling runs on.
 */

import { InklingError, shortJson } from '../errors.js';
import { formatShape, type Shape, sizeOf, type Tensor } from '../numerics/tensor.js';
import { duplicateKey } from './duplicate-key.js';

export interface SafetensorsContent {
  readonly tensors: Map<string, Tensor<Float32Array>>;
  readonly metadata: Record<string, string>;
}

const lengthBytes = 8;
const valueBytes = Float32Array.BYTES_PER_ELEMENT;
/** The reference implementation's limit. */
const maximumHeaderBytes = 100_000_000;
const metadataKey = '__metadata__';

/** Where a tensor lies; offsets count from the end of the header. */
interface TensorEntry {
  readonly name: string;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a whole file. The values are copied, so that `bytes` may be reused; tensors come in the order of the file.
 * @param source the file's name for error messages
 * @throws InklingError (file) that names the file, the tensor at fault, what was expected and what is there
 */
export function readSafetensors(bytes: Uint8Array, source: string): SafetensorsContent {
  const headerEnd = lengthBytes + readHeaderLength(bytes, source);
  const header = parseHeader(bytes.subarray(lengthBytes, headerEnd), source);
  const entries: TensorEntry[] = [];
  let metadata: Record<string, string> = {};
  for (const [key, value] of Object.entries(header)) {
    if (key === metadataKey) metadata = checkedMetadata(value, source);
    else entries.push(checkedEntry(key, value, source));
  }
  entries.sort((first, second) => first.begin - second.begin || first.end - second.end);
  checkCoverage(entries, bytes.length - headerEnd, source);
  const tensors = new Map<string, Tensor<Float32Array>>();
  for (const { name, shape, begin, end } of entries) {
    // A copy by construction: `slice` of Node's Buffer, a Uint8Array too, would be a view.
    const data = new Float32Array(new Uint8Array(bytes.subarray(headerEnd + begin, headerEnd + end)).buffer);
    tensors.set(name, { data, shape });
  }
  return { tensors, metadata };
}

/**
 * The bytes of a file with these tensors. Tensors and metadata are sorted by name, so that equal content gives equal
 * bytes; the header is padded with spaces so that the values start at a multiple of eight.
 * @throws InklingError (argument) where a shape does not fit its values
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Tensor<Float32Array>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = sortedByName([...tensors]);
  const entries: [string, object][] = [];
  if (Object.keys(metadata).length > 0) {
    entries.push([metadataKey, Object.fromEntries(sortedByName(Object.entries(metadata)))]);
  }
  let size = 0;
  for (const [name, tensor] of sorted) {
    checkWritable(name, tensor);
    const end = size + tensor.data.length * valueBytes;
    entries.push([name, { dtype: 'F32', shape: tensor.shape, data_offsets: [size, end] }]);
    size = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + headerLength + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, lengthBytes + json.length, lengthBytes + headerLength);
  bytes.set(json, lengthBytes);
  let offset = lengthBytes + headerLength;
  for (const [, { data }] of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

function fail(source: string, problem: string): never {
  throw new InklingError('file', `${source} is not a valid safetensors file: ${problem} Write or download it again.`);
}

function readHeaderLength(bytes: Uint8Array, source: string): number {
  if (bytes.length < lengthBytes + 2) {
    fail(source, `expected at least ${lengthBytes + 2} bytes. Received: ${bytes.length}.`);
  }
  // A bigint: the number in the file may be larger than any double can tell apart.
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true);
  const room = Math.min(bytes.length - lengthBytes, maximumHeaderBytes);
  if (length > BigInt(room)) {
    fail(source, `it says that its header has ${length} bytes, expected at most ${room}.`);
  }
  return Number(length);
}

function parseHeader(bytes: Uint8Array, source: string): Record<string, unknown> {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (error) {
    return fail(source, `its header is not JSON (${error instanceof Error ? error.message : error}).`);
  }
  if (!isObject(header) || !text.startsWith('{')) return fail(source, 'its header is not a JSON object.');
  const duplicate = duplicateKey(text);
  if (duplicate !== undefined) fail(source, `its header holds the key ${shortJson(duplicate)} twice.`);
  return header;
}

function checkedMetadata(value: unknown, source: string): Record<string, string> {
  if (!isObject(value)) return fail(source, `"${metadataKey}" must be an object of strings.`);
  const wrong = Object.entries(value).find(([, text]) => typeof text !== 'string');
  if (wrong) fail(source, `"${metadataKey}" must hold strings, ${shortJson(wrong[0])} is none.`);
  return value as Record<string, string>;
}

function checkedEntry(name: string, value: unknown, source: string): TensorEntry {
  const failTensor = (problem: string): never => fail(source, `tensor ${shortJson(name)}: ${problem}`);
  if (!isObject(value)) return failTensor('expected an object { "dtype", "shape", "data_offsets" }.');
  const { dtype, shape, data_offsets: offsets, ...unknown } = value;
  const [unknownKey] = Object.keys(unknown);
  if (unknownKey !== undefined) failTensor(`unknown key ${shortJson(unknownKey)}.`);
  if (dtype !== 'F32') {
    throw new InklingError(
      'file',
      `${source}: tensor ${shortJson(name)} has dtype ${shortJson(dtype)}. Expected "F32": convert it to float32.`,
    );
  }
  if (!isListOfSizes(shape)) return failTensor(`shape must be a list of sizes. Received: ${shortJson(shape)}.`);
  if (!isListOfSizes(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    return failTensor(`data_offsets must be two rising offsets. Received: ${shortJson(offsets)}.`);
  }
  const [begin, end] = offsets;
  const needed = sizeOf(shape) * valueBytes;
  // Where the product is too large to be exact, it is larger than any offset as well.
  if (needed !== end - begin) {
    failTensor(`shape ${shortJson(shape)} needs ${needed} bytes, its offsets span ${end - begin}.`);
  }
  return { name, shape, begin, end };
}

/** Every byte after the header belongs to exactly one tensor. */
function checkCoverage(entries: readonly TensorEntry[], available: number, source: string): void {
  let position = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== position) {
      const problem = begin < position ? 'overlaps the one before it' : 'leaves a gap before it';
      fail(source, `tensor ${shortJson(name)} ${problem}: it starts at ${begin}, expected ${position}.`);
    }
    if (end > available) {
      fail(source, `tensor ${shortJson(name)} ends at byte ${end} of the values, the file has ${available}.`);
    }
    position = end;
  }
  if (position !== available) {
    fail(source, `its tensors take ${position} bytes, the file has ${available} after the header.`);
  }
}

function checkWritable(name: string, { data, shape }: Tensor<Float32Array>): void {
  if (name === metadataKey) throw new InklingError('argument', `A tensor cannot be named "${metadataKey}".`);
  if (!isListOfSizes(shape) || sizeOf(shape) !== data.length) {
    throw new InklingError(
      'argument',
      `Tensor "${name}": shape ${formatShape(shape)} does not fit its ${data.length} values.`,
    );
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** By code units: the same everywhere, unlike an order that asks for a locale. */
function sortedByName<Value>(entries: readonly [string, Value][]): [string, Value][] {
  return [...entries].sort(([first], [second]) => (first < second ? -1 : 1));
}
