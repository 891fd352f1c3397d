/** Whether a training runs in this page: other rooms, and what would load the page anew, ask it. */

import { signal } from '@preact/signals';

export const isTraining = signal(false);
