/** The map of the last hidden layer: made when asked, with the image under the pointer or the keyboard. */

import { useEffect, useState } from 'preact/hooks';
import { ask } from '../conductor/client.js';
import { messageOf, notify } from '../shell/notices.js';
import { digitNames } from '../state/digit-names.js';
import { FeatureScatter } from './feature-scatter.js';
import { FeatureTable } from './feature-table.js';
import { Gallery } from './gallery.js';
import { ImageDetails } from './image-details.js';
import { pixelsAnImage } from './image-shape.js';
import { featureMap, makeMap, type Tested, umapPoints } from './results-state.js';
import { cancelUmap, makeUmap, umapProgress } from './umap.js';
import { integer, partNames, percent } from './words.js';
import './feature-map-view.css';

const alikeCount = 8;

export function FeatureMapView({ tested }: { readonly tested: Tested }) {
  const [isMaking, setIsMaking] = useState(false);
  const [digit, setDigit] = useState<number>();
  const [chosen, setChosen] = useState<number>();
  const map = featureMap.value;
  const [byUmap, setByUmap] = useState(false);
  const umap = umapPoints.value;
  const isUmap = byUmap && umap !== undefined;
  const alike = useAlike(map, chosen);
  // Whoever leaves the room, or tests another network, waits for no map of this one.
  useEffect(() => cancelUmap, [map]);
  const make = () => {
    setIsMaking(true);
    setChosen(undefined);
    makeMap()
      .catch((error: unknown) => notify(`The map was not made: ${messageOf(error)}`))
      .finally(() => setIsMaking(false));
  };
  const { answers } = tested;
  return (
    <>
      <h2>How the network sees them</h2>
      {map ? (
        <>
          <LayoutChoice isUmap={isUmap} onChoose={setByUmap} />
          <fieldset class="row plain digits">
            <legend>Show</legend>
            <button type="button" aria-pressed={digit === undefined} onClick={() => setDigit(undefined)}>
              all
            </button>
            {digitNames.map((name, index) => (
              <button
                key={name}
                type="button"
                aria-label={`Only the digit ${name}`}
                aria-pressed={digit === index}
                onClick={() => setDigit(digit === index ? undefined : index)}
              >
                <b style={{ color: `var(--digit-${index})` }}>{name}</b>
              </button>
            ))}
          </fieldset>
          <div class="map-and-image">
            <FeatureScatter
              map={map}
              points={isUmap ? umap : map.points}
              answers={answers}
              digit={digit}
              chosen={chosen}
              onChoose={setChosen}
            />
            {chosen === undefined ? (
              <p class="hint">
                Point at a numeral to see its image, click to keep it. By keyboard: Tab to the map, arrow keys go from
                image to image.
              </p>
            ) : (
              <div class="stack">
                <ImageDetails
                  answers={answers}
                  position={map.positions[chosen]}
                  pixels={map.images.subarray(chosen * pixelsAnImage, (chosen + 1) * pixelsAnImage)}
                />
                <h3>What the network holds for most alike</h3>
                <Gallery
                  answers={answers}
                  positions={alike.map((point) => map.positions[point])}
                  label="Most alike"
                  pageSize={alikeCount}
                />
              </div>
            )}
          </div>
          <p class="hint">
            {integer(map.positions.length)} of the {partNames[tested.part]}, each a numeral: its label. A ring marks a
            wrong answer. They lie by the {map.units} values of the layer "{map.layer}":{' '}
            {isUmap
              ? 'UMAP puts those close together that have the same nearest neighbours. Look for numerals among others; how far islands are apart means little.'
              : `along the two directions in which these differ most (principal components: ${percent(map.shares[0], 0)} and ${percent(map.shares[1], 0)} of all variance). What lies close together looks alike to the network; but digits that lie on each other here may be well apart in other directions.`}
          </p>
          <FeatureTable map={map} points={isUmap ? umap : map.points} answers={answers} />
        </>
      ) : (
        <>
          <p class="hint">
            Before its last layer the network has a list of values for each image, by which it tells digits apart. The
            map lays 2,000 images out by them: digits that it tells well form islands.
          </p>
          <div class="row">
            <button type="button" disabled={isMaking} onClick={make}>
              {isMaking ? 'Making the map…' : 'Make the map'}
            </button>
          </div>
        </>
      )}
    </>
  );
}

interface LayoutChoiceProps {
  readonly isUmap: boolean;
  readonly onChoose: (byUmap: boolean) => void;
}

/** Principal components at once, UMAP when somebody asks. */
function LayoutChoice({ isUmap, onChoose }: LayoutChoiceProps) {
  const now = umapProgress.value;
  const chooseUmap = () => {
    onChoose(true);
    if (umapPoints.value === undefined) {
      makeUmap().catch((error: unknown) => notify(`UMAP did not go through: ${messageOf(error)}`));
    }
  };
  return (
    <fieldset class="row plain">
      <legend class="visually-hidden">How they are laid out</legend>
      <button type="button" aria-pressed={!isUmap} onClick={() => onChoose(false)}>
        Principal components
      </button>
      {now ? (
        <>
          <progress max={now.total} value={now.done} aria-label="Steps of UMAP" />
          <button type="button" onClick={cancelUmap}>
            Cancel
          </button>
        </>
      ) : (
        <button type="button" aria-pressed={isUmap} onClick={chooseUmap}>
          UMAP{umapPoints.value ? '' : ', takes some seconds'}
        </button>
      )}
    </fieldset>
  );
}

/** Which images of the map the network holds for most alike to the chosen one. */
function useAlike(map: typeof featureMap.value, point: number | undefined): readonly number[] {
  const [alike, setAlike] = useState<readonly number[]>([]);
  useEffect(() => {
    if (!map || point === undefined) return;
    let isCurrent = true;
    ask('results', 'alike', { point, count: alikeCount }).then(
      (found) => isCurrent && setAlike(found),
      (error: unknown) => notify(`Images that are alike were not found: ${messageOf(error)}`),
    );
    return () => {
      isCurrent = false;
    };
  }, [map, point]);
  return alike;
}
