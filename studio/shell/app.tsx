/** The page: header, messages, the room, the status line. */

import { Announcer } from './announcer.js';
import { Header } from './header.js';
import { Notices } from './notices.js';
import { RoomView } from './room-view.js';
import { StatusLine } from './status-line.js';
import './app.css';

export function App() {
  return (
    <>
      <Header />
      <div class="page">
        <Notices />
        <RoomView />
      </div>
      <StatusLine />
      <Announcer />
    </>
  );
}
