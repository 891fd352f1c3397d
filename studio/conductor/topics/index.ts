/** The topics that the conductor answers: one file each. */

import { data } from './data.js';
import { fineTuning } from './fine-tuning.js';
import { training } from './training.js';

export const topics = { data, fineTuning, training };

export type Topics = typeof topics;
