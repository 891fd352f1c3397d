/**
 * What memory kernels need beside their tensors, each said once, in the kernel's own file: a module of its own, without
 * a memory, that the engine asks before there is any.
 */
export { gatherAugmentedImagesScratchBytes } from './augmentation';
export { batchNormalizationStatisticsBytes, batchNormalizationSumsBytes } from './batch-normalization';
export { convolutionForwardTileBytes } from './convolution';
export { convolutionPoolInputGradientListBytes, convolutionPoolKernelGradientListBytes } from './convolution-pool';
export { winogradKernelBytes, winogradPoolForwardScratchBytes } from './convolution-pool-winograd';
export {
  denseForwardScratchBytes,
  denseInputGradientListBytes,
  denseLiveKernelGradientScratchBytes,
} from './dense';
export { dropoutForwardScratchBytes } from './dropout';
export { packedBytes, panelColumns } from './matrix';
