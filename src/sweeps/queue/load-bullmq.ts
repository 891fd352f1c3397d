/** BullMQ, which only those install who have a queue, on Redis or on PostgreSQL. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Queue, Worker, WorkerOptions } from 'bullmq';
import { InklingError } from '../../errors.js';
import { type QueueAddress, withoutSecrets } from './queue-address.js';
import { trialQueueName } from './queue-messages.js';

/** Processes a job; what it returns is kept with the job. */
export type Process<Data> = (job: Job<Data>, token: string | undefined) => Promise<unknown>;

export interface QueueConnection {
  readonly address: QueueAddress;
  queue<Data>(name: string): Queue<Data>;
  /** It works at once. Whoever makes it closes it. */
  worker<Data>(name: string, process: Process<Data>, options?: Partial<WorkerOptions>): Worker<Data>;
  /** Throw it to say that a job was put back and is not done. */
  putBack(): Error;
}

/** How long a server may take to answer at first; one that goes away later is waited for. */
const patienceMilliseconds = 15_000;
const pauseMilliseconds = 500;

/**
 * @param onError hears, without passwords, what goes wrong with the connection; it is made again by itself
 * @throws InklingError (environment) where packages are missing or the server does not answer
 */
export async function connectQueue(
  address: QueueAddress,
  onError: (message: string) => void,
): Promise<QueueConnection> {
  const bullmq = await load('bullmq', address);
  const isRedis = address.kind === 'redis';
  // One that never answered must not keep the process alive.
  let isGivenUp = false;
  const driver = await load(isRedis ? 'ioredis' : 'pg', address);
  const classes = isRedis ? bullmq : (bullmq.withBackend(bullmq.createPostgresBackend) as unknown as typeof bullmq);
  const connection = (isRedis
    ? {
        url: address.url,
        maxRetriesPerRequest: null,
        retryStrategy: (times: number) => (isGivenUp ? null : Math.min(100 * times, 2000)),
      }
    : {
        connectionString: address.url,
        migrate: true,
        Client: clientThatOutlivesItsServer(driver),
      }) as unknown as WorkerOptions['connection'];
  const hear = (error: Error) => onError(withoutSecrets(error.message, address));
  const connected: QueueConnection = {
    address,
    queue: <Data>(name: string) => {
      const queue = new classes.Queue(name, { connection }) as unknown as Queue<Data>;
      queue.on('error', hear);
      return queue;
    },
    worker: <Data>(name: string, process: Process<Data>, options: Partial<WorkerOptions> = {}) => {
      const worker = new classes.Worker<Data>(name, process, { ...options, connection }) as unknown as Worker<Data>;
      worker.on('error', hear);
      return worker;
    },
    putBack: () => new bullmq.DelayedError(),
  };
  await requireAnswer(connected).catch((error) => {
    isGivenUp = true;
    throw error;
  });
  return connected;
}

/**
 * PostgreSQL's client, made to survive: one that is at work when its connection breaks says so by an event, besides
 * failing its query, and an event that nobody listens to would end the process.
 */
function clientThatOutlivesItsServer(driver: unknown): unknown {
  const { Client } = (driver as { default: { Client: new (options: unknown) => NodeJS.EventEmitter } }).default;
  return class extends Client {
    constructor(options: unknown) {
      super(options);
      this.on('error', () => {});
    }
  };
}

async function load(name: 'bullmq', address: QueueAddress): Promise<typeof import('bullmq')>;
async function load(name: 'ioredis' | 'pg', address: QueueAddress): Promise<unknown>;
async function load(name: 'bullmq' | 'ioredis' | 'pg', { kind }: QueueAddress): Promise<unknown> {
  try {
    return await import(name);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    const driver = kind === 'redis' ? 'ioredis' : 'pg';
    throw new InklingError(
      'environment',
      `--queue needs the package ${name}, which is not installed. Install it with npm install bullmq ${driver}`,
      { cause },
    );
  }
}

/** A server that is being started may refuse at first. */
async function requireAnswer(connection: QueueConnection): Promise<void> {
  const { address } = connection;
  let reason = 'it does not answer';
  for (const end = performance.now() + patienceMilliseconds; performance.now() < end; await sleep(pauseMilliseconds)) {
    const said = await askOnce(connection, end - performance.now());
    if (said === undefined) return;
    reason = said || reason;
  }
  throw new InklingError(
    'environment',
    `The queue at ${address.shown} cannot be reached: ${withoutSecrets(reason, address)}. Expected a Redis (5 or later) or PostgreSQL that takes connections from here.`,
  );
}

/** @returns undefined where it answers, else why not, as far as that is known */
async function askOnce(connection: QueueConnection, milliseconds: number): Promise<string | undefined> {
  const queue = connection.queue(trialQueueName);
  let reason = '';
  queue.on('error', (error) => {
    reason = error.message || reason;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(reason), milliseconds);
  });
  const answer = queue.waitUntilReady().then(
    () => undefined,
    (error: Error) => error.message || reason,
  );
  const said = await Promise.race([answer, late]);
  clearTimeout(timer);
  if (said === undefined) await queue.close();
  else queue.disconnect().catch(() => {});
  return said;
}
