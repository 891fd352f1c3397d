/** The studio's name, its rooms, and the choice between light and dark. */

import { rooms } from './rooms.js';
import { currentRoom } from './route.js';
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
        {rooms.map(({ id, title }) => (
          <a key={id} href={`#${id}`} aria-current={currentRoom.value.id === id ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <button
        type="button"
        class="theme"
        aria-label={`Switch to ${other} colours`}
        title={`Switch to ${other} colours`}
        onClick={() => chooseTheme(other)}
      >
        {theme.value === 'dark' ? '☀' : '☾'}
      </button>
    </header>
  );
}
