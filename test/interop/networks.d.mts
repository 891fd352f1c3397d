import type { Sequential } from 'inkling';

export declare function networks(): Generator<[name: string, model: Sequential]>;
