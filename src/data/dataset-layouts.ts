/** How a data set is written: class folders of PNG, MNIST's four files, an archive of NumPy arrays. */
export const datasetLayouts = ['folders', 'idx', 'npz'] as const;
/** How `datasetFiles` writes: class folders of PNG, MNIST's four files, or an archive of NumPy arrays. */
export type DatasetLayout = (typeof datasetLayouts)[number];
