/** A part of the page that can be folded; what is folded is not computed. */

import type { ComponentChildren } from 'preact';
import type { ViewName } from '../conductor/watch/training-watch.js';
import { isViewOpen, setViewOpen } from './views.js';
import './view.css';

interface ViewProps {
  readonly name: ViewName;
  readonly title: string;
  readonly children: ComponentChildren;
}

export function View({ name, title, children }: ViewProps) {
  return (
    <details
      class="view"
      open={isViewOpen(name)}
      onToggle={({ currentTarget }) => setViewOpen(name, currentTarget.open)}
    >
      <summary>
        <h3>{title}</h3>
      </summary>
      {isViewOpen(name) ? <div class="view-content">{children}</div> : null}
    </details>
  );
}
