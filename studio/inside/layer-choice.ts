/** Which stage is open, and which of its values is looked at. */

import { computed, signal } from '@preact/signals';
import { look } from './look.js';
import { indexOf, type Place, placeOf, placeWithin } from './place.js';
import type { Stage } from './stages.js';

/** By name, so that it stays open when another network of the kind reads. */
const openedName = signal<string | undefined>(undefined);
const places = signal<Readonly<Record<string, Place>>>({});

/** Which stage is open: at first the first that weighs anything. */
export const openedIndex = computed(() => {
  const stages = look.value?.stages ?? [];
  const index = stages.findIndex(({ name }) => name === openedName.value);
  return index >= 0
    ? index
    : Math.max(
        0,
        stages.findIndex(({ placed }) => placed && placed.weights.length > 0),
      );
});

/** The place that was chosen in the stage that is open; before that, where its largest value is. */
export const chosenPlace = computed<Place>(() => {
  const stage = look.value?.stages[openedIndex.value];
  if (!stage) return { row: 0, column: 0, map: 0 };
  const chosen = places.value[stage.name];
  return chosen ? placeWithin(stage.shape, chosen) : placeOfLargest(stage);
});

export function openStage(name: string): void {
  openedName.value = name;
}

export function choosePlace(stage: Stage, place: Place): void {
  const chosen = placeWithin(stage.shape, place);
  const before = chosenPlace.peek();
  if (places.peek()[stage.name] && indexOf(stage.shape, before) === indexOf(stage.shape, chosen)) return;
  places.value = { ...places.peek(), [stage.name]: chosen };
}

function placeOfLargest({ shape, values }: Stage): Place {
  let largest = 0;
  for (let index = 1; index < values.length; index++) if (values[index] > values[largest]) largest = index;
  return placeOf(shape, largest);
}
