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
  return [
    images,
    ...inputShape,
    ...window.size,
    ...window.strides,
    ...window.padBefore,
    outputShape[0],
    outputShape[1],
  ] as const;
}

forRandomShapes('maxPoolingForward and maxPoolingBackward', windowCases(), (space, shape, numbers) => {
  const { images, inputShape, outputShape } = shape;
  const x = numbers.next(images * sizeOf(inputShape));
  const y = space.output(images * sizeOf(outputShape));
  const argmax = space.integers(y.values.length);
  space.kernels.maxPoolingForward(space.input(x), y.address, argmax.address, ...sizes(shape));
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
  space.kernels.maxPoolingBackward(dyAt, argmax.address, dx.address, images, sizeOf(inputShape), sizeOf(outputShape));
  const expected = maxPoolingBackward(dy, twin.argmax, x.length);
  // A value can win in every window that it lies in.
  expectNear('dx', dx.values, expected, numbers.tolerance(25, expected));
});

forRandomShapes('averagePoolingForward and averagePoolingBackward', windowCases(), (space, shape, numbers) => {
  const { images, inputShape, outputShape, window } = shape;
  const terms = window.size[0] * window.size[1] + 2;
  const x = numbers.next(images * sizeOf(inputShape));
  const y = space.output(images * sizeOf(outputShape));
  space.kernels.averagePoolingForward(space.input(x), y.address, ...sizes(shape));
  const forward = (values: Float64Array) => averagePoolingForward(values, shape);
  // A mean of integers is rounded too.
  expectNear('y', y.values, forward(x), sumTolerance(terms, forward(absolute(x))));
  const dy = numbers.next(y.values.length);
  const dx = space.output(x.length);
  space.kernels.averagePoolingBackward(space.input(dy), dx.address, ...sizes(shape));
  const backward = (values: Float64Array) => averagePoolingBackward(values, shape);
  expectNear('dx', dx.values, backward(dy), sumTolerance(terms, backward(absolute(dy))));
});

forAllBuilds('one window over the whole image is global average pooling', (space) => {
  const numbers = new Numbers(false, 4);
  const inputShape = [7, 5, 3];
  const whole = [2, ...([7, 5, 3] as const), 7, 5, 7, 5, 0, 0, 1, 1] as const;
  const x = numbers.next(2 * 105);
  const y = space.output(2 * 3);
  space.kernels.averagePoolingForward(space.input(x), y.address, ...whole);
  const forward = (values: Float64Array) => globalAveragePoolingForward(values, inputShape);
  expectNear('y', y.values, forward(x), sumTolerance(37, forward(absolute(x))));
  const dy = numbers.next(6);
  const dx = space.output(x.length);
  space.kernels.averagePoolingBackward(space.input(dy), dx.address, ...whole);
  const backward = (values: Float64Array) => globalAveragePoolingBackward(values, inputShape);
  expectNear('dx', dx.values, backward(dy), sumTolerance(2, backward(absolute(dy))));
});

forAllBuilds('a NaN wins a max-pooling, so that it is seen at the end', (space) => {
  for (let place = 0; place < 4; place++) {
    const y = space.output(1);
    const x = [1, 2, 3, 4].with(place, Number.NaN);
    space.kernels.maxPoolingForward(
      space.input(x),
      y.address,
      space.integers(1).address,
      1,
      2,
      2,
      1,
      2,
      2,
      2,
      2,
      0,
      0,
      1,
      1,
    );
    expectEqual('is NaN', [Number(Number.isNaN(y.values[0]))], [1]);
  }
});
