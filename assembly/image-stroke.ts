/**
 * An image with a border of background, and strokes made thinner or thicker by part of a pixel: grey erosion or
 * dilation over a pixel and its four neighbours, mixed with the image by a weight. All in bytes: sixteen values at
 * once.
 */

/** padded [height + 2, width + 2, channels] from image [height, width, channels]: zeros around it. */
export function padImage(image: usize, padded: usize, height: i32, width: i32, channels: i32): void {
  const rowBytes = width * channels;
  const stride = rowBytes + 2 * channels;
  const bytes = (height + 2) * stride;
  for (let i = 0; i < bytes; i += 16) v128.store(padded + <usize>i, i64x2.splat(0));
  let from = image;
  let to = padded + <usize>(stride + channels);
  for (let y = 0; y < height; y++) {
    let i = 0;
    for (; i + 8 <= rowBytes; i += 8) store<u64>(to + <usize>i, load<u64>(from + <usize>i));
    for (; i < rowBytes; i++) store<u8>(to + <usize>i, load<u8>(from + <usize>i));
    from += <usize>rowBytes;
    to += <usize>stride;
  }
}

/** a + weight (b - a) / 256 in each of sixteen bytes, rounded, where b is at least a. */
@inline
function mixUp(a: v128, b: v128, weight: v128): v128 {
  const difference = i8x16.sub(b, a);
  const half = i16x8.splat(128);
  const low = i16x8.shr_u(i16x8.add(i16x8.mul(i16x8.extend_low_i8x16_u(difference), weight), half), 8);
  const high = i16x8.shr_u(i16x8.add(i16x8.mul(i16x8.extend_high_i8x16_u(difference), weight), half), 8);
  return i8x16.add(a, i8x16.narrow_i16x8_u(low, high));
}

/**
 * stroked [height + 2, width + 2, channels] from such a padded image: dilated where weight is above 0, eroded where it
 * is below, by
 * |weight| / 256 of a pixel a side, at most 256. Both have room for 32 bytes more.
 */
export function changeStroke(padded: usize, stroked: usize, height: i32, width: i32, channels: i32, weight: i32): void {
  const stride = (width + 2) * channels;
  const first = stride;
  const end = (height + 1) * stride;
  const fraction = i16x8.splat(<i16>abs(weight));
  for (let i = 0; i < first; i++) store<u8>(stroked + <usize>i, 0);
  if (weight > 0) {
    for (let i = first; i < end; i += 16) {
      const at = padded + <usize>i;
      const middle = v128.load(at);
      const beside = i8x16.max_u(v128.load(at - <usize>channels), v128.load(at + <usize>channels));
      const above = i8x16.max_u(v128.load(at - <usize>stride), v128.load(at + <usize>stride));
      const most = i8x16.max_u(middle, i8x16.max_u(beside, above));
      v128.store(stroked + <usize>i, mixUp(middle, most, fraction));
    }
  } else {
    // The mirror image of the above: what is missing to 255 is dilated.
    for (let i = first; i < end; i += 16) {
      const at = padded + <usize>i;
      const middle = v128.load(at);
      const beside = i8x16.min_u(v128.load(at - <usize>channels), v128.load(at + <usize>channels));
      const above = i8x16.min_u(v128.load(at - <usize>stride), v128.load(at + <usize>stride));
      const least = i8x16.min_u(middle, i8x16.min_u(beside, above));
      v128.store(stroked + <usize>i, v128.not(mixUp(v128.not(middle), v128.not(least), fraction)));
    }
  }
  // What ran over into the border: the last pixel of a row lies beside the first of the next.
  for (let y = 1; y <= height + 1; y++) {
    const border = stroked + <usize>(y * stride - channels);
    for (let i = 0; i < 2 * channels; i++) store<u8>(border + <usize>i, 0);
  }
  for (let i = end; i < end + stride; i++) store<u8>(stroked + <usize>i, 0);
}
