import type { DefaultThreads, EngineOptions } from '../../dist/index.js';

export interface UsedModels {
  /** SHA-256 of weights. */
  readonly sums: Readonly<Record<'plain' | 'fused' | 'augmented', string>>;
  readonly results: Readonly<Record<string, unknown>>;
  readonly threads: number;
  readonly profiledThreads: number;
}

export interface WorkedAlong {
  readonly ringsInEvaluation: number;
  readonly epochs: number;
}

export interface ToldOfThreads {
  readonly defaults: DefaultThreads;
  readonly refused: { readonly kind?: string; readonly message?: string };
}

export declare function useModels(engine?: EngineOptions): Promise<UsedModels>;
export declare function workAlong(): Promise<WorkedAlong>;
export declare function askForThreads(): Promise<ToldOfThreads>;
