/** The network of a training: a preset, or layers of one's own. Plain data, as text for an address and as a file. */

import {
  type ArchitectureName,
  architecture,
  InklingError,
  inspectModel,
  type Layer,
  type ModelConfig,
  type ModelInspection,
  modelFromData,
} from 'inkling';
import { makeLayer } from './layer-kinds.js';

export interface Network {
  readonly model: ArchitectureName;
  /** In the place of the preset's. */
  readonly layers: readonly Layer[] | undefined;
}

export const inputShape = [28, 28, 1] as const;
const classes = 10;
const ownName = 'my-network';
/** What a command reads layers of one's own from. */
export const ownFile = `${ownName}.json`;

export function modelOf({ model, layers }: Network): ModelConfig {
  return layers ? { name: ownName, inputShape, layers } : architecture(model, inputShape, classes);
}

/** The library's view of it, and a sentence where it cannot be trained to tell ten digits apart. */
export function inspectNetwork(network: Network): ModelInspection {
  const found = inspectModel(modelOf(network));
  const told = found.model?.classes ?? classes;
  if (told === classes) return found;
  const problem = `The network tells ${told} classes apart, but there are ${classes} digits. Give its last layer ${classes} units.`;
  return { ...found, problem };
}

/** As short as it can be read back: options at their defaults are left out. */
function shortLayer(layer: Layer): object {
  const meant = JSON.stringify(layer);
  const readsTheSame = (data: object) => {
    try {
      return JSON.stringify(makeLayer(layer.type, data)) === meant;
    } catch {
      return false;
    }
  };
  let short: Record<string, unknown> = { ...layer };
  for (const [key, value] of Object.entries(layer)) {
    const { [key]: _, ...without } = short;
    if (key !== 'type' && readsTheSame(without)) short = without;
    else if (Array.isArray(value) && value[0] === value[1]) short = { ...short, [key]: value[0] };
  }
  return short;
}

export function textOfLayers(layers: readonly Layer[]): string {
  return JSON.stringify(layers.map(shortLayer));
}

/** What `--model FILE` reads. */
export function fileOfLayers(layers: readonly Layer[]): string {
  return `${JSON.stringify({ name: ownName, inputShape, layers: layers.map(shortLayer) }, undefined, 2)}\n`;
}

/** @returns the layers, or a sentence on why the text means none */
export function layersFromText(text: string): { layers?: readonly Layer[]; problem?: string } {
  try {
    return { layers: modelFromData({ inputShape, layers: JSON.parse(text) }, 'The address').layers };
  } catch (error) {
    if (error instanceof InklingError) return { problem: error.message };
    return { problem: `The address: "layers" must be JSON such as [{"type":"flatten"}]. Received: ${text}.` };
  }
}
