/** The network from the drawing to the probabilities, a card a stage with all its maps; on a phone from top to bottom. */

import { useMemo } from 'preact/hooks';
import { ProbabilityBars } from '../draw/probability-bars.js';
import type { Derivation } from './derivations/derivation.js';
import { openStage } from './layer-choice.js';
import type { Look } from './look.js';
import { scaleOf } from './map-scale.js';
import { MapSheet } from './map-sheet.js';
import { markOfPlace, marksOfSource } from './marks.js';
import { formatCount, formatNumber, formatShape } from './numbers.js';
import type { Place } from './place.js';
import { sheetOf } from './sheet.js';
import { isCopy, parametersOf, type Stage } from './stages.js';
import { useMedia } from './use-media.js';
import { titleOf } from './words.js';
import './network-graph.css';

interface NetworkGraphProps {
  readonly look: Look;
  /** Index of the stage that is open. */
  readonly opened: number;
  readonly place: Place;
  readonly derivation: Derivation;
  readonly onOpen: () => void;
}

export function NetworkGraph({ look: { stages, classNames }, opened, place, derivation, onOpen }: NetworkGraphProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="graph" aria-label="The network, stage by stage" tabIndex={0}>
      <ol>
        {stages.map((stage, index) => (
          <li key={stage.name} class={`${stage.kind} ${isCopy(stage) ? 'copy' : ''} ${index === opened ? 'open' : ''}`}>
            <button
              type="button"
              aria-expanded={index === opened}
              aria-controls="opened-stage"
              onClick={() => {
                openStage(stage.name);
                onOpen();
              }}
            >
              {titleOf(stage)}
            </button>
            <Facts stage={stage} />
            {stage.kind === 'probabilities' ? (
              <ProbabilityBars classNames={classNames} probabilities={Array.from(stage.values)} />
            ) : (
              <StageMaps
                stage={stage}
                place={index === opened ? place : undefined}
                source={index === opened - 1 ? { derivation, place } : undefined}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Facts({ stage }: { readonly stage: Stage }) {
  const parameters = parametersOf(stage);
  return (
    <p class="facts number">
      <span>{formatShape(stage.shape)}</span>
      {parameters > 0 ? <span>{formatCount(parameters)} parameters</span> : null}
    </p>
  );
}

interface StageMapsProps {
  readonly stage: Stage;
  /** Where the stage is open: the value that is looked at. */
  readonly place: Place | undefined;
  /** Where the next stage is open: what its value was made of. */
  readonly source: { readonly derivation: Derivation; readonly place: Place } | undefined;
}

/** Tall where the graph runs across, wide where it runs down. */
const proportions = { across: 0.31, down: 2.4 } as const;

function StageMaps({ stage: { shape, values, name }, place, source }: StageMapsProps) {
  const runsDown = useMedia('(max-width: 60rem)');
  const sheet = useMemo(() => sheetOf(shape, proportions[runsDown ? 'down' : 'across']), [...shape, runsDown]);
  const own = place ? [markOfPlace(sheet, place)] : [];
  const marks = source ? marksOfSource(source.derivation, sheet, source.place) : own;
  const label = shape.length === 3 ? `${name}: ${shape[2]} maps` : `${name}: ${shape[0]} values`;
  const style = { '--proportion': sheet.width / sheet.height, '--rows': sheet.height, '--columns': sheet.width };
  return (
    <>
      <div class={shape.length === 3 ? 'maps' : 'maps vector'} style={style}>
        <MapSheet
          shape={shape}
          values={values}
          sheet={sheet}
          scale={scaleOf(shape, values)}
          label={label}
          marks={marks}
        />
      </div>
      <p class="facts number">{rangeOf(values)}</p>
    </>
  );
}

/** From the smallest to the largest value. */
function rangeOf(values: Float32Array): string {
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0]);
  return `${formatNumber(least, least === 0 ? 0 : 1)} to ${formatNumber(most, 1)}`;
}
