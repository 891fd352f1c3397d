"""Makes optimizer-pytorch.json and optimizer-keras.json: ten steps of each optimizer on a small network, in float64.

    python make-optimizer.py     (torch 2, keras 3, numpy 2; none is needed to run the tests)

The problem is a network of two dense layers on one fixed batch. The files hold the loss before each step and the weights after the
first and the last one.
"""

import torch
from network_keras import keras
from network_torch import torch_logits
from network_values import INPUT, Weights, seeded, write
from torch.nn import functional

STEPS = 10
SEED = 7
LABELS = [2, 0, 1, 1, 2, 0]
MODEL = {
    "name": "optimizer",
    "inputShape": [4],
    "layers": [
        {"type": "dense", "units": 5, "activation": "tanh"},
        {"type": "dense", "units": 3, "activation": "softmax"},
    ],
}
INPUT_VALUES = seeded(SEED, (len(LABELS), *MODEL["inputShape"]), **INPUT)

# Inkling's update rules, each with a learning rate that shows in ten steps.
SGD = {"type": "sgd", "momentum": 0.0, "nesterov": False}
ADAM = {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7}
# Coarse enough to show in the result where epsilon stands in the formula.
COARSE_ADAM = {**ADAM, "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-2}
ADAMW = {**ADAM, "type": "adamw", "weightDecay": 0.1}
RMSPROP = {"type": "rmsprop", "rho": 0.9, "epsilon": 1e-7}
RATES = {"sgd": 0.5, "adam": 0.02, "adamw": 0.02, "rmsprop": 0.01}

CASES = {
    "sgd": SGD,
    "sgd with momentum": {**SGD, "momentum": 0.9},
    "sgd with nesterov momentum": {**SGD, "momentum": 0.9, "nesterov": True},
    "sgd with clipNorm": {**SGD, "clipNorm": 0.1},
    "sgd with globalClipNorm": {**SGD, "momentum": 0.9, "globalClipNorm": 0.1},
    "adam": ADAM,
    "adam with other numbers": COARSE_ADAM,
    "adam with clipNorm": {**COARSE_ADAM, "clipNorm": 0.1},
    "adam with globalClipNorm": {**COARSE_ADAM, "globalClipNorm": 0.1},
    "adamw": ADAMW,
    "adamw with other numbers": {**COARSE_ADAM, "type": "adamw", "weightDecay": 0.5},
    "rmsprop": RMSPROP,
    "rmsprop with other numbers": {**RMSPROP, "rho": 0.7, "epsilon": 1e-2},
}


def new_weights():
    weights = Weights(SEED)
    torch_logits(MODEL, weights, INPUT_VALUES, training=False)
    return weights


def loss_of(weights):
    logits, _, _ = torch_logits(MODEL, weights, INPUT_VALUES, training=True)
    return functional.cross_entropy(logits, torch.tensor(LABELS))


def ten_steps(weights, take_step):
    """@param take_step changes the weights by their gradients; is given the number of the step, from 1"""
    losses, after = [], {}
    for step in range(1, STEPS + 1):
        for weight in weights.values():
            weight.grad = None
        loss = loss_of(weights)
        loss.backward()
        losses.append(loss.item())
        take_step(step)
        if step in (1, STEPS):
            after[step] = {path: weight.detach().flatten().tolist() for path, weight in weights.items()}
    return {"losses": losses, "firstWeights": after[1], "lastWeights": after[STEPS]}


def by_torch(rule):
    weights = new_weights()
    parameters = list(weights.values())
    rate, betas = RATES[rule["type"]], (rule.get("beta1"), rule.get("beta2"))
    match rule["type"]:
        case "sgd":
            # PyTorch multiplies by the rate when it steps, Keras when it remembers: the same at a constant rate.
            optimizer = torch.optim.SGD(parameters, rate, momentum=rule["momentum"], nesterov=rule["nesterov"])
        case "adam":
            optimizer = torch.optim.Adam(parameters, rate, betas)
        case "adamw":
            optimizer = torch.optim.AdamW(parameters, rate, betas, weight_decay=rule["weightDecay"])

    def take_step(step):
        if "beta2" in rule:
            # PyTorch divides by sqrt(v / (1 - beta2^t)) + epsilon, Keras by (sqrt(v) + epsilon) / sqrt(1 - beta2^t).
            optimizer.param_groups[0]["eps"] = rule["epsilon"] / (1 - rule["beta2"] ** step) ** 0.5
        for one in parameters:
            if "clipNorm" in rule:
                clip(one, rule["clipNorm"])
        if "globalClipNorm" in rule:
            clip(parameters, rule["globalClipNorm"])
        optimizer.step()

    return ten_steps(weights, take_step)


def clip(parameters, limit):
    """PyTorch's clip_grad_norm_ without the 1e-6 that it adds to the norm."""
    norm = torch.nn.utils.get_total_norm([one.grad for one in ([parameters] if torch.is_tensor(parameters) else parameters)])
    torch.nn.utils.clip_grads_with_norm_(parameters, limit, torch.clamp(norm - 1e-6, min=limit - 1e-6))


def by_keras(rule):
    weights = new_weights()
    variables = [keras.Variable(weight.detach().clone().numpy(), name=path.replace("/", "_")) for path, weight in weights.items()]
    weights.update(zip(weights, (variable.value for variable in variables)))
    clipping = {"clipnorm": rule.get("clipNorm"), "global_clipnorm": rule.get("globalClipNorm")}
    adam = {"beta_1": rule.get("beta1"), "beta_2": rule.get("beta2"), "epsilon": rule.get("epsilon")}
    rate = RATES[rule["type"]]
    optimizer = {
        "sgd": lambda: keras.optimizers.SGD(rate, rule["momentum"], rule["nesterov"], **clipping),
        "adam": lambda: keras.optimizers.Adam(rate, **adam, **clipping),
        "adamw": lambda: keras.optimizers.AdamW(rate, rule["weightDecay"], **adam, **clipping),
        "rmsprop": lambda: keras.optimizers.RMSprop(rate, rule["rho"], epsilon=rule["epsilon"], **clipping),
    }[rule["type"]]()
    optimizer.build(variables)

    def take_step(_):
        optimizer.apply([variable.value.grad for variable in variables])

    return ten_steps(weights, take_step)


def make(name, source, play, rules):
    problem = {
        "source": source,
        "model": MODEL,
        "seed": SEED,
        "labels": LABELS,
        "weights": new_weights().specifications,
        "input": INPUT,
        "cases": [{"name": case, "rule": rule, "learningRate": RATES[rule["type"]], **play(rule)} for case, rule in rules.items()],
    }
    write(f"optimizer-{name}.json", problem)


if __name__ == "__main__":
    # PyTorch's RMSprop adds epsilon outside the root, Keras's inside: no setting makes them one.
    shared = {case: rule for case, rule in CASES.items() if rule["type"] != "rmsprop"}
    make("pytorch", f"PyTorch {torch.__version__.split('+')[0]}", by_torch, shared)
    make("keras", f"Keras {keras.__version__}", by_keras, CASES)
