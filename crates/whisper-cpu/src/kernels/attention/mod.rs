//! Attention over keys and values in 8 bits: `softmax(queries * keys^T / 8) * values` for heads of 64 dimensions.
//!
//! Scores are exact sums of integers, scaled to floats. The softmax runs on sixteen lanes; its weights are multiplied
//! with the scales of the values and quantized to 8 bits, so that the sums of weighted values are exact again. The same
//! code serves the encoder, on tiles if the processor has them, and the decoder's attention to the audio.

#[cfg(target_arch = "x86_64")]
mod tiles;
mod vector;

use super::buffer::Lines;
use super::math::exp2;
use super::quantize::quantize_row;
use crate::level::Level;
use crate::simd::{Kernel, LANES, Simd, dispatch, has_signed_lines};

/// Dimensions of a head, in every Whisper model.
pub(crate) const HEAD: usize = 64;
/// Queries that share a pass over keys and values.
const GROUP: usize = 6;
/// How many bytes ahead keys and values are prefetched: further than the processor does by itself.
const AHEAD: usize = 4096;
/// Positions past the last one that tiles and prefetches may read.
const MARGIN: usize = 64;

/// Keys and values of all heads of a layer.
pub(crate) struct KeyValues {
    level: Level,
    heads: usize,
    /// Positions in time, and the same filled up to whole vectors.
    positions: usize,
    padded: usize,
    /// `[head][position / 16][dimension / 4][16 positions][4 dimensions]`; signed, or with 128 added.
    keys: Lines,
    key_scale: Vec<f32>,
    /// `[head][position / 4][64 dimensions][4 positions]`; signed.
    values: Lines,
    value_scale: Vec<f32>,
    /// The largest scale of each head's values.
    largest: Vec<f32>,
    /// For each dimension of each head, 128 times the sum of its bytes, to correct for weights with 128 subtracted.
    offset: Vec<[i32; HEAD]>,
}

impl KeyValues {
    /// Allocates `positions` keys and values of `heads` heads each.
    pub fn new(level: Level, heads: usize, positions: usize) -> Self {
        let padded = positions.next_multiple_of(LANES);
        let bytes = (heads * padded + MARGIN) * HEAD;
        let mut keys = Lines::of_bytes(bytes);
        if !has_signed_lines(level) {
            keys.bytes_mut().fill(128);
        }
        Self {
            level,
            heads,
            positions,
            padded,
            keys,
            key_scale: vec![0.0; heads * padded],
            values: Lines::of_bytes(bytes),
            value_scale: vec![0.0; heads * padded],
            largest: vec![0.0; heads],
            offset: vec![[0; HEAD]; heads],
        }
    }

    pub fn positions(&self) -> usize {
        self.positions
    }

    pub fn heads(&self) -> usize {
        self.heads
    }

    /// Stores the keys and values of `count` positions from `first` on, a multiple of four. A row of `rows` has the
    /// keys of all heads and then the values of all heads; rows are `stride` apart.
    pub fn fill(&mut self, rows: &[f32], stride: usize, first: usize, count: usize) {
        assert!(first.is_multiple_of(4) && first + count <= self.positions);
        assert!(count == 0 || rows.len() >= (count - 1) * stride + 2 * self.heads * HEAD);
        dispatch(self.level, Fill { into: self, rows, stride, first, count });
    }
}

struct Fill<'a> {
    into: &'a mut KeyValues,
    rows: &'a [f32],
    stride: usize,
    first: usize,
    count: usize,
}

impl Kernel for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Fill { into, rows, stride, first, count } = self;
        let width = into.heads * HEAD;
        for head in 0..into.heads {
            for from in (0..count).step_by(4) {
                let four = (count - from).min(4);
                let at = head * into.padded + first + from;
                let row = |position: usize| &rows[(from + position) * stride + head * HEAD..];
                let mut bytes = [[0i8; HEAD]; 4];
                for (position, bytes) in bytes.iter_mut().enumerate().take(four) {
                    into.key_scale[at + position] = quantize_row(s, &row(position)[..HEAD], bytes).scale;
                }
                put_keys(
                    &mut into.keys.bytes_mut()[at / LANES * LANES * HEAD..],
                    at % LANES,
                    &bytes,
                    S::SIGNED_LINES,
                );
                let mut bytes = [[0i8; HEAD]; 4];
                for (position, bytes) in bytes.iter_mut().enumerate().take(four) {
                    let scale = quantize_row(s, &row(position)[width..][..HEAD], bytes).scale;
                    into.value_scale[at + position] = scale;
                    into.largest[head] = into.largest[head].max(scale);
                }
                put_values(&mut into.values.bytes_mut()[at * HEAD..], &bytes);
                for (dimension, offset) in into.offset[head].iter_mut().enumerate() {
                    *offset += 128 * bytes.iter().map(|bytes| i32::from(bytes[dimension])).sum::<i32>();
                }
            }
        }
    }
}

/// Four positions by four dimensions are one stretch of sixteen bytes in each line of a block of sixteen positions.
#[inline(always)]
fn put_keys(block: &mut [u8], position: usize, bytes: &[[i8; HEAD]; 4], is_signed: bool) {
    let flip = if is_signed { 0 } else { 128 };
    for (four, line) in block.as_chunks_mut::<64>().0.iter_mut().enumerate().take(HEAD / 4) {
        let stretch = &mut line[position * 4..][..16];
        for (i, byte) in stretch.iter_mut().enumerate() {
            *byte = bytes[i / 4][four * 4 + i % 4] as u8 ^ flip;
        }
    }
}

