"""Writes placing.json: shapes put into 28 x 28 by Pillow's means over blocks and SciPy's centre of mass, as MNIST was made.

    python test/goldens/make-placing.py

Strokes are as thick as MNIST's, so that nothing is to be made thinner or thicker.
"""

import json
import pathlib

import numpy as np
import PIL
import scipy
from PIL import Image
from scipy import ndimage

side = 84
y, x = np.mgrid[0:side, 0:side] + 0.5


def stroke(x0, y0, x1, y1, width):
    dx, dy = x1 - x0, y1 - y0
    along = np.clip(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy), 0, 1)
    return np.clip(width / 2 - np.hypot(x - x0 - along * dx, y - y0 - along * dy) + 0.5, 0, 1)


def ring(cx, cy, across, down, width):
    distance = (np.hypot((x - cx) / across, (y - cy) / down) - 1) * min(across, down)
    return np.clip(width / 2 - np.abs(distance) + 0.5, 0, 1)


shapes = {
    "0": np.maximum(ring(42, 40, 16, 25, 9), stroke(34, 61, 46, 64, 10)),
    "1": np.maximum(stroke(47, 12, 38, 70, 9), stroke(34, 22, 47, 12, 9)),
    "4": np.maximum.reduce([stroke(24, 14, 20, 45, 9), stroke(20, 45, 60, 45, 9), stroke(52, 14, 50, 70, 9)]),
    "7": np.maximum(stroke(20, 16, 58, 16, 9), stroke(58, 16, 32, 72, 9)),
    "8": np.maximum(ring(37, 26, 12, 13, 8), ring(42, 56, 15, 15, 8)),
    "9": np.maximum(ring(36, 28, 15, 15, 9), stroke(51, 28, 46, 74, 9)),
    "wide": np.maximum(stroke(12, 30, 70, 40, 9), stroke(66, 40, 64, 58, 9)),
}


def placed(shape):
    inked = np.argwhere(shape > 0.4)
    (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0) + 1
    cut = Image.fromarray(shape[top:bottom, left:right].astype(np.float32))
    scale = 20 / max(cut.size)
    size = [max(1, int(np.floor(length * scale + 0.5))) for length in cut.size]
    # Each pixel as a block of as many pixels as the result has: then each place is the mean of whole pixels.
    blocks = cut.resize((cut.width * size[0], cut.height * size[1]), Image.Resampling.NEAREST)
    small = np.asarray(blocks.reduce(cut.size), dtype=float)
    centre_y, centre_x = np.array(ndimage.center_of_mass(small)) + 0.5
    # Not where the last bit decides, as it does for symmetric shapes.
    assert all(abs((14.5 - centre) % 1 - 0.5) > 0.002 for centre in (centre_x, centre_y)), (centre_x, centre_y)
    to_x, to_y = (int(np.floor(14.5 - centre + 0.5)) for centre in (centre_x, centre_y))
    image = np.zeros((28, 28))
    image[to_y : to_y + small.shape[0], to_x : to_x + small.shape[1]] = 255 * small / small.max()
    return image


cases = [
    {
        "name": name,
        "shape": [round(float(value), 4) for value in shape.ravel()],
        "image": [round(float(value), 2) for value in placed(np.round(shape, 4)).ravel()],
    }
    for name, shape in shapes.items()
]
document = {"pillow": PIL.__version__, "scipy": scipy.__version__, "side": side, "cases": cases}
path = pathlib.Path(__file__).parent / "placing.json"
path.write_text(json.dumps(document, separators=(",", ":")) + "\n")
