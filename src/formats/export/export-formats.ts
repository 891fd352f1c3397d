/** The formats by name: the command line knows them without loading their writers. */

/** The formats that `exportModel` writes. */
export const exportFormats = ['onnx', 'npz', 'pytorch', 'keras'] as const;
/** `onnx`: ONNX. `npz`: NumPy's archive of arrays. `pytorch`: a state dict and the Python that builds its module. `keras`: Keras 3. */
export type ExportFormat = (typeof exportFormats)[number];
