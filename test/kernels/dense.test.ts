/** Dense layers: the three kernels against the twin, over all tails of the register tiles. */

import fc from 'fast-check';
import { describe } from 'vitest';
import { kernelSizes } from '../../src/engine/kernels.js';
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
  space.run('packPanels', {
    matrix: kernelAt,
    rows: inputs,
    columns: outputs,
    packed,
    firstPanel: 0,
    lastPanel: panels,
  });
  space.run('denseForward', {
    x: space.input(x),
    kernel: kernelAt,
    packed,
    bias: space.input(bias),
    y: y.address,
    rows,
    inputs,
    outputs,
    minimum,
    scratch: space.bytes(kernelSizes().denseForwardScratchBytes(inputs)).address,
  });
  const expected = denseForward(x, kernel, bias, inputs).map((value) => Math.max(value, minimum));
  const magnitude = denseForward(absolute(x), absolute(kernel), absolute(bias), inputs);
  expectNear('y', y.values, expected, numbers.tolerance(inputs + 1, magnitude));
});

forRandomShapes('denseInputGradient', shapes, (space, { rows, inputs, outputs }, numbers) => {
  const x = new Float64Array(rows * inputs);
  const dy = numbers.sparse(rows * outputs);
  const kernel = numbers.next(inputs * outputs);
  const transposed = space.output(inputs * outputs);
  space.run('transpose', {
    matrix: space.input(kernel),
    rows: inputs,
    columns: outputs,
    transposed: transposed.address,
    firstRow: 0,
    lastRow: inputs,
  });
  const dx = space.output(rows * inputs);
  space.run('denseInputGradient', {
    dy: space.input(dy),
    transposed: transposed.address,
    dx: dx.address,
    rows,
    inputs,
    outputs,
    list: space.bytes(kernelSizes().denseInputGradientListBytes(outputs)).address,
  });
  const twin = (slopes: Float64Array, weights: Float64Array) => denseBackward(slopes, x, weights, inputs).dx;
  expectNear('dx', dx.values, twin(dy, kernel), numbers.tolerance(outputs, twin(absolute(dy), absolute(kernel))));
});

describe.each(['denseKernelGradient', 'denseLiveKernelGradient'] as const)('%s', (kernelName) => {
  const isLive = kernelName === 'denseLiveKernelGradient';
  const most = isLive ? 150 : 33;
  const wide = shapes.chain((shape) => oneTo(most).map((outputs) => ({ ...shape, outputs })));
  forRandomShapes('dKernel', wide, (space, { rows, inputs, outputs }, numbers) => {
    const x = numbers.next(rows * inputs);
    const dy = numbers.sparse(rows * outputs);
    const kernel = new Float64Array(inputs * outputs);
    const dKernel = space.output(inputs * outputs);
    const tensors = { x: space.input(x), dy: space.input(dy), dKernel: dKernel.address, rows, inputs, outputs };
    const scratch = space.bytes(kernelSizes().denseLiveKernelGradientScratchBytes(rows)).address;
    for (const [firstInput, lastInput] of parts(inputs, 4)) {
      const operands = { ...tensors, firstInput, lastInput };
      if (isLive) space.run('denseLiveKernelGradient', { ...operands, scratch });
      else space.run('denseKernelGradient', operands);
    }
    const twin = (values: Float64Array) => denseBackward(dy, values, kernel, inputs).dKernel;
    expectNear('dKernel', dKernel.values, twin(x), numbers.tolerance(rows, twin(absolute(x))));
  });
});
