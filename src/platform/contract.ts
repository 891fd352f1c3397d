/**
 * What differs between Node and browsers, as one interface. `#platform` in package.json names the implementation; the
 * rest of the library sees only this page. Everything the web platform gives both (crypto.subtle, DecompressionStream,
 * WebAssembly, AbortSignal) is used directly and is not here.
 */

/** One thread of the engine's pool: a Node worker thread or a Web Worker. */
export interface Thread {
  /** Sends a message that structured cloning can carry. */
  post(message: unknown): void;
  /** The thread keeps the process alive only while it is busy. */
  setBusy(busy: boolean): void;
  terminate(): Promise<void>;
}

export interface ThreadListener {
  onMessage(message: unknown): void;
  onError(error: Error): void;
}

/** Both ends of a thread's conversation, as seen from inside the thread. */
export interface ThreadScope {
  post(message: unknown): void;
  onMessage(handler: (message: unknown) => void): void;
}

/** What stands in the way of something. */
export interface Obstacle {
  /** A clause, such as `this page is not cross-origin isolated`. */
  readonly reason: string;
  /** What to do about it, in whole sentences. */
  readonly advice: string;
}

/** A terminal that can draw over its own last line. */
export interface Terminal {
  /** As wide as it is now. */
  readonly columns: number;
  write(text: string): unknown;
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Upright, row by row, four bytes a pixel: red, green, blue, alpha (not premultiplied). */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

export interface Platform {
  /** The host's name and version, such as `node 20.20.2`. */
  readonly host: string;
  /** Logical processors this process may use. */
  readonly availableThreads: number;
  /** Where programs print to, if it is a terminal that can draw over its last line. */
  readonly terminal: Terminal | undefined;
  /** Why the engine cannot have threads here that share a memory; undefined where it can. */
  readonly noThreads: Obstacle | undefined;
  /**
   * Starts a thread on an ES module.
   * @param module its URL
   * @param worker makes a Web Worker of it, for pages; default: one by its URL
   * @throws InklingError (environment) where this host starts no thread
   */
  startThread(module: URL, listener: ThreadListener, worker?: () => Worker): Thread;
  /**
   * @throws InklingError (environment) where this process has no room for this many threads more and would die of
   * starting them
   */
  checkRoomForThreads(threads: number): void;
  /** The conversation with whoever started this thread. */
  threadScope(): ThreadScope;
  /** What to do where this host has not enough memory: a sentence for an error. */
  readonly memoryAdvice: string;
  /** Why WebAssembly, or a part of it, may be missing on this host, and what to do: a sentence for an error. */
  readonly webAssemblyAdvice: string;
  /** Asks the WebAssembly engine of this process to accept relaxed SIMD, where that needs asking. */
  enableRelaxedSimd(): void;
  /**
   * The kernels, compiled so that neighbouring pairs of their 128-bit operations become 256-bit ones. Results are the
   * same.
   * @throws InklingError (environment) that says why, where this host has no such thing
   */
  compileWideKernels(arithmetic: 'plain' | 'fused'): WebAssembly.Module;

  /** The whole file. Fails with an InklingError of kind `file` that names the path. */
  readFile(path: string): Promise<Uint8Array>;
  /** Entries sorted by name, or undefined where the path is not a folder. */
  listFolder(path: string): Promise<FolderEntry[] | undefined>;
  /**
   * Writes to a temporary name in the same folder and renames, so that no reader ever sees half a file; it is on the
   * disk when this returns. Makes the folder, and removes temporary files that killed processes left in it.
   */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  /** Adds text to the end of a file, all of it or nothing. Makes the file where it is missing, with its folder. */
  appendFile(path: string, text: string): Promise<void>;
  /** Does nothing where there is no such file. */
  removeFile(path: string): Promise<void>;
  joinPath(...parts: string[]): string;
  /** Whether there are npm packages to be found while the program runs: not in a page. */
  readonly hasPackages: boolean;
  /** The folder of an installed npm package, or undefined. */
  packageFolder(name: string): string | undefined;
  /**
   * Decodes the first page of a picture that is neither PNG nor ordinary JPEG, by whatever decoders this host has.
   * Rejects with the decoder's own error where the file is damaged, unknown to it, or has more than `maxPixels`.
   * @returns undefined where there are no decoders
   */
  decodeOtherPicture(bytes: Uint8Array, maxPixels: number): Promise<DecodedPicture | undefined>;
}

export declare const platform: Platform;
