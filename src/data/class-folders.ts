/**
 * The class folders of a data set, and what else may lie in them: which files are its images, and words for what is
 * none of them.
 */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { fileKind } from '../pictures/file-kind.js';
import type { FolderEntry } from '../platform/contract.js';

export interface ImageFile {
  readonly path: string;
  readonly label: number;
  /** Place among the images of its class. */
  readonly place: number;
}

export interface ClassFolders {
  readonly classNames: string[];
  readonly files: ImageFile[];
}

const maxClasses = 256;
const byNumber = new Intl.Collator('en', { numeric: true });

/** What systems and programs leave in folders, beside hidden files. */
const leftovers = /^(\..*|Thumbs\.db|ehthumbs\.db|desktop\.ini|__MACOSX|@eaDir|lost\+found|\$RECYCLE\.BIN|Icon\r)$/i;

/** Hidden, or such as systems leave behind. */
export function isLeftover(name: string): boolean {
  return leftovers.test(name);
}

/** What people put into a folder; not what their system leaves there. */
export async function visibleEntries(folder: string): Promise<FolderEntry[]> {
  const entries = (await platform.listFolder(folder)) ?? [];
  return entries.filter(({ name }) => !isLeftover(name));
}

export function isImageName(name: string): boolean {
  return /\.(png|jpe?g)$/i.test(name);
}

/**
 * All images below `folder`, the first of each class before the second of any: so the first N images are of every
 * class.
 * @throws InklingError (data) where something else than images in class folders is there
 */
export async function listClassFolders(folder: string): Promise<ClassFolders> {
  const entries = await visibleEntries(folder);
  const loose = entries.find(({ name, isFolder }) => !isFolder && isImageName(name));
  if (loose) {
    throw new InklingError(
      'data',
      `${platform.joinPath(folder, loose.name)} lies beside the class folders: which class is it? Move it into one of them.`,
    );
  }
  const classNames = entries.filter(({ isFolder }) => isFolder).map(({ name }) => name);
  classNames.sort(byNumber.compare);
  if (classNames.length < 2 || classNames.length > maxClasses) {
    const found = `${classNames.length} class ${classNames.length === 1 ? 'folder' : 'folders'}`;
    throw new InklingError(
      'data',
      `${folder} has ${found}: expected 2 to ${maxClasses}, one for each class. ` +
        'Sort the images into folders named after their classes.',
    );
  }
  const filesOfClasses: ImageFile[][] = [];
  for (const [label, name] of classNames.entries()) {
    filesOfClasses.push(await listClassFolder(platform.joinPath(folder, name), label));
  }
  const files = filesOfClasses.flat().sort((a, b) => a.place - b.place || a.label - b.label);
  return { classNames, files };
}

async function listClassFolder(folder: string, label: number): Promise<ImageFile[]> {
  const entries = await visibleEntries(folder);
  const stranger = entries.find(({ name, isFolder }) => isFolder || !isImageName(name));
  if (stranger) throw await refusal(platform.joinPath(folder, stranger.name), stranger);
  if (entries.length === 0) {
    throw new InklingError(
      'data',
      `The class folder ${folder} is empty: expected at least one PNG or JPEG image. Add some, or remove the folder.`,
    );
  }
  return entries.map(({ name }, place) => ({ path: platform.joinPath(folder, name), label, place }));
}

/** What lies in a class folder and cannot be read as one of its images, by what it is. */
async function refusal(path: string, { name, isFolder }: FolderEntry): Promise<InklingError> {
  const expected = 'class folders hold PNG and JPEG images and nothing else';
  if (isFolder) {
    const inside = (await visibleEntries(path)).filter((entry) => isImageName(entry.name)).length;
    const images = inside === 0 ? 'no images' : `${inside} ${inside === 1 ? 'image' : 'images'}`;
    return new InklingError(
      'data',
      `${path} is a folder in a class folder, with ${images} in it: ${expected}. ` +
        `${inside === 0 ? 'Move it away' : 'Move its images up into the class folder, or make it a class folder of its own'}.`,
    );
  }
  const bytes = await platform.readFile(path);
  if (bytes.length === 0) return new InklingError('data', `${path} is an empty file: ${expected}. Remove it.`);
  const kind = fileKind(bytes);
  const endings: Record<string, string> = { png: '.png', jpeg: '.jpg' };
  const remedy =
    kind.decoder in endings
      ? `Give its name the ending ${endings[kind.decoder]}.`
      : kind.decoder === 'none'
        ? 'Move it away.'
        : `Such files are not read from folders: convert them to PNG, for example with ImageMagick: "magick mogrify -format png ` +
          `*${/\.\w+$/.exec(name)?.[0] ?? ''}", and move the originals away.`;
  return new InklingError('data', `${path} is ${kind.name}: ${expected}. ${remedy}`);
}
