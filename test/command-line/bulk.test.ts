/** `inkling predict` of a great many pictures: lists, shards, and a file that is gone on with. */

import { appendFile, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { dense, flatten, Sequential } from 'inkling';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawnDigits } from '../pictures/drawn-digits.mjs';
import { Command, eventsOf, folder, program, readText, run } from './command.js';

const count = 40;
const predict = (...words: string[]) => run('predict', ...words);
const path = (...names: string[]) => join(folder, ...names);
/** What the whole folder is answered with, a line a picture. */
let all: string[];

beforeAll(async () => {
  await mkdir(path('pictures'));
  const digits = drawnDigits(1, ['small picture']).map(({ picture }) => encode({ ...picture, channels: 4, depth: 8 }));
  for (let index = 0; index < count; index++) {
    await writeFile(path('pictures', `${index}.png`), index === 13 ? 'broken' : digits[index % digits.length]);
  }
  const { code, stdout, stderr } = await predict('pictures', '--out', 'all.jsonl');
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^Read 40 pictures in [\d.]+ s, [\d,]+ pictures\/s\n$/)]);
  expect(stderr).toBe('Error: 1 of the pictures could not be read: their lines have "error" and say why.\n');
  all = (await readText('all.jsonl')).split('\n').slice(0, -1);
}, 60_000);

test('it has the objects of --json, in order, one that cannot be read among them', async () => {
  const { stdout } = await predict('pictures', '--json');
  expect(all.map((line) => JSON.parse(line))).toEqual(eventsOf(stdout));
  expect(all).toHaveLength(count);
  expect(JSON.parse(all[13])).toEqual({ file: 'pictures/13.png', error: expect.stringContaining('13.png') });
  expect((await predict('pictures/0.png', 'pictures/1.png', '--out', 'two.jsonl')).code).toBe(0);
});

describe('a list', () => {
  test('is read from a file or from standard input, with folders in it, behind the paths', async () => {
    await writeFile(path('list.txt'), 'pictures/3.png\r\n\npictures/1.png\npictures');
    const named = await predict('pictures/7.png', '--files-from', 'list.txt');
    const expected = [all[7], all[3], all[1], ...all];
    expect(named.stdout.split('\n').slice(0, -1)).toEqual(expected);
    const input = await readFile(path('list.txt'));
    const piped = await new Command(['predict', 'pictures/7.png', '--files-from', '-'], program, input).end();
    expect(piped.stdout).toBe(named.stdout);
    expect(piped.stderr).toMatch(/^Read 43 pictures in /);
  });

  test('that is not there, or names nothing that is there, is told', async () => {
    expect(await predict('--files-from', 'no.txt')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Cannot read no\.txt: it does not exist/),
    });
    await writeFile(path('gone.txt'), 'gone.png\n-\n');
    const { code, stdout } = await predict('--files-from', 'gone.txt');
    expect([code, eventsOf(stdout).map(({ file }) => file)]).toEqual([1, ['gone.png', './-']]);
  });
});

test('shards are all pictures together, each once and in order', async () => {
  const shards = await Promise.all([1, 2, 3].map((index) => predict('pictures', '--shard', `${index}/3`)));
  const lines = shards.map(({ stdout }) => stdout.split('\n').slice(0, -1));
  expect(lines.map((shard) => shard.length)).toEqual([14, 13, 13]);
  expect(all.map((_, index) => lines[index % 3][Math.floor(index / 3)])).toEqual(all);
  expect(shards.map(({ code }) => code)).toEqual([0, 1, 0]);
});

