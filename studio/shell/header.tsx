/** The studio's name, its rooms, a lesson for who is new here, full screen, and the choice between light and dark. */

import { FullscreenButton } from './fullscreen-button.js';
import { addressOf, currentRoom, isHidden, lessonName, openLesson, shownRooms } from './route.js';
import { chooseTheme, theme } from './theme.js';
import './header.css';

export function Header() {
  const other = theme.value === 'dark' ? 'light' : 'dark';
  return (
    <header class="header">
      <button type="button" class="skip" onClick={() => document.getElementById('room')?.focus()}>
        Skip to the room
      </button>
      <h1>
        <img src="./icon.svg" alt="" width="28" height="28" /> Inkling <span>studio</span>
      </h1>
      <nav aria-label="Rooms">
        {shownRooms.value.map(({ id, title }) => (
          <a key={id} href={addressOf(id)} aria-current={currentRoom.value.id === id ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <div class="actions">
        {isHidden('lessons') ? null : (
          <button
            type="button"
            id="open-lesson"
            aria-pressed={lessonName.value !== undefined}
            onClick={() => openLesson(lessonName.value === undefined ? 'first' : undefined)}
          >
            First lesson
          </button>
        )}
        {isHidden('fullscreen') ? null : <FullscreenButton />}
        {isHidden('theme') ? null : (
          <button
            type="button"
            class="round"
            aria-label={`Switch to ${other} colours`}
            title={`Switch to ${other} colours`}
            onClick={() => chooseTheme(other)}
          >
            {theme.value === 'dark' ? '☀' : '☾'}
          </button>
        )}
      </div>
    </header>
  );
}
