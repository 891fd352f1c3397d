/** The room that tells how good a network is: its scores, its mistakes, how far to trust it, what it bears. */

import { useEffect } from 'preact/hooks';
import { messageOf, notify } from '../shell/notices.js';
import { reader, readWithShippedModel } from '../state/reader.js';
import { CalibrationView } from './calibration-view.js';
import { ClassTable } from './class-table.js';
import { ConfusionGrid } from './confusion-grid.js';
import { DataBrowser } from './data-browser.js';
import { FeatureMapView } from './feature-map-view.js';
import { Mistakes } from './mistakes.js';
import { tested } from './results-state.js';
import { RobustnessView } from './robustness-view.js';
import { Scores } from './scores.js';
import { TestChoice } from './test-choice.js';
import './results-room.css';

export default function ResultsRoom() {
  useEffect(() => {
    if (reader.peek() === undefined) {
      readWithShippedModel().catch((error: unknown) => notify(`The model could not be loaded: ${messageOf(error)}`));
    }
  }, []);
  const shown = tested.value;
  return (
    <div class="results-room">
      <TestChoice />
      {shown ? (
        <>
          <section class="card stack" aria-label="Scores">
            <Scores tested={shown} />
            <ClassTable report={shown.evaluation.report} />
          </section>
          <section class="card stack" aria-label="Confusion matrix">
            <ConfusionGrid key={shown.answers} tested={shown} />
          </section>
          <section class="card stack wide" aria-label="Worst mistakes">
            <Mistakes key={shown.answers} tested={shown} />
          </section>
          <section class="card stack" aria-label="Calibration">
            <CalibrationView tested={shown} />
          </section>
          <section class="card stack" aria-label="Robustness">
            <RobustnessView tested={shown} />
          </section>
          <section class="card stack wide" aria-label="Map of the last hidden layer">
            <FeatureMapView tested={shown} />
          </section>
          <section class="card stack wide" aria-label="Images">
            <DataBrowser key={shown.answers} tested={shown} />
          </section>
        </>
      ) : null}
    </div>
  );
}
