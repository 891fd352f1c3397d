/** Where in the studio the page is: a room, and what its address says besides, such as `#train?epochs=3`. */

import { computed, signal } from '@preact/signals';
import { type Room, rooms } from './rooms.js';

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

export const currentRoom = computed<Room>(() => {
  const [id] = hash.value.slice(1).split('?');
  return rooms.find((room) => room.id === id) ?? rooms[0];
});

/** What stands behind the question mark. */
export const addressParameters = computed(() => new URLSearchParams(hash.value.split('?')[1] ?? ''));

/** Puts parameters into the address, without an entry in the history. */
export function replaceParameters(parameters: URLSearchParams): void {
  const text = parameters.toString();
  const next = `#${currentRoom.peek().id}${text ? `?${text}` : ''}`;
  if (next === location.hash) return;
  history.replaceState(null, '', next);
  hash.value = next;
}

export function enterRoom(id: string, parameters?: URLSearchParams): void {
  const text = parameters?.toString();
  location.hash = text ? `${id}?${text}` : id;
}
