"""Plays a model in Inkling's own format by PyTorch, in float64: the authority of the goldens."""

import torch
from network_values import dropout_mask
from torch.nn import functional

torch.set_default_dtype(torch.float64)


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def with_names(layers):
    """Layers with their names in Keras's manner: dense, dense_1."""
    counts = {}
    for index, layer in enumerate(layers):
        count = counts.get(layer["type"], 0)
        counts[layer["type"]] = count + 1
        yield index, layer, layer["type"] if count == 0 else f"{layer['type']}_{count}"


def channels_first(x):
    return x.permute(0, 3, 1, 2)


def channels_last(x):
    return x.permute(0, 2, 3, 1)


def padded(x, size, strides, padding, value):
    """[N, H, W, C] with the padding that 'same' means: the output has ceil(input / stride) rows, the odd row goes to the end."""
    amounts = []
    for length, window, stride in zip(x.shape[1:3], size, strides):
        total = max((-(-length // stride) - 1) * stride + window - length, 0) if padding == "same" else 0
        amounts.append((total // 2, total - total // 2))
    return functional.pad(x, (0, 0, *amounts[1], *amounts[0]), value=value)


class Margin:
    """How near the values come to a kink (0 at relu, a tie in max-pooling), where rounding could choose the other branch."""

    smallest = float("inf")

    def see(self, distances):
        distances = distances.detach().abs()
        distances = distances[distances > 0]
        if distances.numel():
            self.smallest = min(self.smallest, distances.min().item())


def activate(x, activation, negative_slope, margin):
    if activation in ("relu", "leakyRelu"):
        margin.see(x)
    return {
        "linear": lambda: x,
        "relu": lambda: functional.relu(x),
        "leakyRelu": lambda: functional.leaky_relu(x, negative_slope),
        "tanh": lambda: torch.tanh(x),
        "sigmoid": lambda: torch.sigmoid(x),
        "softmax": lambda: torch.softmax(x, -1),
    }[activation]()


def torch_logits(model, weights, x, training, seed=0, step=0, margin=Margin()):
    """Logits [N, classes], the L2 penalty and the new moving statistics."""
    penalty, moving = 0, {}
    for index, layer, name in with_names(model["layers"]):
        kind = layer["type"]
        if kind == "conv2d":
            size, strides = pair(layer["kernelSize"]), pair(layer.get("strides", 1))
            kernel = weights.of(f"{name}/kernel", (*size, x.shape[-1], layer["filters"]))
            bias = weights.of(f"{name}/bias", (layer["filters"],)) if layer.get("useBias", True) else None
            x = padded(x, size, strides, layer.get("padding", "valid"), 0)
            x = channels_last(functional.conv2d(channels_first(x), kernel.permute(3, 2, 0, 1), bias, strides))
        elif kind == "dense":
            kernel = weights.of(f"{name}/kernel", (x.shape[-1], layer["units"]))
            bias = weights.of(f"{name}/bias", (layer["units"],)) if layer.get("useBias", True) else None
            x = functional.linear(x, kernel.T, bias)
        elif kind in ("maxPooling2d", "averagePooling2d"):
            size = pair(layer.get("poolSize", 2))
            strides, padding = pair(layer.get("strides", size)), layer.get("padding", "valid")
            if kind == "maxPooling2d":
                windows = padded(x, size, strides, padding, -torch.inf)
                windows = windows.unfold(1, size[0], strides[0]).unfold(2, size[1], strides[1]).flatten(-2)
                highest = windows.topk(2).values
                margin.see(highest[..., 0] - highest[..., 1])
                x = windows.max(-1).values
            else:
                # Padding counts as zero above the line and below it, so it takes no part.
                parts = (padded(values, size, strides, padding, 0) for values in (x, torch.ones_like(x)))
                above, below = (functional.avg_pool2d(channels_first(part), size, strides) for part in parts)
                x = channels_last(above / below)
        elif kind == "globalAveragePooling2d":
            x = x.mean((1, 2))
        elif kind == "flatten":
            x = x.reshape(x.shape[0], -1)
        elif kind == "dropout" and training:
            x = x * dropout_mask(seed, step, index, x.shape, layer["rate"])
        elif kind == "batchNormalization":
            gamma, beta, mean, variance = (
                weights.of(f"{name}/{weight}", (x.shape[-1],)) for weight in ("gamma", "beta", "movingMean", "movingVariance")
            )
            momentum, axes = layer.get("momentum", 0.99), tuple(range(x.dim() - 1))
            if training:
                moving[f"{name}/movingMean"] = momentum * mean + (1 - momentum) * x.mean(axes)
                moving[f"{name}/movingVariance"] = momentum * variance + (1 - momentum) * x.var(axes, unbiased=False)
            y = functional.batch_norm(
                x.movedim(-1, 1),
                None if training else mean.detach(),
                None if training else variance.detach(),
                gamma,
                beta,
                training,
                eps=layer.get("epsilon", 1e-3),
            )
            x = y.movedim(1, -1)
        if "l2" in layer:
            penalty = penalty + layer["l2"] * (kernel**2).sum()
        is_end = index == len(model["layers"]) - 1
        if not (is_end and layer.get("activation") == "softmax"):
            x = activate(x, layer.get("activation", "linear"), layer.get("negativeSlope", 0.2), margin)
    return x, penalty, moving
