/** `inkling predict`: pictures good and bad, tables and JSON, models, explanations, exit codes. */

import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { dense, flatten, Sequential } from 'inkling';
import { beforeAll, describe, expect, test } from 'vitest';
import { difficultNumbers } from '../pictures/difficult-numbers.mjs';
import { digitRows } from '../pictures/digit-rows.mjs';
import { drawnDigits } from '../pictures/drawn-digits.mjs';
import { pngChunk, pngHeader, pngSignature } from '../pictures/png-file.js';
import { Command, eventsOf, folder, program, root, run } from './command.js';

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const pngOf = (picture: Picture) => encode({ ...picture, channels: 4, depth: 8 });
const small = drawnDigits(1, ['small picture']);
const row = digitRows(1).find(({ name, digits }) => name === 'well spaced' && digits.length === 3)!;
const signed = difficultNumbers(1).find(({ name }) => name === 'a minus sign and a point')!;
const white = (side: number): Picture => ({
  width: side,
  height: side,
  data: new Uint8Array(side * side * 4).fill(255),
});
/** Some 60 bytes that claim 3.6 thousand million pixels. */
const bomb = Buffer.concat([
  pngSignature,
  pngHeader({ width: 60_000, height: 60_000, depth: 8, colourType: 0 }),
  pngChunk('IEND'),
]);

const predict = (...words: string[]) => run('predict', ...words);
const write = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
const statesOf = (stdout: string) => eventsOf(stdout).map(({ file, state, error }) => [file, state ?? error]);

beforeAll(async () => {
  await mkdir(join(folder, 'pictures', 'deep'), { recursive: true });
  await mkdir(join(folder, 'bad'));
  await mkdir(join(folder, 'nothing'));
  await write('4.png', pngOf(small[4].picture));
  await write('7.png', pngOf(small[7].picture));
  await write('pictures/with space 4.png', pngOf(small[4].picture));
  await write('pictures/deep/7.PNG', pngOf(small[7].picture));
  await write('pictures/.hidden.png', 'nobody reads this');
  await write('pictures/readme.txt', 'nor this');
  await symlink('..', join(folder, 'pictures', 'deep', 'up'));
  await write('white.png', pngOf(white(40)));
  await write('row.png', pngOf(row.picture));
  await write('signed.png', pngOf(signed.picture));
  await write('bad/empty.png', '');
  await write('bad/cut.png', pngOf(small[4].picture).subarray(0, 200));
  await write('bad/text.png', 'hello');
  await write('bad/document.pdf', '%PDF-1.4');
  await write('bad/bomb.png', bomb);
});

describe('a table for people', () => {
  test('of files and folders', async () => {
    const { code, stdout, stderr } = await predict('4.png', 'pictures', 'white.png');
    expect([code, stderr]).toStrictEqual([0, '']);
    expect(stdout.split('\n')).toStrictEqual([
      expect.stringMatching(/^file +answer {2}probability {2}runner-up {2}state$/),
      expect.stringMatching(/^4\.png +4 .* % +\d {2}digit$/),
      expect.stringMatching(/^pictures\/deep\/7\.PNG +7 .* % +\d {2}digit$/),
      expect.stringMatching(/^pictures\/with space 4\.png +4 .* % +\d {2}digit$/),
      expect.stringMatching(/^white\.png +– +– +– {2}blank$/),
      '',
    ]);
  });

  test('of names with line ends and control characters', async () => {
    await write('new\nline \x1b[31m.png', pngOf(small[4].picture));
    const { code, stdout } = await predict('new\nline \x1b[31m.png', '4.png', 'gone\n.png');
    expect([code, stdout.split('\n')[1]]).toStrictEqual([
      1,
      expect.stringMatching(/^new\\nline \\u001b\[31m\.png +4 /),
    ]);
    const places = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/(digit|state)$/, '').length);
    expect(new Set(places)).toHaveProperty('size', 1);
  });

  test('--quiet leaves the rows', async () => {
    const { code, stdout, stderr } = await predict('4.png', '7.png', '--quiet');
    expect([code, stderr, stdout]).toStrictEqual([0, '', expect.stringMatching(/^4\.png .*\n7\.png .*\n$/)]);
  });

  test('whoever reads it may leave', () => {
    const words = `"${process.execPath}" "${program}" predict 4.png 7.png 4.png | head -1; echo "\${PIPESTATUS[0]}"`;
    const stdout = execFileSync('bash', ['-c', words], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toMatch(/^file .*\n(0|141)\n$/);
  });
});

