export function compareSums(commands: readonly string[][], count: number): string[];
