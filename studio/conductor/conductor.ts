/** The conductor's worker: hands each request to its topic, and answers. */

import { InklingError } from 'inkling';
import { type ConductorContext, type Handler, type Message, type Request, transferOf } from './protocol.js';
import { topics } from './topics/index.js';

const scope = globalThis as unknown as {
  postMessage(message: Message, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
};

const context: ConductorContext = {
  emit: (name, event, transfer) => scope.postMessage({ type: 'event', name, event }, transfer ?? []),
};

type Handlers = Record<string, Handler<unknown, unknown>>;
const handlersOf = topics as unknown as Record<string, () => Handlers | Promise<Handlers>>;

scope.onmessage = async ({ data: { id, topic, name, input } }) => {
  try {
    const handlers = await handlersOf[topic]();
    const output = await handlers[name](input, context);
    scope.postMessage({ type: 'answer', id, output }, transferOf(output));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    scope.postMessage({ type: 'failure', id, message, ...(error instanceof InklingError ? { kind: error.kind } : {}) });
  }
};
