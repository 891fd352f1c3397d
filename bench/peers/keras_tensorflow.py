"""Keras 3 on TensorFlow as a program of the bench."""

import os

os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from mnist import load_images
from protocol import Clock, answer, report, report_inference


def build(job):
    """The model of the job, compiled; XLA is off, since it makes these convolutions slower on CPUs."""
    tf.config.threading.set_intra_op_parallelism_threads(job["threads"])
    tf.config.threading.set_inter_op_parallelism_threads(job["threads"])
    keras.utils.set_random_seed(job.get("seed", 1))
    model = keras.Sequential([keras.Input(job["model"]["inputShape"]), *map(layer_of, job["model"]["layers"])])
    model.compile(
        optimizer=keras.optimizers.Adam(job["learningRate"], epsilon=1e-7),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    return model


def layer_of(layer):
    match layer["type"]:
        case "conv2d":
            return layers.Conv2D(
                layer["filters"], layer["kernelSize"], layer["strides"], layer["padding"], activation=layer["activation"]
            )
        case "maxPooling2d":
            return layers.MaxPooling2D(layer["poolSize"], layer["strides"], layer["padding"])
        case "averagePooling2d":
            return layers.AveragePooling2D(layer["poolSize"], layer["strides"], layer["padding"])
        case "activation":
            return layers.Activation(layer["activation"])
        case "flatten":
            return layers.Flatten()
        case "dense":
            return layers.Dense(layer["units"], layer["activation"])
        case "dropout":
            return layers.Dropout(layer["rate"])
        case other:
            raise SystemExit(f'no Keras layer is known for "{other}".')


def versions(_):
    report(versions={"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__})


def check(job):
    model = build(job)
    values = np.fromfile(job["weights"], np.float32)
    ends = np.cumsum([weight.size for weight in model.get_weights()])
    parts = np.split(values, ends[:-1])
    model.set_weights([part.reshape(weight.shape) for part, weight in zip(parts, model.get_weights())])
    channels = job["model"]["inputShape"][2]
    probabilities = model.predict(load_images(job["data"], "test", job["images"], channels)[0], verbose=0)
    losses = []
    x, y = load_images(job["data"], "train", job["steps"] * job["batchSize"], channels)
    for first in range(0, len(x), job["batchSize"]):
        rows = slice(first, first + job["batchSize"])
        model.reset_metrics()
        losses.append(float(model.train_on_batch(x[rows], y[rows])[0]))
    report(parameters=model.count_params(), probabilities=probabilities.ravel().tolist(), losses=losses)


def train(job):
    model = build(job)
    channels = job["model"]["inputShape"][2]
    x, y = load_images(job["data"], "train", max(job["images"], job["warmUpImages"]), channels)
    warm = job["warmUpImages"]
    model.fit(x[:warm], y[:warm], batch_size=job["batchSize"], verbose=0)

    class Watch(keras.callbacks.Callback):
        clock = None

        def on_epoch_begin(self, epoch, logs=None):
            self.clock = self.clock or Clock()

        def on_epoch_end(self, epoch, logs=None):
            times = self.clock.read()
            if times["seconds"] < job["seconds"]:
                return
            report(images=job["images"] * (epoch + 1), loss=logs["loss"], **times)
            self.model.stop_training = True

    images = job["images"]
    model.fit(x[:images], y[:images], batch_size=job["batchSize"], epochs=1000, verbose=0, callbacks=[Watch()])


def reach(job):
    model = build(job)
    x, y = load_images(job["data"], "train", job["images"])
    x_test, y_test = load_images(job["data"], "test", 10_000)
    for epoch in range(job["epochs"]):
        history = model.fit(x, y, batch_size=job["batchSize"], epochs=epoch + 1, initial_epoch=epoch, verbose=0)
        accuracy = float(model.evaluate(x_test, y_test, batch_size=1000, verbose=0)[1])
        report(epoch=epoch + 1, loss=history.history["loss"][0], testAccuracy=accuracy)
        if accuracy >= job["accuracy"]:
            break


def infer(job):
    model = build(job)
    predict = tf.function(lambda images: model(images, training=False))
    images, _ = load_images(job["data"], "test", max(job["batchSizes"]))
    report_inference(job, lambda batch: predict(tf.constant(batch)).numpy(), images)


answer(versions=versions, check=check, train=train, reach=reach, infer=infer)