describe('a file that is there', () => {
  const whole = () => `${all.join('\n')}\n`;

  test('is gone on with behind its last whole line, and is in the end what one go would have written', async () => {
    for (const lines of [0, 5, 32, count]) {
      await writeFile(
        path('some.jsonl'),
        `${all
          .slice(0, lines)
          .map((line) => `${line}\n`)
          .join('')}${lines < count ? '{"file":"pict' : ''}`,
      );
      const { code, stdout, stderr } = await predict('pictures', '--out', 'some.jsonl');
      expect([code, await readText('some.jsonl')]).toEqual([1, whole()]);
      const notice = `Notice: some.jsonl has ${lines} answers: going on behind them.\n`;
      expect(stderr.startsWith(notice)).toBe(lines > 0);
      expect(stdout).toContain(`Read ${count - lines} pictures`);
    }
  });

  test('is whole lines whenever the process is killed', async () => {
    await rm(path('killed.jsonl'), { force: true });
    const command = new Command(['predict', ...new Array(20).fill('pictures'), '--out', 'killed.jsonl']);
    const lines = async () => (await readText('killed.jsonl').catch(() => '')).split('\n').length - 1;
    while ((await lines()) < 32) await new Promise((done) => setTimeout(done, 20));
    command.kill('SIGKILL');
    expect((await command.end()).code).toBe('SIGKILL');
    const text = await readText('killed.jsonl');
    const twentyTimes = whole().repeat(20);
    expect(text.length).toBeLessThan(twentyTimes.length);
    expect(twentyTimes.startsWith(text)).toBe(true);
    await predict(...new Array(20).fill('pictures'), '--out', 'killed.jsonl');
    expect(await readText('killed.jsonl')).toBe(twentyTimes);
  });

  test('is refused where it holds something else, and stays as it is', async () => {
    const other = new Sequential([flatten(), dense({ units: 10, activation: 'softmax' })], { inputShape: [28, 28, 1] });
    await other.save(path('other'));
    await writeFile(path('notes.jsonl'), `${all[0]}\nmy notes\n`);
    await writeFile(path('one-line.json'), '{"notes":"of mine"}');
    await writeFile(path('half.jsonl'), `${whole()}{"file":"pict`);
    await copyFile(path('all.jsonl'), path('more.jsonl'));
    await appendFile(path('more.jsonl'), `${all[0]}\n`);
    const refused: [string[], string][] = [
      [['pictures', '--out', 'notes.jsonl'], 'line 2 is no answer that "inkling predict" wrote. Received: "my notes"'],
      [['pictures', '--out', 'one-line.json'], 'line 1 is no answer that "inkling predict" wrote.'],
      [['pictures', '--out', 'more.jsonl'], 'it has answers to more pictures than there are (40)'],
      [
        ['pictures', '--shard', '1/2', '--out', 'all.jsonl'],
        'line 2 is of pictures/1.png, where pictures/2.png is expected',
      ],
      [
        ['pictures', '--model', 'other', '--out', 'all.jsonl'],
        'answers pictures/39.png otherwise than is written there',
      ],
      [
        ['pictures', '--model', 'other', '--out', 'half.jsonl'],
        'answers pictures/39.png otherwise than is written there',
      ],
      [['pictures', '--many', '--out', 'all.jsonl'], 'answers pictures/39.png otherwise than is written there'],
    ];
    for (const [words, message] of refused) {
      const file = words.at(-1)!;
      const before = await readText(file);
      const { code, stderr } = await predict(...words);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
      expect(await readText(file)).toBe(before);
    }
  });
});

test('--many has its own objects', async () => {
  const { stdout } = await predict('pictures/4.png', 'pictures/13.png', '--many', '--shard', '1/1');
  expect(eventsOf(stdout).map((answer) => Object.keys(answer))).toEqual([
    ['file', 'answer', 'state', 'digits', 'dropped'],
    ['file', 'error'],
  ]);
});

test.each([
  [['pictures', '--shard', '0/3'], 'Expected a part of several, from 1/N to N/N'],
  [['pictures', '--shard', '4/3'], 'Expected a part of several, from 1/N to N/N'],
  [['--shard', '1/3'], 'There is no path: expected a picture'],
  [['-', '--files-from', '-'], 'Standard input (-) is given twice'],
  [['pictures', '--out', 'x.jsonl', '--explain', 'why'], '--explain draws pictures one by one'],
])('%j is refused', async (words, message) => {
  expect(await predict(...words)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});
