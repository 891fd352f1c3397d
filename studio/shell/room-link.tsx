/** A link to another room; where that is hidden its words alone. */

import type { ComponentChildren } from 'preact';
import type { Room } from './rooms.js';
import { addressOf, shownRooms } from './route.js';

interface RoomLinkProps {
  readonly room: Room['id'];
  readonly children: ComponentChildren;
}

export function RoomLink({ room, children }: RoomLinkProps) {
  if (!shownRooms.value.some(({ id }) => id === room)) return <span>{children}</span>;
  return <a href={addressOf(room)}>{children}</a>;
}
