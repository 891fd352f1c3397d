/** What the button of a step does: it enters the room, and never takes a drawing or a running training away. */

import { rooms } from '../shell/rooms.js';
import { currentRoom, enterRoom } from '../shell/route.js';
import { isTraining } from '../state/is-training.js';
import type { SetUp } from './lessons.js';

/** @returns what was done, as a sentence */
export function setUpPage({ room, settings }: SetUp): string {
  const { title } = rooms.find(({ id }) => id === room)!;
  if (settings !== undefined && isTraining.peek()) {
    enterIfElsewhere(room);
    return 'A training runs, and goes on as it is. Stop it or wait for its end, then press this again.';
  }
  if (settings === undefined) {
    enterIfElsewhere(room);
    return `${title} is open.`;
  }
  enterRoom(room, new URLSearchParams(settings));
  return `${title} is open and its settings are filled in: press "Train" there.`;
}

/** The parameters of the room that one is in already stay as they are. */
function enterIfElsewhere(room: string): void {
  if (currentRoom.peek().id !== room) enterRoom(room);
}
