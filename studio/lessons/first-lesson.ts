/** The first lesson: from a drawing to a judgement, in eight steps. */

import type { Lesson } from './lessons.js';

export const first: Lesson = {
  title: 'First lesson',
  steps: [
    {
      title: 'Draw a digit',
      text: [
        'Draw a digit on the pad. The network, a program that learned from examples how digits look, answers while you draw.',
        'Look at the ten bars: how sure is it? Then draw an odd one, and see when it starts to doubt.',
      ],
      setUps: [{ label: 'Open Draw', room: 'draw' }],
    },
    {
      title: 'Look inside',
      text: [
        'A network works in layers: each makes new pictures, called maps, from those of the layer before. Here are all of them for your drawing.',
        'Open the first convolution, a layer that looks for small patterns. Some maps light up at left edges, some at flat strokes: nobody told it to, it found out that these help.',
      ],
      setUps: [{ label: 'Open Look inside', room: 'inside' }],
    },
    {
      title: 'Train a network',
      text: [
        'Fill in the fast settings, then press "Train". Your network starts with random numbers and knows nothing.',
        'Watch the 20 test images: crosses turn into ticks. It gets no rules: after each few examples it changes its numbers a little, so that its mistakes become smaller.',
      ],
      setUps: [{ label: 'Fill in the fast settings', room: 'train', settings: 'recipe=fast' }],
    },
    {
      title: 'Watch the curves',
      text: [
        'The loss says how wrong the answers are and should fall; the accuracy says how many are right and should rise.',
        '"training" is measured on images that it learns from, "validation" on images that are kept back. Look how close the two are: the next step changes that.',
      ],
      setUps: [{ label: 'Back to Train', room: 'train' }],
    },
    {
      title: 'Make it learn by heart',
      text: [
        'Fill in few images and many epochs, an epoch being one pass through all of them, and train again.',
        'Look for the gap: soon all training images are read rightly, but of those kept back far fewer. That is overfitting: it learned these images by heart, not how digits look.',
      ],
      setUps: [
        { label: 'Fill in few images, many epochs', room: 'train', settings: 'recipe=fast&images=300&epochs=30' },
      ],
    },
    {
      title: 'Do without convolutions',
      text: [
        'An mlp has no convolutions and no pooling: it does not know which pixels are neighbours. Train it on 6,000 images, then the small cnn on the same.',
        'Compare the test accuracies. The mlp has eight times as many numbers to adjust and makes more mistakes: a good plan is worth more than size.',
      ],
      setUps: [
        { label: 'Fill in the mlp', room: 'train', settings: 'recipe=fast&model=mlp&images=6000' },
        { label: 'Fill in the small cnn', room: 'train', settings: 'recipe=fast&images=6000' },
      ],
    },
    {
      title: 'Shift the digits',
      text: [
        'Draw a small digit in a corner of the pad. It is still read, because the page first moves it to the middle: look at "What the network sees". Without that help a network that learned from centred digits often fails.',
        'Another cure is augmentation: it shifts and bends the training images a little each time. Train with it and look: training is harder now, and the network copes with more.',
      ],
      setUps: [
        { label: 'Open Draw', room: 'draw' },
        { label: 'Fill in augmentation', room: 'train', settings: 'recipe=fast&augmentation=light' },
      ],
    },
    {
      title: 'Judge it',
      text: [
        'Choose a network and press "Test it": it reads 10,000 images that it did not learn from.',
        'Open a cell off the diagonal of the confusion matrix: would you have read these images rightly? A judgement is fair only on images that nobody used for learning or choosing.',
      ],
      setUps: [{ label: 'Open Results', room: 'results' }],
    },
  ],
};
