"""The numbers of the golden networks: made from a seed on both sides, or sampled for the JSON files.

Weights and input are not stored. Python and TypeScript compute them from the generator of src/numerics/random.ts,
Threefry-2x32-20, of which this file has an implementation of its own:

    value[i] = float32(center + (2 u - 1) scale),  u = (bits >> 8) / 2^24,
    bits     = first word of threefry2x32(key = (seed, 1 << 24 | stream), counter = (0, i))
"""

import json
from pathlib import Path

import numpy
import torch

INITIALIZATION, DROPOUT = 1, 4
INPUT = {"stream": 1000, "center": 0.5, "scale": 0.5}


def threefry2x32(key, counter):
    """Threefry-2x32-20 as Salmon et al. (2011) define it. `counter` is a pair of arrays; so is the result."""
    keys = [numpy.uint32(key[0]), numpy.uint32(key[1])]
    keys.append(keys[0] ^ keys[1] ^ numpy.uint32(0x1BD11BDA))
    a, b = (numpy.asarray(word, numpy.uint32) + k for word, k in zip(counter, keys))
    for turn in range(5):
        for rotation in ((13, 15, 26, 6), (17, 29, 16, 24))[turn % 2]:
            a = a + b
            b = ((b << numpy.uint32(rotation)) | (b >> numpy.uint32(32 - rotation))) ^ a
        a = a + keys[(turn + 1) % 3]
        b = b + keys[(turn + 2) % 3] + numpy.uint32(turn + 1)
    return a, b


# The known answers of Random123, `kat_vectors`.
assert [int(word[0]) for word in threefry2x32((0, 0), ([0], [0]))] == [0x6B200159, 0x99BA4EFE]
assert [int(word[0]) for word in threefry2x32((0x13198A2E, 0x03707344), ([0x243F6A88], [0x85A308D3]))] == [
    0xC4923A9C,
    0x483DF7A0,
]


def seeded(seed, shape, stream, center, scale):
    index = numpy.arange(numpy.prod(shape), dtype=numpy.uint32)
    bits, _ = threefry2x32((seed, INITIALIZATION << 24 | stream), (numpy.zeros_like(index), index))
    values = center + (2 * ((bits >> numpy.uint32(8)) / 2**24) - 1) * scale
    return torch.tensor(values.astype(numpy.float32).astype(numpy.float64).reshape(shape))


def dropout_mask(seed, step, layer, shape, rate):
    index = numpy.arange(numpy.prod(shape), dtype=numpy.uint32)
    counter = (numpy.full_like(index, step), index >> numpy.uint32(1))
    first, second = threefry2x32((seed, DROPOUT << 24 | layer), counter)
    kept = numpy.where(index % 2 == 0, first, second) >= round(rate * 2**32)
    return torch.tensor((kept / (1 - rate)).reshape(shape))


class Weights(dict):
    """The weights of a model by path, made when they are first asked for; `specifications` is what the JSON file stores."""

    def __init__(self, seed):
        self.seed = seed
        self.specifications = {}

    def of(self, path, shape):
        if path not in self:
            kind = path.split("/")[1]
            # A kernel's scale keeps the values of the next layer at about the size of this one's.
            fan_in = int(numpy.prod(shape[:-1]))
            center = {"gamma": 1, "movingVariance": 1}.get(kind, 0)
            scale = {"kernel": round((6 / (fan_in + shape[-1])) ** 0.5, 3), "movingVariance": 0.5}.get(kind, 0.2)
            stream = len(self.specifications)
            self.specifications[path] = {"stream": stream, "center": center, "scale": scale}
            self[path] = seeded(self.seed, shape, stream, center, scale).requires_grad_()
        return self[path]


def sample(tensor):
    """Size, sum, sum of squares and at most 200 values: those at (k * 2654435761 mod 2^32) mod size for k = 0, 1, 2 ...; where
    there are no more than 200, all of them in order."""
    values = tensor.detach().numpy().ravel()
    count = min(len(values), 200)
    positions = [k if len(values) <= 200 else (k * 2654435761 % 2**32) % len(values) for k in range(count)]
    return {
        "size": len(values),
        "sum": float(values.sum()),
        "sumOfSquares": float((values**2).sum()),
        "values": values[positions].tolist(),
    }


def write(name, data):
    """JSON with one line for each key of the first two levels."""
    lines = []
    for key, value in data.items():
        if key in ("expected", "cases"):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            entries = [("" if isinstance(value, list) else f"{json.dumps(k)}: ") + json.dumps(v) for k, v in items]
            text = ("[\n%s\n]" if isinstance(value, list) else "{\n%s\n}") % ",\n".join(entries)
        else:
            text = json.dumps(value)
        lines.append(f"{json.dumps(key)}: {text}")
    Path(__file__).with_name(name).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
