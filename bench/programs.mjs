/**
 * The programs that are compared, and what each of them can do. A new peer is one entry here and one file in peers/.
 */

/**
 * @property label for tables
 * @property file in peers/; Python where it ends in .py
 * @property newerNode whether it runs on the Node that `--newer-node` names
 * @property settings go into each of the program's jobs
 * @property tasks what it can do: `train` (any model), `trainCnn` (too slow for more), `reach`, `infer`
 * @property check how many steps of which size the check of results takes; default: `fullCheck` in check.mjs
 */
export const programs = [
  {
    name: 'inkling',
    label: 'Inkling',
    file: 'inkling.mjs',
    settings: { arithmetic: 'auto' },
    tasks: ['train', 'reach', 'infer'],
  },
  {
    name: 'inkling-plain',
    label: 'Inkling, plain arithmetic',
    file: 'inkling.mjs',
    settings: { arithmetic: 'plain' },
    tasks: ['trainCnn', 'infer'],
  },
  {
    name: 'inkling-wide',
    label: 'Inkling, vectors of 256 bits',
    file: 'inkling.mjs',
    newerNode: true,
    settings: { arithmetic: 'auto', vectorBits: 256 },
    tasks: ['train', 'reach', 'infer'],
  },
  {
    name: 'keras',
    label: 'Keras on TensorFlow',
    file: 'keras_tensorflow.py',
    settings: {},
    tasks: ['train', 'reach', 'infer'],
  },
  {
    name: 'pytorch',
    label: 'PyTorch',
    file: 'pytorch.py',
    settings: { memoryFormat: 'contiguous_format' },
    tasks: ['train', 'reach', 'infer'],
  },
  {
    name: 'pytorch-channels-last',
    label: 'PyTorch, channels last',
    file: 'pytorch.py',
    settings: { memoryFormat: 'channels_last' },
    tasks: ['train', 'reach', 'infer'],
  },
  {
    name: 'tfjs-cpu',
    label: 'TensorFlow.js, cpu',
    file: 'tensorflowjs.mjs',
    settings: { backend: 'cpu' },
    tasks: ['trainCnn'],
    check: { steps: 4, batchSize: 16 },
  },
  {
    name: 'tfjs-wasm',
    label: 'TensorFlow.js, wasm',
    file: 'tensorflowjs.mjs',
    settings: { backend: 'wasm' },
    tasks: ['infer'],
    check: { steps: 0, batchSize: 1 },
  },
  {
    name: 'tfjs-node',
    label: 'TensorFlow.js, node',
    file: 'tensorflowjs.mjs',
    settings: { backend: 'node' },
    tasks: ['train', 'infer'],
  },
  {
    name: 'onnxruntime-node',
    label: 'ONNX Runtime, native (npm)',
    file: 'onnxruntime.mjs',
    settings: { runtime: 'onnxruntime-node' },
    tasks: ['infer'],
    check: { steps: 0, batchSize: 1 },
  },
  {
    name: 'onnxruntime-python',
    label: 'ONNX Runtime, native (Python)',
    file: 'onnxruntime_native.py',
    settings: {},
    tasks: ['infer'],
    check: { steps: 0, batchSize: 1 },
  },
  {
    name: 'onnxruntime-web',
    label: 'ONNX Runtime, web',
    file: 'onnxruntime.mjs',
    settings: { runtime: 'onnxruntime-web' },
    tasks: ['infer'],
    check: { steps: 0, batchSize: 1 },
  },
];

/** Name, as `--peers` and results files have it, to label. */
export function labelOf(name) {
  return programs.find((program) => program.name === name)?.label ?? name;
}
