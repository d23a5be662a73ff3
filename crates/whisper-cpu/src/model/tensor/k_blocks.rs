//! ggml's blocks of 256 numbers ("K"): the scales, and minima, of 16 or 32 numbers are integers themselves,
//! with one scale for all. `dequantize_row_q*_K` in ggml-quants.c says how they are laid out, and in which
//! order floats are multiplied and added.

use super::blocks::{half, part};

/// Numbers in a block.
pub const LEN: usize = 256;

/// 16 scales and minima of 4 bits each, 256 numbers of 2 bits, the scale and the minimum of them.
pub fn q2_k(block: &[u8; 84], out: &mut [f32; LEN]) {
    let (scales, quarters) = (part::<16>(block, 0), part::<64>(block, 16));
    let (scale, minimum) = (half(block, 80), half(block, 82));
    for (i, (out, s)) in out.as_chunks_mut::<16>().0.iter_mut().zip(scales).enumerate() {
        let (scale, minimum) = (scale * f32::from(s & 15), minimum * f32::from(s >> 4));
        let (at, shift) = two_bits(i);
        for (out, q) in out.iter_mut().zip(&quarters[at..]) {
            *out = scale * f32::from(q >> shift & 3) - minimum;
        }
    }
}

/// 256 third bits, 256 numbers of 2 bits, 16 scales of 6 bits from -32 on, the scale of them.
pub fn q3_k(block: &[u8; 110], out: &mut [f32; LEN]) {
    let (thirds, quarters, scales) = (part::<32>(block, 0), part::<64>(block, 32), part::<12>(block, 96));
    let scale = half(block, 108);
    for (i, out) in out.as_chunks_mut::<16>().0.iter_mut().enumerate() {
        let low = if i < 8 { scales[i] & 15 } else { scales[i - 8] >> 4 };
        let high = scales[8 + i % 4] >> (i / 4 * 2) & 3;
        let scale = scale * f32::from(i16::from(low | high << 4) - 32);
        let (at, shift) = two_bits(i);
        for (j, out) in out.iter_mut().enumerate() {
            let third = thirds[i % 2 * 16 + j] >> (i / 2) & 1;
            *out = scale * f32::from(i16::from(quarters[at + j] >> shift & 3 | third << 2) - 4);
        }
    }
}

/// Scale and minimum of them, 8 scales and minima of 6 bits each, 256 numbers of 4 bits.
pub fn q4_k(block: &[u8; 144], out: &mut [f32; LEN]) {
    let (scales, nibbles) = (part(block, 4), part::<128>(block, 16));
    fill_with_minima(out, half(block, 0), half(block, 2), scales, nibbles, &[0; 32]);
}

/// As [`q4_k`], with 256 fifth bits between the scales and the numbers.
pub fn q5_k(block: &[u8; 176], out: &mut [f32; LEN]) {
    let (scales, fifths, nibbles) = (part(block, 4), part(block, 16), part::<128>(block, 48));
    fill_with_minima(out, half(block, 0), half(block, 2), scales, nibbles, fifths);
}

/// 256 numbers of 4 bits, 256 fifth and sixth bits, 16 scales of 8 bits, the scale of them; numbers begin
/// with -32.
pub fn q6_k(block: &[u8; 210], out: &mut [f32; LEN]) {
    let (nibbles, highs, scales) = (part::<128>(block, 0), part::<64>(block, 128), part::<16>(block, 192));
    let scale = half(block, 208);
    for (i, (out, &s)) in out.as_chunks_mut::<16>().0.iter_mut().zip(scales).enumerate() {
        let scale = scale * f32::from(s.cast_signed());
        // Each half of 128 numbers has 64 bytes of nibbles, the low ones first, and 32 bytes of high bits.
        let (half, quarter, first) = (i / 8, i % 8 / 2, i % 2 * 16);
        for (j, out) in out.iter_mut().enumerate() {
            let low = nibbles[half * 64 + quarter % 2 * 32 + first + j] >> (quarter / 2 * 4) & 15;
            let high = highs[half * 32 + first + j] >> (quarter * 2) & 3;
            *out = scale * f32::from(i16::from(low | high << 4) - 32);
        }
    }
}

/// Where the bits of the `i`-th 16 numbers are: from which byte on, and by how much to shift. Four times 32
/// numbers lie in the same 32 bytes.
fn two_bits(i: usize) -> (usize, usize) {
    (i / 8 * 32 + i % 2 * 16, i % 8 / 2 * 2)
}

fn fill_with_minima(
    out: &mut [f32; LEN],
    scale: f32,
    minimum: f32,
    scales: &[u8; 12],
    nibbles: &[u8; 128],
    fifths: &[u8; 32],
) {
    for (i, out) in out.as_chunks_mut::<32>().0.iter_mut().enumerate() {
        let (s, m) = scale_and_minimum(scales, i);
        let (scale, minimum) = (scale * f32::from(s), minimum * f32::from(m));
        for (j, out) in out.iter_mut().enumerate() {
            let low = nibbles[i / 2 * 32 + j] >> (i % 2 * 4) & 15;
            let fifth = fifths[j] >> i & 1;
            *out = scale * f32::from(low | fifth << 4) - minimum;
        }
    }
}

/// The `i`-th of eight scales and of eight minima, of 6 bits each (`get_scale_min_k4`).
fn scale_and_minimum(scales: &[u8; 12], i: usize) -> (u8, u8) {
    if i < 4 {
        (scales[i] & 63, scales[i + 4] & 63)
    } else {
        (scales[i + 4] & 15 | scales[i - 4] >> 6 << 4, scales[i + 4] >> 4 | scales[i] >> 6 << 4)
    }
}
