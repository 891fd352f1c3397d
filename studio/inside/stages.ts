/** What an image becomes on its way through a network, as a list of stages: the input, each layer, the probabilities. */

import type { Explanation, Model, Shape } from 'inkling';

export type PlacedLayer = Model['layers'][number];

export interface Stage {
  /** As the model names its layers; `input` and `probabilities` for the two ends. */
  readonly name: string;
  readonly kind: PlacedLayer['layer']['type'] | 'input' | 'probabilities';
  /** undefined at the two ends. */
  readonly placed: PlacedLayer | undefined;
  /** `[height, width, channels]` or `[values]` */
  readonly shape: Shape;
  readonly values: Float32Array;
}

/**
 * The stages of one image. The last dense layer shows its logits, and softmax is a stage of its own.
 * @param explanation of the model's answer to the image
 */
export function stagesOf(model: Model, { input, layers, logits, probabilities }: Explanation): readonly Stage[] {
  const outputs = new Map(layers.map(({ name, output }) => [name, output.data]));
  const stages: Stage[] = [
    { name: 'input', kind: 'input', placed: undefined, shape: model.config.inputShape, values: input.data },
  ];
  const softmax = model.endsInSoftmax ? softmaxLayer(model) : -1;
  for (const [index, placed] of model.layers.entries()) {
    const { name, layer, outputShape } = placed;
    // A layer of its own for softmax, and what only hands its values on, is the last stage.
    if (softmax >= 0 && index >= softmax && (index > softmax || layer.type === 'activation')) break;
    // What leaves all values as they are has no output of its own.
    const values = index === softmax ? logits : (outputs.get(name) ?? stages[stages.length - 1].values);
    stages.push({ name, kind: layer.type, placed, shape: outputShape, values });
  }
  stages.push({
    name: 'probabilities',
    kind: 'probabilities',
    placed: undefined,
    shape: [model.classes],
    values: probabilities,
  });
  return stages;
}

function softmaxLayer({ layers }: Model): number {
  return layers.findLastIndex(({ layer }) => 'activation' in layer && layer.activation === 'softmax');
}

/** Whether the stage hands on the values of the one before it. */
export function isCopy({ placed }: Stage): boolean {
  if (!placed) return false;
  const { layer } = placed;
  return (
    layer.type === 'flatten' ||
    layer.type === 'dropout' ||
    (layer.type === 'activation' && layer.activation === 'linear')
  );
}

/** The stage that has the same values before they were put in a row: of a flattened image that image. */
export function stageBeforeFlatten(stages: readonly Stage[], index: number): Stage {
  let at = index;
  while (at > 0 && isCopy(stages[at]) && stages[at].shape.length === 1) at--;
  return stages[at];
}

/** The weights of a stage by their short names, such as `kernel`. */
export function weightOf(
  { placed }: Stage,
  weights: ReadonlyMap<string, Float32Array>,
  name: string,
): Float32Array | undefined {
  const found = placed?.weights.find((weight) => weight.name === name);
  return found && weights.get(found.path);
}

/** Of an image one map, `[height, width]`. */
export function valuesOfMap({ shape, values }: Stage, map: number): Float32Array {
  const [height, width, channels] = shape;
  return Float32Array.from({ length: height * width }, (_, pixel) => values[pixel * channels + map]);
}

export function parametersOf({ placed }: Stage): number {
  return (placed?.weights ?? []).reduce(
    (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  );
}
