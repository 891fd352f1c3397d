/** Where in the studio the page is: a room, and what its address says besides, such as `#train?epochs=3`. */

import { computed, signal } from '@preact/signals';
import { formatAddress, gatherParameters, parseAddress } from './address.js';
import type { HideableControl } from './hide.js';
import { type Room, rooms } from './rooms.js';

const gathered = gatherParameters(location.search, location.hash);
if (gathered.search !== location.search) {
  history.replaceState(null, '', `${location.pathname}${gathered.search}${gathered.hash}`);
}

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

const address = computed(() => parseAddress(hash.value));

/** What stands behind the question mark and is the room's. */
export const addressParameters = computed(() => address.value.parameters);

/** Of the page's own parameters, which every room keeps: what lesson is open. */
export const lessonName = computed(() => address.value.page.get('lesson') ?? undefined);

const hiddenText = computed(() => address.value.page.get('hide') ?? '');
/** The names of what a lesson leaves out: rooms and controls, as in `hide=optimizer,seed`. */
export const hiddenNames = computed<ReadonlySet<string>>(
  () => new Set(hiddenText.value.split(/[\s,]+/).filter(Boolean)),
);

export function isHidden(name: HideableControl): boolean {
  return hiddenNames.value.has(name);
}

/** All, where none would stay. */
export const shownRooms = computed<readonly Room[]>(() => {
  const shown = rooms.filter(({ id }) => !hiddenNames.value.has(id));
  return shown.length > 0 ? shown : rooms;
});

export const currentRoom = computed<Room>(
  () => shownRooms.value.find(({ id }) => id === address.value.room) ?? shownRooms.value[0],
);

/** The address of a room, for a link: the page's own parameters stay in it. */
export function addressOf(room: string, parameters = new URLSearchParams()): string {
  return formatAddress({ room, parameters, page: address.value.page });
}

function replaceAddress(next: string): void {
  if (next === location.hash) return;
  history.replaceState(null, '', next);
  hash.value = next;
}

/** Puts parameters into the address, without an entry in the history. */
export function replaceParameters(parameters: URLSearchParams): void {
  replaceAddress(formatAddress({ room: currentRoom.peek().id, parameters, page: address.peek().page }));
}

/** Opens a lesson by its name, or closes the one that is open. */
export function openLesson(name: string | undefined): void {
  const { parameters, page } = address.peek();
  const changed = new URLSearchParams(page);
  if (name === undefined) changed.delete('lesson');
  else changed.set('lesson', name);
  replaceAddress(formatAddress({ room: currentRoom.peek().id, parameters, page: changed }));
}

/** With an entry in the history, and at once: an event that tells of it would come later. */
export function enterRoom(id: string, parameters = new URLSearchParams()): void {
  const next = addressOf(id, parameters);
  if (next === location.hash) return;
  history.pushState(null, '', next);
  hash.value = next;
}
