/**
 * The fused block convolution + bias + relu + 2x2 max-pooling against the three twins one after the other. Numbers are
 * integers, so that nothing is rounded and ties are frequent: the argmax must be the twin's in each of them.
 */

import fc from 'fast-check';
import { expect } from 'vitest';
import { kernelSizes } from '../../src/engine/kernels.js';
import { sizeOf } from '../../src/numerics/tensor.js';
import { convolutionBackward, convolutionForward } from '../../src/reference/convolution.js';
import { maxPoolingBackward, maxPoolingForward } from '../../src/reference/max-pooling.js';
import { absolute, forAllBuilds, forRandomShapes, Numbers, oneTo, parts } from './cases.js';
import { expectEqual, expectNear, sumTolerance } from './compare.js';
import type { Workspace } from './workspace.js';

const pair = (largest: number) => fc.tuple(oneTo(largest), oneTo(largest));
const cases = fc
  .record({
    images: fc.nat({ max: 3 }),
    size: pair(12),
    channels: oneTo(17),
    kernel: pair(5),
    strides: pair(3),
    outputs: oneTo(17),
    relu: fc.boolean(),
    spacing: fc.oneof(fc.constant(1), oneTo(200)),
  })
  .map((given) => ({
    ...given,
    output: [0, 1].map((axis) => Math.floor((given.size[axis] - given.kernel[axis]) / given.strides[axis]) + 1),
  }))
  .filter(({ output }) => output[0] >= 2 && output[1] >= 2);
type Case = typeof cases extends fc.Arbitrary<infer Shape> ? Shape : never;

/** The forward pass of both, with all that the backward passes need. */
function executed(
  space: Workspace,
  { images, size, channels, kernel, strides, outputs, relu, spacing, output }: Case,
  seed: number,
) {
  const numbers = new Numbers(true, seed);
  const window = { size: kernel, strides, padBefore: [0, 0], padAfter: [0, 0] } as const;
  const convolution = { inputShape: [...size, channels], outputShape: [...output, outputs], window };
  const pool = output.map((length) => Math.floor(length / 2));
  const pooling = {
    inputShape: convolution.outputShape,
    outputShape: [...pool, outputs],
    window: { ...window, size: [2, 2], strides: [2, 2] } as const,
  };
  const windowSize = kernel[0] * kernel[1] * channels;
  // One value of so many is drawn, the others are blank: windows of nothing, and of one value at any of their places.
  const x = numbers
    .next(images * sizeOf(convolution.inputShape))
    .map((value, index) => (index % spacing === 0 ? value : 0));
  const weights = numbers.next(windowSize * outputs);
  const bias = numbers.next(outputs);
  const dy = numbers.sparse(images * sizeOf(pooling.outputShape));
  const minimum = relu ? 0 : Number.NEGATIVE_INFINITY;
  const panels = Math.ceil(outputs / 8);
  const packed = space.output(panels * windowSize * 8);
  const kernelAt = space.input(weights);
  space.run('packPanels', {
    matrix: kernelAt,
    rows: windowSize,
    columns: outputs,
    packed: packed.address,
    firstPanel: 0,
    lastPanel: panels,
  });
  const xAt = space.input(x);
  const y = space.output(dy.length);
  const argmax = space.bytes(dy.length);
  const sizes = {
    images,
    height: size[0],
    width: size[1],
    channels,
    kernelHeight: kernel[0],
    kernelWidth: kernel[1],
    strideHeight: strides[0],
    strideWidth: strides[1],
    poolHeight: pool[0],
    poolWidth: pool[1],
    outputs,
    minimum,
  };
  const biasAt = space.input(bias);
  space.run('convolutionPoolForward', {
    x: xAt,
    packed: packed.address,
    bias: biasAt,
    y: y.address,
    argmax: argmax.address,
    ...sizes,
  });

  const linear = convolutionForward(x, weights, bias, convolution);
  const twin = maxPoolingForward(linear, pooling);
  /** Back through pooling and relu, to the convolution's output. */
  const slopes = maxPoolingBackward(
    dy.map((slope, index) => (twin.y[index] > minimum ? slope : 0)),
    twin.argmax,
    linear.length,
  );
  const back = convolutionBackward(slopes, x, weights, convolution);
  const operands = { dy: space.input(dy), y: y.address, argmax: argmax.address, ...sizes };
  return {
    convolution,
    pool,
    windowSize,
    weights,
    minimum,
    kernelAt,
    biasAt,
    xAt,
    y,
    argmax,
    twin,
    back,
    operands,
    numbers,
  };
}

