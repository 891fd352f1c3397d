/**
 * Reads an ONNX file and computes what it says, in plain loops and by ONNX's own words, so that exports are judged by
 * what is in the file. Of the wire format and of the operators it knows what Inkling writes, and refuses the rest.
 */

interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/** The fields of a message in their order: varints and fixed32 as numbers, the rest as bytes. */
function readMessage(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[offset++];
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (offset < bytes.length) {
    const tag = varint();
    const [number, type] = [Math.floor(tag / 8), tag % 8];
    if (type === 0) fields.push({ number, value: varint() });
    else if (type === 5) {
      fields.push({ number, value: view.getFloat32(offset, true) });
      offset += 4;
    } else if (type === 2) {
      const length = varint();
      fields.push({ number, value: bytes.subarray(offset, offset + length) });
      offset += length;
    } else throw new Error(`wire type ${type}`);
  }
  if (offset !== bytes.length) throw new Error('the message is cut off');
  return fields;
}

const all = (fields: readonly Field[], number: number) => fields.filter((field) => field.number === number);
const numbers = (fields: readonly Field[], number: number) => all(fields, number).map(({ value }) => value as number);
const messages = (fields: readonly Field[], number: number) =>
  all(fields, number).map(({ value }) => readMessage(value as Uint8Array));
const texts = (fields: readonly Field[], number: number) =>
  all(fields, number).map(({ value }) => new TextDecoder().decode(value as Uint8Array));

interface Values {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, number[]>>;
}

export interface OnnxModel {
  readonly irVersion: number;
  readonly operatorSet: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly initializers: ReadonlyMap<string, Values>;
  readonly nodes: readonly Node[];
}

export function readOnnx(bytes: Uint8Array): OnnxModel {
  const model = readMessage(bytes);
  const [graph] = messages(model, 7);
  const named = (number: number) => messages(graph, number).map((info) => texts(info, 1)[0]);
  return {
    irVersion: numbers(model, 1)[0],
    operatorSet: numbers(messages(model, 8)[0], 2)[0],
    metadata: Object.fromEntries(messages(model, 14).map((entry) => [texts(entry, 1)[0], texts(entry, 2)[0]])),
    inputs: named(11),
    outputs: named(12),
    initializers: new Map(
      messages(graph, 5).map((tensor) => {
        const raw = all(tensor, 9)[0].value as Uint8Array;
        return [texts(tensor, 8)[0], { shape: numbers(tensor, 1), data: new Float32Array(raw.slice().buffer) }];
      }),
    ),
    nodes: messages(graph, 1).map((node) => ({
      operator: texts(node, 4)[0],
      inputs: texts(node, 1),
      output: texts(node, 2)[0],
      attributes: Object.fromEntries(
        messages(node, 5).map((attribute) => {
          const field = { 1: 2, 2: 3, 7: 8 }[numbers(attribute, 20)[0]]!;
          return [texts(attribute, 1)[0], numbers(attribute, field)];
        }),
      ),
    })),
  };
}

/** All values of the graph by name, for an input. */
export function evaluateOnnx(model: OnnxModel, input: Values): Map<string, Values> {
  const values = new Map<string, Values>([...model.initializers, [model.inputs[0], input]]);
  for (const { operator, inputs, output, attributes } of model.nodes) {
    const given = inputs.map((name) => {
      const value = values.get(name);
      if (!value) throw new Error(`${output}: nothing is named ${name}`);
      return value;
    });
    if (values.has(output)) throw new Error(`two values are named ${output}`);
    values.set(output, operators[operator](given, attributes));
  }
  return values;
}

type Operator = (inputs: readonly Values[], attributes: Node['attributes']) => Values;

const elementwise =
  (compute: (value: number, attributes: Node['attributes']) => number): Operator =>
  ([{ shape, data }], attributes) => ({ shape, data: Float64Array.from(data, (value) => compute(value, attributes)) });

/** What lies under each place of a window: `see` gets the index in the plane, and the place in the window. */
function slide(
  [height, width]: readonly number[],
  { kernel_shape: [rows, columns], strides, pads }: Node['attributes'],
  at: (see: (visit: (index: number, place: number) => void) => void) => void,
): [number, number] {
  const size = (length: number, window: number, before: number, after: number, stride: number) =>
    Math.floor((length + before + after - window) / stride) + 1;
  const newHeight = size(height, rows, pads[0], pads[2], strides[0]);
  const newWidth = size(width, columns, pads[1], pads[3], strides[1]);
  for (let y = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++) {
      at((visit) => {
        for (let place = 0; place < rows * columns; place++) {
          const row = y * strides[0] - pads[0] + Math.floor(place / columns);
          const column = x * strides[1] - pads[1] + (place % columns);
          if (row >= 0 && row < height && column >= 0 && column < width) visit(row * width + column, place);
        }
      });
    }
  }
  return [newHeight, newWidth];
}

