"""MNIST's four original files, which the bench trusts: Inkling's command line verifies them."""

import os

import numpy as np

FILES = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}


def load_images(folder, part, count, channels=1):
    """Images [count, 28, 28, channels] as float32 from 0 to 1, and labels [count]; a pixel is repeated for each channel."""
    image_file, label_file = (os.path.join(folder, name) for name in FILES[part])
    pixels = np.fromfile(image_file, np.uint8, count * 784, offset=16).reshape(count, 28, 28, 1)
    labels = np.fromfile(label_file, np.uint8, count, offset=8).astype(np.int64)
    return np.repeat(pixels.astype(np.float32) / 255, channels, axis=3), labels
