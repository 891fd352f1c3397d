/**
 * How a program of the bench talks: one job as JSON in the first argument, one JSON line on standard output a sample.
 */

export const job = JSON.parse(process.argv[2]);

export function report(sample) {
  process.stdout.write(`${JSON.stringify(sample)}\n`);
}

/** Answers the job with the task's own function; a task that the program cannot do is an error. */
export async function answer(tasks) {
  const task = tasks[job.task];
  if (!task) throw new Error(`this program cannot do "${job.task}".`);
  await task(job);
}

/** Starts a clock. @returns a function that gives wall seconds, and CPU seconds of all threads of this process */
export function startClock() {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const seconds = (performance.now() - wall) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return { seconds, cpuSeconds: (user + system) / 1e6 };
  };
}
