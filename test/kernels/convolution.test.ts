/** Convolution: padding, forward pass, both gradients, over windows, strides, paddings and tails of every kind. */

import fc from 'fast-check';
import { kernelSizes } from '../../src/engine/kernels.js';
import { sizeOf } from '../../src/numerics/tensor.js';
import { convolutionBackward, convolutionForward } from '../../src/reference/convolution.js';
import { absolute, forRandomShapes, oneTo, type WindowCase, windowCases } from './cases.js';
import { expectEqual, expectNear } from './compare.js';
import type { Workspace } from './workspace.js';

const cases = fc.record({ shape: windowCases(17), relu: fc.boolean() });

/** The numbers that kernels take, and x with its padding at `address`. */
function padded(space: Workspace, { images, inputShape, window }: WindowCase, x: Float64Array) {
  const [height, width, channels] = inputShape;
  const paddedHeight = height + window.padBefore[0] + window.padAfter[0];
  const paddedWidth = width + window.padBefore[1] + window.padAfter[1];
  const output = space.output(images * paddedHeight * paddedWidth * channels);
  space.run('padImages', {
    x: space.input(x),
    padded: output.address,
    images,
    height,
    width,
    channels,
    paddedHeight,
    paddedWidth,
    top: window.padBefore[0],
    left: window.padBefore[1],
    strideHeight: 1,
    strideWidth: 1,
  });
  return { address: output.address, values: output.values, paddedHeight, paddedWidth };
}

/**
 * images, sizes, window and strides, output sizes and outputs: as the forward pass and the kernel's gradient take them.
 */
function sizes(
  { images, inputShape, outputShape, window }: WindowCase,
  image: { paddedHeight: number; paddedWidth: number },
) {
  const { paddedHeight, paddedWidth } = image;
  return {
    images,
    height: paddedHeight,
    width: paddedWidth,
    channels: inputShape[2],
    kernelHeight: window.size[0],
    kernelWidth: window.size[1],
    strideHeight: window.strides[0],
    strideWidth: window.strides[1],
    outputHeight: outputShape[0],
    outputWidth: outputShape[1],
    outputs: outputShape[2],
  };
}

forRandomShapes('convolutionForward', cases, (space, { shape, relu }, numbers) => {
  const { images, inputShape, outputShape, window } = shape;
  const outputs = outputShape[2];
  const windowSize = window.size[0] * window.size[1] * inputShape[2];
  const x = numbers.next(images * sizeOf(inputShape));
  const kernel = numbers.next(windowSize * outputs);
  const bias = numbers.next(outputs);
  const panels = Math.ceil(outputs / 8);
  const packed = space.output(panels * windowSize * 8);
  space.run('packPanels', {
    matrix: space.input(kernel),
    rows: windowSize,
    columns: outputs,
    packed: packed.address,
    firstPanel: 0,
    lastPanel: panels,
  });
  const image = padded(space, shape, x);
  const y = space.output(images * sizeOf(outputShape));
  const minimum = relu ? 0 : Number.NEGATIVE_INFINITY;
  space.run('convolutionForward', {
    x: image.address,
    packed: packed.address,
    bias: space.input(bias),
    y: y.address,
    ...sizes(shape, image),
    minimum,
    tile: space.bytes(kernelSizes().convolutionForwardTileBytes()).address,
  });
  const expected = convolutionForward(x, kernel, bias, shape).map((value) => Math.max(value, minimum));
  const magnitude = convolutionForward(absolute(x), absolute(kernel), absolute(bias), shape);
  expectNear('y', y.values, expected, numbers.tolerance(windowSize + 1, magnitude));
});

forRandomShapes('convolutionKernelGradient', windowCases(17), (space, shape, numbers) => {
  const { images, inputShape, outputShape, window } = shape;
  const outputs = outputShape[2];
  const stride = kernelSizes().panelColumns(outputs);
  const windowSize = window.size[0] * window.size[1] * inputShape[2];
  const x = numbers.next(images * sizeOf(inputShape));
  const dy = numbers.sparse(images * sizeOf(outputShape));
  const before = numbers.next(windowSize * stride);
  const image = padded(space, shape, x);
  const dKernel = space.changing(before);
  space.run('convolutionKernelGradient', {
    x: image.address,
    dy: space.input(dy),
    dKernel: dKernel.address,
    ...sizes(shape, image),
  });
  const twin = (values: Float64Array, start: Float64Array) => {
    const gradient = convolutionBackward(dy, values, new Float64Array(windowSize * outputs), shape).dKernel;
    return gradient.map((value, index) => value + start[Math.floor(index / outputs) * stride + (index % outputs)]);
  };
  // What lies between the rows of the matrix is nobody's.
  const inside = dKernel.values.filter((_, index) => index % stride < outputs);
  const terms = (images * sizeOf(outputShape)) / outputs + 1;
  expectNear('dKernel', inside, twin(x, before), numbers.tolerance(terms, twin(absolute(x), absolute(before))));
});

