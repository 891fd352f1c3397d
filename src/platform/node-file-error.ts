/**
 * What a failed file operation of Node means, in plain words: path, cause and remedy. Knows the codes of POSIX and
 * Windows.
 */

import { InklingError } from '../errors.js';

const explanations: Record<string, string> = {
  ENOENT: 'it does not exist. Check the spelling of the path',
  ENOTDIR: 'a part of the path that should be a folder is a file. Choose another path, or move that file away',
  EEXIST: 'a file is where a folder should be. Choose another path, or move that file away',
  EISDIR: 'it is a folder, a file was expected. Give the path of a file, or move the folder away',
  ENOTEMPTY: 'it is a folder, a file was expected. Give the path of a file, or move the folder away',
  EACCES: 'permission is denied. Change the permissions, or choose another path',
  EPERM: 'the operation is not permitted. Change the permissions, or choose another path',
  EROFS: 'the file system is read-only. Choose a path on another one',
  ENOSPC: 'the disk is full. Make room, or choose a path on another disk',
  EDQUOT: 'the disk quota is used up. Make room, or choose a path on another disk',
  EFBIG: 'the file grows beyond the size that is allowed. Raise the limit, or choose a path on another disk',
  ENAMETOOLONG: 'the name is too long. Choose a shorter one',
  EMFILE: 'too many files are open in this process. Raise the limit (ulimit -n) and try again',
  ENFILE: 'too many files are open on this machine. Close some programs and try again',
  EBUSY: 'another program is using it. Close that program and try again',
  EIO: 'the disk reports a failure. Check the disk, or choose a path on another one',
  ELOOP: 'its symbolic links lead in a circle. Mend the links',
  ERR_NO_NEW_FOLDERS: 'the folder above it takes no new folders, as in /proc. Choose another path',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB, more than can be read at once. Split it into smaller files',
};

/** An error of kind `file`. @param action what was attempted, such as `read` */
export function fileError(action: string, path: string, cause: unknown): InklingError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = explanations[code] ?? (cause instanceof Error ? cause.message : String(cause));
  const suffix = code === '' ? '' : ` (${code})`;
  return new InklingError('file', `Cannot ${action} ${path}: ${reason}${suffix}.`, { cause });
}
