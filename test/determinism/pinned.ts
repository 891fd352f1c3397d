/**
 * SHA-256 of the tiny job's weights, by arithmetic: what every machine, every version of Node and every browser must
 * come to. They change only where the arithmetic of training is changed.
 */
export const pinned = {
  plain: '0d9cd7ae70fead335d947129731ff7cb0c81bc6f2723046388f282c0f0012315',
  fused: '20fd039dbd5b5e8162c63b811804a02f4a6488cd8b01315c2cfe2641bedac9e4',
};