forRandomShapes('convolutionPoolForward', cases, (space, shape, numbers) => {
  const { y, argmax, twin, minimum, convolution } = executed(space, shape, numbers.next(1)[0] * 1e6);
  expectEqual(
    'y',
    y.values,
    twin.y.map((value) => Math.max(value, minimum)),
  );
  const [, width, outputs] = convolution.outputShape;
  const positions = twin.argmax.map((winner) => {
    const pixel = Math.floor(winner / outputs);
    return 2 * ((Math.floor(pixel / width) % convolution.outputShape[0]) % 2) + ((pixel % width) % 2);
  });
  expectEqual('argmax', argmax.values, positions);
});

const winogradCases = cases
  .map((given) => ({
    ...given,
    channels: Math.ceil(given.channels / 4) * 4,
    kernel: [3, 3] as [number, number],
    strides: [1, 1] as [number, number],
    output: given.size.map((length) => length - 2),
  }))
  .filter(({ output }) => output[0] >= 2 && output[1] >= 2);

type Tensors = Readonly<Record<'x' | 'transformed' | 'bias' | 'y' | 'argmax', number>>;

function winogradPoolForward(space: Workspace, shape: Case, tensors: Tensors): void {
  const { images, size, channels, outputs, relu } = shape;
  const [poolHeight, poolWidth] = size.map((length) => Math.floor((length - 2) / 2));
  const scratchBytes = kernelSizes().winogradPoolForwardScratchBytes(channels, poolHeight, poolWidth);
  space.run('winogradPoolForward', {
    ...tensors,
    images,
    height: size[0],
    width: size[1],
    channels,
    poolHeight,
    poolWidth,
    outputs,
    minimum: relu ? 0 : Number.NEGATIVE_INFINITY,
    scratch: space.bytes(scratchBytes).address,
  });
}

// With whole numbers Winograd's halves are exact too, so even the argmax of ties must agree.
forRandomShapes('winogradPoolForward', winogradCases, (space, shape, numbers) => {
  const { channels, outputs } = shape;
  const { xAt, kernelAt, ...direct } = executed(space, shape, numbers.next(1)[0] * 1e6);
  const panels = Math.ceil(outputs / 8);
  const transformed = space.output(panels * 16 * channels * 8);
  space.run('winogradTransformKernel', {
    kernel: kernelAt,
    channels,
    outputs,
    transformed: transformed.address,
    firstPanel: 0,
    lastPanel: panels,
  });
  const y = space.output(direct.y.values.length);
  const argmax = space.bytes(y.values.length);
  winogradPoolForward(space, shape, {
    x: xAt,
    transformed: transformed.address,
    bias: direct.biasAt,
    y: y.address,
    argmax: argmax.address,
  });
  expectEqual('y', y.values, direct.y.values);
  expectEqual('argmax', argmax.values, direct.argmax.values);
});

forRandomShapes('winogradPoolForward on numbers that are rounded', winogradCases, (space, shape, numbers) => {
  const { images, size, channels, outputs, output, relu } = shape;
  const window = { size: [3, 3], strides: [1, 1], padBefore: [0, 0], padAfter: [0, 0] } as const;
  const convolution = { inputShape: [...size, channels], outputShape: [...output, outputs], window };
  const pool = output.map((length) => Math.floor(length / 2));
  const tiles = { size: [2, 2], strides: [2, 2], padBefore: [0, 0], padAfter: [0, 0] } as const;
  const pooling = { inputShape: convolution.outputShape, outputShape: [...pool, outputs], window: tiles };
  const reals = new Numbers(false, numbers.next(1)[0] * 1e6);
  const x = reals.next(images * sizeOf(convolution.inputShape));
  const kernel = reals.next(9 * channels * outputs);
  const bias = reals.next(outputs);
  const panels = Math.ceil(outputs / 8);
  const transformed = space.bytes(kernelSizes().winogradKernelBytes(channels, outputs));
  const kernelAt = space.input(kernel);
  const weights = { kernel: kernelAt, channels, outputs, transformed: transformed.address };
  for (const [firstPanel, lastPanel] of parts(panels)) {
    space.run('winogradTransformKernel', { ...weights, firstPanel, lastPanel });
  }
  const y = space.output(images * sizeOf(pooling.outputShape));
  const minimum = relu ? 0 : Number.NEGATIVE_INFINITY;
  winogradPoolForward(space, shape, {
    x: space.input(x),
    transformed: transformed.address,
    bias: space.input(bias),
    y: y.address,
    argmax: space.bytes(y.values.length).address,
  });
  const largest = maxPoolingForward(convolutionForward(x, kernel, bias, convolution), pooling).y;
  const magnitude = convolutionForward(absolute(x), absolute(kernel), absolute(bias), convolution);
  const bound = maxPoolingForward(magnitude, pooling).y;
  // Sums of as many products, each of sums of four and nine numbers: a few times the roundings of the direct way.
  const tolerance = sumTolerance(4 * (channels + 9), bound);
  expectNear(
    'y',
    y.values,
    largest.map((value) => Math.max(value, minimum)),
    tolerance,
  );
});

