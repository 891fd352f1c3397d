/** The entrance of the page. */

import { render } from 'preact';
import { App } from './shell/app.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

render(<App />, document.getElementById('app')!);
