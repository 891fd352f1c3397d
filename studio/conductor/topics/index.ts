/** The topics that the conductor answers: one file each. */

import { augmented } from './augmented.js';
import { data } from './data.js';
import { fineTuning } from './fine-tuning.js';
import { inside } from './inside.js';
import { results } from './results.js';
import { training } from './training.js';

export const topics = { augmented, data, fineTuning, inside, results, training };

export type Topics = typeof topics;
