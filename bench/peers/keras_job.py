"""The whole job as a Keras script: load MNIST, train the default model, evaluate it, plot its history.

Usage: keras_job.py DATA OUT THREADS EPOCHS IMAGES. Writes accuracy and loss as PNG and SVG, and summary.json, into OUT.
"""

import json
import os
import sys

os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", MPLBACKEND="Agg")

import keras
import matplotlib.pyplot as plt
import tensorflow as tf
from keras import layers
from mnist import load_images

data, out, threads, epochs, images = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)
keras.utils.set_random_seed(1)

x, y = load_images(data, "train", images)
x_test, y_test = load_images(data, "test", 10_000)
model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(10, activation="softmax"),
    ]
)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
history = model.fit(x, y, batch_size=128, epochs=epochs, validation_split=1 / 12, verbose=2).history
loss, accuracy = model.evaluate(x_test, y_test, batch_size=1000, verbose=2)

os.makedirs(out, exist_ok=True)
for key in ("accuracy", "loss"):
    figure, axes = plt.subplots()
    for series, label in ((key, "training"), (f"val_{key}", "validation")):
        axes.plot(range(1, epochs + 1), history[series], label=label)
    axes.set(title=f"Training and validation {key}", xlabel="epoch", ylabel=key)
    axes.legend()
    for ending in ("png", "svg"):
        figure.savefig(os.path.join(out, f"{key}.{ending}"))
with open(os.path.join(out, "summary.json"), "w") as file:
    json.dump({"testAccuracy": accuracy, "testLoss": loss}, file)
