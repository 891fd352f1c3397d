/** What this page computes with, and where its data comes from. */

import { engineStatus } from '../state/engine-status.js';
import './status-line.css';

export function StatusLine() {
  return (
    <footer class="status">
      <span>{engineStatus.value}</span>
      <span>
        MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges,{' '}
        <a href="https://creativecommons.org/licenses/by-sa/3.0/" rel="noreferrer">
          CC BY-SA 3.0
        </a>
      </span>
    </footer>
  );
}
