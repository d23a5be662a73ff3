//! The vectors of tokens, in 8 bits.

use crate::kernels::quantize::quantize_row;
use crate::level::Level;
use crate::simd::{Kernel, Simd, dispatch};

/// Numbers that share a scale.
const BLOCK: usize = 32;

/// A row of numbers for each token, looked up one at a time.
pub(crate) struct Embedding {
    width: usize,
    bytes: Vec<i8>,
    scale: Vec<f32>,
}

impl Embedding {
    /// Room for `rows` rows of `width` numbers, a multiple of 32.
    pub fn with_capacity(rows: usize, width: usize) -> Self {
        assert!(width.is_multiple_of(BLOCK));
        let blocks = rows * width / BLOCK;
        Self { width, bytes: Vec::with_capacity(rows * width), scale: Vec::with_capacity(blocks) }
    }

    pub fn push(&mut self, level: Level, row: &[f32]) {
        assert_eq!(row.len(), self.width);
        dispatch(level, Push { embedding: self, row });
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

struct Push<'a> {
    embedding: &'a mut Embedding,
    row: &'a [f32],
}

impl Kernel for Push<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        for block in self.row.as_chunks::<BLOCK>().0 {
            let mut bytes = [0; BLOCK];
            self.embedding.scale.push(quantize_row(s, block, &mut bytes).scale);
            self.embedding.bytes.extend(bytes);
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
        let mut embedding = Embedding::with_capacity(3, 64);
        rows.iter().for_each(|row| embedding.push(Level::best(), row));
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
