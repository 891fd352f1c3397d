/** The room that tells how good a network is: its scores, its mistakes, how far to trust it, what it bears. */

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { messageOf, notify } from '../shell/notices.js';
import { reader, readWithShippedModel } from '../state/reader.js';
import { CalibrationView } from './calibration-view.js';
import { ConfusionGrid } from './confusion-grid.js';
import { DataBrowser } from './data-browser.js';
import { FeatureMapView } from './feature-map-view.js';
import { Mistakes } from './mistakes.js';
import { type Tested, tested } from './results-state.js';
import { RobustnessView } from './robustness-view.js';
import { Scores } from './scores.js';
import { idOf, SectionLinks } from './section-links.js';
import { TestChoice } from './test-choice.js';
import './results-room.css';

interface Section {
  readonly title: string;
  readonly View: ComponentType<{ tested: Tested }>;
  /** Over both columns, where there are two. */
  readonly isWide: boolean;
}

const sections: readonly Section[] = [
  { title: 'Scores', View: Scores, isWide: false },
  { title: 'Confusion matrix', View: ConfusionGrid, isWide: false },
  { title: 'Worst mistakes', View: Mistakes, isWide: true },
  { title: 'Calibration', View: CalibrationView, isWide: true },
  { title: 'Robustness', View: RobustnessView, isWide: true },
  { title: 'Map', View: FeatureMapView, isWide: true },
  { title: 'Images', View: DataBrowser, isWide: true },
];

export default function ResultsRoom() {
  useEffect(() => {
    if (reader.peek() === undefined) {
      readWithShippedModel().catch((error: unknown) => notify(`The model could not be loaded: ${messageOf(error)}`));
    }
  }, []);
  const shown = tested.value;
  const count = useOneMore(sections.length, shown);
  return (
    <div class="results-room">
      <TestChoice />
      {shown ? (
        <>
          <SectionLinks titles={sections.map(({ title }) => title)} />
          {sections.slice(0, count).map(({ title, isWide, View }) => (
            <section
              key={title}
              id={idOf(title)}
              class={`card stack ${isWide ? 'wide' : ''}`}
              aria-label={title}
              tabIndex={-1}
            >
              <View key={shown.answers} tested={shown} />
            </section>
          ))}
        </>
      ) : null}
    </div>
  );
}

/** How many of so many are shown: one more at each turn of the event loop, so that no turn is long. */
function useOneMore(most: number, shown: unknown): number {
  const [state, setState] = useState({ shown, count: 1 });
  const count = state.shown === shown ? state.count : 1;
  useEffect(() => {
    if (shown === undefined || count >= most) return;
    const timer = setTimeout(() => setState({ shown, count: count + 1 }), 0);
    return () => clearTimeout(timer);
  }, [most, shown, count]);
  return count;
}
