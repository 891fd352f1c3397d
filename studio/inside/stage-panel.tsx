/** The stage that is open: its maps, one of its values, how that came about, and its weights. */

import type { Ref } from 'preact';
import { ClassChoice } from './class-choice.js';
import { ColourLegend } from './colour-legend.js';
import { DerivationView } from './derivation-view.js';
import type { Derivation } from './derivations/derivation.js';
import { KernelSheet } from './kernel-sheet.js';
import { kernelPictures } from './kernels.js';
import { choosePlace } from './layer-choice.js';
import type { Look } from './look.js';
import { MapChoice } from './map-choice.js';
import { largestOfMap, scaleOf } from './map-scale.js';
import { formatCount, formatNumber, formatShape } from './numbers.js';
import { indexOf, type Place } from './place.js';
import { Source } from './source.js';
import { parametersOf, type Stage } from './stages.js';
import { ValuePicker } from './value-picker.js';
import { ValuesTable } from './values-table.js';
import { isOfClasses, nameOfValue, sentenceOf, titleOf } from './words.js';
import './stage-panel.css';

interface StagePanelProps {
  readonly look: Look;
  readonly index: number;
  readonly place: Place;
  readonly derivation: Derivation;
  readonly panel: Ref<HTMLElement>;
}

export function StagePanel({ look, index, place, derivation, panel }: StagePanelProps) {
  const { stages, network, classNames } = look;
  const stage = stages[index];
  const value = stage.values[indexOf(stage.shape, place)];
  const choose = (chosen: Place) => choosePlace(stage, chosen);
  const isSigned = stage.values.some((one) => one < 0);
  const hasMaps = stage.shape.length === 3 && stage.shape[2] > 1;
  return (
    <section class="card stage-panel" id="opened-stage" ref={panel} tabIndex={-1} aria-label={`Open: ${stage.name}`}>
      <header>
        <h2>
          {titleOf(stage)} <span class="hint">{stage.placed ? stage.name : ''}</span>
        </h2>
        <p class="hint number">{factsOf(stage)}</p>
        <p>{sentenceOf(stage)}</p>
      </header>
      <div class="stack">
        <h3>{hasMaps ? `All ${stage.shape[2]} maps` : 'All values'}</h3>
        {hasMaps ? (
          <>
            <MapChoice stage={stage} map={place.map} onChoose={(map) => choose({ ...place, map })} />
            <h3>Map {place.map + 1}</h3>
          </>
        ) : null}
        {isOfClasses(stages, index) ? (
          <ClassChoice stage={stage} classNames={classNames} label={place.map} onChoose={choose} />
        ) : (
          <>
            <ValuePicker key={stage.name} stage={stage} place={place} onChoose={choose} />
            <ColourLegend largest={largestOfMap(scaleOf(stage.shape, stage.values), place.map)} isSigned={isSigned} />
          </>
        )}
        <ValuesTable stage={stage} map={place.map} />
      </div>
      <div class="stack">
        <h3 data-testid="chosen-value">
          How {nameOfValue(stages, index, place, classNames)} came to {formatNumber(value)}
        </h3>
        <DerivationView derivation={derivation} stages={stages} index={index} place={place} classNames={classNames} />
      </div>
      <div class="stack">
        {index > 0 ? <Source stages={stages} index={index} derivation={derivation} place={place} /> : null}
        {kernelPictures(stages, index, network.weights, place.map) ? (
          <>
            <h3>Its weights</h3>
            <KernelSheet stages={stages} index={index} weights={network.weights} map={place.map} isMarked />
          </>
        ) : null}
      </div>
    </section>
  );
}

function factsOf(stage: Stage): string {
  const parameters = parametersOf(stage);
  const work = stage.placed?.multiplyAdds ?? 0;
  return [
    formatShape(stage.shape),
    parameters > 0 ? `${formatCount(parameters)} parameters` : stage.placed ? 'no parameters' : '',
    work > 0 ? `${formatCount(work)} multiply-adds` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
