/** The page: header, messages, the lesson, the room, the status line. */

import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Announcer } from './announcer.js';
import { Header } from './header.js';
import { LessonView } from './lesson-view.js';
import { Notices, notify } from './notices.js';
import { RoomView } from './room-view.js';
import { rooms } from './rooms.js';
import { hiddenNames } from './route.js';
import { StatusLine } from './status-line.js';
import './app.css';

export function App() {
  useEffect(() => effect(() => void tellProblems(hiddenNames.value)), []);
  return (
    <>
      <Header />
      <div class="page">
        <Notices />
        <LessonView />
        <RoomView />
      </div>
      <StatusLine />
      <Announcer />
    </>
  );
}

/** What can be hidden is loaded where an address hides something. */
async function tellProblems(names: ReadonlySet<string>): Promise<void> {
  if (names.size === 0) return;
  const { hideProblems } = await import('./hide.js');
  const ids = rooms.map(({ id }) => id);
  for (const problem of hideProblems(names, ids)) notify(problem);
}
