/** What a lesson may leave out of the page, by name, as in the address: `hide=optimizer,seed`. */

/** What is no room: the settings of a training by their names in the address, the tools of the pad, the header's buttons. */
export const hideableControls = [
  'recipe',
  'model',
  'images',
  'epochs',
  'batchSize',
  'optimizer',
  'learningRate',
  'schedule',
  'augmentation',
  'seed',
  'newLearningRate',
  'command',
  'pens',
  'undo',
  'clear',
  'picture',
  'camera',
  'correction',
  'lessons',
  'fullscreen',
  'theme',
] as const;

export type HideableControl = (typeof hideableControls)[number];

export interface Hidden {
  readonly names: ReadonlySet<string>;
  /** A sentence for each name that means nothing. */
  readonly problems: readonly string[];
}

/**
 * @param text names with commas between them; null where the address says nothing
 * @param roomIds the rooms, of which at least one stays
 */
export function hiddenBy(text: string | null, roomIds: readonly string[]): Hidden {
  const known: readonly string[] = [...roomIds, ...hideableControls];
  const asked = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const names = new Set(asked.filter((name) => known.includes(name)));
  const problems = asked
    .filter((name) => !known.includes(name))
    .map((name) => `The address says hide=${name}: expected one of ${known.join(', ')}. Nothing is hidden by it.`);
  if (roomIds.every((id) => names.has(id))) {
    for (const id of roomIds) names.delete(id);
    problems.push('The address hides every room: at least one must stay, so all of them are shown.');
  }
  return { names, problems };
}