forRandomShapes(
  'the gradient of the input: padImages, packFlippedKernel, convolutionForward',
  windowCases(17),
  (space, shape, numbers) => {
    const { images, inputShape, outputShape, window } = shape;
    const [height, width, channels] = inputShape;
    const [outputHeight, outputWidth, outputs] = outputShape;
    const taps = window.size[0] * window.size[1];
    const kernel = numbers.next(taps * channels * outputs);
    const dy = numbers.sparse(images * sizeOf(outputShape));
    const panels = Math.ceil(channels / 8);
    const flipped = space.output(panels * taps * outputs * 8);
    space.run('packFlippedKernel', {
      kernel: space.input(kernel),
      taps,
      inputs: channels,
      outputs,
      packed: flipped.address,
      firstPanel: 0,
      lastPanel: panels,
    });
    // The frame of zeros that makes dx come out in the input's own size.
    const before = [0, 1].map((axis) => window.size[axis] - 1 - window.padBefore[axis]);
    const spread = [0, 1].map((axis) => {
      const reach = before[axis] + (outputShape[axis] - 1) * window.strides[axis] + 1;
      return Math.max(inputShape[axis] + window.size[axis] - 1, reach);
    });
    const spreadOut = space.output(images * spread[0] * spread[1] * outputs);
    space.run('padImages', {
      x: space.input(dy),
      padded: spreadOut.address,
      images,
      height: outputHeight,
      width: outputWidth,
      channels: outputs,
      paddedHeight: spread[0],
      paddedWidth: spread[1],
      top: before[0],
      left: before[1],
      strideHeight: window.strides[0],
      strideWidth: window.strides[1],
    });
    const dx = space.output(images * sizeOf(inputShape));
    space.run('convolutionForward', {
      x: spreadOut.address,
      packed: flipped.address,
      bias: space.input(new Float64Array(channels)),
      y: dx.address,
      images,
      height: spread[0],
      width: spread[1],
      channels: outputs,
      kernelHeight: window.size[0],
      kernelWidth: window.size[1],
      strideHeight: 1,
      strideWidth: 1,
      outputHeight: height,
      outputWidth: width,
      outputs: channels,
      minimum: Number.NEGATIVE_INFINITY,
      tile: space.bytes(kernelSizes().convolutionForwardTileBytes()).address,
    });
    const twin = (slopes: Float64Array, weights: Float64Array) => {
      return convolutionBackward(slopes, new Float64Array(images * sizeOf(inputShape)), weights, shape).dx;
    };
    const tolerance = numbers.tolerance(taps * outputs, twin(absolute(dy), absolute(kernel)));
    expectNear('dx', dx.values, twin(dy, kernel), tolerance);
  },
);

const framed = fc.record({
  images: fc.nat({ max: 3 }),
  sides: fc.tuple(oneTo(6), oneTo(6)),
  channels: oneTo(9),
  frame: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)),
});
forRandomShapes(
  'cropImages takes out what padImages laid in',
  framed,
  (space, { images, sides, channels, frame }, numbers) => {
    const [height, width] = sides;
    const [above, below, before, behind] = frame;
    const x = numbers.next(images * height * width * channels);
    const outer = [height + above + below, width + before + behind] as const;
    const image = space.output(images * outer[0] * outer[1] * channels);
    const size = { images, height, width, channels };
    const place = { ...size, paddedHeight: outer[0], paddedWidth: outer[1], top: above, left: before };
    const padded = image.address;
    space.run('padImages', { x: space.input(x), padded, ...place, strideHeight: 1, strideWidth: 1 });
    const inFrame = (index: number) => {
      const row = Math.floor(index / (outer[1] * channels)) % outer[0];
      const column = Math.floor(index / channels) % outer[1];
      return row < above || row >= above + height || column < before || column >= before + width;
    };
    const frameValues = image.values.filter((_, index) => inFrame(index));
    expectEqual('frame', frameValues, new Float64Array(frameValues.length));
    const cropped = space.output(x.length);
    space.run('cropImages', { padded, x: cropped.address, ...place });
    expectEqual('inside', cropped.values, x);
  },
);
