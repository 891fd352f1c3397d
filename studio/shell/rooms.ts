/** The rooms of the studio, in the order of their tabs. Each is loaded when it is first entered. */

import type { ComponentType } from 'preact';

export interface Room {
  /** As in the address: `#draw`. */
  readonly id: string;
  readonly title: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

export const rooms: readonly [Room, ...Room[]] = [
  { id: 'draw', title: 'Draw', load: () => import('../draw/draw-room.js') },
  { id: 'train', title: 'Train', load: () => import('../train/train-room.js') },
  { id: 'own', title: 'My digits', load: () => import('../own/own-room.js') },
  { id: 'inside', title: 'Look inside', load: () => import('../inside/inside-room.js') },
  { id: 'results', title: 'Results', load: () => import('../results/results-room.js') },
  { id: 'runs', title: 'Runs', load: () => import('../runs/runs-room.js') },
];
