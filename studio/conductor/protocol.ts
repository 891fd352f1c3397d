/**
 * What the page and the conductor say to each other. The conductor is the one worker that owns data, model and history;
 * the engine's threads are below it, and the page draws from what it sends.
 */

/** By name: what the conductor tells unasked. A topic adds its own by declaration merging, in its file. */
// biome-ignore lint/suspicious/noEmptyInterface: each topic adds to it
export interface ConductorEvents {}

/** What a handler may do beside answering. */
export interface ConductorContext {
  emit<Name extends keyof ConductorEvents>(name: Name, event: ConductorEvents[Name], transfer?: Transferable[]): void;
}

/** Answers one kind of question. What it throws reaches the caller as an error with the same message. */
export type Handler<Input, Output> = (input: Input, context: ConductorContext) => Output | Promise<Output>;

const transfers = new WeakMap<object, Transferable[]>();

/** Marks what a handler answers with: these parts of it move to the page, uncopied, and are gone from the conductor. */
export function transferred<Output extends object>(output: Output, transfer: Transferable[]): Output {
  transfers.set(output, transfer);
  return output;
}

export function transferOf(output: unknown): Transferable[] {
  return (typeof output === 'object' && output !== null && transfers.get(output)) || [];
}

export interface Request {
  readonly id: number;
  readonly topic: string;
  readonly name: string;
  readonly input: unknown;
}

export type Message =
  | { readonly type: 'answer'; readonly id: number; readonly output: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string; readonly kind?: string }
  | { readonly type: 'event'; readonly name: string; readonly event: unknown };
