/** `inkling export`: a run's network as files that other tools read. */

import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { loadEnsemble, memberFolder } from '../formats/ensemble-file.js';
import type { ExportFormat } from '../formats/export/export-formats.js';
import { exportModel } from '../formats/export/export-model.js';
import { moduleBeginning } from '../formats/export/pytorch.js';
import { loadModel } from '../formats/model-file.js';
import { weightsSha256 } from '../formats/weights-sha256.js';
import { integer } from '../report/number-format.js';
import { resolveLatest } from './latest-run.js';
import type { Output } from './output.js';

export interface ExportOptions {
  readonly to: ExportFormat;
  readonly out?: string;
}

/** Within the folder of the model; a name of its own, since a model's weights are called as PyTorch's are. */
const defaultFolder = 'export';

/**
 * @throws InklingError (argument) for an ensemble or a file that must not be written over, (file, model) where the model
 * cannot be read or the files cannot be written
 */
export async function exportRun(choice: string, { to, out }: ExportOptions, output: Output): Promise<void> {
  const path = await resolveLatest(choice);
  const ensemble = await loadEnsemble(path);
  if (ensemble) {
    throw new InklingError(
      'argument',
      `${path}: expected one network. Received: the ensemble "${ensemble.name}" of ${ensemble.members.length}. ` +
        `Export its members one by one, such as ${join(path, memberFolder(1))}.`,
    );
  }
  const model = await loadModel(path);
  const folder = extname(path) === '.json' ? dirname(path) : path;
  const files = await exportModel(model, to);
  const [main] = files.keys();
  const target = out ?? join(folder, defaultFolder, main);
  if (extname(target) !== extname(main)) {
    throw new InklingError(
      'argument',
      `--out ${target}: expected a file whose name ends in ${extname(main)}, as those of ${to} do.`,
    );
  }
  if (resolve(target) === resolve(folder, 'model.safetensors')) {
    throw new InklingError(
      'argument',
      `--out ${target}: this is the model that is to be exported. Choose another file.`,
    );
  }
  const named = new Map(
    [...files].map(([name, bytes]) => [
      join(dirname(target), basename(target, extname(target)) + extname(name)),
      bytes,
    ]),
  );
  for (const name of named.keys()) if (extname(name) === '.py') await requireOwnProgram(name);
  for (const [name, bytes] of named) await platform.writeFile(name, bytes);
  const sum = await weightsSha256(model.model, model.weights);
  const written = [...named].map(([file, { length }]) => ({ file, bytes: length }));
  output.event({ event: 'export', format: to, files: written, weightsSha256: sum });
  for (const { file, bytes } of written) output.result(`Exported: ${file} (${integer(bytes)} bytes)`);
}

/** A program that somebody wrote must not be lost. */
async function requireOwnProgram(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined || text.startsWith(moduleBeginning)) return;
  throw new InklingError(
    'argument',
    `--out: ${path} would be written over, and was not made by "inkling export". Choose another name.`,
  );
}
