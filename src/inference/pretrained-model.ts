/** The model that ships with this package. The folder pretrained/ has what made it. */

import type { LoadedModel } from '../formats/model-file.js';
import { readSafetensors } from '../formats/safetensors.js';
import { checkedDescription } from '../formats/saved-description.js';
import { decodeBase64 } from '../numerics/base64.js';

const source = 'the model that ships with Inkling';

/**
 * It is a module of this package, loaded when it is first asked for: there is no file to find, in Node or in a page.
 */
export async function loadPretrained(): Promise<LoadedModel> {
  const { description, weights: base64 } = await import('./pretrained-files.js');
  const data = JSON.parse(description) as Record<string, unknown>;
  const { tensors, metadata } = readSafetensors(decodeBase64(base64), source);
  const described = checkedDescription(data, source);
  return { ...described, weights: new Map([...tensors].map(([path, tensor]) => [path, tensor.data])), metadata };
}
