"""PyTorch as a program of the bench: eager, fused Adam, in either memory format."""

import math

import numpy as np
import torch
from mnist import load_images
from protocol import Clock, answer, report, report_inference
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}


class Network:
    """The model of the job without its softmax, which the loss has, in the job's memory format."""

    def __init__(self, job):
        torch.set_num_threads(job["threads"])
        torch.manual_seed(job.get("seed", 1))
        self.format = getattr(torch, job["memoryFormat"])
        self.modules = []
        height, width, channels = job["model"]["inputShape"]
        size, flattened = None, None
        for layer in job["model"]["layers"]:
            match layer["type"]:
                case "conv2d":
                    padding = layer["padding"] if layer["padding"] == "same" else 0
                    self.add(
                        nn.Conv2d(channels, layer["filters"], layer["kernelSize"], layer["strides"], padding),
                        layer["activation"],
                    )
                    height, width = output_size(layer, layer["kernelSize"], height, width)
                    channels = layer["filters"]
                case "maxPooling2d" | "averagePooling2d":
                    if layer["padding"] == "same":
                        raise SystemExit("pooling with padding is not written here.")
                    kind = nn.MaxPool2d if layer["type"] == "maxPooling2d" else nn.AvgPool2d
                    self.modules.append(kind(tuple(layer["poolSize"]), tuple(layer["strides"])))
                    height, width = output_size(layer, layer["poolSize"], height, width)
                case "activation":
                    self.modules.append(ACTIVATIONS[layer["activation"]]())
                case "flatten":
                    self.modules.append(nn.Flatten())
                    size, flattened = height * width * channels, (height, width, channels)
                case "dense":
                    linear = nn.Linear(size, layer["units"])
                    linear.flattened, flattened = flattened, None
                    self.add(linear, layer["activation"])
                    size = layer["units"]
                case "dropout":
                    self.modules.append(nn.Dropout(layer["rate"]))
                case other:
                    raise SystemExit(f'no PyTorch module is known for "{other}".')
        self.net = nn.Sequential(*self.modules).to(memory_format=self.format)
        for module in self.weighted():
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=job["learningRate"], eps=1e-7, fused=True)
        self.loss = nn.CrossEntropyLoss()

    def add(self, module, activation):
        self.modules.append(module)
        if activation in ACTIVATIONS:
            self.modules.append(ACTIVATIONS[activation]())

    def weighted(self):
        return [module for module in self.modules if hasattr(module, "weight")]

    def set_weights(self, values):
        """From Keras's layouts: kernels [kH, kW, Cin, Cout] and [inputs, outputs], flattened as [H, W, C]."""
        place = 0
        for module in self.weighted():
            count = module.weight.numel()
            kernel = torch.from_numpy(values[place : place + count])
            if isinstance(module, nn.Conv2d):
                outputs, inputs, *window = module.weight.shape
                kernel = kernel.reshape(*window, inputs, outputs).permute(3, 2, 0, 1)
            else:
                outputs = module.weight.shape[0]
                if module.flattened:
                    kernel = kernel.reshape(*module.flattened, outputs).permute(2, 0, 1, 3)
                kernel = kernel.reshape(-1, outputs).T
            bias = torch.from_numpy(values[place + count : place + count + outputs])
            with torch.no_grad():
                module.weight.copy_(kernel)
                module.bias.copy_(bias)
            place += count + outputs

    def images(self, array):
        """[N, H, W, C] as [N, C, H, W] in the memory format."""
        return torch.from_numpy(array).permute(0, 3, 1, 2).contiguous(memory_format=self.format)

    def step(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        logits = self.net(x)
        loss = self.loss(logits, y)
        loss.backward()
        self.optimizer.step()
        return loss.detach(), (logits.detach().argmax(1) == y).sum()

    def epoch(self, x, y, batch_size):
        """One shuffled epoch with its loss and accuracy, which the others work out too. Returns the loss."""
        self.net.train()
        loss, correct = torch.zeros(()), torch.zeros((), dtype=torch.int64)
        for rows in torch.randperm(len(x)).split(batch_size):
            step_loss, step_correct = self.step(x[rows].contiguous(memory_format=self.format), y[rows])
            loss += step_loss * len(rows)
            correct += step_correct
        return loss.item() / len(x)

    def probabilities(self, x):
        self.net.eval()
        with torch.inference_mode():
            return self.net(x).softmax(1)


def output_size(layer, window, *sizes):
    if layer["padding"] == "same":
        return [math.ceil(size / stride) for size, stride in zip(sizes, layer["strides"])]
    return [(size - length) // stride + 1 for size, length, stride in zip(sizes, window, layer["strides"])]


def versions(_):
    report(versions={"torch": torch.__version__, "numpy": np.__version__})


def check(job):
    network = Network(job)
    network.set_weights(np.fromfile(job["weights"], np.float32))
    channels = job["model"]["inputShape"][2]
    test = network.images(load_images(job["data"], "test", job["images"], channels)[0])
    probabilities = network.probabilities(test).numpy()
    network.net.train()
    x, y = load_images(job["data"], "train", job["steps"] * job["batchSize"], channels)
    batches = zip(network.images(x).split(job["batchSize"]), torch.from_numpy(y).split(job["batchSize"]))
    losses = [network.step(*batch)[0].item() for batch in batches]
    parameters = sum(parameter.numel() for parameter in network.net.parameters())
    report(parameters=parameters, probabilities=probabilities.ravel().tolist(), losses=losses)


def train(job):
    network = Network(job)
    x, y = load_images(job["data"], "train", max(job["images"], job["warmUpImages"]), job["model"]["inputShape"][2])
    x, y = network.images(x), torch.from_numpy(y)
    network.epoch(x[: job["warmUpImages"]], y[: job["warmUpImages"]], job["batchSize"])
    x, y = x[: job["images"]], y[: job["images"]]
    clock, images, times = Clock(), 0, {"seconds": -1}
    while times["seconds"] < job["seconds"]:
        loss = network.epoch(x, y, job["batchSize"])
        images += len(x)
        times = clock.read()
    report(images=images, loss=loss, **times)


def reach(job):
    network = Network(job)
    x, y = load_images(job["data"], "train", job["images"])
    x_test, y_test = load_images(job["data"], "test", 10_000)
    x, y, x_test, y_test = network.images(x), torch.from_numpy(y), network.images(x_test), torch.from_numpy(y_test)
    for epoch in range(job["epochs"]):
        loss = network.epoch(x, y, job["batchSize"])
        answers = torch.cat([network.probabilities(part).argmax(1) for part in x_test.split(1000)])
        accuracy = (answers == y_test).double().mean().item()
        report(epoch=epoch + 1, loss=loss, testAccuracy=accuracy)
        if accuracy >= job["accuracy"]:
            break


def infer(job):
    network = Network(job)
    images, _ = load_images(job["data"], "test", max(job["batchSizes"]))
    report_inference(job, lambda batch: network.probabilities(network.images(batch)).numpy(), images)


answer(versions=versions, check=check, train=train, reach=reach, infer=infer)
