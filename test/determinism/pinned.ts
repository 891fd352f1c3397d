/**
 * SHA-256 of the tiny job's weights, by arithmetic: what every machine, every version of Node and every browser must
 * come to. They change only where the arithmetic of training is changed.
 */
export const pinned = {
  plain: '0d9cd7ae70fead335d947129731ff7cb0c81bc6f2723046388f282c0f0012315',
  fused: '20fd039dbd5b5e8162c63b811804a02f4a6488cd8b01315c2cfe2641bedac9e4',
};

/** The same with images that are augmented. */
export const pinnedAugmented = {
  plain: 'e1e53999b2e747b89b566888a48b08bf759e9631412e5061c8d74aec56a42101',
  fused: 'a346d372addb7e4e93efa4ba272b9f0ad5dd53450da1b89b9699c6953b691464',
};