forRandomShapes('convolutionPoolInputGradient', cases, (space, shape, numbers) => {
  const { windowSize, kernelAt, back, operands } = executed(space, shape, numbers.next(1)[0] * 1e6);
  const transposed = space.output(windowSize * shape.outputs);
  space.run('transpose', {
    matrix: kernelAt,
    rows: windowSize,
    columns: shape.outputs,
    transposed: transposed.address,
    firstRow: 0,
    lastRow: windowSize,
  });
  const dx = space.output(back.dx.length);
  const list = space.bytes(kernelSizes().convolutionPoolInputGradientListBytes(shape.outputs)).address;
  const tensors = { kernel: transposed.address, dx: dx.address, list };
  space.run('convolutionPoolInputGradient', { ...operands, ...tensors });
  expectEqual('dx', dx.values, back.dx);
});

forRandomShapes('convolutionPoolKernelGradient', cases, (space, shape, numbers) => {
  const { windowSize, xAt, pool, back, operands, ...rest } = executed(space, shape, numbers.next(1)[0] * 1e6);
  const before = rest.numbers.next(windowSize * shape.outputs);
  const biasBefore = rest.numbers.next(shape.outputs);
  const dKernel = space.changing(before);
  const room = kernelSizes().panelColumns(shape.outputs);
  const dBias = space.changing(Float64Array.from({ length: room }, (_, output) => biasBefore[output] ?? 0));
  const list = space.bytes(kernelSizes().convolutionPoolKernelGradientListBytes(pool[0], pool[1])).address;
  const tensors = { x: xAt, dKernel: dKernel.address, dBias: dBias.address, list };
  space.run('convolutionPoolKernelGradient', { ...operands, ...tensors });
  const expected = before.map((value, index) => {
    return value + back.dKernel[(index % windowSize) * shape.outputs + Math.floor(index / windowSize)];
  });
  expectEqual('dKernel', dKernel.values, expected);
  expectEqual(
    'dBias',
    dBias.values.subarray(0, shape.outputs),
    biasBefore.map((value, output) => value + back.dBias[output]),
  );
});

forAllBuilds('a NaN in any of the four positions is seen in the result', (space) => {
  const packed = space.input([1, 0, 0, 0, 0, 0, 0, 0]);
  const bias = space.input(new Float64Array(8));
  for (let place = 0; place < 4; place++) {
    const x = space.input([1, 2, 3, 4].with(place, Number.NaN));
    const y = space.output(1);
    // One image of 2x2 pixels under a kernel of 1x1, pooled to one value.
    space.run('convolutionPoolForward', {
      x,
      packed,
      bias,
      y: y.address,
      argmax: space.bytes(1).address,
      images: 1,
      height: 2,
      width: 2,
      channels: 1,
      kernelHeight: 1,
      kernelWidth: 1,
      strideHeight: 1,
      strideWidth: 1,
      poolHeight: 1,
      poolWidth: 1,
      outputs: 1,
      minimum: 0,
    });
    expect(y.values[0], String(place)).toBeNaN();
  }
});

forAllBuilds('a NaN anywhere under a tile of Winograd is seen in the result', (space) => {
  const transformed = space.output(16 * 4 * 8);
  space.run('winogradTransformKernel', {
    kernel: space.input(new Float64Array(36).fill(1)),
    channels: 4,
    outputs: 1,
    transformed: transformed.address,
    firstPanel: 0,
    lastPanel: 1,
  });
  const bias = space.input(new Float64Array(8));
  for (let place = 0; place < 64; place++) {
    const x = space.input(new Float64Array(64).fill(1).with(place, Number.NaN));
    const y = space.output(1);
    space.run('winogradPoolForward', {
      x,
      transformed: transformed.address,
      bias,
      y: y.address,
      argmax: space.bytes(1).address,
      images: 1,
      height: 4,
      width: 4,
      channels: 4,
      poolHeight: 1,
      poolWidth: 1,
      outputs: 1,
      minimum: 0,
      scratch: space.bytes(kernelSizes().winogradPoolForwardScratchBytes(4, 1, 1)).address,
    });
    expect(y.values[0], String(place)).toBeNaN();
  }
});
