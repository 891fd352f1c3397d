"""Plays a model in Inkling's own format by Keras (on its torch backend), in float64, to confirm what PyTorch found."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch
from keras.src.backend.common import dtypes
from network_torch import with_names
from network_values import dropout_mask

keras.config.set_floatx("float64")
# On every backend but TensorFlow, Keras's type promotion rounds float64 to float32. Not here.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"


class AveragePooling(keras.layers.AveragePooling2D):
    """Keras on torch repeats the edge where 'same' is uneven; Keras on TensorFlow and JAX leaves padding out, which is meant."""

    def call(self, x):
        ones = keras.ops.ones((*self.pool_size, x.shape[-1], 1))
        sums, counts = (
            keras.ops.depthwise_conv(values, ones, self.strides, self.padding) for values in (x, keras.ops.ones_like(x))
        )
        return sums / counts


def keras_layer(layer, is_end):
    kind, activation = layer["type"], layer.get("activation", "linear")
    activation = "linear" if is_end and activation == "softmax" else activation
    activation = {"leakyRelu": "leaky_relu"}.get(activation, activation)
    weighted = {
        "activation": activation,
        "use_bias": layer.get("useBias", True),
        "kernel_regularizer": keras.regularizers.L2(layer["l2"]) if layer.get("l2") else None,
    }
    windowed = {"strides": layer.get("strides"), "padding": layer.get("padding", "valid")}
    match kind:
        case "conv2d":
            windowed["strides"] = layer.get("strides", 1)
            return keras.layers.Conv2D(layer["filters"], layer["kernelSize"], **windowed, **weighted)
        case "dense":
            return keras.layers.Dense(layer["units"], **weighted)
        case "maxPooling2d":
            return keras.layers.MaxPooling2D(layer.get("poolSize", 2), **windowed)
        case "averagePooling2d":
            return AveragePooling(layer.get("poolSize", 2), **windowed)
        case "globalAveragePooling2d":
            return keras.layers.GlobalAveragePooling2D()
        case "flatten":
            return keras.layers.Flatten()
        case "batchNormalization":
            return keras.layers.BatchNormalization(
                momentum=layer.get("momentum", 0.99), epsilon=layer.get("epsilon", 1e-3)
            )
        case "activation" if activation == "leaky_relu":
            return keras.layers.LeakyReLU(layer.get("negativeSlope", 0.2))
        case "activation":
            return keras.layers.Activation(activation)


def check_with_keras(golden, weights, x, targets, expected):
    """Plays one training step by Keras and compares it with `expected`, full tensors by name."""
    model, layers = golden["model"], []
    x = x.detach().clone().requires_grad_()
    logits = x
    for index, layer, name in with_names(model["layers"]):
        if layer["type"] == "dropout":
            logits = logits * dropout_mask(golden["seed"], golden["step"], index, logits.shape, layer["rate"])
            continue
        made = keras_layer(layer, index == len(model["layers"]) - 1)
        made.build(logits.shape)
        paths = [path for path in weights if path.startswith(f"{name}/")]
        made.set_weights([weights[path].detach().numpy() for path in paths])
        logits = made(logits, training=True)
        layers.append((made, paths))
    loss_of = keras.losses.CategoricalCrossentropy(
        from_logits=True, label_smoothing=golden["labelSmoothing"], reduction=None
    )
    losses = loss_of(targets, logits) * torch.tensor(golden["sampleWeights"])
    loss = losses.sum() / len(losses) + sum(sum(layer.losses) for layer, _ in layers)
    loss.backward()
    actual = {"logits": logits, "loss": loss, "input": x.grad}
    for layer, paths in layers:
        for path, variable in zip(paths, layer.weights):
            actual[path] = variable.value.grad if variable.trainable else variable.value
    assert actual.keys() == expected.keys(), actual.keys() ^ expected.keys()
    for name, value in expected.items():
        torch.testing.assert_close(actual[name].detach(), value.detach(), rtol=1e-12, atol=1e-12, msg=lambda m: f"{name}: {m}")
