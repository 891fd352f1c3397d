/** The lesson that the address names. */

import { lessonName } from './route.js';
import { useLoaded } from './use-loaded.js';

export function LessonView() {
  const name = lessonName.value;
  const loaded = useLoaded(name !== undefined, () => import('../lessons/lesson.js'));
  return name !== undefined && loaded ? <loaded.Lesson key={name} name={name} /> : null;
}
