"""Writes augmentation.json: augmented images by SciPy in float64: scipy.ndimage's grey_dilation, grey_erosion and
map_coordinates, scipy.interpolate's B-splines. What happens to an image is drawn from Threefry-2x32-20, written from its definition.

    python test/goldens/make-augmentation.py
"""

import json
import math
import pathlib

import numpy as np
import scipy
from scipy.interpolate import BSpline
from scipy.ndimage import generate_binary_structure, grey_dilation, grey_erosion, map_coordinates

MASK = 0xFFFFFFFF


def threefry(k0, k1, x0, x1):
    """Salmon et al. (2011): twenty rounds on two words."""
    keys = [k0, k1, k0 ^ k1 ^ 0x1BD11BDA]
    a, b = (x0 + k0) & MASK, (x1 + k1) & MASK
    for number in range(20):
        turn = [13, 15, 26, 6, 17, 29, 16, 24][number % 8]
        a = (a + b) & MASK
        b = ((b << turn | b >> (32 - turn)) & MASK) ^ a
        if number % 4 == 3:
            turn = number // 4 + 1
            a, b = (a + keys[turn % 3]) & MASK, (b + keys[(turn + 1) % 3] + turn) & MASK
    return a, b


def words(case, user, first_pair, count):
    key = (5 << 24) | user
    pairs = [threefry(case["seed"], key, case["step"], first_pair + pair) for pair in range((count + 1) // 2)]
    return np.array(pairs, dtype=np.int64).ravel()[:count]


def up_to_four(count):
    return -(-count // 4) * 4


def displacements(case, strength, height, width):
    """A uniform cubic B-spline over a grid of random points, the second of which is at pixel 0."""
    spacing = case["rule"]["elastic"]["smoothness"]
    rows, columns = (int((size - 1) // spacing) + 4 for size in (height, width))
    pairs = up_to_four(rows * columns)
    random = words(case, 1, case["place"] * pairs, 2 * rows * columns)
    grid = strength * ((random >> 8) / 2**23 - 1).reshape(rows, columns, 2)
    down = BSpline(np.arange(-3, rows + 1), grid, 3)(np.arange(height) / spacing)
    both = BSpline(np.arange(-3, columns + 1), down.swapaxes(0, 1), 3)(np.arange(width) / spacing)
    return both.swapaxes(0, 1)


def augment(image, case):
    height, width, channels = image.shape
    rule = case["rule"]
    draws = (words(case, 0, case["place"] * 8, 16) >> 8) / 2**24
    signed = 2 * draws - 1
    on = draws < rule["probability"]
    if draws[0] < rule["unchanged"]:
        return image / 255
    shift = rule["shift"] * signed[8:10] * on[1]
    angle = math.radians(rule["rotation"]) * signed[10] * on[2]
    low, high = rule["scale"]
    factor = low * (high / low) ** draws[11] if on[3] else 1
    slope = rule["shear"] * signed[12] * on[4]
    strength = rule["elastic"]["strength"] * draws[13] * on[5]
    thinning, thickening = rule["stroke"]["thinning"], rule["stroke"]["thickening"]
    stroke = ((thinning + thickening) * draws[14] - thinning) * on[6]
    deviation = rule["noise"] * draws[15] * on[7]

    cross = generate_binary_structure(2, 1)
    weight = round(min(abs(stroke) / factor, 1) * 256)
    change = grey_dilation if stroke > 0 else grey_erosion
    planes = [image[:, :, channel].astype(np.int64) for channel in range(channels)]
    others = [change(plane, footprint=cross, mode="constant", cval=0) for plane in planes]
    mixed = [
        plane + np.sign(other - plane) * ((np.abs(other - plane) * weight + 128) // 256)
        for plane, other in zip(planes, others)
    ]

    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    inverse = np.linalg.inv(rotation @ np.array([[1, slope], [0, 1]]) * factor)
    pixels = np.stack(np.meshgrid(np.arange(width), np.arange(height)), axis=-1)
    places = (pixels - middle - shift) @ inverse.T + middle
    if strength > 0:
        places = places + displacements(case, strength, height, width)
    at = [places[:, :, 1], places[:, :, 0]]
    warped = [map_coordinates(plane.astype(float), at, order=1, mode="grid-constant", cval=0) for plane in mixed]
    values = np.stack(warped, axis=-1) / 255
    if deviation > 0:
        size = height * width * channels
        random = words(case, 2, case["place"] * up_to_four(-(-size // 2)), size)
        sums = sum(random >> bits & 255 for bits in (0, 8, 16, 24))
        noise = deviation * (sums - 510) / math.sqrt(4 * (256**2 - 1) / 12)
        values = np.clip(values + noise.reshape(values.shape), 0, 1)
    return values


RULE = {
    "unchanged": 0,
    "probability": 1,
    "shift": 0,
    "rotation": 0,
    "scale": [1, 1],
    "shear": 0,
    "elastic": {"strength": 0, "smoothness": 7},
    "stroke": {"thinning": 0, "thickening": 0},
    "noise": 0,
}
AFFINE = {"shift": 2, "rotation": 40, "scale": [0.6, 1.5], "shear": 0.4}
RULES = {
    "affine": AFFINE,
    "thinner": {"stroke": {"thinning": 1, "thickening": 0}},
    "thicker": {"stroke": {"thinning": 0, "thickening": 1}},
    "elastic": {"elastic": {"strength": 3, "smoothness": 4.5}},
    "noise": {"noise": 0.5},
    "all": {
        **AFFINE,
        "probability": 0.8,
        "elastic": {"strength": 2, "smoothness": 3},
        "stroke": {"thinning": 0.7, "thickening": 0.7},
        "noise": 0.1,
    },
}

cases = []
for number, (name, options) in enumerate(RULES.items()):
    for shape in [(11, 13, 1), (6, 9, 3)]:
        generator = np.random.default_rng(number)
        image = np.maximum(generator.integers(-200, 256, shape), 0).astype(np.uint8)
        case = {"name": name, "shape": shape, "seed": 7 + number, "step": 300 + number, "place": 3}
        case["rule"] = {**RULE, **options}
        values = augment(image, case)
        case["image"] = image.ravel().tolist()
        case["values"] = [float(f"{value:.9g}") for value in values.ravel()]
        cases.append(case)
made = f"scipy {scipy.__version__}, numpy {np.__version__}"
lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
path = pathlib.Path(__file__).with_name("augmentation.json")
path.write_text(f'{{"made": "{made}", "cases": [\n{lines}\n]}}\n')
