/**
 * Files out of a ZIP archive. The directory at its end is read first, so that sizes are known before anything is
 * unpacked; what comes out must have the size and the checksum that the directory says. Limits: stored or deflated,
 * not encrypted, below 4 GiB.
 */

import { inflateSync } from 'fflate';
import { InklingError } from '../errors.js';
import { crc32 } from '../numerics/crc32.js';

/** What the directory says of a file. */
export interface ZipEntry {
  readonly name: string;
  /** Unpacked. */
  readonly size: number;
  readonly packedSize: number;
  readonly checksum: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Where its local header begins. */
  readonly offset: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const longestComment = 0xffff;
/** No deflate stream becomes more than this many times as long. */
const largestRatio = 1032;

function damaged(source: string, reason: string, cause?: unknown): InklingError {
  return new InklingError('data', `${source} is a damaged ZIP archive: ${reason}. Get the file again.`, { cause });
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= Math.max(0, last - longestComment); at--) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  return undefined;
}

/**
 * The files that an archive says it holds.
 * @param source the file's name, for error messages
 * @throws InklingError (data) where it is no archive, or its directory is damaged
 */
export function listZip(bytes: Uint8Array, source: string): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    throw new InklingError(
      'data',
      `${source} is not a ZIP archive: it should begin with PK. Give a file that numpy.savez wrote.`,
    );
  }
  const end = findEnd(view);
  if (end === undefined) throw damaged(source, 'its directory is missing, it is probably truncated');
  const entries: ZipEntry[] = [];
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== entrySignature) {
      throw damaged(source, `entry ${index + 1} of ${count} in its directory cannot be read`);
    }
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * Unpacks one file of an archive, into no more memory than its size says.
 * @param source the archive's name, for error messages
 * @throws InklingError (data) where it is not what the directory says
 */
export function unpackZipEntry(bytes: Uint8Array, entry: ZipEntry, source: string): Uint8Array {
  const { name, size, packedSize, offset, method } = entry;
  if (entry.isEncrypted || (method !== 0 && method !== 8)) {
    const how = entry.isEncrypted ? 'encrypted' : `packed by method ${method}`;
    throw new InklingError(
      'data',
      `${name} in ${source} is ${how}: expected a file that is stored or deflated, as numpy.savez and numpy.savez_compressed write it. ` +
        'Write the archive again.',
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== localSignature) {
    throw damaged(source, `${name} is not where its directory says`);
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packedSize > bytes.length) throw damaged(source, `it ends within ${name}`);
  const packed = bytes.subarray(start, start + packedSize);
  const isPossible = method === 0 ? size === packedSize : size <= packedSize * largestRatio;
  if (!isPossible) throw damaged(source, `${name} declares ${size} bytes, which ${packedSize} cannot hold`);
  const content = method === 0 ? packed : inflate(packed, entry, source);
  if (content.length !== size) {
    const found = content.length < size ? String(content.length) : 'more';
    throw damaged(source, `${name} declares ${size} bytes and unpacks to ${found}`);
  }
  if (crc32(content) !== entry.checksum) throw damaged(source, `the checksum of ${name} is wrong`);
  return content;
}

/** What goes beyond the declared size is dropped but for one byte, which shows that there was more. */
function inflate(packed: Uint8Array, { name, size }: ZipEntry, source: string): Uint8Array {
  try {
    return inflateSync(packed, { out: new Uint8Array(size + 1) });
  } catch (cause) {
    throw damaged(source, `${name} cannot be unpacked`, cause);
  }
}
