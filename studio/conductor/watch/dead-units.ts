/**
 * Which units of the layers with relu no image activates. The network is cut off after each of these layers: what the
 * cut-off network gives is, of a convolution, the mean of each map, which is above 0 where the filter answers anywhere.
 */

import {
  dense,
  globalAveragePooling2d,
  type LabelledImages,
  type Model,
  type ModelConfig,
  Sequential,
  type WeightValues,
} from 'inkling';

export interface UnitActivity {
  /** Such as `conv2d`. */
  readonly layer: string;
  /** Filters of a convolution, units of a dense layer. */
  readonly units: number;
  readonly dead: number;
}

/** A network whose logits are the activations of one of its layers. */
export interface CutOff {
  readonly layer: string;
  readonly units: number;
  readonly config: ModelConfig;
  /** Those that it shares with the whole network. */
  readonly paths: readonly string[];
  /** The path of its last kernel, which hands on what it gets. */
  readonly identity: string;
}

/** More units than these take longer than a look is worth. */
const mostUnits = 1024;

export function cutOffs({ config, layers }: Model): CutOff[] {
  return layers.flatMap(({ layer, name, outputShape }, index) => {
    const units = outputShape.at(-1)!;
    if (!('activation' in layer) || layer.activation !== 'relu' || units > mostUnits) return [];
    const end = `units-of-${name}`;
    const pool = outputShape.length === 3 ? [globalAveragePooling2d()] : [];
    const kept = layers.slice(0, index + 1);
    return {
      layer: name,
      units,
      config: {
        ...config,
        layers: [...kept.map((one) => one.layer), ...pool, dense({ units, useBias: false, name: end })],
      },
      paths: kept.flatMap(({ weights }) => weights.map(({ path }) => path)),
      identity: `${end}/kernel`,
    };
  });
}

export function identityKernel(units: number): Float32Array {
  const kernel = new Float32Array(units * units);
  for (let unit = 0; unit < units; unit++) kernel[unit * units + unit] = 1;
  return kernel;
}

/** @param activations `[images, units]`. @returns how many units are 0 for every image; NaN is not 0 */
export function countDead(activations: Float32Array, units: number): number {
  const isActive = new Uint8Array(units);
  for (let index = 0; index < activations.length; index++) {
    if (activations[index] !== 0) isActive[index % units] = 1;
  }
  return units - isActive.reduce((sum, one) => sum + one, 0);
}

/** The cut-off networks of a model, ready to be asked again and again; made when they are first asked. */
export class UnitWatch {
  private readonly model: Model;
  private readonly images: LabelledImages['images'];
  private networks: readonly (CutOff & { readonly network: Sequential; readonly end: Float32Array })[] | undefined;

  constructor(model: Model, images: LabelledImages['images']) {
    this.model = model;
    this.images = images;
  }

  async look(weights: WeightValues): Promise<UnitActivity[]> {
    this.networks ??= cutOffs(this.model).map((cut) => {
      const network = new Sequential(cut.config);
      network.compile({ threads: 1 });
      return { ...cut, network, end: identityKernel(cut.units) };
    });
    const found: UnitActivity[] = [];
    for (const { layer, units, paths, identity, network, end } of this.networks) {
      network.setWeights(new Map([...paths.map((path) => [path, weights.get(path)!] as const), [identity, end]]));
      const { data } = await network.predictLogits(this.images);
      found.push({ layer, units, dead: countDead(data, units) });
    }
    return found;
  }

  dispose(): void {
    for (const { network } of this.networks ?? []) network.dispose();
  }
}
