/** The room that the address names, once it is loaded. */

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { messageOf, notify } from './notices.js';
import { currentRoom } from './route.js';

export function RoomView() {
  const room = currentRoom.value;
  const [loaded, setLoaded] = useState<{ id: string; View: ComponentType }>();
  useEffect(() => {
    let isCurrent = true;
    room.load().then(
      ({ default: View }) => isCurrent && setLoaded({ id: room.id, View }),
      (error: unknown) => notify(`The room "${room.title}" could not be loaded: ${messageOf(error)}`),
    );
    return () => {
      isCurrent = false;
    };
  }, [room]);
  return (
    <main id="room" tabIndex={-1} aria-label={room.title}>
      {loaded?.id === room.id ? <loaded.View /> : null}
    </main>
  );
}
