"""Makes calibration.json: temperatures, likelihoods, calibration errors and thresholds by numpy and scipy.

    python make-calibration.py     (numpy 2, scipy 1; neither is needed to run the tests)

Logits are stored as whole numbers, multiples of 1/64, so that they are exact in float32.
"""

import json
from pathlib import Path

import numpy
import scipy
from scipy.optimize import brentq, minimize_scalar
from scipy.special import log_softmax, softmax


def drawn(seed, count, classes, scale, sharpness):
    """Labels drawn from softmax(logits), then logits made `sharpness` times too large."""
    random = numpy.random.RandomState(seed)
    logits = random.normal(size=(count, classes)) * scale
    labels = [random.choice(classes, p=row) for row in softmax(logits, axis=1)]
    return numpy.round(logits * sharpness * 64).astype(int), numpy.array(labels)


def likelihood(logits, labels, temperature):
    return -log_softmax(logits / temperature, axis=1)[numpy.arange(len(labels)), labels].mean()


def best_temperature(logits, labels):
    rough = minimize_scalar(
        lambda inverse: likelihood(logits, labels, 1 / inverse), bounds=(0.01, 100), method="bounded"
    ).x
    truth = logits[numpy.arange(len(labels)), labels]
    slope = lambda inverse: ((softmax(logits * inverse, axis=1) * logits).sum(axis=1) - truth).mean()
    return 1 / brentq(slope, rough / 1.5, rough * 1.5, xtol=1e-15, rtol=1e-14)


def reliability(probabilities, labels, bins):
    answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    edges = numpy.linspace(0, 1, bins + 1)
    rows, error = [], 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if not inside.any():
            rows.append([0, None, None])
            continue
        mean, accuracy = confidence[inside].mean(), (answers[inside] == labels[inside]).mean()
        rows.append([int(inside.sum()), mean, accuracy])
        error += inside.mean() * abs(mean - accuracy)
    return {"error": error, "bins": rows}


def sure(probabilities, precision):
    confidence = probabilities.max(axis=1)
    good = [p for p in confidence if confidence[confidence >= p].mean() >= precision]
    return float(min(good)) if good else None


def lowest(probabilities, fraction):
    confidence = probabilities.max(axis=1)
    good = [p for p in confidence if (confidence < p).mean() <= fraction]
    return float(max(good))


def case(name, whole, labels, precision, fraction):
    classes = whole.shape[1]
    logits = whole / 64
    temperature = best_temperature(logits, labels)
    after = softmax(logits / temperature, axis=1)
    return {
        "name": name,
        "classes": classes,
        "logits": whole.ravel().tolist(),
        "labels": labels.tolist(),
        "temperature": temperature,
        "likelihoodBefore": likelihood(logits, labels, 1),
        "likelihoodAfter": likelihood(logits, labels, temperature),
        "before": reliability(softmax(logits, axis=1), labels, 15),
        "after": reliability(after, labels, 15),
        "tenBins": reliability(after, labels, 10),
        "firstProbabilities": after[0].tolist(),
        "precision": precision,
        "sureThreshold": sure(after, precision),
        "fraction": fraction,
        "lowestProbability": lowest(after, fraction),
    }


cases = [
    case("too sure", *drawn(1, 400, 10, 3, 3), 0.9, 0.05),
    case("not sure enough", *drawn(2, 400, 10, 5, 0.3), 0.95, 0.005),
    case("calibrated, two classes", *drawn(3, 300, 2, 2, 1), 0.97, 0.1),
    case("few", *drawn(4, 10, 5, 2, 1.5), 0.85, 0.005),
    case("far apart", *drawn(5, 100, 4, 3, 60), 0.98, 0.2),
    case("worse than a guess", *drawn(6, 200, 3, 0.1, 20), 1, 0.5),
]
versions = {"numpy": numpy.__version__, "scipy": scipy.__version__}
text = "{\n" + f'"versions": {json.dumps(versions)},\n"cases": [\n'
text += ",\n".join(json.dumps(one, separators=(",", ":")) for one in cases) + "\n]\n}\n"
Path(__file__).with_name("calibration.json").write_text(text, encoding="utf-8")
