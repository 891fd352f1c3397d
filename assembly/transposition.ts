/** Turning a matrix over, four times four values at a time. */
import { storeLanes } from './arithmetic';

/** result [columns, rows] of matrix [rows, columns], whose rows are `stride` and `resultStride` bytes apart. */
@inline
export function storeTransposed(matrix: usize, stride: usize, result: usize, resultStride: usize, columns: i32, rows: i32): void {
  for (let row = 0; row < rows; row += 4) {
    const count = rows - row;
    // Where rows end, the first of the four stands in for those that are not there.
    const second: usize = count > 1 ? stride : 0;
    const third: usize = count > 2 ? 2 * stride : 0;
    const fourth: usize = count > 3 ? 3 * stride : 0;
    let at = matrix + <usize>row * stride;
    let to = result + (<usize>row << 2);
    for (let column = 0; column < columns; column += 4) {
      const a = v128.load(at), b = v128.load(at + second), c = v128.load(at + third), d = v128.load(at + fourth);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5), abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5), cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      storeLanes(to, v128.shuffle<i64>(ab, cd, 0, 2), count);
      if (columns - column > 1) storeLanes(to + resultStride, v128.shuffle<i64>(ab, cd, 1, 3), count);
      if (columns - column > 2) storeLanes(to + 2 * resultStride, v128.shuffle<i64>(abHigh, cdHigh, 0, 2), count);
      if (columns - column > 3) storeLanes(to + 3 * resultStride, v128.shuffle<i64>(abHigh, cdHigh, 1, 3), count);
      at += 16;
      to += resultStride << 2;
    }
  }
}
