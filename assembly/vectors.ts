/**
 * The one place that knows how wide vectors are. The source is written in 128-bit operations; where the host joins
 * neighbouring pairs of them into 256-bit ones, register tiles may have twice the size. Results are the same, bit for
 * bit.
 */

// VECTOR_BITS is a constant that scripts/build-kernels.js gives the compiler: 128 or 256.
export const wide: bool = VECTOR_BITS == 256;
