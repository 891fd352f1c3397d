/**
 * PyTorch: weights as a state dict in safetensors, in PyTorch's layout, and `model.py`, which builds the module that
 * they belong to. It takes `[N, channels, height, width]` from 0 to 1 and gives logits, as PyTorch's losses expect.
 */

import type { Tensor } from '../../numerics/tensor.js';
import type { LoadedModel } from '../model-file.js';
import { writeSafetensors } from '../safetensors.js';
import { weightsSha256 } from '../weights-sha256.js';
import { type ChannelsFirstStep, channelsFirst, type Pads } from './channels-first.js';

/** What a `model.py` of Inkling begins with. */
export const moduleBeginning = '"""Made by Inkling: ';

/** @throws InklingError (argument) where weights do not fit the model */
export async function pytorchFiles(
  exported: Omit<LoadedModel, 'metadata'>,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const { model, weights, classNames } = exported;
  const modules: string[] = [];
  const state = new Map<string, Tensor<Float32Array>>();
  const steps = channelsFirst(model, weights);
  for (const step of steps) {
    const [before, module] = modulesOf(step);
    for (const code of before) modules.push(`        ${code},`);
    for (const [name, tensor] of tensorsOf(step)) state.set(`${modules.length}.${name}`, tensor);
    modules.push(`        ${module},  # ${modules.length}: ${step.name}`);
  }
  const own = new Set(steps.map(ownModule).filter((code) => code !== undefined));
  const names = classNames ?? Array.from({ length: model.classes }, (_, label) => `${label}`);
  const python = `${moduleBeginning}the network of model.safetensors, the file beside this one of the same name."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

CLASS_NAMES = ${JSON.stringify(names)}

${[...own].map((code) => `\n${code}\n\n`).join('')}
def build():
    """Takes float32 images [N, channels, height, width] from 0 to 1, gives logits [N, ${model.classes}]."""
    return nn.Sequential(
${modules.join('\n')}
    )


def load(path=Path(__file__).with_suffix(".safetensors")):
    """The trained network, ready to predict; call .train() on it to train it further."""
    model = build()
    model.load_state_dict(load_file(path))
    return model.eval()
`;
  const metadata = { format: 'pt', weightsSha256: await weightsSha256(model, weights) };
  return new Map([
    ['model.safetensors', writeSafetensors(state, metadata)],
    ['model.py', new TextEncoder().encode(python)],
  ]);
}

function tensorsOf(step: ChannelsFirstStep): [string, Tensor<Float32Array>][] {
  if (step.kind === 'normalization') {
    const { gamma, beta, mean, variance } = step;
    return [
      ['weight', gamma],
      ['bias', beta],
      ['running_mean', mean],
      ['running_var', variance],
    ];
  }
  if (step.kind !== 'convolution' && step.kind !== 'linear') return [];
  return step.bias
    ? [
        ['weight', step.kernel],
        ['bias', step.bias],
      ]
    : [['weight', step.kernel]];
}

/** Modules that PyTorch has no ready one for. */
const averagePooling = `class AveragePool(nn.Module):
    """The mean of what a window sees of the image, whose padding may differ from side to side."""

    def __init__(self, size, strides, pads):
        super().__init__()
        self.pool, self.pad = nn.AvgPool2d(size, strides), nn.ZeroPad2d(pads)

    def forward(self, x):
        return self.pool(self.pad(x)) / self.pool(self.pad(torch.ones_like(x)))`;
const channelsLast = `class ChannelsLast(nn.Module):
    """[N, channels, height, width] to [N, height, width, channels]."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1)`;

/** The class that has to be written out for a step. */
function ownModule(step: ChannelsFirstStep): string | undefined {
  if (step.kind === 'averagePooling' && !isEven(step.pads)) return averagePooling;
  return step.kind === 'flatten' && step.channelsLast ? channelsLast : undefined;
}

/** @returns what has to come before the module, and the module, as Python */
function modulesOf(step: ChannelsFirstStep): [before: readonly string[], module: string] {
  switch (step.kind) {
    case 'convolution': {
      const { size, strides, pads, kernel, bias } = step;
      const [filters, channels] = kernel.shape;
      const options = `${pair(size)}, stride=${pair(strides)}${paddingOf(pads)}${bias ? '' : ', bias=False'}`;
      return [isEven(pads) ? [] : [`nn.ZeroPad2d(${sides(pads)})`], `nn.Conv2d(${channels}, ${filters}, ${options})`];
    }
    case 'linear': {
      const [units, features] = step.kernel.shape;
      return [[], `nn.Linear(${features}, ${units}${step.bias ? '' : ', bias=False'})`];
    }
    case 'maxPooling': {
      const { size, strides, pads } = step;
      // Padding takes no part in the result.
      const before = isEven(pads) ? [] : [`nn.ConstantPad2d(${sides(pads)}, float("-inf"))`];
      return [before, `nn.MaxPool2d(${pair(size)}, ${pair(strides)}${paddingOf(pads)})`];
    }
    case 'averagePooling': {
      const { size, strides, pads } = step;
      if (!isEven(pads)) return [[], `AveragePool(${pair(size)}, ${pair(strides)}, ${sides(pads)})`];
      return [[], `nn.AvgPool2d(${pair(size)}, ${pair(strides)}${paddingOf(pads)}, count_include_pad=False)`];
    }
    case 'globalAveragePooling':
      return [['nn.AdaptiveAvgPool2d(1)'], 'nn.Flatten()'];
    case 'normalization': {
      const { gamma, epsilon, momentum, outputShape } = step;
      const kind = outputShape.length === 3 ? 'BatchNorm2d' : 'BatchNorm1d';
      // PyTorch's is the share of the new value.
      const share = Number((1 - momentum).toPrecision(12));
      return [[], `nn.${kind}(${gamma.shape[0]}, eps=${epsilon}, momentum=${share})`];
    }
    case 'dropout':
      return [[], `nn.Dropout(${step.rate})`];
    case 'flatten':
      return [step.channelsLast ? ['ChannelsLast()'] : [], 'nn.Flatten()'];
    case 'activation':
      return [[], activationModule(step.activation, step.negativeSlope)];
  }
}

function activationModule(activation: string, negativeSlope: number): string {
  const modules: Readonly<Record<string, string>> = {
    relu: 'nn.ReLU()',
    leakyRelu: `nn.LeakyReLU(${negativeSlope})`,
    tanh: 'nn.Tanh()',
    sigmoid: 'nn.Sigmoid()',
    softmax: 'nn.Softmax(dim=1)',
  };
  return modules[activation] ?? 'nn.Identity()';
}

/** Whether both sides of each axis have the same padding, as PyTorch's layers can add it themselves. */
function isEven({ top, left, bottom, right }: Pads): boolean {
  return top === bottom && left === right;
}

function paddingOf(pads: Pads): string {
  return isEven(pads) && (pads.top > 0 || pads.left > 0) ? `, padding=${pair([pads.top, pads.left])}` : '';
}

function sides({ left, right, top, bottom }: Pads): string {
  return `(${left}, ${right}, ${top}, ${bottom})`;
}

function pair([first, second]: readonly [number, number]): string {
  return first === second ? `${first}` : `(${first}, ${second})`;
}
