/** Which views of a training are open: what is folded is not computed. */

import { computed, signal } from '@preact/signals';
import type { ViewName } from '../conductor/watch/training-watch.js';

const names: readonly ViewName[] = ['pinned', 'filters', 'histograms', 'units', 'confusion'];
const folded = signal<ReadonlySet<ViewName>>(new Set());

export const openViews = computed(() => names.filter((name) => !folded.value.has(name)));

export function isViewOpen(name: ViewName): boolean {
  return !folded.value.has(name);
}

export function setViewOpen(name: ViewName, isOpen: boolean): void {
  if (isOpen === isViewOpen(name)) return;
  const others = [...folded.peek()].filter((other) => other !== name);
  folded.value = new Set(isOpen ? others : [...others, name]);
}
