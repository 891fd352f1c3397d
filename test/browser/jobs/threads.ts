/** In a page: the platform's threads and paths by themselves. */

import { platform } from '../../../dist/platform/browser.js';
import { type Caught, caught } from './caught.js';

/** What is heard of a thread on this code, until it fails or says "end". */
function conversation(code: string): Promise<string[]> {
  return listen(new URL(URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))));
}

function listen(module: URL): Promise<string[]> {
  const heard: string[] = [];
  return new Promise((resolve) => {
    const thread = platform.startThread(module, {
      onMessage(message) {
        heard.push(String(message));
        if (message === 'end') void thread.terminate().then(() => resolve(heard));
      },
      onError(error) {
        heard.push(`${error.name}: ${error.message}`);
        // Later than a second report of the same failure would come.
        setTimeout(() => resolve(heard), 100);
      },
    });
    thread.post('first');
    thread.post('second');
  });
}

export interface ThreadsResult {
  readonly echo: readonly string[];
  readonly thrown: readonly string[];
  readonly missing: readonly string[];
  readonly scopeOfPage: Caught;
  readonly host: string;
  readonly availableThreads: number;
  readonly paths: readonly string[];
}

export default async function run(): Promise<ThreadsResult> {
  return {
    echo: await conversation(`onmessage = ({ data }) => postMessage(data === 'second' ? 'end' : data + ' heard');`),
    thrown: await conversation(`onmessage = () => { throw new RangeError('out of luck.'); };`),
    missing: await listen(new URL('/files/missing.js', location.origin)),
    scopeOfPage: await caught((async () => platform.threadScope())()),
    host: platform.host,
    availableThreads: platform.availableThreads,
    paths: [
      platform.joinPath('https://a.example/m/', 'model.json'),
      platform.joinPath('https://a.example/m', 'model.json'),
      platform.joinPath('https://a.example/m/model.json', '..'),
      platform.joinPath('https://a.example/m/model.json?v=1#x', '..', 'model.safetensors'),
      platform.joinPath('https://a.example/m', '..', 'other', 'ä b.json'),
      platform.joinPath('m/model.json', '..', 'x').replace(location.origin, ''),
    ],
  };
}
