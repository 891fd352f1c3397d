"""Makes frozen.json: three steps of SGD in Keras on a small network of which a convolution and a batch normalisation are frozen.

    python make-frozen.py     (keras 3, tensorflow 2, numpy 2; none is needed to run the tests)
"""

import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

keras.config.set_floatx("float64")
random = np.random.default_rng(7)
layers = [
    keras.layers.Conv2D(3, 3, activation="relu", name="conv2d"),
    keras.layers.BatchNormalization(name="batchNormalization"),
    keras.layers.Flatten(),
    keras.layers.Dense(5, activation="tanh", name="dense"),
    keras.layers.BatchNormalization(name="batchNormalization_1"),
    keras.layers.Dense(3, activation="softmax", name="dense_1"),
]
model = keras.Sequential([keras.Input((6, 5, 1)), *layers])
layers[0].trainable = False
layers[4].trainable = False
names = {"gamma": "gamma", "beta": "beta", "moving_mean": "movingMean", "moving_variance": "movingVariance"}


def weights():
    """By Inkling's paths, rounded to float32."""
    values = {}
    for layer in layers:
        for variable in layer.weights:
            name = names.get(variable.name, variable.name)
            values[f"{layer.name}/{name}"] = variable
    return values


for path, variable in weights().items():
    values = random.uniform(-0.6, 0.6, variable.shape)
    if path.endswith("movingVariance") or path.endswith("gamma"):
        values = random.uniform(0.5, 1.5, variable.shape)
    variable.assign(values.astype(np.float32).astype(np.float64))

before = {path: keras.ops.convert_to_numpy(variable).flatten().tolist() for path, variable in weights().items()}
images = random.uniform(0, 1, (8, 6, 5, 1)).astype(np.float32).astype(np.float64)
labels = random.integers(0, 3, 8)
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy")
losses = []
for _ in range(3):
    model.reset_metrics()
    losses.append(float(model.train_on_batch(images, labels)))
after = {path: keras.ops.convert_to_numpy(variable).flatten().tolist() for path, variable in weights().items()}

golden = {
    "source": f"Keras {keras.__version__} on TensorFlow",
    "input": images.flatten().tolist(),
    "labels": labels.tolist(),
    "learningRate": 0.1,
    "losses": losses,
    "before": before,
    "after": after,
}
path = pathlib.Path(__file__).with_name("frozen.json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(losses, {path: after[path] == before[path] for path in after})
