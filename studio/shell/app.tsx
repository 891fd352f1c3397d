/** The page: header, messages, the lesson, the room, the status line. */

import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Announcer } from './announcer.js';
import { Header } from './header.js';
import { LessonView } from './lesson-view.js';
import { Notices, notify } from './notices.js';
import { RoomView } from './room-view.js';
import { hidden } from './route.js';
import { StatusLine } from './status-line.js';
import './app.css';

export function App() {
  useEffect(() => effect(() => hidden.value.problems.forEach(notify)), []);
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
