/** How the network is trained: each knob with a sentence that says what it is. */

import { architectureNames, optimizerNames, recipeNames, scheduleNames } from 'inkling';
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { NumberInput } from '../shell/number-input.js';
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
        label="Recipe"
        help="Settings that go well together. The fast one is above 99 % in seconds."
        names={recipeNames}
        value={current.recipe}
        onChange={(recipe) => {
          const { images, layers, seed } = current;
          config.value = { ...configOf(recipe), images, layers, seed };
        }}
      />
      <Choice
        label="Network"
        help={
          current.layers
            ? 'Its layers are edited below; another preset takes their place.'
            : 'Its layers. cnn and lenet5 have convolutions, mlp has none, linear has a single layer.'
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
        help="How often it sees every image."
        value={current.epochs}
        onChange={(epochs) => change({ epochs })}
      />
      <Numeral
        name="batchSize"
        label="Batch size"
        help="Images a step. Small batches step often and waver, large ones step seldom and surely."
        value={current.batchSize}
        onChange={(batchSize) => change({ batchSize })}
      />
      <Choice
        label="Optimizer"
        help="The rule that turns gradients into steps. Adam suits most networks."
        names={optimizerNames}
        value={current.optimizer}
        onChange={(optimizer) => change({ optimizer })}
      />
      <Numeral
        name="learningRate"
        label="Learning rate"
        help="How long its steps are, at the most. Too long, and the loss jumps; too short, and it creeps."
        value={current.learningRate}
        onChange={(learningRate) => change({ learningRate })}
      />
      <Choice
        label="Schedule"
        help="How the learning rate changes: one-cycle rises, then falls to nearly nothing."
        names={scheduleNames}
        value={current.schedule}
        onChange={(schedule) => change({ schedule })}
      />
      <ScheduleCurve config={current} />
      <Choice
        label="Augmentation"
        help="Shifts, turns and bends images anew each time, so that no image is ever seen twice."
        names={augmentationNames}
        value={current.augmentation}
        onChange={(augmentation) => change({ augmentation })}
      />
      <Numeral
        name="seed"
        label="Seed"
        help="Where chance begins. The same seed and settings give the same network, to the byte."
        value={current.seed}
        onChange={(seed) => change({ seed })}
      />
    </fieldset>
  );
}

interface FieldProps {
  readonly label: string;
  readonly help: string;
  readonly problem?: string | undefined;
  readonly children: (id: string, describedBy: string) => ComponentChildren;
}

function Field({ label, help, problem, children }: FieldProps) {
  const id = useId();
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
  readonly label: string;
  readonly help: string;
  readonly names: readonly Name[];
  readonly value: Name;
  readonly onChange: (name: Name) => void;
}

function Choice<Name extends string>({ label, help, names, value, onChange }: ChoiceProps<Name>) {
  return (
    <Field label={label} help={help}>
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
    <Field label={label} help={help} problem={problem}>
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
