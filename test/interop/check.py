"""Reads what make-exports.mjs wrote with the programs that the formats are of, and compares.

    node test/interop/make-exports.mjs FOLDER
    pip install -r test/interop/requirements.txt
    python test/interop/check.py FOLDER

Prints a line a network with the largest differences in probability on 256 images; fails where one is above 1e-5.
PyTorch and Keras are asked where they are installed.
"""

import importlib.util
import json
import os
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from safetensors.numpy import load_file

LIMIT = 1e-5


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def difference(actual, expected):
    assert actual.shape == expected.shape, (actual.shape, expected.shape)
    return float(np.abs(actual - expected).max())


def from_onnx(folder, images, expected):
    model = onnx.load(folder / "model.onnx")
    onnx.checker.check_model(model, full_check=True)
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    assert json.loads(metadata["classNames"]) == list("0123456789")
    assert len(metadata["weightsSha256"]) == 64
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    probabilities, logits = session.run(["probabilities", "logits"], {"input": images})
    one = session.run(["probabilities"], {"input": images[:1]})[0]
    assert one.shape == (1, 10)
    return max(difference(probabilities, expected), difference(softmax(logits), expected))


def from_npz(folder):
    """The same bytes, by the same names."""
    arrays = np.load(folder / "model.npz", allow_pickle=False)
    weights = {path.relative_to(folder / "weights").with_suffix("").as_posix(): path for path in folder.glob("weights/*/*.bin")}
    assert set(arrays.files) == set(weights), set(arrays.files) ^ set(weights)
    for name, path in weights.items():
        assert arrays[name].tobytes() == path.read_bytes(), name


def from_pytorch(folder, images, expected):
    assert load_file(folder / "model.safetensors")
    if importlib.util.find_spec("torch") is None:
        return None
    import torch

    spec = importlib.util.spec_from_file_location("exported", folder / "model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with torch.no_grad():
        logits = module.load()(torch.from_numpy(images)).numpy()
    return difference(softmax(logits), expected)


def from_keras(folder, images, expected):
    """Keras has channels last; where the network ends in logits, so does its."""
    if importlib.util.find_spec("keras") is None:
        return None
    os.environ.setdefault("KERAS_BACKEND", "numpy")
    import keras

    model = keras.models.load_model(folder / "model.keras")
    answers = np.asarray(model.predict(images.transpose(0, 2, 3, 1), verbose=0))
    weights = {path.relative_to(folder / "weights").with_suffix("").as_posix(): path for path in folder.glob("weights/*/*.bin")}
    for layer in model.layers:
        names = {"moving_mean": "movingMean", "moving_variance": "movingVariance"}
        for weight in layer.weights:
            name = f"{layer.name}/{names.get(weight.name, weight.name)}"
            assert np.asarray(weight).tobytes() == weights.pop(name).read_bytes(), name
    assert not weights, weights
    ends_in_softmax = np.allclose(answers.sum(axis=1), 1, atol=1e-4)
    return difference(answers if ends_in_softmax else softmax(answers), expected)


def main(root):
    images = np.fromfile(root / "images.bin", np.uint8).reshape(-1, 1, 28, 28).astype(np.float32) / np.float32(255)
    worst = 0.0
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        expected = np.fromfile(folder / "probabilities.bin", np.float32).reshape(-1, 10)
        from_npz(folder)
        found = {
            "onnx": from_onnx(folder, images, expected),
            "pytorch": from_pytorch(folder, images, expected),
            "keras": from_keras(folder, images, expected),
        }
        computed = {name: value for name, value in found.items() if value is not None}
        worst = max(worst, *computed.values())
        told = ", ".join(f"{name} {value:.1e}" for name, value in computed.items())
        print(f"{folder.name}: npz the same bytes, {told}")
    if worst > LIMIT:
        sys.exit(f"The largest difference is {worst:.1e}, expected at most {LIMIT:.0e}.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
