/**
 * Keras's "Simple MNIST convnet", line by line. The Python stands above each part; where the two differ, a comment says
 * so.
 *
 *     npm run example keras-mnist          the whole data set, one epoch
 *     npm run example keras-mnist 5000     the first 5,000 images
 */
import {
  conv2d,
  dense,
  dropout,
  flatten,
  loadMnist,
  maxPooling2d,
  oneHot,
  reshape,
  Sequential,
  scale,
  take,
} from 'inkling';

// (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
const { train, test, classNames } = await loadMnist();
const { images, labels } = take(train, Number(process.argv[2] ?? 60_000));

// x_train = x_train.astype("float32") / 255
// x_train = np.expand_dims(x_train, -1)
const xTrain = reshape(scale(images), [-1, 28, 28, 1]);
const xTest = reshape(scale(test.images), [-1, 28, 28, 1]);

// y_train = keras.utils.to_categorical(y_train, num_classes)
const yTrain = oneHot(labels, classNames.length);
const yTest = oneHot(test.labels, classNames.length);

// model = keras.Sequential([...])
const model = new Sequential(
  [
    conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
    conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }),
    maxPooling2d({ poolSize: 2 }),
    flatten(),
    dropout({ rate: 0.5 }),
    dense({ units: classNames.length, activation: 'softmax' }),
  ],
  { inputShape: [28, 28, 1] },
);

// model.summary()
console.log(model.summary());

// model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.compile({ loss: 'categoricalCrossentropy', optimizer: 'adam', metrics: ['accuracy'] });

// model.fit(x_train, y_train, batch_size=128, epochs=15, validation_split=0.1)
// (Keras sets the last tenth aside; here the tenth is drawn from the seed. One epoch, since this is an example.)
const history = await model.fit(xTrain, yTrain, { batchSize: 128, epochs: 1, validationSplit: 0.1 });
console.log(history.epochs);

// score = model.evaluate(x_test, y_test)
const score = await model.evaluate(xTest, yTest);
console.log('Test loss:', score.loss);
console.log('Test accuracy:', score.accuracy);
