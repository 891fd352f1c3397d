/** The room that shows through every layer why the drawing was read as it was. */

import { useEffect, useMemo, useRef } from 'preact/hooks';
import { messageOf, notify } from '../shell/notices.js';
import { reader, readWithShippedModel } from '../state/reader.js';
import { startReading } from '../state/reading.js';
import { deriveValue } from './derivations/derive-value.js';
import { DrawingCard } from './drawing-card.js';
import { KernelSheet } from './kernel-sheet.js';
import { firstWeighing } from './kernels.js';
import { chosenPlace, openedIndex } from './layer-choice.js';
import { keepLooking, type Look, look } from './look.js';
import { hasOwnScales } from './map-scale.js';
import { NetworkGraph } from './network-graph.js';
import { Saliency } from './saliency.js';
import { StagePanel } from './stage-panel.js';
import './inside-room.css';

export default function InsideRoom() {
  useEffect(() => {
    startReading();
    if (reader.peek() === undefined) {
      readWithShippedModel().catch((error: unknown) => notify(`The model could not be loaded: ${messageOf(error)}`));
    }
    return keepLooking();
  }, []);
  const shown = look.value;
  return (
    <div class="inside-room">
      <section class="card overview" aria-label="Drawing and answer">
        <DrawingCard look={shown} />
        {shown ? <Saliency look={shown} /> : null}
        {shown ? <FirstWeights look={shown} /> : null}
      </section>
      {shown ? <Network look={shown} /> : null}
    </div>
  );
}

function Network({ look: shown }: { readonly look: Look }) {
  const panel = useRef<HTMLElement>(null);
  const index = openedIndex.value;
  const place = chosenPlace.value;
  const { stages, network, temperature } = shown;
  const derivation = useMemo(
    () => deriveValue(stages, index, network.weights, place, temperature),
    [stages, index, network, place, temperature],
  );
  return (
    <>
      <section class="card stack" aria-label="Network">
        <h2>From the drawing to the answer</h2>
        <p class="hint">
          Each card is a stage: what one layer makes of this drawing, as small pictures called maps. Blue is above 0,
          orange below, the stronger the farther. Open one to see how each of its values came about.
        </p>
        <label>
          <input
            type="checkbox"
            checked={hasOwnScales.value}
            onChange={({ currentTarget }) => {
              hasOwnScales.value = currentTarget.checked;
            }}
          />
          Each map on a scale of its own, so that faint ones are seen too
        </label>
        <NetworkGraph
          look={shown}
          opened={index}
          place={place}
          derivation={derivation}
          onOpen={() => panel.current?.focus()}
        />
      </section>
      <StagePanel look={shown} index={index} place={place} derivation={derivation} panel={panel} />
    </>
  );
}

/** Where the network begins to weigh: the only weights that are of pixels. */
function FirstWeights({ look: { stages, network } }: { readonly look: Look }) {
  const first = firstWeighing(stages);
  if (first < 0) return null;
  return (
    <section class="stack" aria-label="First weights">
      <h3>What the first layer looks for</h3>
      <KernelSheet stages={stages} index={first} weights={network.weights} map={0} isMarked={false} />
    </section>
  );
}
