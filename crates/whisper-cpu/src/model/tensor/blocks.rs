//! ggml's blocks of 32 numbers with one scale: `dequantize_row_*` in ggml-quants.c says how they are laid
//! out, and in which order floats are multiplied and added.

use half::f16;

/// Numbers in a block.
pub const LEN: usize = 32;

/// Decodes block after block of `BYTES` bytes and `LEN` numbers.
pub fn decode<const BYTES: usize, const LEN: usize>(
    bytes: &[u8],
    out: &mut [f32],
    block: impl Fn(&[u8; BYTES], &mut [f32; LEN]),
) {
    for (out, bytes) in out.as_chunks_mut().0.iter_mut().zip(bytes.as_chunks().0) {
        block(bytes, out);
    }
}

/// A scale and 32 numbers of 4 bits from -8 on.
pub fn q4_0(block: &[u8; 18], out: &mut [f32; LEN]) {
    let (scale, nibbles) = (half(block, 0), part(block, 2));
    fill(out, nibbles, 0, |q| f32::from(i16::from(q) - 8) * scale);
}

/// A scale, a minimum and 32 numbers of 4 bits.
pub fn q4_1(block: &[u8; 20], out: &mut [f32; LEN]) {
    let (scale, minimum, nibbles) = (half(block, 0), half(block, 2), part(block, 4));
    fill(out, nibbles, 0, |q| f32::from(q) * scale + minimum);
}

/// A scale, the fifth bits, and 32 numbers of 5 bits from -16 on.
pub fn q5_0(block: &[u8; 22], out: &mut [f32; LEN]) {
    let (scale, fifths, nibbles) = (half(block, 0), u32::from_le_bytes(*part(block, 2)), part(block, 6));
    fill(out, nibbles, fifths, |q| f32::from(i16::from(q) - 16) * scale);
}

/// A scale, a minimum, the fifth bits, and 32 numbers of 5 bits.
pub fn q5_1(block: &[u8; 24], out: &mut [f32; LEN]) {
    let (scale, minimum) = (half(block, 0), half(block, 2));
    let (fifths, nibbles) = (u32::from_le_bytes(*part(block, 4)), part(block, 8));
    fill(out, nibbles, fifths, |q| f32::from(q) * scale + minimum);
}

/// A scale and 32 signed bytes.
pub fn q8_0(block: &[u8; 34], out: &mut [f32; LEN]) {
    let (scale, numbers) = (half(block, 0), part::<32>(block, 2));
    for (out, &q) in out.iter_mut().zip(numbers) {
        *out = f32::from(q.cast_signed()) * scale;
    }
}

/// Low nibbles are the first 16 numbers, high ones the others; bit `i` of `fifths` belongs to number `i`.
fn fill(out: &mut [f32; LEN], nibbles: &[u8; 16], fifths: u32, value: impl Fn(u8) -> f32) {
    for (i, byte) in nibbles.iter().enumerate() {
        let fifth = |i: usize| ((fifths >> i & 1) << 4) as u8;
        out[i] = value(byte & 15 | fifth(i));
        out[i + 16] = value(byte >> 4 | fifth(i + 16));
    }
}

/// The number in half precision at `at`.
pub fn half<const BYTES: usize>(block: &[u8; BYTES], at: usize) -> f32 {
    f16::from_le_bytes([block[at], block[at + 1]]).to_f32_const()
}

/// The `N` bytes of a block from `at` on.
pub fn part<const N: usize>(block: &[u8], at: usize) -> &[u8; N] {
    block[at..].first_chunk().expect("a block's layout fits its size")
}
