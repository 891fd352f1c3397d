/** Names that a lesson may leave out of the page: what they are, and what is told of those that are none. */

/** What is no room: the settings of a training by their names in the address, the tools of the pad, the header's buttons. */
export const hideableControls = [
  'recipe',
  'model',
  'layers',
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

/** @returns a sentence for each name that means nothing, and where no room would stay */
export function hideProblems(asked: ReadonlySet<string>, roomIds: readonly string[]): string[] {
  const known: readonly string[] = [...roomIds, ...hideableControls];
  const problems = [...asked]
    .filter((name) => !known.includes(name))
    .map((name) => `The address says hide=${name}: expected one of ${known.join(', ')}. Nothing is hidden by it.`);
  if (roomIds.every((id) => asked.has(id))) {
    problems.push('The address hides every room: at least one must stay, so all of them are shown.');
  }
  return problems;
}
