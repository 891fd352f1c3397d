/** Each kind of layer with what it does, in a sentence, and the options that can be changed by hand. */

import {
  activation,
  activationNames,
  averagePooling2d,
  batchNormalization,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAveragePooling2d,
  initializerNames,
  type Layer,
  maxPooling2d,
} from 'inkling';

interface FieldBase {
  readonly option: string;
  readonly label: string;
  /** Seldom changed: folded away. */
  readonly isRare?: true;
}

/** A number, or a pair of them where it is one for height and one for width. */
export interface NumberField extends FieldBase {
  readonly kind: 'number' | 'pair';
  readonly least: number;
  readonly most: number;
  /** Left out for whole numbers. */
  readonly step?: number;
}

interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly names: readonly string[];
}

interface SwitchField extends FieldBase {
  readonly kind: 'switch';
}

export type Field = NumberField | ChoiceField | SwitchField;

interface LayerKind {
  readonly about: string;
  /** What it starts with, beside the library's defaults. */
  readonly start: object;
  readonly fields: readonly Field[];
  readonly make: (options: never) => Layer;
}

const activationField: Field = { kind: 'choice', option: 'activation', label: 'Activation', names: activationNames };
const paddingField: Field = { kind: 'choice', option: 'padding', label: 'Padding', names: ['valid', 'same'] };
const stridesField: Field = { kind: 'pair', option: 'strides', label: 'Strides', least: 1, most: 28 };
const weightFields: readonly Field[] = [
  { kind: 'choice', option: 'kernelInitializer', label: 'Initial weights', names: initializerNames, isRare: true },
  { kind: 'number', option: 'l2', label: 'L2 penalty', least: 0, most: 1, step: 0.0001, isRare: true },
  { kind: 'switch', option: 'useBias', label: 'Bias', isRare: true },
];
const poolingFields: readonly Field[] = [
  { kind: 'pair', option: 'poolSize', label: 'Pool size', least: 1, most: 28 },
  stridesField,
  paddingField,
];

const kinds: { readonly [Type in Layer['type']]: LayerKind } = {
  conv2d: {
    about: 'filters that slide over the image',
    start: { filters: 16, kernelSize: 3, activation: 'relu' },
    fields: [
      { kind: 'number', option: 'filters', label: 'Filters', least: 1, most: 512 },
      { kind: 'pair', option: 'kernelSize', label: 'Kernel size', least: 1, most: 28 },
      stridesField,
      paddingField,
      activationField,
      ...weightFields,
    ],
    make: conv2d,
  },
  maxPooling2d: { about: 'the largest of each window', start: {}, fields: poolingFields, make: maxPooling2d },
  averagePooling2d: { about: 'the mean of each window', start: {}, fields: poolingFields, make: averagePooling2d },
  globalAveragePooling2d: {
    about: 'the mean of each channel',
    start: {},
    fields: [],
    make: globalAveragePooling2d,
  },
  flatten: { about: 'the image as a vector', start: {}, fields: [], make: flatten },
  dense: {
    about: 'each output weighs all inputs',
    start: { units: 64, activation: 'relu' },
    fields: [
      { kind: 'number', option: 'units', label: 'Units', least: 1, most: 4096 },
      activationField,
      ...weightFields,
    ],
    make: dense,
  },
  dropout: {
    about: 'forgets a share of the values in training',
    start: { rate: 0.25 },
    fields: [{ kind: 'number', option: 'rate', label: 'Rate', least: 0, most: 0.99, step: 0.01 }],
    make: dropout,
  },
  batchNormalization: {
    about: 'each channel to mean 0, variance 1',
    start: {},
    fields: [
      { kind: 'number', option: 'momentum', label: 'Momentum', least: 0, most: 1, step: 0.01 },
      { kind: 'number', option: 'epsilon', label: 'Epsilon', least: 1e-12, most: 1, step: 0.001 },
    ],
    make: batchNormalization,
  },
  activation: {
    about: 'bends each value',
    start: { activation: 'relu' },
    fields: [
      activationField,
      { kind: 'number', option: 'negativeSlope', label: 'Slope below 0', least: 0, most: 1, step: 0.01 },
    ],
    make: activation,
  },
};

export const layerTypes = Object.keys(kinds) as readonly Layer['type'][];

export function aboutLayer(type: Layer['type']): string {
  return kinds[type].about;
}

/** The fields of a layer; the slope is there for the one activation that has it. */
export function fieldsOf(layer: Layer): readonly Field[] {
  const { fields } = kinds[layer.type];
  if (layer.type !== 'activation' || layer.activation === 'leakyRelu') return fields;
  return fields.filter(({ option }) => option !== 'negativeSlope');
}

/** A layer as the library makes it. @throws InklingError (model) for an option that cannot be */
export function makeLayer(type: Layer['type'], options: object = kinds[type].start): Layer {
  return kinds[type].make(options as never);
}
