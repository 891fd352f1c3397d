"""Writes distortions.json: small images distorted by SciPy and Pillow, in float64, not rounded.

    python test/goldens/make-distortions.py
"""

import json
import pathlib

import numpy as np
import PIL
import scipy
from PIL import Image
from scipy import ndimage

height, width = 12, 14
y, x = np.mgrid[0:height, 0:width]
noisy = (y * 37 + x * 91 + y * x * 13) % 256
# A ring with two pixels of background around it: Pillow does not take what lies outside an image for background.
drawn = np.clip(260 - 130 * np.abs(np.hypot(y - 5.5, x - 7) - 1.6), 0, 255).astype(int)


def rotated(image, degrees):
    angle = np.deg2rad(degrees)
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = (np.array(image.shape) - 1) / 2
    return ndimage.affine_transform(image.astype(float), matrix, middle - matrix @ middle, order=1, mode="grid-constant")


def enlarged(image, factor):
    middle = (np.array(image.shape) - 1) / 2
    return ndimage.affine_transform(
        image.astype(float), np.full(2, 1 / factor), middle - middle / factor, order=1, mode="grid-constant"
    )


def shrunk_axis(image, factor):
    """Means over intervals, from the running integral of each column."""
    size = image.shape[0]
    edges = np.arange(size + 1) - 0.5
    middle = (size - 1) / 2
    centres = middle + (np.arange(size) - middle) / factor
    integral = np.concatenate([np.zeros((1, image.shape[1])), np.cumsum(image, axis=0)])
    at = lambda points: np.stack([np.interp(points, edges, column) for column in integral.T], axis=1)
    return (at(centres + 0.5 / factor) - at(centres - 0.5 / factor)) * factor


def shrunk(image, factor):
    return shrunk_axis(shrunk_axis(image.astype(float), factor).T, factor).T


def restroked(image, pixels):
    padded = np.pad(image, 3).astype(float)
    fine = ndimage.affine_transform(
        padded, np.full(2, 0.25), -0.375, output_shape=tuple(4 * n for n in padded.shape), order=1, mode="grid-constant"
    )
    mean = lambda values: values.reshape(padded.shape[0], 4, padded.shape[1], 4).mean(axis=(1, 3))
    fine = np.clip(fine + np.kron(padded - mean(fine), np.ones((4, 4))), 0, 255)
    radius = int(4 * abs(pixels))
    dy, dx = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    disc = dy**2 + dx**2 <= radius * (radius + 0.5)
    morphed = (ndimage.grey_dilation if pixels > 0 else ndimage.grey_erosion)(fine, footprint=disc)
    return mean(morphed)[3:-3, 3:-3]


def cubic(image, factor):
    size = (round(image.shape[1] * factor), round(image.shape[0] * factor))
    return np.clip(np.asarray(Image.fromarray(image.astype(np.float32)).resize(size, Image.Resampling.BICUBIC)), 0, 255)


cases = (
    [("rotation", "noisy", degrees, rotated(noisy, degrees)) for degrees in (5, 20, -30, 90)]
    + [("scale", "noisy", factor, enlarged(noisy, factor)) for factor in (1.1, 1.3, 2.0)]
    + [("scale", "noisy", factor, shrunk(noisy, factor)) for factor in (0.5, 0.6, 0.9)]
    + [("blur", "noisy", sigma, ndimage.gaussian_filter(noisy.astype(float), sigma, mode="constant")) for sigma in (0.5, 1)]
    + [("strokeWidth", "drawn", pixels, restroked(drawn, pixels)) for pixels in (-1, -0.5, -0.25, 0.25, 0.5, 0.75, 1)]
    + [("strokeWidth", "noisy", pixels, restroked(noisy, pixels)) for pixels in (-0.5, 1)]
    + [("canvas", "drawn", factor, cubic(drawn, factor)) for factor in (1, 1.5, 3)]
)
path = pathlib.Path(__file__).with_name("distortions.json")
lines = ",\n".join(
    json.dumps({"distortion": name, "image": image, "severity": severity, "shape": list(result.shape), "values": np.round(result, 3).ravel().tolist()})
    for name, image, severity, result in cases
)
images = json.dumps({"noisy": noisy.ravel().tolist(), "drawn": drawn.ravel().tolist()})
versions = f'"scipy": "{scipy.__version__}", "pillow": "{PIL.__version__}"'
path.write_text(f'{{{versions}, "shape": [{height}, {width}], "images": {images}, "cases": [\n{lines}\n]}}\n')