describe('--json', () => {
  test('has one object a line with exactly the promised keys', async () => {
    const { code, stdout, stderr } = await predict('4.png', 'white.png', '--json');
    expect(code).toBe(0);
    const [four, blank] = eventsOf(stdout);
    expect(Object.keys(four)).toStrictEqual([
      ...['file', 'state', 'answer', 'probability', 'runnerUp', 'probabilities', 'sideBySide', 'dropped'],
    ]);
    expect(four).toMatchObject({ file: '4.png', state: 'digit', answer: '4', runnerUp: expect.stringMatching(/^\d$/) });
    expect(four.probabilities[4]).toBe(four.probability);
    expect(four.probabilities.reduce((sum: number, value: number) => sum + value, 0)).toBeCloseTo(1, 6);
    const nothing = {
      answer: null,
      probability: null,
      runnerUp: null,
      probabilities: null,
      sideBySide: 0,
      dropped: [],
    };
    expect(blank).toStrictEqual({ file: 'white.png', state: 'blank', ...nothing });
    expect(stderr).toMatch(/^file .*\n4\.png .*\nwhite\.png .*\n$/);
  });

  test('tells what failed in the place of its answer', async () => {
    const { code, stdout } = await predict('gone.png', '4.png', 'bad', 'nothing', '7.png', '--json', '--quiet');
    expect(code).toBe(1);
    expect(statesOf(stdout)).toStrictEqual([
      ['gone.png', 'Cannot read gone.png: it does not exist. Check the spelling of the path (ENOENT).'],
      ['4.png', 'digit'],
      ['bad/bomb.png', expect.stringContaining('60000 x 60000 pixels: expected at most 64 million')],
      ['bad/cut.png', expect.stringContaining('damaged PNG file')],
      ['bad/empty.png', expect.stringContaining('is empty: expected a picture')],
      ['bad/text.png', expect.stringContaining('is not a picture: it seems to be text')],
      ['nothing', expect.stringContaining('has no pictures')],
      ['7.png', 'digit'],
    ]);
    for (const line of eventsOf(stdout)) {
      if (line.error) expect(Object.keys(line)).toStrictEqual(['file', 'error']);
    }
  });
});

test('what cannot be read is told on standard error, and the rest is answered', async () => {
  const { code, stdout, stderr } = await predict('bad/document.pdf', '4.png', '/dev/zero', '4.png/x', '7.png');
  expect([code, stdout]).toStrictEqual([1, expect.stringMatching(/^file .*\n4\.png .*\n7\.png .*\n$/)]);
  expect(stderr.split('\n')).toStrictEqual([
    expect.stringMatching(
      /^Error: bad\/document\.pdf is not a picture: it seems to be a PDF document\. Expected a PNG/,
    ),
    expect.stringMatching(/^Error: \/dev\/zero is not a picture: /),
    expect.stringMatching(/^Error: Cannot read 4\.png\/x: a part of the path that should be a folder is a file/),
    '',
  ]);
});

describe('standard input', () => {
  const fromInput = (input: Uint8Array, ...words: string[]) => new Command(['predict', ...words], program, input).end();

  test('is a picture among others', async () => {
    const { code, stdout } = await fromInput(pngOf(small[7].picture), '4.png', '-', '--json');
    expect([code, statesOf(stdout)]).toStrictEqual([
      0,
      [
        ['4.png', 'digit'],
        ['-', 'digit'],
      ],
    ]);
    expect(eventsOf(stdout)[1].answer).toBe('7');
  });

  test('may be empty', async () => {
    const { code, stdout, stderr } = await fromInput(new Uint8Array(0), '-');
    expect([code, stdout, stderr]).toStrictEqual([1, '', expect.stringMatching(/^Error: standard input is empty: /)]);
  });

  test('a pipe with a name is read like a file', () => {
    const words = `"${process.execPath}" "${program}" predict <(cat 7.png) --quiet`;
    expect(execFileSync('bash', ['-c', words], { cwd: folder, encoding: 'utf8' })).toMatch(/^\/dev\/fd\/\d+ +7 /);
  });
});

