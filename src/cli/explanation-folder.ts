/** `--explain`: for each digit a picture of what the network saw and how it came to its answer. */

import { basename, extname } from 'node:path';
import { platform } from '#platform';
import { explanationChart } from '../charts/explanation-chart.js';
import { renderPng } from '../charts/render-png.js';
import { renderSvg } from '../charts/render-svg.js';
import { explain } from '../inference/explanation.js';
import type { Recognition } from '../inference/recognition.js';
import type { Recognizer } from '../inference/recognizer.js';
import type { Picture } from '../pictures/picture.js';
import { fileError } from '../platform/node-file-error.js';
import { makeFolder } from '../platform/node-files.js';
import { standardInput } from './picture-files.js';
import { printable } from './terminal-text.js';

/** File systems take names of 255 bytes; the rest is for what comes behind, and for a temporary name. */
const longestName = 180;

export class ExplanationFolder {
  /** How many pictures it has got. */
  written = 0;
  private readonly folder: string;
  private readonly recognizer: Recognizer;
  private readonly taken = new Set<string>();

  private constructor(folder: string, recognizer: Recognizer) {
    this.folder = folder;
    this.recognizer = recognizer;
  }

  /** Makes the folder, so that a wrong path is told before the work. @throws InklingError (file) */
  static async open(folder: string, recognizer: Recognizer): Promise<ExplanationFolder> {
    await makeFolder(folder).catch((error: unknown) => {
      throw fileError('make the folder', folder, error);
    });
    return new ExplanationFolder(folder, recognizer);
  }

  /** Of digits that were seen; of a blank picture there is nothing to explain. @throws InklingError (file) */
  async write(file: string, picture: Picture, digits: readonly Recognition[]): Promise<void> {
    const { model, weights, classNames, calibration } = this.recognizer;
    for (const { image, state, box } of digits) {
      if (image === null || box === null) continue;
      const explanation = explain(model, weights, image, { temperature: calibration?.temperature });
      const chart = explanationChart(explanation, classNames, { picture, name: titleOf(file), state });
      const png = await renderPng(await renderSvg(chart));
      await platform.writeFile(platform.joinPath(this.folder, `${this.freeName(file)}.png`), png);
      this.written++;
    }
  }

  /**
   * After the picture, with a number where there are several of that name; never the picture's own, which may be in
   * this folder. Some file systems do not tell small letters from large ones.
   */
  private freeName(file: string): string {
    let stem = file === standardInput ? 'standard-input' : basename(file, extname(file));
    while (Buffer.byteLength(stem) > longestName) stem = [...stem].slice(0, -1).join('');
    let name = `${stem}-explained`;
    for (let count = 2; this.taken.has(name.toLowerCase()); count++) name = `${stem}-explained-${count}`;
    this.taken.add(name.toLowerCase());
    return name;
  }
}

function titleOf(file: string): string {
  return file === standardInput ? 'standard input' : printable(file);
}
