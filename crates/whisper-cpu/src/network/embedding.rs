//! The vectors of tokens, in 8 bits.

/// Numbers that share a scale.
const BLOCK: usize = 32;

/// A row of numbers for each token, looked up one at a time.
pub(crate) struct Embedding {
    width: usize,
    bytes: Vec<i8>,
    scale: Vec<f32>,
}

impl Embedding {
    pub fn with_capacity(rows: usize, width: usize) -> Self {
        let blocks = rows * width.div_ceil(BLOCK);
        Self { width, bytes: Vec::with_capacity(rows * width), scale: Vec::with_capacity(blocks) }
    }

    pub fn push(&mut self, row: &[f32]) {
        assert_eq!(row.len(), self.width);
        for block in row.chunks(BLOCK) {
            let largest = block.iter().fold(0f32, |largest, x| largest.max(x.abs()));
            let by = if largest > 0.0 { 127.0 / largest } else { 0.0 };
            self.scale.push(largest / 127.0);
            self.bytes.extend(block.iter().map(|x| (x * by).round_ties_even() as i8));
        }
    }

    /// Writes the row of a token.
    pub fn row(&self, token: usize, out: &mut [f32]) {
        let bytes = &self.bytes[token * self.width..][..self.width];
        let scales = &self.scale[token * self.width.div_ceil(BLOCK)..];
        for ((out, bytes), scale) in out.chunks_mut(BLOCK).zip(bytes.chunks(BLOCK)).zip(scales) {
            for (out, &byte) in out.iter_mut().zip(bytes) {
                *out = f32::from(byte) * scale;
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
            (0..3).map(|r| (0..48).map(|i| (i as f32 - 20.0) * r as f32).collect()).collect();
        let mut embedding = Embedding::with_capacity(3, 48);
        rows.iter().for_each(|row| embedding.push(row));
        for (token, row) in rows.iter().enumerate() {
            let mut out = [9.0; 48];
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
