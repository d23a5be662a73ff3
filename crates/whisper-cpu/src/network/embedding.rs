//! The vectors of tokens, in 8 bits.

use std::ops::Range;

use crate::kernels::quantize::quantize_row;
use crate::level::Level;
use crate::simd::{Kernel, Simd, dispatch};
use crate::threads;

/// Numbers that share a scale.
const BLOCK: usize = 32;

/// A row of numbers for each token, looked up one at a time.
pub(crate) struct Embedding {
    width: usize,
    bytes: Vec<i8>,
    scale: Vec<f32>,
}

impl Embedding {
    /// Packs `rows` rows of `width` numbers, a multiple of 32. `row` writes a row; it is called on several threads at a
    /// time.
    pub fn new(level: Level, rows: usize, width: usize, row: impl Fn(usize, &mut [f32]) + Sync) -> Self {
        assert!(width.is_multiple_of(BLOCK));
        let mut embedding =
            Self { width, bytes: vec![0; rows * width], scale: vec![0.0; rows * width / BLOCK] };
        let each = rows.div_ceil(threads::available()).max(1);
        let bytes = embedding.bytes.chunks_mut(each * width);
        let pieces = bytes.zip(embedding.scale.chunks_mut(each * width / BLOCK)).enumerate();
        let pieces = pieces.map(|(piece, (bytes, scale))| {
            let first = piece * each;
            Pack { width, rows: first..(first + each).min(rows), bytes, scale, row: &row }
        });
        threads::each(pieces, |piece| dispatch(level, piece));
        embedding
    }

    /// Writes the row of a token.
    pub fn row(&self, token: usize, out: &mut [f32]) {
        let bytes = &self.bytes[token * self.width..][..self.width];
        let scales = &self.scale[token * self.width / BLOCK..];
        for ((out, bytes), scale) in out.chunks_mut(BLOCK).zip(bytes.chunks(BLOCK)).zip(scales) {
            for (out, &byte) in out.iter_mut().zip(bytes) {
                *out = f32::from(byte) * scale;
            }
        }
    }
}

/// Quantizes some of the rows to 8 bits.
struct Pack<'a, R> {
    width: usize,
    rows: Range<usize>,
    bytes: &'a mut [i8],
    scale: &'a mut [f32],
    row: &'a R,
}

impl<R: Fn(usize, &mut [f32])> Kernel for Pack<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Self { width, rows, bytes, scale, row } = self;
        let mut numbers = vec![0.0; width];
        let places = bytes.chunks_exact_mut(width).zip(scale.chunks_exact_mut(width / BLOCK));
        for (i, (bytes, scale)) in rows.zip(places) {
            row(i, &mut numbers);
            let blocks = numbers.as_chunks::<BLOCK>().0.iter().zip(bytes.as_chunks_mut::<BLOCK>().0);
            for ((block, bytes), scale) in blocks.zip(scale) {
                *scale = quantize_row(s, block, bytes).scale;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_with_the_precision_of_their_block() {
        let rows: Vec<Vec<f32>> =
            (0..3).map(|r| (0..64).map(|i| (i as f32 - 20.0) * r as f32).collect()).collect();
        let embedding = Embedding::new(Level::best(), 3, 64, |i, row| row.copy_from_slice(&rows[i]));
        for (token, row) in rows.iter().enumerate() {
            let mut out = [9.0; 64];
            embedding.row(token, &mut out);
            for (block, out) in row.chunks(BLOCK).zip(out.chunks(BLOCK)) {
                let step = block.iter().fold(0f32, |most, x| most.max(x.abs())) / 127.0;
                for (x, y) in block.iter().zip(out) {
                    assert!((x - y).abs() <= step / 2.0 + 1e-6);
                }
            }
        }
    }
}