#[inline(always)]
fn put_values(block: &mut [u8], bytes: &[[i8; HEAD]; 4]) {
    for (i, byte) in block[..4 * HEAD].iter_mut().enumerate() {
        *byte = bytes[i % 4][i / 4] as u8;
    }
}

/// A query in 8 bits.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Query {
    bytes: [i8; HEAD],
    /// The factor that turns a score into an exponent of 2: the query's scale, 1 / 8 and the base of the logarithm.
    /// Never 0, because the softmax would then count padding as positions.
    scale: f32,
    /// The part of each sum that comes from the 128 added to the keys.
    offset: i32,
}

impl Query {
    const ZERO: Self = Self { bytes: [0; HEAD], scale: 0.0, offset: 0 };

    #[inline(always)]
    fn of<S: Simd>(s: S, row: &[f32]) -> Self {
        const LEAST_SCALE: f32 = 1e-30;
        let mut bytes = [0; HEAD];
        let quantized = quantize_row(s, row, &mut bytes);
        let scale = quantized.scale * (0.125 * std::f32::consts::LOG2_E);
        let offset = if S::SIGNED_LINES { 0 } else { 128 * quantized.sum };
        Self { bytes, scale: if scale > LEAST_SCALE { scale } else { LEAST_SCALE }, offset }
    }
}

/// Working memory of attention, which is reused.
#[derive(Default)]
pub(crate) struct Scratch {
    scores: Vec<f32>,
    weights: Lines,
    /// The values' scales in the unit of the weights.
    units: Vec<f32>,
}

/// Attention of one head.
///
/// `queries` has `count` rows of all heads, `stride` apart. `out` has `count` adjacent rows with the outputs of the
/// heads.
/// `weights`, if given, gets the weights of the softmax: a row of [`KeyValues::positions`] for each query.
pub(crate) struct Attention<'a> {
    pub kv: &'a KeyValues,
    pub head: usize,
    pub queries: &'a [f32],
    pub stride: usize,
    pub count: usize,
    pub out: &'a mut [f32],
    pub weights: Option<&'a mut Vec<f32>>,
    pub scratch: &'a mut Scratch,
}

impl Attention<'_> {
    /// The heads' outputs of a query.
    fn width(&self) -> usize {
        self.kv.heads * HEAD
    }

    pub fn run(self) {
        let width = self.width();
        assert!(self.head < self.kv.heads && self.count > 0);
        assert!(self.queries.len() >= (self.count - 1) * self.stride + width);
        assert!(self.out.len() >= self.count * width);
        let level = self.kv.level;
        #[cfg(target_arch = "x86_64")]
        if level == Level::Amx && self.count >= tiles::WORTH_IT && self.weights.is_none() {
            return dispatch(level, tiles::Tiled(self));
        }
        dispatch(level, self);
    }

    fn query(&self, query: usize) -> &[f32] {
        &self.queries[query * self.stride + self.head * HEAD..][..HEAD]
    }
}

/// Turns sums of products into scores, up to the query's scale. Of the sixteen positions the first `real` exist; the
/// rest get no weight.
#[inline(always)]
fn score<S: Simd>(s: S, sums: S::I, scale: S::F, real: usize) -> S::F {
    let score = s.mul(s.to_floats(sums), scale);
    if real < LANES { s.first(real, score, s.splat(f32::MIN)) } else { score }
}

/// The values' scales in the unit of the weights: the largest is 255.
#[inline(always)]
fn units<S: Simd>(s: S, kv: &KeyValues, head: usize, units: &mut Vec<f32>) {
    units.resize(kv.padded, 0.0);
    let unit = s.splat(255.0 / kv.largest[head].max(f32::MIN_POSITIVE));
    let scales = &kv.value_scale[head * kv.padded..][..kv.padded];
    for (to, from) in units.as_chunks_mut::<LANES>().0.iter_mut().zip(scales.as_chunks::<LANES>().0) {
        // SAFETY: sixteen floats each.
        unsafe { s.store(to.as_mut_ptr(), s.mul(s.load(from.as_ptr()), unit)) };
    }
}

/// Writes the weights of one query in 8 bits, and returns the factor for their sums of values.
///
/// # Safety
/// `scores` is good for as many floats as `units`, `weights` for as many bytes.
#[inline(always)]
unsafe fn weigh<S: Simd>(
    s: S,
    scores: *const f32,
    scale: f32,
    largest: f32,
    units: &[f32],
    weights: *mut u8,
    largest_value: f32,
) -> f32 {
    let (by, shift) = (s.splat(scale), s.splat(-(largest * scale)));
    let mut total = s.splat(0.0);
    for (i, unit) in units.as_chunks::<LANES>().0.iter().enumerate() {
        // SAFETY: as the caller promises.
        unsafe {
            let weight = exp2(s, s.fma(s.load(scores.add(i * LANES)), by, shift));
            total = s.add(total, weight);
            s.store_weights(weights.add(i * LANES), s.mul(weight, s.load(unit.as_ptr())));
        }
    }
    largest_value.max(f32::MIN_POSITIVE) / 255.0 / s.sum(total)
}

#[cfg(test)]
mod tests;
