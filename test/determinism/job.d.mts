import type { Callback, EngineOptions, FitOptions, Tensor } from '../../dist/index.js';

export declare function tinyImages(count: number): { images: Tensor<Uint8Array>; labels: Uint8Array };
export declare function trainTinyJob(
  options?: Omit<EngineOptions, 'labelSmoothing'> & { seed?: number; callbacks?: readonly Callback[] } & Pick<
      FitOptions,
      'augmentation'
    >,
): Promise<string>;
