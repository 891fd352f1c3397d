/** How the network is trained: each knob with a sentence that says what it is. */

import { architectureNames, optimizerNames, recipeNames, scheduleNames } from 'inkling';
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { NumberInput } from '../shell/number-input.js';
import { isHidden } from '../shell/route.js';
import { ScheduleCurve } from './schedule-curve.js';
import { augmentationNames, configOf, limits, problemOf, type TrainingConfig } from './training-config.js';
import { config, isActive } from './training-state.js';
import './settings.css';

export function Settings() {
  const current = config.value;
  const change = (part: Partial<TrainingConfig>) => {
    config.value = { ...config.peek(), ...part };
  };
  return (
    <fieldset class="settings" disabled={isActive.value}>
      <legend class="visually-hidden">Settings of the training</legend>
      <Choice
        name="recipe"
        label="Recipe"
        help="Settings that go well together, to begin with. The fast one reads over 99 % rightly after a short training."
        names={recipeNames}
        value={current.recipe}
        onChange={(recipe) => {
          const { images, layers, seed } = current;
          config.value = { ...configOf(recipe), images, layers, seed };
        }}
      />
      <Choice
        name="model"
        label="Network"
        help={
          current.layers
            ? 'Its layers are edited below; another preset takes their place.'
            : 'How it is built. cnn, small-cnn and lenet5 look for small patterns everywhere (convolutions); mlp and linear weigh each pixel by itself, linear in a single layer.'
        }
        names={architectureNames}
        value={current.model}
        onChange={(model) => change({ model, layers: undefined })}
      />
      <Numeral
        name="images"
        label="Images"
        help="How many of MNIST's 60,000 it learns from; one in twelve is set aside for validation. Few images invite learning by heart."
        value={current.images}
        onChange={(images) => change({ images })}
      />
      <Numeral
        name="epochs"
        label="Epochs"
        help="How often it sees every image. More epochs teach it more, until it begins to learn by heart."
        value={current.epochs}
        onChange={(epochs) => change({ epochs })}
      />
      <Numeral
        name="batchSize"
        label="Batch size"
        help="After how many images it changes its weights, the numbers it learns: that is a step. Small batches step often and waver, large ones step seldom and surely."
        value={current.batchSize}
        onChange={(batchSize) => change({ batchSize })}
      />
      <Choice
        name="optimizer"
        label="Optimizer"
        help="The rule by which mistakes become changes of the weights. Adam suits most networks."
        names={optimizerNames}
        value={current.optimizer}
        onChange={(optimizer) => change({ optimizer })}
      />
      <Numeral
        name="learningRate"
        label="Learning rate"
        help="How large a step is, at the most. Too large, and the loss jumps; too small, and it creeps."
        value={current.learningRate}
        onChange={(learningRate) => change({ learningRate })}
      />
      <Choice
        name="schedule"
        label="Schedule"
        help="How the learning rate changes in the course of a training: one-cycle rises, then falls to nearly nothing."
        names={scheduleNames}
        value={current.schedule}
        onChange={(schedule) => change({ schedule })}
      />
      {isHidden('schedule') ? null : <ScheduleCurve config={current} />}
      <Choice
        name="augmentation"
        label="Augmentation"
        help="Shifts, turns and bends images anew each time, so that it never sees quite the same one twice. It helps against learning by heart."
        names={augmentationNames}
        value={current.augmentation}
        onChange={(augmentation) => change({ augmentation })}
      />
      <Numeral
        name="seed"
        label="Seed"
        help="The number that chance begins with. The same seed and settings give the same network, to the byte; another seed shows how much is luck."
        value={current.seed}
        onChange={(seed) => change({ seed })}
      />
    </fieldset>
  );
}

interface FieldProps {
  readonly name: Exclude<keyof TrainingConfig, 'layers'>;
  readonly label: string;
  readonly help: string;
  readonly problem?: string | undefined;
  readonly children: (id: string, describedBy: string) => ComponentChildren;
}

function Field({ name, label, help, problem, children }: FieldProps) {
  const id = useId();
  if (isHidden(name)) return null;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id, `${id}-help`)}
      <p id={`${id}-help`} class={problem ? 'problem' : 'hint'}>
        {problem ? `It is not used: ${problem}` : help}
      </p>
    </div>
  );
}

interface ChoiceProps<Name extends string> {
  readonly name: Exclude<keyof TrainingConfig, 'layers'>;
  readonly label: string;
  readonly help: string;
  readonly names: readonly Name[];
  readonly value: Name;
  readonly onChange: (name: Name) => void;
}

function Choice<Name extends string>({ name: field, label, help, names, value, onChange }: ChoiceProps<Name>) {
  return (
    <Field name={field} label={label} help={help}>
      {(id, describedBy) => (
        <select
          id={id}
          aria-describedby={describedBy}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value as Name)}
        >
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface NumeralProps {
  readonly name: keyof typeof limits;
  readonly label: string;
  readonly help: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** What cannot be meant is told and not taken. */
function Numeral({ name, label, help, value, onChange }: NumeralProps) {
  const [problem, setProblem] = useState<string>();
  const { least, most } = limits[name];
  return (
    <Field name={name} label={label} help={help} problem={problem}>
      {(id, describedBy) => (
        <NumberInput
          id={id}
          aria-describedby={describedBy}
          isRefused={problem !== undefined}
          min={least}
          max={most}
          step={name === 'learningRate' ? 'any' : 1}
          value={value}
          onNumber={(number) => {
            const found = problemOf(name, number);
            setProblem(found);
            if (found === undefined) onChange(number);
          }}
        />
      )}
    </Field>
  );
}
