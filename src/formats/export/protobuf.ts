/**
 * Protocol buffers, for writing: the five kinds of fields that an ONNX file takes. Generated code of `onnx.proto` and
 * its runtime would be twenty times as much for a page to load, and this is all of the wire format that is needed
 * (https://protobuf.dev/programming-guides/encoding/).
 */

const wireType = { varint: 0, lengthDelimited: 2, fixed32: 5 } as const;

/** A message: its fields one after the other. */
export class ProtobufMessage {
  private readonly parts: Uint8Array[] = [];

  /** A whole number from 0 to 2^53 - 1; a list is a repeated field. */
  integer(field: number, value: number | readonly number[]): this {
    for (const number of [value].flat()) {
      this.tag(field, wireType.varint);
      this.parts.push(varint(number));
    }
    return this;
  }

  float(field: number, value: number): this {
    this.tag(field, wireType.fixed32);
    this.parts.push(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.tag(field, wireType.lengthDelimited);
    this.parts.push(varint(value.length), value);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: ProtobufMessage): this {
    return this.bytes(field, value.toBytes());
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.parts.reduce((size, part) => size + part.length, 0));
    let offset = 0;
    for (const part of this.parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }

  private tag(field: number, type: number): void {
    this.parts.push(varint(field * 8 + type));
  }
}

/** Seven bits a byte, the lowest first; all but the last have the eighth set. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.of(...bytes, rest);
}
