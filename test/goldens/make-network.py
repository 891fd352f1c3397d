"""Makes network-*.json: logits, loss and every gradient of small networks, worked out by PyTorch in float64.

    python make-network.py     (torch 2, keras 3, numpy 2; none is needed to run the tests)

Keras plays every network too and has to agree to 1e-12: its meaning is what counts where the two differ ('same' padding with
strides or even kernels, the moving variance of batch normalization).
"""

import torch
from network_keras import check_with_keras, keras
from network_torch import Margin, torch_logits
from network_values import INPUT, Weights, sample, seeded, write
from torch.nn import functional


def make(name, model, labels, seed, label_smoothing=0.0, sample_weights=None):
    step = 5
    batch = len(labels)
    weights = Weights(seed)
    x = seeded(seed, (batch, *model["inputShape"]), **INPUT).requires_grad_()
    golden = {
        "source": f"PyTorch {torch.__version__.split('+')[0]}, in agreement with Keras {keras.__version__}",
        "model": {"name": name, **model},
        "seed": seed,
        "step": step,
        "labels": labels,
        "labelSmoothing": label_smoothing,
        "sampleWeights": sample_weights or [1.0] * batch,
    }

    margin = Margin()
    logits, penalty, moving = torch_logits(model, weights, x, True, seed, step, margin)
    inference_logits = torch_logits(model, weights, x, False, margin=margin)[0]
    assert margin.smallest > 1e-6, f"{name}: a value lies {margin.smallest} from a kink. Take another seed."
    losses = functional.cross_entropy(logits, torch.tensor(labels), label_smoothing=label_smoothing, reduction="none")
    loss = (losses * torch.tensor(golden["sampleWeights"])).sum() / batch + penalty
    loss.backward()
    gradients = {path: weight.grad for path, weight in weights.items() if "/moving" not in path}

    targets = functional.one_hot(torch.tensor(labels), logits.shape[1]).to(torch.float64)
    expected = {"logits": logits, "loss": loss, "input": x.grad, **gradients, **moving}
    check_with_keras(golden, weights, x, targets, expected)

    golden["weights"] = weights.specifications
    golden["input"] = INPUT
    golden["expected"] = {
        "loss": loss.item(),
        "correct": int((logits.argmax(1) == torch.tensor(labels)).sum()),
        "logits": logits.flatten().tolist(),
        "inferenceLogits": inference_logits.flatten().tolist(),
        "movingStatistics": {path: values.tolist() for path, values in moving.items()},
        "gradients": {path: sample(gradient) for path, gradient in gradients.items()},
        "inputGradient": sample(x.grad),
    }
    write(f"network-{name}.json", golden)
    print(f"{name}: loss {loss.item():.6f}, nearest kink {margin.smallest:.1e}")


def layer(kind, **options):
    return {"type": kind, **options}


def main():
    """Together the networks have every layer, every activation, both paddings, and both ends (softmax, linear)."""
    cnn = [
        layer("conv2d", filters=32, kernelSize=3, activation="relu"),
        layer("maxPooling2d", poolSize=2),
        layer("conv2d", filters=64, kernelSize=3, activation="relu"),
        layer("maxPooling2d", poolSize=2),
        layer("flatten"),
        layer("dense", units=128, activation="relu"),
        layer("dropout", rate=0.5),
        layer("dense", units=10, activation="softmax"),
    ]
    make("cnn", {"inputShape": [28, 28, 1], "layers": cnn}, [3, 8, 9], seed=1)

    lenet5 = [
        layer("conv2d", filters=3, kernelSize=5, padding="same", activation="tanh"),
        layer("averagePooling2d", poolSize=2),
        layer("activation", activation="tanh"),
        layer("conv2d", filters=4, kernelSize=3, activation="tanh"),
        layer("averagePooling2d", poolSize=2),
        layer("activation", activation="tanh"),
        layer("flatten"),
        layer("dense", units=7, activation="tanh"),
        layer("dense", units=5, activation="tanh"),
        layer("dense", units=4, activation="softmax"),
    ]
    make("lenet5", {"inputShape": [12, 12, 1], "layers": lenet5}, [0, 1, 2, 3, 1], seed=2)

    mlp = [
        layer("flatten"),
        layer("dense", units=17, activation="relu", l2=0.01),
        layer("dropout", rate=0.2),
        layer("dense", units=12, activation="sigmoid", l2=0.03),
        layer("dropout", rate=0.4),
        layer("dense", units=3),
    ]
    make(
        "mlp",
        {"inputShape": [6, 5, 1], "layers": mlp},
        [2, 1, 2, 1, 0, 1, 0],
        seed=3,
        label_smoothing=0.1,
        sample_weights=[1.0, 0.5, 2.0, 1.0, 0.0, 1.5, 0.25],
    )

    batch_normalization = [
        layer("conv2d", filters=5, kernelSize=3, useBias=False),
        layer("batchNormalization"),
        layer("activation", activation="relu"),
        layer("averagePooling2d", poolSize=3, strides=2),
        layer("flatten"),
        layer("dense", units=9, useBias=False),
        layer("batchNormalization", momentum=0.9, epsilon=1e-5),
        layer("activation", activation="leakyRelu", negativeSlope=0.1),
        layer("dense", units=3, activation="softmax"),
    ]
    make("batch-normalization", {"inputShape": [9, 8, 2], "layers": batch_normalization}, [1, 2, 0, 0, 1, 2], seed=4)

    same_padding = [
        layer("conv2d", filters=3, kernelSize=[4, 2], strides=2, padding="same", activation="relu"),
        layer("maxPooling2d", poolSize=[2, 3], strides=[2, 1], padding="same"),
        layer("conv2d", filters=5, kernelSize=2, padding="same", activation="leakyRelu"),
        layer("averagePooling2d", poolSize=[2, 3], strides=[2, 3], padding="same"),
        layer("conv2d", filters=4, kernelSize=[1, 3], strides=[1, 2], padding="same"),
        layer("globalAveragePooling2d"),
        layer("dense", units=4, activation="softmax"),
    ]
    make("same-padding", {"inputShape": [9, 7, 2], "layers": same_padding}, [3, 1, 0, 2], seed=5)

    hidden_softmax = [
        layer("conv2d", filters=3, kernelSize=[3, 2], strides=[2, 1], activation="softmax"),
        layer("averagePooling2d", poolSize=2, strides=1),
        layer("flatten"),
        layer("dense", units=6, activation="softmax"),
        layer("activation", activation="sigmoid"),
        layer("dense", units=2),
        layer("activation", activation="softmax"),
    ]
    make("hidden-softmax", {"inputShape": [7, 6, 3], "layers": hidden_softmax}, [0, 1, 1], seed=6)


if __name__ == "__main__":
    main()
