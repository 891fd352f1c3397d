/** The page's side of the conductor: started when it is first asked. */

import type { ConductorEvents, Handler, Message } from './protocol.js';
import type { Topics } from './topics/index.js';

type Input<H> = H extends Handler<infer I, infer _> ? I : never;
type Output<H> = H extends Handler<infer _, infer O> ? O : never;

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/** What the conductor says went wrong. */
export class ConductorError extends Error {
  /** As InklingError has it; undefined for other errors. */
  readonly kind: string | undefined;

  constructor(message: string, kind?: string) {
    super(message);
    this.kind = kind;
  }
}

let worker: Worker | undefined;
let lastId = 0;
const pending = new Map<number, Pending>();
const listeners = new Map<string, Set<(event: never) => void>>();

/** Asks a topic. @throws ConductorError */
export function ask<T extends keyof Topics, N extends keyof Topics[T] & string>(
  topic: T,
  name: N,
  input: Input<Topics[T][N]>,
  transfer: Transferable[] = [],
): Promise<Awaited<Output<Topics[T][N]>>> {
  worker ??= start();
  const conductor = worker;
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    pending.set(id, { resolve: resolve as Pending['resolve'], reject });
    conductor.postMessage({ id, topic, name, input }, transfer);
  });
}

/** Hears what the conductor tells unasked. @returns ends it */
export function listen<Name extends keyof ConductorEvents & string>(
  name: Name,
  listener: (event: ConductorEvents[Name]) => void,
): () => void {
  const all = listeners.get(name) ?? new Set();
  listeners.set(name, all);
  all.add(listener);
  return () => all.delete(listener);
}

function start(): Worker {
  const started = new Worker(new URL('./conductor.ts', import.meta.url), { type: 'module', name: 'conductor' });
  started.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
  started.onerror = (event) => {
    event.preventDefault();
    worker = undefined;
    started.terminate();
    const error = new ConductorError(
      `The worker that trains has stopped: ${event.message || 'its script could not be loaded'}.`,
    );
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  return started;
}

function hear(message: Message): void {
  if (message.type === 'event') {
    for (const listener of listeners.get(message.name) ?? []) listener(message.event as never);
    return;
  }
  const asked = pending.get(message.id);
  pending.delete(message.id);
  if (message.type === 'answer') asked?.resolve(message.output);
  else asked?.reject(new ConductorError(message.message, message.kind));
}
