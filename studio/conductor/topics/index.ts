/** The topics that the conductor answers: one file each. What no training needs is loaded when it is first asked. */

import { data } from './data.js';
import { training } from './training.js';

export const topics = {
  augmented: async () => (await import('./augmented.js')).augmented,
  data: () => data,
  fineTuning: async () => (await import('./fine-tuning.js')).fineTuning,
  inside: async () => (await import('./inside.js')).inside,
  results: async () => (await import('./results.js')).results,
  training: () => training,
};

export type Topics = { readonly [Topic in keyof typeof topics]: Awaited<ReturnType<(typeof topics)[Topic]>> };