describe('--many', () => {
  test('is named where several marks stand side by side and one digit was asked for', async () => {
    const { stdout } = await predict('row.png', '4.png');
    const [, several, one] = stdout.split('\n');
    expect(several).toMatch(/ \(3 marks side by side: --many reads each\)$/);
    expect(one).toMatch(/ {2}digit$/);
    expect(eventsOf((await predict('row.png', '4.png', '--json')).stdout)).toMatchObject([
      { file: 'row.png', sideBySide: 3 },
      { file: '4.png', sideBySide: 1 },
    ]);
  });

  test('a line with the whole number, then a row for each digit', async () => {
    const { code, stdout, stderr } = await predict('--many', 'row.png', 'white.png');
    expect([code, stderr]).toStrictEqual([0, '']);
    const rows = stdout.split('\n');
    expect(rows[0]).toMatch(new RegExp(`^row\\.png: ${row.digits}( \\(|$)`));
    expect(rows[1]).toMatch(/^ {2}answer {2}probability {2}runner-up {2}state +box$/);
    for (const [index, digit] of [...row.digits].entries()) {
      expect(rows[2 + index]).toMatch(new RegExp(`^ +${digit} .* % .*(digit|not sure) +\\d+ x \\d+ at \\d+, \\d+$`));
    }
    expect(rows.slice(5)).toStrictEqual(['white.png: blank', '']);
    const quiet = await predict('--many', 'row.png', 'white.png', '--quiet');
    expect(quiet.stdout).toBe(`${rows[0]}\nwhite.png: blank\n`);
  });

  test('a line with what was left out, which makes the number doubtful', async () => {
    const { stdout } = await predict('--many', 'signed.png');
    const rows = stdout.trimEnd().split('\n');
    expect(rows[0]).toBe(`signed.png: ${signed.digits} (2 marks left out)`);
    expect(rows.at(-1)).toMatch(
      /^ {2}left out: minus sign \d+ x \d+ at \d+, \d+; decimal point \d+ x \d+ at \d+, \d+$/,
    );
    const [object] = eventsOf((await predict('--many', 'signed.png', '--json')).stdout);
    expect(object).toMatchObject({ state: 'not sure', dropped: [{ reason: 'minus' }, { reason: 'point' }] });
    expect(object.dropped[0].box).toStrictEqual({ left: 30, top: 60, width: 31, height: 7 });
  });

  test('as JSON, with boxes', async () => {
    const { stdout } = await predict('--many', '--json', 'row.png', 'white.png', 'bad/empty.png');
    const [first, second, third] = eventsOf(stdout);
    expect(first).toMatchObject({ file: 'row.png', answer: row.digits, state: 'digit', dropped: [] });
    expect(Object.keys(first)).toStrictEqual(['file', 'answer', 'state', 'digits', 'dropped']);
    expect(first.digits.map(({ answer }: { answer: string }) => answer).join('')).toBe(row.digits);
    for (const [index, digit] of first.digits.entries()) {
      expect(Object.keys(digit)).toStrictEqual([
        ...['state', 'answer', 'probability', 'runnerUp', 'probabilities', 'line', 'box'],
      ]);
      const { left, top, width, height } = row.boxes[index];
      for (const [key, value] of Object.entries({ left, top, width, height })) {
        expect(Math.abs(digit.box[key] - value)).toBeLessThanOrEqual(6);
      }
    }
    expect(second).toStrictEqual({ file: 'white.png', answer: null, state: 'blank', digits: [], dropped: [] });
    expect(third).toStrictEqual({ file: 'bad/empty.png', error: expect.stringContaining('is empty') });
  });
});

describe('--explain', () => {
  test('writes a picture for each digit, next to the picture too, and nothing else', async () => {
    await mkdir(join(folder, 'mine'));
    await cp(join(folder, '4.png'), join(folder, 'mine', '4.png'));
    const before = await readFile(join(folder, 'mine', '4.png'));
    const { code, stdout } = await predict('mine/4.png', '4.png', 'white.png', '--explain', 'mine');
    expect([code, stdout]).toStrictEqual([0, expect.stringMatching(/\n\nExplained in mine: 2 pictures\n$/)]);
    const files = ['4-explained-2.png', '4-explained.png', '4.png'];
    expect((await readdir(join(folder, 'mine'))).sort()).toStrictEqual(files);
    expect((await readFile(join(folder, 'mine', '4.png'))).equals(before)).toBe(true);
    expect((await readFile(join(folder, 'mine', files[0]))).subarray(1, 4).toString()).toBe('PNG');
  });

  test('into a file it fails at once', async () => {
    const { code, stdout, stderr } = await predict('4.png', '--explain', '7.png');
    expect([code, stdout]).toStrictEqual([1, '']);
    expect(stderr).toMatch(/^Error: Cannot make the folder 7\.png: a file is where a folder should be\. .*\n$/);
  });

  test('without it nothing is written', async () => {
    const before = await readdir(folder, { recursive: true });
    await predict('4.png', 'pictures', 'row.png', '--many');
    expect(await readdir(folder, { recursive: true })).toStrictEqual(before);
  });
});

