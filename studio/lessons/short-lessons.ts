/** Short lessons of one idea each. */

import type { Lesson } from './lessons.js';

export const overfitting: Lesson = {
  title: 'Overfitting',
  steps: [
    {
      title: 'Few images',
      text: [
        'Fill in 300 images and 30 epochs, and press "Train". The network sees each image 30 times.',
        'Look how the training accuracy reaches 100 %, while the validation accuracy stays behind. The space between them is what was learned by heart.',
      ],
      setUps: [
        { label: 'Fill in few images, many epochs', room: 'train', settings: 'recipe=fast&images=300&epochs=30' },
      ],
    },
    {
      title: 'The same images, moved a little',
      text: [
        'Fill in the same with strong augmentation: each image is shifted, turned and bent anew each time it is seen.',
        'Look how the gap becomes smaller. It cannot learn an image by heart that it never sees twice.',
      ],
      setUps: [
        {
          label: 'Fill in augmentation',
          room: 'train',
          settings: 'recipe=fast&images=300&epochs=30&augmentation=strong',
        },
      ],
    },
    {
      title: 'More images',
      text: [
        'Fill in 24,000 images and few epochs: about as many steps as before.',
        'Look how close the two curves are now. More examples are the best cure, where they can be had.',
      ],
      setUps: [{ label: 'Fill in many images', room: 'train', settings: 'recipe=fast&images=24000' }],
    },
  ],
};

export const pooling: Lesson = {
  title: 'Pooling',
  steps: [
    {
      title: 'What pooling does',
      text: [
        'Draw a digit, and open the first "Max pooling". Of each window of 2 by 2 values it keeps the largest.',
        'Look how each map becomes half as wide and half as high: what was found stays, and exactly where is forgotten. The next layers have a quarter of the work.',
      ],
      setUps: [{ label: 'Open Look inside', room: 'inside' }],
    },
    {
      title: 'With convolutions and pooling',
      text: [
        'Train the small cnn on 6,000 images, and write its test accuracy down.',
        'It slides small windows over the image, so that a stroke is found wherever it is.',
      ],
      setUps: [{ label: 'Fill in the small cnn', room: 'train', settings: 'recipe=fast&images=6000' }],
    },
    {
      title: 'Without them',
      text: [
        'Train the mlp on the same images. It weighs every pixel by itself and must learn a stroke anew at every place.',
        'Compare the two test accuracies, and the seconds that the trainings took.',
      ],
      setUps: [{ label: 'Fill in the mlp', room: 'train', settings: 'recipe=fast&model=mlp&images=6000' }],
    },
  ],
};

export const shift: Lesson = {
  title: 'Shifted digits',
  steps: [
    {
      title: 'In a corner of the pad',
      text: [
        'Draw a small digit in a corner of the pad, clear it, and draw the same large in the middle.',
        'Look at "What the network sees": both times the digit is in the middle and of the same size. The page cuts it out first, as was done with the images it learned from.',
      ],
      setUps: [{ label: 'Open Draw', room: 'draw' }],
    },
    {
      title: 'Without that help',
      text: [
        'Press "Test it", then "Robustness", then "Distort and read". The images are shifted pixel by pixel.',
        'Look at the chart "shift": "network alone" falls soon, and "as the pad reads" stays high. The network itself knows digits in the middle alone.',
      ],
      setUps: [{ label: 'Open Results', room: 'results' }],
    },
    {
      title: 'Learn to bear it',
      text: [
        'Train with strong augmentation, which shifts, turns and bends the training images.',
        'Then test this network as before: choose "The one trained last" in Results. The line of "network alone" falls later.',
      ],
      setUps: [
        { label: 'Fill in augmentation', room: 'train', settings: 'recipe=fast&augmentation=strong' },
        { label: 'Open Results', room: 'results' },
      ],
    },
  ],
};
