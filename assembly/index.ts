/**
 * The compute kernels: all that runs while training. One file per idea; what is exported here is what a program can
 * call.
 */
export * from './activation';
export { multiplyAddResidue } from './arithmetic';
export * from './augmentation';
export * from './batch';
export * from './batch-normalization';
export * from './convolution';
export { convolutionPoolForward, convolutionPoolInputGradient, convolutionPoolKernelGradient } from './convolution-pool';
export * from './convolution-pool-winograd';
export * from './dense';
export * from './dropout';
export * from './matrix';
export * from './optimizers';
export * from './pooling';
export * from './softmax-cross-entropy';
