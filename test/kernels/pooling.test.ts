/** Pooling with windows of every size, stride and padding, overlapping and with gaps. */

import { sizeOf } from '../../src/numerics/tensor.js';
import { averagePoolingBackward, averagePoolingForward } from '../../src/reference/average-pooling.js';
import {
  globalAveragePoolingBackward,
  globalAveragePoolingForward,
} from '../../src/reference/global-average-pooling.js';
import { maxPoolingBackward, maxPoolingForward } from '../../src/reference/max-pooling.js';
import { absolute, forAllBuilds, forRandomShapes, Numbers, type WindowCase, windowCases } from './cases.js';
import { expectEqual, expectNear, sumTolerance } from './compare.js';

/** images and the arguments from height to outputWidth, as all pooling kernels take them. */
function sizes({ images, inputShape, outputShape, window }: WindowCase) {
  return {
    images,
    height: inputShape[0],
    width: inputShape[1],
    channels: inputShape[2],
    poolHeight: window.size[0],
    poolWidth: window.size[1],
    strideHeight: window.strides[0],
    strideWidth: window.strides[1],
    top: window.padBefore[0],
    left: window.padBefore[1],
    outputHeight: outputShape[0],
    outputWidth: outputShape[1],
  };
}

forRandomShapes('maxPoolingForward and maxPoolingBackward', windowCases(), (space, shape, numbers) => {
  const { images, inputShape, outputShape } = shape;
  const x = numbers.next(images * sizeOf(inputShape));
  const y = space.output(images * sizeOf(outputShape));
  const argmax = space.integers(y.values.length);
  space.run('maxPoolingForward', { x: space.input(x), y: y.address, argmax: argmax.address, ...sizes(shape) });
  const twin = maxPoolingForward(x, shape);
  expectEqual('y', y.values, twin.y);
  expectEqual(
    'argmax',
    argmax.values,
    twin.argmax.map((index) => index % sizeOf(inputShape)),
  );
  const dy = numbers.sparse(y.values.length);
  const dx = space.output(x.length);
  const dyAt = space.input(dy);
  space.run('maxPoolingBackward', {
    dy: dyAt,
    argmax: argmax.address,
    dx: dx.address,
    images,
    inputSize: sizeOf(inputShape),
    outputSize: sizeOf(outputShape),
  });
  const expected = maxPoolingBackward(dy, twin.argmax, x.length);
  // A value can win in every window that it lies in.
  expectNear('dx', dx.values, expected, numbers.tolerance(25, expected));
});

forRandomShapes('averagePoolingForward and averagePoolingBackward', windowCases(), (space, shape, numbers) => {
  const { images, inputShape, outputShape, window } = shape;
  const terms = window.size[0] * window.size[1] + 2;
  const x = numbers.next(images * sizeOf(inputShape));
  const y = space.output(images * sizeOf(outputShape));
  space.run('averagePoolingForward', { x: space.input(x), y: y.address, ...sizes(shape) });
  const forward = (values: Float64Array) => averagePoolingForward(values, shape);
  // A mean of integers is rounded too.
  expectNear('y', y.values, forward(x), sumTolerance(terms, forward(absolute(x))));
  const dy = numbers.next(y.values.length);
  const dx = space.output(x.length);
  space.run('averagePoolingBackward', { dy: space.input(dy), dx: dx.address, ...sizes(shape) });
  const backward = (values: Float64Array) => averagePoolingBackward(values, shape);
  expectNear('dx', dx.values, backward(dy), sumTolerance(terms, backward(absolute(dy))));
});

forAllBuilds('one window over the whole image is global average pooling', (space) => {
  const numbers = new Numbers(false, 4);
  const inputShape = [7, 5, 3];
  const whole = {
    images: 2,
    height: 7,
    width: 5,
    channels: 3,
    poolHeight: 7,
    poolWidth: 5,
    strideHeight: 7,
    strideWidth: 5,
    top: 0,
    left: 0,
    outputHeight: 1,
    outputWidth: 1,
  };
  const x = numbers.next(2 * 105);
  const y = space.output(2 * 3);
  space.run('averagePoolingForward', { x: space.input(x), y: y.address, ...whole });
  const forward = (values: Float64Array) => globalAveragePoolingForward(values, inputShape);
  expectNear('y', y.values, forward(x), sumTolerance(37, forward(absolute(x))));
  const dy = numbers.next(6);
  const dx = space.output(x.length);
  space.run('averagePoolingBackward', { dy: space.input(dy), dx: dx.address, ...whole });
  const backward = (values: Float64Array) => globalAveragePoolingBackward(values, inputShape);
  expectNear('dx', dx.values, backward(dy), sumTolerance(2, backward(absolute(dy))));
});

forAllBuilds('a NaN wins a max-pooling, so that it is seen at the end', (space) => {
  for (let place = 0; place < 4; place++) {
    const y = space.output(1);
    const x = [1, 2, 3, 4].with(place, Number.NaN);
    space.run('maxPoolingForward', {
      x: space.input(x),
      y: y.address,
      argmax: space.integers(1).address,
      images: 1,
      height: 2,
      width: 2,
      channels: 1,
      poolHeight: 2,
      poolWidth: 2,
      strideHeight: 2,
      strideWidth: 2,
      top: 0,
      left: 0,
      outputHeight: 1,
      outputWidth: 1,
    });
    expectEqual('is NaN', [Number(Number.isNaN(y.values[0]))], [1]);
  }
});
