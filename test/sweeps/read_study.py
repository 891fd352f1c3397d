"""Prints a study as Optuna reads it from a journal, as JSON; then lets Optuna add a trial of its own where it is asked to.

    python read_study.py JOURNAL [--add-trial]
"""

import json
import sys

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = JournalStorage(JournalFileBackend(sys.argv[1]))
[name] = optuna.get_all_study_names(storage)
study = optuna.load_study(study_name=name, storage=storage)


def shown(trial):
    return {
        "number": trial.number,
        "state": trial.state.name,
        "value": trial.value,
        "params": trial.params,
        "distributions": {name: repr(one) for name, one in trial.distributions.items()},
        "values": {str(step): value for step, value in trial.intermediate_values.items()},
        "user": trial.user_attrs,
        "system": trial.system_attrs,
        "seconds": (trial.datetime_complete - trial.datetime_start).total_seconds(),
    }


print(json.dumps({
    "name": name,
    "direction": study.direction.name,
    "best": study.best_trial.number,
    "trials": [shown(trial) for trial in study.trials],
    "columns": list(study.trials_dataframe().columns) if "--frame" in sys.argv else None,
}))
if "--add-trial" in sys.argv:
    study.tell(study.ask(study.best_trial.distributions), 0.5)
