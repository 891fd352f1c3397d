/** The last room: what was trained is kept, looked at side by side, used, and taken elsewhere. */

import { useEffect } from 'preact/hooks';
import { RoomLink } from '../shell/room-link.js';
import { Comparison } from './comparison.js';
import { OpenRun } from './open-run.js';
import { RunDetails } from './run-details.js';
import { RunTable } from './run-table.js';
import { isLoaded, loadRuns, runs, selected } from './runs-state.js';
import './runs-room.css';

export default function RunsRoom() {
  useEffect(() => void loadRuns(), []);
  if (!isLoaded.value) return null;
  const all = runs.value;
  const chosen = selected.value;
  return (
    <div class="runs-room">
      <section class="card stack" aria-label="Runs">
        <div class="row head">
          <h2>Runs</h2>
          <OpenRun />
        </div>
        {all.length === 0 ? (
          <p>
            None yet. <RoomLink room="train">Train</RoomLink> a network: what comes of it is kept here, in this browser.
            Runs of <code>inkling train</code> are here too, where the studio was started beside them.
          </p>
        ) : (
          <>
            <p class="hint">
              Each training that ends in the page is kept in this browser, beside the runs of the folder that the studio
              serves. Choose one to use it, two or more to compare them.
            </p>
            <RunTable runs={all} />
          </>
        )}
      </section>
      {chosen.length === 1 ? <RunDetails key={chosen[0].id} run={chosen[0]} /> : null}
      {chosen.length > 1 ? <Comparison runs={chosen} /> : null}
    </div>
  );
}
