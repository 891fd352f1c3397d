/** Dense layers: the three kernels against the twin, over all tails of the register tiles. */

import fc from 'fast-check';
import { describe } from 'vitest';
import { denseBackward, denseForward } from '../../src/reference/dense.js';
import { absolute, forRandomShapes, oneTo, parts } from './cases.js';
import { expectNear } from './compare.js';

const shapes = fc.record({
  rows: fc.integer({ min: 0, max: 40 }),
  inputs: oneTo(70),
  outputs: oneTo(33),
  relu: fc.boolean(),
  useBias: fc.boolean(),
});

forRandomShapes('denseForward', shapes, (space, { rows, inputs, outputs, relu, useBias }, numbers) => {
  const x = numbers.sparse(rows * inputs);
  const kernel = numbers.next(inputs * outputs);
  const bias = useBias ? numbers.next(outputs) : new Float64Array(outputs);
  const y = space.output(rows * outputs);
  const minimum = relu ? 0 : Number.NEGATIVE_INFINITY;
  const panels = Math.ceil(outputs / 8);
  const packed = space.output(panels * inputs * 8).address;
  const kernelAt = space.input(kernel);
  space.kernels.packPanels(kernelAt, inputs, outputs, packed, 0, panels);
  const operands = [space.input(x), kernelAt, packed, space.input(bias), y.address, rows, inputs, outputs] as const;
  space.kernels.denseForward(...operands, minimum, space.bytes(264 + 8 * inputs).address);
  const expected = denseForward(x, kernel, bias, inputs).map((value) => Math.max(value, minimum));
  const magnitude = denseForward(absolute(x), absolute(kernel), absolute(bias), inputs);
  expectNear('y', y.values, expected, numbers.tolerance(inputs + 1, magnitude));
});

forRandomShapes('denseInputGradient', shapes, (space, { rows, inputs, outputs }, numbers) => {
  const x = new Float64Array(rows * inputs);
  const dy = numbers.sparse(rows * outputs);
  const kernel = numbers.next(inputs * outputs);
  const transposed = space.output(inputs * outputs);
  space.kernels.transpose(space.input(kernel), inputs, outputs, transposed.address, 0, inputs);
  const dx = space.output(rows * inputs);
  const list = space.bytes(outputs * 8);
  const operands = [space.input(dy), transposed.address, dx.address] as const;
  space.kernels.denseInputGradient(...operands, rows, inputs, outputs, list.address);
  const twin = (slopes: Float64Array, weights: Float64Array) => denseBackward(slopes, x, weights, inputs).dx;
  expectNear('dx', dx.values, twin(dy, kernel), numbers.tolerance(outputs, twin(absolute(dy), absolute(kernel))));
});

describe.each(['denseKernelGradient', 'denseLiveKernelGradient'] as const)('%s', (kernelName) => {
  const most = kernelName === 'denseLiveKernelGradient' ? 150 : 33;
  const wide = shapes.chain((shape) => oneTo(most).map((outputs) => ({ ...shape, outputs })));
  forRandomShapes('dKernel', wide, (space, { rows, inputs, outputs }, numbers) => {
    const x = numbers.next(rows * inputs);
    const dy = numbers.sparse(rows * outputs);
    const kernel = new Float64Array(inputs * outputs);
    const dKernel = space.output(inputs * outputs);
    const operands = [space.input(x), space.input(dy), dKernel.address, rows, inputs, outputs] as const;
    const scratch = space.bytes(rows * 1216 + 4096).address;
    for (const part of parts(inputs, 4)) space.kernels[kernelName](...operands, ...part, scratch);
    const twin = (values: Float64Array) => denseBackward(dy, values, kernel, inputs).dKernel;
    expectNear('dKernel', dKernel.values, twin(x), numbers.tolerance(rows, twin(absolute(x))));
  });
});
