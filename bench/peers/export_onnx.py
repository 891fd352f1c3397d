"""Writes a model of the bench with given weights as an ONNX file: input `images` [N, H, W, C], output `probabilities`."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from protocol import answer, report

ACTIVATIONS = {"relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid", "softmax": "Softmax"}


class Graph:
    """Nodes in a row, each reading what the one before made."""

    def __init__(self, weights):
        self.weights, self.place = weights, 0
        self.nodes, self.initializers, self.last = [], [], "images"

    def add(self, operator, *constants, **attributes):
        names = []
        for constant in constants:
            names.append(f"weight{len(self.initializers)}")
            self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(constant), names[-1]))
        output = f"value{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, [self.last, *names], [output], **attributes))
        self.last = output

    def activate(self, name):
        if name != "linear":
            self.add(ACTIVATIONS[name], **({"axis": 1} if name == "softmax" else {}))

    def take(self, *shape):
        count = int(np.prod(shape))
        self.place += count
        return self.weights[self.place - count : self.place].reshape(shape)


def export(job):
    model = job["model"]
    height, width, channels = model["inputShape"]
    graph = Graph(np.fromfile(job["weights"], np.float32))
    graph.add("Transpose", perm=[0, 3, 1, 2])
    size = flattened = None
    for layer in model["layers"]:
        match layer["type"]:
            case "conv2d" if layer["padding"] == "valid":
                kernel = graph.take(*layer["kernelSize"], channels, layer["filters"])
                graph.add("Conv", kernel.transpose(3, 2, 0, 1), graph.take(layer["filters"]), strides=layer["strides"])
                graph.activate(layer["activation"])
                height, width = output_size(layer, layer["kernelSize"], height, width)
                channels = layer["filters"]
            case "maxPooling2d" if layer["padding"] == "valid":
                graph.add("MaxPool", kernel_shape=layer["poolSize"], strides=layer["strides"])
                height, width = output_size(layer, layer["poolSize"], height, width)
            case "flatten":
                graph.add("Flatten")
                size, flattened = height * width * channels, (height, width, channels)
            case "dense":
                kernel = graph.take(size, layer["units"])
                if flattened:
                    kernel = kernel.reshape(*flattened, -1).transpose(2, 0, 1, 3).reshape(size, -1)
                graph.add("Gemm", kernel, graph.take(layer["units"]))
                graph.activate(layer["activation"])
                size, flattened = layer["units"], None
            case "dropout":
                pass
            case other:
                raise SystemExit(f'no ONNX operator is known for "{other}" with these options.')
    graph.nodes[-1].output[0] = "probabilities"
    inputs = helper.make_tensor_value_info("images", TensorProto.FLOAT, ["N", *model["inputShape"]])
    outputs = helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", size])
    built = helper.make_graph(graph.nodes, model["name"], [inputs], [outputs], graph.initializers)
    file = helper.make_model(built, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(file)
    onnx.save(file, job["onnx"])
    report(onnx=job["onnx"])


def output_size(layer, window, *sizes):
    return [(size - length) // stride + 1 for size, length, stride in zip(sizes, window, layer["strides"])]


def versions(_):
    report(versions={"onnx": onnx.__version__})


answer(versions=versions, export=export)
