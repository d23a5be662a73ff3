//! Quantizes floats to bytes with one scale per row.

use crate::simd::{LANES, Simd};

/// The largest byte: -128 is not used, so that a row and its negative have the same scale.
const LARGEST: f32 = 127.0;

/// A row in bytes: `value = byte * scale`.
#[derive(Clone, Copy)]
pub(crate) struct Quantized {
    pub scale: f32,
    /// The sum of the bytes.
    pub sum: i32,
}

/// Writes `row` as bytes to `bytes`, which is at least as long, a multiple of sixteen, and filled up with zeros.
#[inline(always)]
pub(crate) fn quantize_row<S: Simd>(s: S, row: &[f32], bytes: &mut [i8]) -> Quantized {
    assert!(bytes.len() >= row.len() && bytes.len().is_multiple_of(LANES));
    let (whole, rest) = row.as_chunks::<LANES>();
    let mut last = [0.0; LANES];
    last[..rest.len()].copy_from_slice(rest);
    let mut largest = [s.splat(0.0); 2];
    for (i, chunk) in whole.iter().chain([&last]).enumerate() {
        // SAFETY: a chunk is sixteen floats.
        let size = s.abs(unsafe { s.load(chunk.as_ptr()) });
        largest[i % 2] = s.max(largest[i % 2], size);
    }
    let largest = s.largest(s.max(largest[0], largest[1]));
    let by = s.splat(if largest > 0.0 { LARGEST / largest } else { 0.0 });
    let mut sums = s.splat_int(0);
    for (chunk, to) in whole.iter().chain([&last]).zip(bytes.as_chunks_mut::<LANES>().0) {
        // SAFETY: a chunk is sixteen floats, and `to` sixteen bytes.
        unsafe {
            let values = s.round(s.mul(s.load(chunk.as_ptr()), by));
            sums = s.add_ints(sums, values);
            s.store_bytes(to.as_mut_ptr(), values);
        }
    }
    let used = (whole.len() + 1) * LANES;
    if used < bytes.len() {
        bytes[used..].fill(0);
    }
    Quantized { scale: largest / LARGEST, sum: s.sum_ints(sums) }
}
