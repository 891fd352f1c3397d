/** Drives browsers by WebDriver: WebKitGTK's by HTTP, Firefox's by Marionette, which needs no program beside it. */

import { spawn, spawnSync } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

function findProgram(names, help) {
  const found = names.find((name) => spawnSync('which', [name]).status === 0);
  if (found === undefined) throw new Error(`there is no program ${names.join(' or ')} here: ${help}`);
  return found;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function retry(ask, times = 100) {
  for (let time = 1; ; time++) {
    try {
      return await ask();
    } catch (error) {
      if (time === times) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** A mouse that draws one line. */
function dragActions([first, ...rest]) {
  const move = ([x, y], duration) => ({ type: 'pointerMove', x, y, duration });
  const actions = [
    move(first, 0),
    { type: 'pointerDown', button: 0 },
    ...rest.map((point) => move(point, 80)),
    { type: 'pointerUp', button: 0 },
  ];
  return [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }];
}

/** @param folder for its profile */
export async function startFirefox(folder) {
  const program = findProgram(['firefox-esr', 'firefox'], 'on Debian, "apt-get install firefox-esr".');
  const [version] = String(spawnSync(program, ['--version']).stdout).split('\n');
  const profile = join(folder, 'firefox');
  spawnSync('mkdir', ['-p', profile]);
  const child = spawn(program, ['--headless', '--marionette', '--no-remote', '--profile', profile, 'about:blank'], {
    stdio: 'ignore',
    env: { ...process.env, HOME: folder },
  });
  const socket = await retry(
    () =>
      new Promise((resolve, reject) => {
        const made = connect(2828, '127.0.0.1', () => resolve(made));
        made.once('error', reject);
      }),
  );
  const pending = new Map();
  let received = Buffer.alloc(0);
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const colon = received.indexOf(':');
      const end = colon + 1 + Number(received.subarray(0, Math.max(colon, 0)));
      if (colon < 0 || received.length < end) return;
      const message = JSON.parse(received.subarray(colon + 1, end).toString());
      received = received.subarray(end);
      // The first message says which protocol it is; the others answer.
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message;
      const asked = pending.get(id);
      pending.delete(id);
      if (error) asked.reject(new Error(error.message));
      else asked.resolve(result?.value ?? result);
    }
  });
  let last = 0;
  const send = (command, parameters = {}) =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify([0, ++last, `WebDriver:${command}`, parameters]);
      pending.set(last, { resolve, reject });
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  await send('NewSession');
  return {
    version,
    open: (url) => send('Navigate', { url }),
    evaluate: async (script) => {
      const value = await send('ExecuteScript', { script, args: [] });
      return value !== null && typeof value === 'object' && 'value' in value ? value.value : value;
    },
    drag: (points) => send('PerformActions', { actions: dragActions(points) }),
    async close() {
      socket.destroy();
      child.kill();
    },
  };
}

export async function startWebKit(folder) {
  const program = findProgram(['WebKitWebDriver'], 'on Debian, "apt-get install webkit2gtk-driver".');
  const screen = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const wrapper = screen
    ? []
    : [findProgram(['xvfb-run'], 'there is no screen; "apt-get install xvfb" brings one.'), '-a'];
  const port = await freePort();
  const [command, ...words] = [...wrapper, program, `--port=${port}`];
  const child = spawn(command, words, { stdio: 'ignore', detached: true, env: { ...process.env, HOME: folder } });
  const call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(value?.message ?? `WebKitWebDriver answers ${response.status}.`);
    return value;
  };
  const end = () => process.kill(-child.pid);
  try {
    await retry(() => call('GET', '/status'));
    const { sessionId, capabilities } = await call('POST', '/session', { capabilities: { alwaysMatch: {} } });
    const path = `/session/${sessionId}`;
    return {
      version: `${capabilities.browserName} ${capabilities.browserVersion}`,
      open: (url) => call('POST', `${path}/url`, { url }),
      evaluate: (script) => call('POST', `${path}/execute/sync`, { script, args: [] }),
      drag: (points) => call('POST', `${path}/actions`, { actions: dragActions(points) }),
      async close() {
        await call('DELETE', path).catch(() => {});
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
