"""Makes classification-report.json: what scikit-learn and numpy print for fixed pseudo-random labels.

    python make-classification-report.py     (scikit-learn 1.9, numpy 2; neither is needed to run the tests)
"""

import json
import sys
import warnings
from pathlib import Path

import numpy
import sklearn
from sklearn.metrics import classification_report, confusion_matrix

warnings.filterwarnings("ignore", module="sklearn")
unlimited = {"max_line_width": sys.maxsize, "threshold": sys.maxsize}


def labels(seed, classes, count, errors):
    """True classes, and answers of which about the share `errors` is drawn anew."""
    random = numpy.random.RandomState(seed)
    actual = random.randint(classes, size=count)
    wrong = random.random_sample(count) < errors
    return actual, numpy.where(wrong, random.randint(classes, size=count), actual)


def case(name, class_names, actual, predicted, digits):
    indices = range(len(class_names))
    matrix = confusion_matrix(actual, predicted, labels=indices)
    normalized = {}
    for ours, theirs in (("true", "true"), ("predicted", "pred"), ("all", "all")):
        fractions = confusion_matrix(actual, predicted, labels=indices, normalize=theirs)
        normalized[ours] = {
            str(decimals): numpy.array2string(fractions, precision=decimals, suppress_small=True, floatmode="fixed", **unlimited)
            for decimals in (2, 3)
        }
    return {
        "name": name,
        "classNames": class_names,
        "actual": numpy.asarray(actual).tolist(),
        "predicted": numpy.asarray(predicted).tolist(),
        "digits": digits,
        "matrix": matrix.tolist(),
        "matrixText": numpy.array2string(matrix, **unlimited),
        "normalizedText": normalized,
        "report": classification_report(
            actual, predicted, labels=indices, target_names=class_names, digits=digits, zero_division=0
        ),
    }


def cases():
    digits = [str(k) for k in range(10)]
    fashion = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
    ten = labels(1, 10, 2000, 0.05)
    yield case("ten classes", digits, *ten, 2)
    yield case("ten classes, four digits", digits, *ten, 4)
    yield case("two classes", ["0", "1"], *labels(2, 2, 61, 0.3), 2)
    yield case("two classes, four digits", ["no", "yes"], *labels(3, 2, 61, 0.3), 4)
    actual, predicted = labels(4, 5, 80, 0.2)
    yield case("a class never predicted", list("abcde"), actual, numpy.where(predicted == 3, 0, predicted), 2)
    yield case("a class never seen", list("abcde"), numpy.where(actual == 1, 2, actual), predicted, 2)
    yield case("names of clothes", fashion, *labels(5, 10, 300, 0.1), 2)
    yield case("long names", ["a rather long class name", "α ≤ β", "𝔘 outside the first plane"], *labels(6, 3, 90, 0.2), 4)
    yield case("one class", ["only"], [0, 0, 0], [0, 0, 0], 2)
    yield case("more digits than letters", ["x", "y"], *labels(7, 2, 30, 0.4), 15)
    yield case("ties of rounding", ["x", "y"], [0] * 8 + [1] * 8, [0] * 5 + [1] * 3 + [1] * 7 + [0], 2)
    yield case("twenty classes", [f"class {k}" for k in range(20)], *labels(8, 20, 600, 0.3), 2)
    yield case("no answer right", ["x", "y", "z"], [0, 0, 1, 1, 1, 2], [1, 2, 0, 2, 0, 1], 2)
    yield case("no answer right, four digits", ["x", "y"], [0] * 12 + [1], [1] * 12 + [0], 4)
    yield case("no answer right, more digits than letters", ["x", "y"], [0, 1], [1, 0], 15)
    yield case("no answer right, a class never seen", ["x", "y", "z"], [0, 0], [1, 2], 2)
    for seed in range(100, 110):
        yield case(f"few examples, seed {seed}", digits, *labels(seed, 10, 64, 0.4), 3)


result = {"versions": {"scikitLearn": sklearn.__version__, "numpy": numpy.__version__}, "cases": list(cases())}
text = "{\n" + f'"versions": {json.dumps(result["versions"])},\n"cases": [\n'
text += ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in result["cases"]) + "\n]\n}\n"
Path(__file__).with_name("classification-report.json").write_text(text, encoding="utf-8")
