/** The lesson that the address names, loaded when it is first opened. */

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { messageOf, notify } from './notices.js';
import { lessonName } from './route.js';

export function LessonView() {
  const name = lessonName.value;
  const [loaded, setLoaded] = useState<{ View: ComponentType<{ name: string }> }>();
  const isWanted = name !== undefined && loaded === undefined;
  useEffect(() => {
    if (!isWanted) return;
    import('../lessons/lesson.js').then(
      ({ default: View }) => setLoaded({ View }),
      (error: unknown) => notify(`The lesson could not be loaded: ${messageOf(error)}`),
    );
  }, [isWanted]);
  return name !== undefined && loaded ? <loaded.View key={name} name={name} /> : null;
}
