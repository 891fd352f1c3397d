"""Writes callbacks.json: what Keras's EarlyStopping, ReduceLROnPlateau and ModelCheckpoint do on made-up losses.

    KERAS_BACKEND=torch python test/goldens/make-callbacks.py
"""

import json
import pathlib
import random
from unittest import mock

import keras

callbacks = keras.callbacks


class Model:
    """Stands in for a model: its weights are the number of the epoch that ended last, counted from 1."""

    def __init__(self, learning_rate):
        self.optimizer = mock.Mock(spec=["learning_rate"])
        self.optimizer.learning_rate = learning_rate
        self.weights = 0
        self.stop_training = False
        self.saved = []

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights

    def save(self, filepath, overwrite):
        self.saved.append(self.weights)


def play(callback, losses):
    """The epochs that were trained and saved, the weights at the end and the learning rate after each epoch."""
    model = Model(1.0)
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(losses):
        callback.on_epoch_begin(epoch)
        model.weights = epoch + 1
        callback.on_epoch_end(epoch, {"val_loss": loss})
        rates.append(model.optimizer.learning_rate)
        if model.stop_training:
            break
    callback.on_train_end()
    return {"epochs": epoch + 1, "weights": model.weights, "saved": model.saved, "rates": rates}


draw = random.Random(1)
cases = []
for _ in range(20):
    # Multiples of 1/8 and deltas of 1/16 or 1/4: ties and near misses happen, rounding does not.
    losses = [draw.randint(1, 12) / 8 for _ in range(12)]
    early = {
        "minDelta": draw.choice([0, 0.0625, 0.25]),
        "patience": draw.randint(0, 4),
        "restoreBestWeights": draw.random() < 0.5,
        "startFromEpoch": draw.choice([0, 0, 2]),
    }
    if draw.random() < 0.4:
        early["baseline"] = draw.choice([0.25, 0.5, 1])
    reduce = {
        "factor": draw.choice([0.5, 0.25]),
        "minDelta": draw.choice([0, 0.0625, 0.25]),
        "patience": draw.randint(0, 3),
        "cooldown": draw.randint(0, 2),
        "minLearningRate": draw.choice([0, 0.1875]),
    }
    mode = draw.choice(["min", "max"])
    cases.append(
        {
            "valLoss": losses,
            "mode": mode,
            "earlyStopping": {
                "options": early,
                **play(
                    callbacks.EarlyStopping(
                        mode=mode,
                        min_delta=early["minDelta"],
                        patience=early["patience"],
                        baseline=early.get("baseline"),
                        restore_best_weights=early["restoreBestWeights"],
                        start_from_epoch=early["startFromEpoch"],
                    ),
                    losses,
                ),
            },
            "reduceLROnPlateau": {
                "options": reduce,
                **play(
                    callbacks.ReduceLROnPlateau(
                        mode=mode,
                        factor=reduce["factor"],
                        min_delta=reduce["minDelta"],
                        patience=reduce["patience"],
                        cooldown=reduce["cooldown"],
                        min_lr=reduce["minLearningRate"],
                    ),
                    losses,
                ),
            },
            "modelCheckpoint": play(callbacks.ModelCheckpoint("x.keras", mode=mode, save_best_only=True), losses),
        }
    )
path = pathlib.Path(__file__).with_name("callbacks.json")
lines = ",\n".join(json.dumps(case) for case in cases)
path.write_text(f'{{"keras": "{keras.__version__}", "cases": [\n{lines}\n]}}\n')