const pooling =
  (combine: (seen: readonly number[]) => number): Operator =>
  ([{ shape, data }], attributes) => {
    const [count, channels, height, width] = shape;
    const result: number[] = [];
    let plane: [number, number] = [0, 0];
    for (let image = 0; image < count * channels; image++) {
      plane = slide([height, width], attributes, (see) => {
        const seen: number[] = [];
        see((index) => seen.push(data[image * height * width + index]));
        result.push(combine(seen));
      });
    }
    return { shape: [count, channels, ...plane], data: result };
  };

const mean = (seen: readonly number[]) => seen.reduce((sum, value) => sum + value, 0) / seen.length;

/** Values one channel after the other, as `[N, C, the rest]`. */
function channelsOf({ shape }: Values): [count: number, channels: number, places: number] {
  return [shape[0], shape[1], shape.slice(2).reduce((product, size) => product * size, 1)];
}

const operators: Readonly<Record<string, Operator>> = {
  Identity: ([input]) => input,
  Relu: elementwise((value) => Math.max(0, value)),
  LeakyRelu: elementwise((value, { alpha: [slope] }) => (value < 0 ? slope * value : value)),
  Tanh: elementwise(Math.tanh),
  Sigmoid: elementwise((value) => 1 / (1 + Math.exp(-value))),
  MaxPool: pooling((seen) => Math.max(...seen)),
  AveragePool: (inputs, attributes) => {
    if (attributes.count_include_pad?.[0] !== 0) throw new Error('padding is counted');
    return pooling(mean)(inputs, attributes);
  },
  GlobalAveragePool: ([input]) => {
    const [count, channels, places] = channelsOf(input);
    const planes = Array.from({ length: count * channels }, (_, plane) => plane * places);
    const data = planes.map((start) => mean(Array.from(input.data).slice(start, start + places)));
    return { shape: [count, channels, 1, 1], data };
  },
  Flatten: ([{ shape, data }]) => ({ shape: [shape[0], data.length / shape[0]], data }),
  Transpose: ([{ shape, data }], { perm }) => {
    if (perm.join() !== '0,2,3,1') throw new Error(`perm ${perm}`);
    const [count, channels, height, width] = shape;
    const places = height * width;
    const result = Array.from({ length: data.length }, (_, index) => {
      const [image, place, channel] = [
        Math.floor(index / (places * channels)),
        Math.floor(index / channels) % places,
        index % channels,
      ];
      return data[(image * channels + channel) * places + place];
    });
    return { shape: [count, height, width, channels], data: result };
  },
  Softmax: ([input], { axis: [axis] }) => {
    if (axis !== 1) throw new Error(`axis ${axis}`);
    const [count, channels, places] = channelsOf(input);
    const data = Float64Array.from(input.data, Math.exp);
    for (let column = 0; column < count * places; column++) {
      const start = Math.floor(column / places) * channels * places + (column % places);
      const indices = Array.from({ length: channels }, (_, channel) => start + channel * places);
      const sum = indices.reduce((total, index) => total + data[index], 0);
      for (const index of indices) data[index] /= sum;
    }
    return { shape: input.shape, data };
  },
  BatchNormalization: ([input, gamma, beta, mean, variance], { epsilon: [epsilon] }) => {
    const [, channels, places] = channelsOf(input);
    const data = Float64Array.from(input.data, (value, index) => {
      const channel = Math.floor(index / places) % channels;
      const scale = gamma.data[channel] / Math.sqrt(variance.data[channel] + epsilon);
      return (value - mean.data[channel]) * scale + beta.data[channel];
    });
    return { shape: input.shape, data };
  },
  Gemm: ([input, kernel, bias], { transB }) => {
    if (transB?.[0] !== 1) throw new Error('the kernel is not transposed');
    const [units, features] = kernel.shape;
    const data: number[] = [];
    for (let row = 0; row < input.shape[0]; row++) {
      for (let unit = 0; unit < units; unit++) {
        let sum = bias?.data[unit] ?? 0;
        for (let feature = 0; feature < features; feature++) {
          sum += input.data[row * features + feature] * kernel.data[unit * features + feature];
        }
        data.push(sum);
      }
    }
    return { shape: [input.shape[0], units], data };
  },
  Conv: ([{ shape, data }, kernel, bias], attributes) => {
    const [count, channels, height, width] = shape;
    const [filters] = kernel.shape;
    const window = kernel.shape[2] * kernel.shape[3];
    const result: number[] = [];
    let plane: [number, number] = [0, 0];
    for (let image = 0; image < count; image++) {
      for (let filter = 0; filter < filters; filter++) {
        plane = slide([height, width], attributes, (see) => {
          let sum = bias?.data[filter] ?? 0;
          see((index, place) => {
            for (let channel = 0; channel < channels; channel++) {
              const weight = kernel.data[(filter * channels + channel) * window + place];
              sum += weight * data[(image * channels + channel) * height * width + index];
            }
          });
          result.push(sum);
        });
      }
    }
    return { shape: [count, filters, ...plane], data: result };
  },
};
