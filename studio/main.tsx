/** The entrance of the page. */

import { render } from 'preact';
import { startServiceWorker } from './service-worker/register.js';
import { App } from './shell/app.js';
import { isEmpty } from './state/drawing.js';
import { isTraining } from './state/is-training.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

render(<App />, document.getElementById('app')!);

// `inkling studio` sends the headers itself, and is there without a network.
if (import.meta.env.MODE === 'static') void startServiceWorker(() => isEmpty.peek() && !isTraining.peek());
