/** What the search looks at; in tests another machine than this one. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's folder. */
  readonly home: string;
  readonly exists: (path: string) => boolean;
  /** Whether the file is a browser that starts. */
  readonly starts: (path: string) => boolean;
  /** Unpacks the browser of the npm package, where that is one for Linux x64. */
  readonly unpack: () => Browser;
}

export interface Browser {
  readonly executablePath: string;
  /** The environment to start it in; default that of this process. */
  readonly env?: Record<string, string>;
}

export function usualPlaces(machine: Pick<Machine, 'platform' | 'environment' | 'home'>): string[];

export function findBrowser(machine?: Partial<Machine>): Browser;
