/** Leads to a section of the room, and puts the focus there. */

import './section-links.css';

export function SectionLinks({ titles }: { readonly titles: readonly string[] }) {
  return (
    <nav class="section-links wide" aria-label="Sections">
      {titles.map((title) => (
        <button key={title} type="button" onClick={() => enter(title)}>
          {title}
        </button>
      ))}
    </nav>
  );
}

export function idOf(title: string): string {
  return `results-${title.toLowerCase().replaceAll(' ', '-')}`;
}

/** Not by an anchor: the address names the room. */
function enter(title: string): void {
  const section = document.getElementById(idOf(title));
  section?.focus({ preventScroll: true });
  section?.scrollIntoView();
}
