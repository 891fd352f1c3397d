"""Writes schedules.json: learning rates from Keras's and PyTorch's schedules, in float64.

    KERAS_BACKEND=torch python test/goldens/make-schedules.py
"""

import json
import pathlib
import warnings

import keras
import torch

keras.config.set_floatx("float64")
warnings.filterwarnings("ignore", message="Detected call of `lr_scheduler.step")
schedules = keras.optimizers.schedules


def keras_rates(schedule, steps):
    return [[step, float(schedule(step))] for step in steps]


def one_cycle_rates(maximum, total, warmup, initial_divisor, final_divisor):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=maximum,
        total_steps=total,
        pct_start=warmup,
        div_factor=initial_divisor,
        final_div_factor=final_divisor,
        cycle_momentum=False,
    )
    rates = []
    for step in range(total):
        rates.append([step, float(optimizer.param_groups[0]["lr"])])
        if step < total - 1:
            schedule.step()
    return rates


steps = [0, 1, 7, 99, 100, 101, 250, 999, 1000, 1500]
cases = (
    [
        {
            "schedule": {"type": "exponentialDecay", "initialLearningRate": 0.1, "decaySteps": 100, "decayRate": 0.96, "staircase": staircase},
            "totalSteps": 1000,
            "rates": keras_rates(schedules.ExponentialDecay(0.1, 100, 0.96, staircase=staircase), steps),
        }
        for staircase in (False, True)
    ]
    + [
        {
            "schedule": {"type": "cosineDecay", "initialLearningRate": 0.003, "decaySteps": 1000, "alpha": 0.1},
            "totalSteps": 2000,
            "rates": keras_rates(schedules.CosineDecay(0.003, 1000, alpha=0.1), steps),
        },
        {
            "schedule": {"type": "cosineDecay", "initialLearningRate": 0.0, "decaySteps": 900, "alpha": 0.01, "warmupTarget": 0.002, "warmupSteps": 100},
            "totalSteps": 2000,
            "rates": keras_rates(schedules.CosineDecay(0.0, 900, alpha=0.01, warmup_target=0.002, warmup_steps=100), steps),
        },
        {
            "schedule": {"type": "cosineDecay", "initialLearningRate": 0.0001, "alpha": 0, "warmupTarget": 0.001, "warmupFraction": 0.1},
            "totalSteps": 1000,
            "rates": keras_rates(schedules.CosineDecay(0.0001, 900, warmup_target=0.001, warmup_steps=100), steps),
        },
        {
            "schedule": {"type": "oneCycle", "maximumLearningRate": 0.01, "warmupFraction": 0.25, "initialDivisor": 25, "finalDivisor": 10000},
            "totalSteps": 40,
            "rates": one_cycle_rates(0.01, 40, 0.25, 25, 10000),
        },
        {
            "schedule": {"type": "oneCycle", "maximumLearningRate": 0.5, "warmupFraction": 0.3, "initialDivisor": 10, "finalDivisor": 100},
            "totalSteps": 37,
            "rates": one_cycle_rates(0.5, 37, 0.3, 10, 100),
        },
    ]
)
path = pathlib.Path(__file__).with_name("schedules.json")
lines = ",\n".join(json.dumps(case) for case in cases)
versions = f'"keras": "{keras.__version__}", "torch": "{torch.__version__}"'
path.write_text(f'{{{versions}, "cases": [\n{lines}\n]}}\n')
