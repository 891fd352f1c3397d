/** The topics that the conductor answers: one file each. */

import { data } from './data.js';
import { training } from './training.js';

export const topics = { data, training };

export type Topics = typeof topics;
