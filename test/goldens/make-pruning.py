"""Decisions of Optuna's pruners, and SciPy's rank correlations and quantiles: pruning.json.

Optuna 5.0.0, SciPy 1.17.1, NumPy 2.4.6. Trials run side by side: who reports next is drawn by chance, so that decisions
are made while other trials are on every rung, as in a sweep with several jobs.

    python make-pruning.py > pruning.json
"""

import json
import random

import optuna
from scipy import stats

optuna.logging.set_verbosity(optuna.logging.ERROR)


def decisions(pruner, rungs, trials, at_once, seed, coarse):
    draw = random.Random(seed)
    study = optuna.create_study(direction="maximize", pruner=pruner)
    running, events = [], []
    while len(study.trials) < trials or running:
        while len(running) < at_once and len(study.trials) < trials:
            running.append([study.ask(), 0, draw.uniform(0.5, 0.95)])
        entry = draw.choice(running)
        trial, rung, skill = entry
        # Coarse values make ties.
        value = round(min(skill + 0.02 * rung + draw.gauss(0, 0.02), 1), 2 if coarse else 6)
        trial.report(value, rungs[rung])
        if rung == len(rungs) - 1:
            study.tell(trial, value)
            decision = "complete"
            running.remove(entry)
        elif trial.should_prune():
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            decision = "stop"
            running.remove(entry)
        else:
            decision = "go on"
            entry[1] += 1
        events.append([trial.number, rung, value, decision])
    return events


cases = []
for seed, (factor, minimum, epochs, at_once) in enumerate([(2, 1, 8, 1), (2, 1, 4, 3), (3, 1, 9, 4), (4, 2, 32, 2), (2, 3, 20, 8), (4, 1, 5, 2)]):
    rungs = []
    step = minimum
    while step < epochs:
        rungs.append(step)
        step *= factor
    rungs.append(epochs)
    for coarse in (False, True):
        asha = optuna.pruners.SuccessiveHalvingPruner(min_resource=minimum, reduction_factor=factor)
        cases.append({
            "pruning": {"type": "asha", "minEpochs": minimum, "reductionFactor": factor},
            "epochs": epochs,
            "rungs": rungs,
            "events": decisions(asha, rungs, 40, at_once, seed, coarse),
        })
        startup = [5, 0, 3][seed % 3]
        cases.append({
            "pruning": {"type": "median", "minEpochs": minimum, "reductionFactor": factor, "startupTrials": startup},
            "epochs": epochs,
            "rungs": rungs,
            "events": decisions(optuna.pruners.MedianPruner(n_startup_trials=startup), rungs, 40, at_once, seed + 100, coarse),
        })

draw = random.Random(1)
correlations = []
for count, levels in [(5, 100), (12, 4), (40, 3), (30, 1000)]:
    a = [draw.randrange(levels) for _ in range(count)]
    b = [round(x / levels + draw.gauss(0, 0.5), 1) for x in a]
    correlations.append({"a": a, "b": b, "spearman": stats.spearmanr(a, b).statistic})

student = [[freedom, stats.t.ppf(0.975, freedom)] for freedom in (1, 2, 4, 9, 10, 11, 12, 20, 30, 60, 99, 500)]
lines = {"cases": cases, "correlations": correlations, "studentT": student}
# A case a line.
print("{" + ",\n".join(f'"{name}": [\n' + ",\n".join(json.dumps(one) for one in all) + "\n]" for name, all in lines.items()) + "}")
