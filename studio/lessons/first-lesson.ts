/** The first lesson: from a drawing to a judgement, in eight steps. */

import type { Lesson } from './lessons.js';

export const first: Lesson = {
  title: 'First lesson',
  steps: [
    {
      title: 'Draw a digit',
      text: [
        'Draw a digit on the pad, with the mouse or a finger. The network is a program that has learned from examples to read digits, and it answers while you draw.',
        'Look at the ten bars: how sure is it? Then make the digit odd, and see when it starts to doubt.',
      ],
      setUps: [{ label: 'Open Draw', room: 'draw' }],
    },
    {
      title: 'Look inside',
      text: [
        'A network works in layers: each one makes new pictures from those of the layer before. Here you see all of them for your drawing.',
        'Open the first convolution and go over its maps. Some answer to edges on the left, some to flat strokes: the network found out by itself that such patterns help.',
      ],
      setUps: [{ label: 'Open Look inside', room: 'inside' }],
    },
    {
      title: 'Train a network',
      text: [
        'Now train one of your own. Fill in the fast settings, then press "Train". It starts with random numbers and knows nothing.',
        'Watch the 20 test images: the crosses turn into ticks. It never gets a rule; after each small batch of examples it changes its numbers a little, so that its mistakes become smaller.',
      ],
      setUps: [{ label: 'Fill in the fast settings', room: 'train', settings: 'recipe=fast' }],
    },
    {
      title: 'Watch the curves',
      text: [
        'The loss says how wrong the answers are, and should fall. The accuracy says how many are right, and should rise.',
        'There are two of each: "training" is measured on images it learns from, "validation" on images kept back. Remember how close they are: that will change in the next step.',
      ],
      setUps: [{ label: 'Back to Train', room: 'train' }],
    },
    {
      title: 'Make it learn by heart',
      text: [
        'Fill in few images and many epochs (an epoch is one pass through all images), and train again.',
        'Look for the gap: all training images are soon read rightly, but the validation accuracy stays behind, and its loss stops falling. This is called overfitting: it learned these images by heart and not what digits look like.',
      ],
      setUps: [
        { label: 'Fill in few images, many epochs', room: 'train', settings: 'recipe=fast&images=600&epochs=30' },
      ],
    },
    {
      title: 'Do without convolutions',
      text: [
        'An mlp has no convolutions and no pooling: every pixel is a number of its own, and no pixel has neighbours. Train it on 6,000 images, then the small cnn on the same.',
        'Compare the test accuracies. The mlp has many times more numbers to adjust and still makes more mistakes: a good plan is worth more than size.',
      ],
      setUps: [
        { label: 'Fill in the mlp', room: 'train', settings: 'recipe=fast&model=mlp&images=6000' },
        { label: 'Fill in the small cnn', room: 'train', settings: 'recipe=fast&images=6000' },
      ],
    },
    {
      title: 'Shift the digits',
      text: [
        'Draw a small digit in a corner of the pad. It is still read: the page cuts the drawing out and puts it in the middle first, as "What the network sees" shows. A network alone can fail at a shift, as its training digits were all in the middle.',
        'There is another cure: augmentation moves and bends the training images a little each time. Train with it: the training becomes harder, and the network bears more.',
      ],
      setUps: [
        { label: 'Open Draw', room: 'draw' },
        { label: 'Fill in augmentation', room: 'train', settings: 'recipe=fast&augmentation=light' },
      ],
    },
    {
      title: 'Judge it',
      text: [
        'Choose a network and press "Test it": it reads 10,000 images that it has never learned from.',
        'Open a cell beside the diagonal of the confusion matrix and look at the images in it. Would you have read them rightly? A fair judgement needs images that nobody used for learning or choosing.',
      ],
      setUps: [{ label: 'Open Results', room: 'results' }],
    },
  ],
};
