/** Recognising windows of an image that are nothing but zeros: on drawings, more than half of all. */

/** Whether a window of `rows` rows of `bytes` bytes, `rowBytes` apart, is all +0. */
@inline
export function isZero(window: usize, rowBytes: usize, bytes: usize, rows: i32): bool {
  for (let row = 0; row < rows; row++) {
    let at = window;
    const end = window + bytes;
    for (; at + 16 <= end; at += 16) if (v128.any_true(v128.load(at))) return false;
    for (; at < end; at += 4) if (load<u32>(at) != 0) return false;
    window += rowBytes;
  }
  return true;
}
