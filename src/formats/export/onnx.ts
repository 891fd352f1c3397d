/**
 * ONNX, intermediate representation 8 and operator set 17, which every ONNX Runtime since 1.12 reads. The input is
 * `input`, float32 from 0 to 1, `[N, channels, height, width]` or `[N, features]`; outputs are `probabilities` and
 * `logits`, `[N, classes]`. The specification: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
 */

import type { ActivationName } from '../../layers/activations.js';
import type { Shape, Tensor } from '../../numerics/tensor.js';
import { inklingVersion } from '../inkling-version.js';
import type { LoadedModel } from '../model-file.js';
import { weightsSha256 } from '../weights-sha256.js';
import { type ChannelsFirstStep, channelsFirst, type Pads } from './channels-first.js';
import { ProtobufMessage } from './protobuf.js';

const irVersion = 8;
const operatorSet = 17;
const dataType = { float32: 1 } as const;
const attributeType = { float: 1, integer: 2, integers: 7 } as const;
/** The batch dimension, which may be of any size. */
const batch = 'N';

const operators: Readonly<Record<Exclude<ActivationName, 'linear'>, string>> = {
  relu: 'Relu',
  leakyRelu: 'LeakyRelu',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  softmax: 'Softmax',
};

type Attributes = Readonly<Record<string, { readonly float: number } | number | readonly number[]>>;

/** @throws InklingError (argument) where weights do not fit the model */
export async function onnxFile(exported: Omit<LoadedModel, 'metadata'>): Promise<Uint8Array<ArrayBuffer>> {
  const { model, weights, classNames, preprocessing, calibration } = exported;
  const { name, inputShape } = model.config;
  const graph = new Graph(name);
  graph.declare(
    field.input,
    'input',
    inputShape.length === 3 ? [inputShape[2], inputShape[0], inputShape[1]] : inputShape,
  );
  let value = 'input';
  const steps = channelsFirst(model, weights).filter(({ kind }) => kind !== 'dropout');
  for (const [index, step] of steps.entries()) {
    value = addStep(graph, step, value, index === steps.length - 1 ? 'logits' : undefined);
  }
  if (steps.length === 0) graph.node('Identity', ['input'], 'logits');
  graph.node('Softmax', ['logits'], 'probabilities', { axis: 1 });
  for (const output of ['probabilities', 'logits']) graph.declare(field.output, output, [model.classes]);

  const metadata = {
    classNames: classNames && JSON.stringify(classNames),
    preprocessing: preprocessing && JSON.stringify(preprocessing),
    calibration: calibration && JSON.stringify(calibration),
    weightsSha256: await weightsSha256(model, weights),
  };
  const file = new ProtobufMessage()
    .integer(1, irVersion)
    .text(2, 'Inkling')
    .text(3, inklingVersion)
    .message(7, graph.message)
    .message(8, new ProtobufMessage().text(1, '').integer(2, operatorSet));
  for (const [key, text] of Object.entries(metadata)) {
    if (text !== undefined) file.message(14, new ProtobufMessage().text(1, key).text(2, text));
  }
  return file.toBytes();
}

/** Fields of a GraphProto. */
const field = { node: 1, name: 2, initializer: 5, input: 11, output: 12, valueInfo: 13 } as const;

class Graph {
  readonly message = new ProtobufMessage();

  constructor(name: string) {
    this.message.text(field.name, name);
  }

  /** @param shape without the batch dimension */
  declare(kind: number, name: string, shape: Shape): void {
    const dimensions = new ProtobufMessage().message(1, new ProtobufMessage().text(2, batch));
    for (const size of shape) dimensions.message(1, new ProtobufMessage().integer(1, size));
    const tensor = new ProtobufMessage().integer(1, dataType.float32).message(2, dimensions);
    this.message.message(
      kind,
      new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor)),
    );
  }

  /** @returns the name */
  initializer(name: string, { data, shape }: Tensor<Float32Array>): string {
    const values = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.message.message(
      field.initializer,
      new ProtobufMessage().integer(1, shape).integer(2, dataType.float32).text(8, name).bytes(9, values),
    );
    return name;
  }

  /** A node is named like its output. */
  node(operator: string, inputs: readonly string[], output: string, attributes: Attributes = {}): void {
    const node = new ProtobufMessage();
    for (const input of inputs) node.text(1, input);
    node.text(2, output).text(3, output).text(4, operator);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    this.message.message(field.node, node);
  }
}

