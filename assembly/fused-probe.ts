/** What tells whether a host has a true fused multiply-add: a module of its own, without a memory. */
export { multiplyAddResidue } from './arithmetic';
