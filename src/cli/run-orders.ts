/** By what `inkling runs` sorts: help names it without loading what reads runs. */

export const runOrders = ['date', 'name', 'validation', 'test', 'seconds'] as const;
export type RunOrder = (typeof runOrders)[number];