describe('--model', () => {
  beforeAll(async () => {
    const layers = [flatten(), dense({ units: 3, activation: 'softmax' })];
    for (const [name, classNames] of [
      ['earlier', ['circle', 'cross', 'square']],
      ['later', ['a', 'b', 'c']],
    ] as const) {
      const model = new Sequential(layers, { inputShape: [20, 30, 1] });
      model.compile({ threads: 1 });
      await model.save(join(folder, 'runs', name), { classNames });
    }
    await mkdir(join(folder, 'runs', 'unfinished'));
    for (const [name, seconds] of [
      ['earlier', 1000],
      ['later', 2000],
    ] as const) {
      await write(`runs/${name}/summary.json`, '{}');
      await utimes(join(folder, 'runs', name, 'summary.json'), seconds, seconds);
    }
    for (const name of ['cut', 'no-json']) {
      for (const file of ['model.json', 'model.safetensors']) {
        await cp(join(root, 'pretrained', file), join(folder, name, file));
      }
    }
    const weights = await readFile(join(root, 'pretrained', 'model.safetensors'));
    await write('cut/model.safetensors', weights.subarray(0, weights.length / 2));
    await write('no-json/model.json', '{ "name": ');
  });

  test('latest is the run that was finished last; its classes are the answers', async () => {
    const { code, stdout } = await predict('4.png', '--model', 'latest', '--json');
    expect([code, eventsOf(stdout)[0]]).toMatchObject([0, { answer: expect.stringMatching(/^[abc]$/) }]);
    expect(eventsOf(stdout)[0].probabilities).toHaveLength(3);
    const earlier = await predict('4.png', '--model', 'runs/earlier', '--many', '--json');
    expect(eventsOf(earlier.stdout)[0].answer).toMatch(/^(circle|cross|square)$/);
  });

  test.each([
    ['nowhere', '--model nowhere: there is no such file or folder. Expected the folder of a run'],
    ['cnn', 'Train it first: "inkling train --model cnn"'],
    ['cut', 'cut/model.safetensors is not a valid safetensors file'],
    ['no-json', 'no-json/model.json is not JSON: '],
    ['4.png', '--model 4.png: this is not a model. Expected the folder of a run'],
  ])('%s cannot be used', async (choice, message) => {
    const { code, stdout, stderr } = await predict('4.png', '--model', choice, '--json');
    expect([code, stderr]).toStrictEqual([1, expect.stringMatching(/^Error: [^\n]+\n$/)]);
    expect(stderr).toContain(message);
    expect(eventsOf(stdout)).toMatchObject([{ event: 'error', message: expect.stringContaining(message) }]);
  });
});

describe('wrong calls', () => {
  test.each([
    [[], 'There is no path: expected a picture'],
    [['4.png', '--bogus'], "unknown option '--bogus'"],
    [['4.png', '--model', ''], 'Expected a text that is not empty.'],
    [['4.png', '--explain'], "option '--explain <folder>' argument missing"],
    [['', '4.png'], 'A path is empty: expected a picture'],
    [['-', '4.png', '-'], 'Standard input (-) is given twice'],
  ])('%j', async (words, message) => {
    const { code, stdout, stderr } = await predict(...words);
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toMatch(/^Error: /);
    expect(stderr).toContain(message);
  });

  test('--model latest without a run', async () => {
    const elsewhere = `cd nothing && "${process.execPath}" "${program}" predict ../4.png --model latest; echo $?`;
    const stdout = execFileSync('bash', ['-c', elsewhere], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(stdout).toBe('2\n');
  });
});

test('the pictures that come along are read as README says', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const named = new Set(Array.from(readme.matchAll(/examples\/pictures\/(\S+\.png)/g), ([, name]) => name));
  expect([...named]).toEqual(['photo-of-a-3.png', 'house-number.png']);
  const pictures = join(root, 'examples', 'pictures');
  const options = { cwd: pictures, encoding: 'utf8' } as const;
  const inkling = (...words: string[]) => execFileSync(process.execPath, [program, 'predict', ...words], options);
  const shown = /^\$ cd examples\/pictures && npx inkling predict (.+)\n((?:.+\n)+)```$/m.exec(readme)!;
  expect(inkling(...shown[1].split(' '))).toBe(shown[2]);
  expect(inkling('--many', 'house-number.png')).toMatch(/^house-number\.png: 623\n/);
});