function attribute(name: string, value: Attributes[string]): ProtobufMessage {
  const message = new ProtobufMessage().text(1, name);
  if (typeof value === 'number') return message.integer(3, value).integer(20, attributeType.integer);
  if ('float' in value) return message.float(2, value.float).integer(20, attributeType.float);
  return message.integer(8, value).integer(20, attributeType.integers);
}

/** @param given what the output is to be called @returns what it is called */
function addStep(graph: Graph, step: ChannelsFirstStep, input: string, given: string | undefined): string {
  const { name } = step;
  // Names of layers have no "/": no two of these are the same, nor those of the graph's own.
  const named = (kind: string) => given ?? `${name}/${kind}`;
  const weight = (kind: string, tensor: Tensor<Float32Array> | undefined) =>
    tensor ? [graph.initializer(`${name}/${kind}`, tensor)] : [];
  const add = (operator: string, inputs: readonly string[], kind: string, attributes: Attributes = {}) => {
    const output = named(kind);
    graph.node(operator, inputs, output, attributes);
    if (output !== given) graph.declare(field.valueInfo, output, step.outputShape);
    return output;
  };
  switch (step.kind) {
    case 'convolution': {
      const inputs = [input, ...weight('kernel', step.kernel), ...weight('bias', step.bias)];
      return add('Conv', inputs, 'convolution', windowAttributes(step));
    }
    case 'linear': {
      const inputs = [input, ...weight('kernel', step.kernel), ...weight('bias', step.bias)];
      return add('Gemm', inputs, 'linear', { transB: 1 });
    }
    case 'maxPooling':
      return add('MaxPool', [input], 'pooling', windowAttributes(step));
    case 'averagePooling':
      return add('AveragePool', [input], 'pooling', { ...windowAttributes(step), count_include_pad: 0 });
    case 'globalAveragePooling': {
      const pooled = `${name}/pooling`;
      graph.node('GlobalAveragePool', [input], pooled);
      graph.declare(field.valueInfo, pooled, [...step.outputShape, 1, 1]);
      return add('Flatten', [pooled], 'flatten', { axis: 1 });
    }
    case 'normalization': {
      const { gamma, beta, mean, variance, epsilon } = step;
      const inputs = Object.entries({ gamma, beta, movingMean: mean, movingVariance: variance });
      const names = inputs.flatMap(([kind, tensor]) => weight(kind, tensor));
      return add('BatchNormalization', [input, ...names], 'normalization', { epsilon: { float: epsilon } });
    }
    case 'flatten': {
      if (!step.channelsLast) return add('Flatten', [input], 'flatten', { axis: 1 });
      graph.node('Transpose', [input], `${name}/transpose`, { perm: [0, 2, 3, 1] });
      return add('Flatten', [`${name}/transpose`], 'flatten', { axis: 1 });
    }
    case 'activation': {
      const { activation, negativeSlope } = step;
      if (activation === 'linear') return input;
      const attributes: Attributes =
        activation === 'leakyRelu' ? { alpha: { float: negativeSlope } } : activation === 'softmax' ? { axis: 1 } : {};
      return add(operators[activation], [input], 'activation', attributes);
    }
    case 'dropout':
      return input;
  }
}

function windowAttributes({ size, strides, pads }: { size: Shape; strides: Shape; pads: Pads }): Attributes {
  return { kernel_shape: size, strides, pads: [pads.top, pads.left, pads.bottom, pads.right] };
}
