/** One run of the bench: it starts programs, checks their results, goes round them in turn and keeps every sample. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkedImages, disagreement, fullCheck, lastLoss } from './check.mjs';
import { withoutDropout } from './models.mjs';
import { paths } from './paths.mjs';
import { runProcess } from './process.mjs';
import { programs } from './programs.mjs';

export class Bench {
  samples = [];
  checks = [];
  /** Version of everything, by name of the package. */
  versions = {};
  /** What Inkling chooses here. */
  arithmetic;
  /** Programs that cannot run here, with the reason. */
  missing = {};
  scratch = mkdtempSync(join(tmpdir(), 'inkling-bench-'));
  #references = new Map();
  #verdicts = new Map();

  /** @param options as options.mjs has them */
  constructor(options) {
    this.options = options;
    this.say = (text) => process.stderr.write(`${text}\n`);
  }

  /** Finds out which programs run here, and their versions. */
  async findPrograms() {
    const { peers } = this.options;
    const wanted = programs.filter(({ name }) => !peers || name === 'inkling' || peers.includes(name));
    this.programs = [];
    for (const program of wanted) {
      try {
        const { lines } = await this.start(program, { task: 'versions' });
        Object.assign(this.versions, lines[0].versions);
        this.arithmetic ??= lines[0].arithmetic;
        this.programs.push(program);
      } catch (error) {
        this.missing[program.name] = error.message;
        this.say(`${program.name}: not installed (${error.message})`);
      }
    }
  }

  able(...tasks) {
    return this.programs.filter((program) => tasks.some((task) => program.tasks.includes(task)));
  }

  /** Runs one job of a program to its end. */
  start({ file, settings, newerNode }, job) {
    const node = newerNode ? this.options.newerNode : process.execPath;
    const command = file.endsWith('.py') ? this.options.python : node;
    const whole = JSON.stringify({ data: paths.data, learningRate: 1e-3, threads: 1, ...settings, ...job });
    return runProcess(command, [join(paths.peers, file), whole], { threads: job.threads });
  }

  /** Those of the programs that give Inkling's results for the model; each is checked once. */
  async checked(candidates, model) {
    const right = [];
    for (const program of candidates) {
      const key = `${model.name} ${program.name}`;
      if (!this.#verdicts.has(key)) this.#verdicts.set(key, await this.#check(program, model));
      if (this.#verdicts.get(key)) right.push(program);
    }
    return right;
  }

  async #check(program, model) {
    const { steps, batchSize } = program.check ?? fullCheck;
    const files = await this.filesOf(model);
    const plain = withoutDropout(model);
    const job = { task: 'check', model: plain, ...files, images: checkedImages, steps, batchSize };
    const record = { program: program.name, model: model.name, steps, batchSize };
    try {
      const expected = await this.#reference(job);
      const [actual] = (await this.start(program, job)).lines;
      const problem = disagreement(expected, actual);
      if (steps > 0) Object.assign(record, { loss: lastLoss(actual.losses), expectedLoss: lastLoss(expected.losses) });
      this.checks.push({ ...record, passed: problem === undefined, problem });
    } catch (error) {
      this.checks.push({ ...record, passed: false, problem: error.message });
    }
    const { passed, problem } = this.checks.at(-1);
    this.say(`check ${model.name}, ${program.name}: ${passed ? 'agrees' : `FAILED, not timed: ${problem}`}`);
    return passed;
  }

  /** Inkling's own results of the same job. */
  async #reference(job) {
    const key = `${job.model.name} ${job.steps} ${job.batchSize}`;
    if (!this.#references.has(key)) this.#references.set(key, (await this.start(programs[0], job)).lines[0]);
    return this.#references.get(key);
  }

  /** Inkling's initial weights of a model, in Keras's order, and where `exportOnnx` puts the model. */
  async filesOf(model) {
    const files = { weights: join(this.scratch, `${model.name}.bin`), onnx: join(this.scratch, `${model.name}.onnx`) };
    if (!this.#references.has(model.name)) {
      this.#references.set(model.name, files);
      const job = { model: withoutDropout(model), ...files };
      await this.start(programs[0], { task: 'check', ...job, images: 1, steps: 0, batchSize: 1, writesWeights: true });
    }
    return files;
  }

  /** Writes a model as ONNX. @returns whether that can be done here */
  async exportOnnx(model) {
    const job = { task: 'export', model, ...(await this.filesOf(model)) };
    try {
      await this.start({ file: 'export_onnx.py', settings: {} }, job);
      return true;
    } catch (error) {
      this.missing.onnx = error.message;
      this.say(`ONNX export: not installed (${error.message})`);
      return false;
    }
  }

  /**
   * Goes round the entries, one process each a round, and keeps what they measure. Each round begins with another
   * entry. What is so slow that it is measured once only is left out of the rounds that follow.
   * @param entries of `{ label: fields of the samples, measure: async (round) => measured fields[] }`
   */
  async rounds(workload, entries) {
    const done = new Set();
    for (let round = 1; round <= this.options.rounds; round++) {
      for (let turn = 0; turn < entries.length; turn++) {
        const entry = entries[(turn + round - 1) % entries.length];
        if (done.has(entry)) continue;
        const name = Object.values(entry.label).join(', ');
        try {
          const measured = await entry.measure(round);
          this.samples.push(...measured.map((sample) => ({ workload, ...entry.label, round, ...sample })));
          if (measured.some((sample) => sample.once)) done.add(entry);
          this.say(`${workload}, round ${round}: ${name}`);
        } catch (error) {
          this.say(`${workload}, round ${round}: ${name} FAILED: ${error.message}`);
          this.samples.push({ workload, ...entry.label, round, failed: error.message });
          done.add(entry);
        }
      }
    }
  }
}
