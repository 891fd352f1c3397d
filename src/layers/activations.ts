/** The activation functions that `conv2d`, `dense` and `activation` know. */

export const activationNames = ['linear', 'relu', 'leakyRelu', 'tanh', 'sigmoid', 'softmax'] as const;
/** An activation function by name. */
export type ActivationName = (typeof activationNames)[number];

/** Slope of `leakyRelu` below zero, Keras's default. */
export const defaultNegativeSlope = 0.2;
