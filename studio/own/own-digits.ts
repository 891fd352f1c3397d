/** The drawings that were kept with their right labels: in this browser, and as a signal. */

import { computed, signal } from '@preact/signals';
import { notify } from '../shell/notices.js';
import { database, type OwnDigit, storageProblem } from '../state/database.js';

export const imageSide = 28;
export const imagePixels = imageSide * imageSide;

/** Oldest first; undefined until they are loaded. */
export const ownDigits = signal<readonly OwnDigit[] | undefined>(undefined);

/** How many there are of each class. */
export const ownCounts = computed(() => {
  const counts = new Array<number>(10).fill(0);
  for (const { label } of ownDigits.value ?? []) counts[label]++;
  return counts;
});

let loading: Promise<void> | undefined;

/** Reads them once; where the browser refuses, that is told, and what is kept from now on lasts as long as the page. */
export function loadOwnDigits(): Promise<void> {
  loading ??= readAll();
  return loading;
}

async function readAll(): Promise<void> {
  let kept: OwnDigit[] = [];
  try {
    kept = await (await database()).getAll('digits');
  } catch (error) {
    notify(`Your digits could not be read. ${storageProblem(error)}`);
  }
  ownDigits.value = kept.sort((a, b) => a.time - b.time);
}

/** Keeps digits; where the browser has no room for them, they stay in the page, and that is told. */
export async function keepDigits(digits: readonly OwnDigit[]): Promise<void> {
  await loadOwnDigits();
  const known = new Set(digits.map(({ id }) => id));
  const others = ownDigits.peek()!.filter(({ id }) => !known.has(id));
  ownDigits.value = [...others, ...digits].sort((a, b) => a.time - b.time);
  try {
    const transaction = (await database()).transaction('digits', 'readwrite');
    await Promise.all([...digits.map((digit) => transaction.store.put(digit)), transaction.done]);
  } catch (error) {
    notify(
      `${digits.length === 1 ? 'The digit is' : 'The digits are'} in the page, but will be gone when it is closed. ${storageProblem(error)}`,
    );
  }
}

export async function deleteDigits(ids: readonly string[]): Promise<void> {
  const gone = new Set(ids);
  ownDigits.value = ownDigits.peek()?.filter(({ id }) => !gone.has(id));
  try {
    const transaction = (await database()).transaction('digits', 'readwrite');
    await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
  } catch (error) {
    notify(`They will be back when the page is opened again. ${storageProblem(error)}`);
  }
}
