/**
 * HDF5, for writing: groups and float32 arrays, as the oldest form of the format has them, which every reader reads
 * (https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t11.html: superblock 0, symbol tables, contiguous
 * arrays). A library for it is a megabyte, this is all that a file of Keras takes.
 */

import type { Tensor } from '../../numerics/tensor.js';

/** What a group holds by name. */
export interface Hdf5Group extends ReadonlyMap<string, Hdf5Group | Tensor<Float32Array>> {}

const undefinedAddress = 2n ** 64n - 1n;
const superblockBytes = 96;
/** Children of an inner node of a tree are at most twice as many. One child is enough here: leaves are as large as needed. */
const innerK = 16;
const message = { dataspace: 1, datatype: 3, fillValue: 5, layout: 8, symbolTable: 17 } as const;

/** @returns the bytes of a file */
export function writeHdf5(root: Hdf5Group): Uint8Array<ArrayBuffer> {
  const leafK = Math.max(4, Math.ceil(mostEntries(root) / 2));
  const file = new Hdf5File(leafK);
  const { header, tree, heap } = file.group(root);
  const superblock = new Fields()
    .bytes([0x89, ...ascii('HDF\r\n'), 0x1a, 0x0a])
    // Versions of this and of three other parts, then how many bytes an offset and a length have.
    .bytes([0, 0, 0, 0, 0, 8, 8, 0])
    .u16(leafK, innerK)
    .u32(0)
    .u64(0, undefinedAddress, file.size, undefinedAddress)
    .u64(0, header)
    .u32(1, 0)
    .u64(tree, heap);
  return file.toBytes(superblock.toBytes());
}

function mostEntries(group: Hdf5Group): number {
  const within = [...group.values()].map((entry) => (isArray(entry) ? 0 : mostEntries(entry)));
  return Math.max(group.size, ...within);
}

function isArray(entry: Hdf5Group | Tensor<Float32Array>): entry is Tensor<Float32Array> {
  return 'shape' in entry;
}

class Hdf5File {
  private readonly parts: Uint8Array[] = [];
  /** Bytes so far, which is the address of what comes next. */
  size = superblockBytes;

  constructor(private readonly leafK: number) {}

  toBytes(superblock: Uint8Array): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.size);
    bytes.set(superblock);
    let offset = superblockBytes;
    for (const part of this.parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }

  /** Children come before their parents, whose entries name the address of each. */
  group(group: Hdf5Group): { header: number; tree: number; heap: number } {
    const names = [...group.keys()].sort((first, second) => (first < second ? -1 : 1));
    // At its beginning the heap has the empty name, which the tree's first key is.
    const heapData = new Fields().u64(0);
    const leaf = new Fields().bytes(ascii('SNOD')).bytes([1, 0]).u16(names.length);
    let last = 0;
    for (const name of names) {
      const entry = group.get(name) as Hdf5Group | Tensor<Float32Array>;
      const address = isArray(entry) ? this.array(entry) : this.group(entry).header;
      last = heapData.length;
      heapData.bytes([...new TextEncoder().encode(name), 0]).align();
      leaf.u64(last, address).u64(0, 0, 0);
    }
    const leafAddress = this.add(leaf.toBytes(8 + 2 * this.leafK * 40));
    const tree = new Fields()
      .bytes(ascii('TREE'))
      .bytes([0, 0])
      .u16(names.length > 0 ? 1 : 0)
      .u64(undefinedAddress, undefinedAddress, 0, leafAddress, last);
    const treeAddress = this.add(tree.toBytes(24 + (4 * innerK + 1) * 8));
    const dataAddress = this.add(heapData.toBytes());
    // 1: nothing in it is free.
    const heap = new Fields().bytes(ascii('HEAP')).u32(0).u64(heapData.length, 1, dataAddress);
    const heapAddress = this.add(heap.toBytes());
    const header = this.header([[message.symbolTable, new Fields().u64(treeAddress, heapAddress)]]);
    return { header, tree: treeAddress, heap: heapAddress };
  }

  private array({ data, shape }: Tensor<Float32Array>): number {
    const values = this.add(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    // Little-endian; the sign is bit 31, then 8 bits of exponent, 23 of mantissa.
    const float32 = new Fields().bytes([0x11, 0x20, 31, 0]).u32(4).u16(0, 32).bytes([23, 8, 0, 23]).u32(127);
    return this.header([
      [
        message.dataspace,
        new Fields()
          .bytes([1, shape.length, 0, 0])
          .u32(0)
          .u64(...shape),
      ],
      [message.datatype, float32],
      // None, and no time to write it.
      [message.fillValue, new Fields().bytes([2, 2, 2, 0])],
      [message.layout, new Fields().bytes([3, 1]).u64(values, data.byteLength)],
    ]);
  }

  /** @returns the object's address */
  private header(messages: readonly (readonly [type: number, content: Fields])[]): number {
    const body = new Fields();
    for (const [type, content] of messages) {
      const bytes = content.align().toBytes();
      body.u16(type, bytes.length).u32(0).bytes(bytes);
    }
    const start = new Fields().bytes([1, 0]).u16(messages.length).u32(1, body.length, 0);
    return this.add(start.bytes(body.toBytes()).toBytes());
  }

  /** @returns the address */
  private add(part: Uint8Array): number {
    const address = this.size;
    const padded = new Uint8Array(Math.ceil(part.length / 8) * 8);
    padded.set(part);
    this.parts.push(padded);
    this.size += padded.length;
    return address;
  }
}

/** Numbers one after the other, little-endian. */
class Fields {
  private readonly values: number[] = [];

  get length(): number {
    return this.values.length;
  }

  bytes(values: Iterable<number>): this {
    for (const value of values) this.values.push(value);
    return this;
  }

  u16(...values: readonly number[]): this {
    return this.bytes(new Uint8Array(Uint16Array.from(values).buffer));
  }

  u32(...values: readonly number[]): this {
    return this.bytes(new Uint8Array(Uint32Array.from(values).buffer));
  }

  u64(...values: readonly (number | bigint)[]): this {
    return this.bytes(new Uint8Array(BigUint64Array.from(values, BigInt).buffer));
  }

  /** To a multiple of eight bytes. */
  align(): this {
    while (this.values.length % 8 !== 0) this.values.push(0);
    return this;
  }

  /** @param size with zeros at the end */
  toBytes(size: number = this.values.length): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(size);
    bytes.set(this.values);
    return bytes;
  }
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
