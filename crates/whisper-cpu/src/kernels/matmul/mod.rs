//! `out = rows * weights^T + bias`, with weights in 8 bits and rows that are quantized to 8 bits on the way.
//!
//! Weights have one scale per output and are packed once: panels of 64 outputs, and in a panel lines of four inputs of
//! sixteen outputs. One step of a vector kernel reads four lines, one step of the tiles 16 times four lines, and every
//! kernel reads a panel front to back. Each row has one scale, so its result depends on that row only; sums of integers
//! are exact, so it does not depend on the kernel either.

#[cfg(target_arch = "x86_64")]
mod tiles;
mod vector;

use std::ops::Range;

use super::buffer::{LINE, Lines};
use super::quantize::quantize_row;
use crate::level::Level;
use crate::simd::{Kernel, LANES, Simd, dispatch};
use crate::threads;

/// Outputs of a panel.
const PANEL: usize = 64;
/// Inputs that are multiplied at a time: those of a tile. Rows are filled up with zeros.
const INPUTS: usize = 64;
/// Bytes of rows that stay in the second-level cache while every panel reads them.
const BLOCK_BYTES: usize = 256 << 10;

/// The function applied to the outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Activation {
    None,
    Gelu,
}

/// A linear layer: weights in 8 bits, and a bias.
pub(crate) struct Linear {
    inputs: usize,
    outputs: usize,
    /// Inputs, filled up to whole tiles.
    padded: usize,
    level: Level,
    panels: Lines,
    /// The scale of each output, and its bias; filled up to whole panels.
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    /// Packs a layer. `row` writes the weights of an output and returns its bias; it is called on several threads at a
    /// time. Outputs whose weights are zero have the scale 0.
    pub fn new(
        level: Level,
        inputs: usize,
        outputs: usize,
        row: impl Fn(usize, &mut [f32]) -> f32 + Sync,
    ) -> Self {
        /// The least number of weights for which another thread pays off.
        const WORTH_IT: usize = 1 << 17;
        let (padded, all) = (inputs.next_multiple_of(INPUTS), outputs.next_multiple_of(PANEL));
        let mut layer = Self {
            inputs,
            outputs,
            padded,
            level,
            panels: Lines::of_bytes(padded * all),
            scale: vec![0.0; all],
            bias: vec![0.0; all],
        };
        let threads = threads::available().min(padded * all / WORTH_IT).max(1);
        let each = (all / PANEL).div_ceil(threads) * PANEL;
        let scales = layer.scale.chunks_mut(each).zip(layer.bias.chunks_mut(each));
        let panels = layer.panels.bytes_mut().chunks_mut(each * padded).zip(scales);
        let pieces = panels.enumerate().map(|(piece, (panels, (scale, bias)))| {
            let first = piece * each;
            Pack {
                inputs,
                padded,
                outputs: first..(first + each).min(outputs),
                panels,
                scale,
                bias,
                row: &row,
            }
        });
        threads::each(pieces, |piece| dispatch(level, piece));
        layer
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Applies the layer to each of `rows`, into rows of [`Linear::outputs`] floats.
    pub fn apply(&self, rows: Rows, activation: Activation, scratch: &mut Activations, out: &mut [f32]) {
        assert!(rows.width == self.inputs && out.len() >= rows.count * self.outputs);
        let block = (BLOCK_BYTES / self.padded / 32 * 32).max(32);
        for first in (0..rows.count).step_by(block) {
            let rows = rows.part(first..(first + block).min(rows.count));
            scratch.quantize(self.level, rows, self.padded);
            let out = &mut out[first * self.outputs..][..rows.count * self.outputs];
            let product = Product { layer: self, rows: scratch, activation, out };
            #[cfg(target_arch = "x86_64")]
            if self.level == Level::Amx && rows.count >= tiles::WORTH_IT {
                dispatch(self.level, tiles::Tiled(product));
                continue;
            }
            dispatch(self.level, product);
        }
    }
}

/// Quantizes some panels of a layer to 8 bits.
struct Pack<'a, R> {
    inputs: usize,
    padded: usize,
    outputs: Range<usize>,
    /// The panels of these outputs, and their scales and biases.
    panels: &'a mut [u8],
    scale: &'a mut [f32],
    bias: &'a mut [f32],
    row: &'a R,
}

impl<R: Fn(usize, &mut [f32]) -> f32> Kernel for Pack<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Self { inputs, padded, outputs, panels, scale, bias, row } = self;
        let flip = if S::SIGNED_LINES { 0 } else { 128 };
        if flip != 0 {
            panels.fill(flip);
        }
        let (mut weights, mut bytes) = (vec![0.0; inputs], vec![0; padded]);
        for (place, output) in outputs.enumerate() {
            bias[place] = row(output, &mut weights);
            scale[place] = quantize_row(s, &weights, &mut bytes).scale;
            let panel = &mut panels[place / PANEL * PANEL * padded..][..PANEL * padded];
            let (lines, fours) = (panel.chunks_exact_mut(4 * PANEL), bytes.as_chunks::<4>().0);
            for (line, four) in lines.zip(fours) {
                line[place % PANEL * 4..][..4].copy_from_slice(&four.map(|byte: i8| byte as u8 ^ flip));
            }
        }
    }
}

/// Rows of floats, which may overlap.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    values: &'a [f32],
    count: usize,
    width: usize,
    stride: usize,
}

impl<'a> Rows<'a> {
    /// Adjacent rows.
    pub fn of(values: &'a [f32], width: usize) -> Self {
        Self::strided(values, values.len() / width, width, width)
    }

    /// `count` rows of `width` floats that begin `stride` apart.
    pub fn strided(values: &'a [f32], count: usize, width: usize, stride: usize) -> Self {
        assert!(width > 0 && (count == 0 || values.len() >= (count - 1) * stride + width));
        Self { values, count, width, stride }
    }

    fn part(self, rows: Range<usize>) -> Self {
        Self { values: &self.values[rows.start * self.stride..], count: rows.len(), ..self }
    }

    fn row(&self, row: usize) -> &'a [f32] {
        &self.values[row * self.stride..][..self.width]
    }
}

/// Rows in 8 bits; the memory is reused.
#[derive(Default)]
pub(crate) struct Activations {
    count: usize,
    bytes: Lines,
    /// Bytes between rows: an odd number of cache lines, so that rows do not share a set of the cache.
    stride: usize,
    scale: Vec<f32>,
    /// The sums of the rows' bytes.
    sum: Vec<i32>,
}

impl Activations {
    fn quantize(&mut self, level: Level, rows: Rows, padded: usize) {
        // Tiles are read whole.
        let room = rows.count.next_multiple_of(32);
        self.count = rows.count;
        self.stride = ((padded / LINE) | 1) * LINE;
        self.bytes.reserve(room * self.stride);
        self.scale.resize(room, 0.0);
        self.sum.resize(room, 0);
        dispatch(level, Quantize { rows, padded, into: self });
    }

    fn row(&self, row: usize) -> *const i8 {
        self.bytes.as_ptr().wrapping_add(row * self.stride).cast()
    }
}

struct Quantize<'a> {
    rows: Rows<'a>,
    padded: usize,
    into: &'a mut Activations,
}

impl Kernel for Quantize<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Activations { bytes, stride, scale, sum, .. } = self.into;
        let places = bytes.bytes_mut().chunks_exact_mut(*stride);
        for (row, bytes) in places.enumerate().take(self.rows.count) {
            let bytes = &mut bytes[..self.padded];
            // SAFETY: signed bytes are bytes.
            let bytes = unsafe { std::slice::from_raw_parts_mut(bytes.as_mut_ptr().cast(), bytes.len()) };
            let quantized = quantize_row(s, self.rows.row(row), bytes);
            (scale[row], sum[row]) = (quantized.scale, quantized.sum);
        }
    }
}

/// A product of rows that are already in 8 bits.
struct Product<'a> {
    layer: &'a Linear,
    rows: &'a Activations,
    activation: Activation,
    /// Rows of the layer's outputs.
    out: &'a mut [f32],
}

impl Product<'_> {
    fn panels(&self) -> usize {
        self.layer.outputs.div_ceil(PANEL)
    }

    fn panel(&self, panel: usize) -> *const u8 {
        self.layer.panels.as_ptr().wrapping_add(panel * PANEL * self.layer.padded)
    }

    /// Turns the sums of sixteen outputs of a row into the row's floats.
    ///
    /// # Safety
    /// `row` is one of the rows, and `first`, the first of the outputs, is below the layer's outputs.
    #[inline(always)]
    unsafe fn finish<S: Simd>(&mut self, s: S, row: usize, first: usize, sums: S::I) {
        let (layer, outputs) = (self.layer, self.layer.outputs);
        // SAFETY: scales, sums and biases are padded to whole tiles and panels; only outputs that exist are written.
        unsafe {
            let offset = if S::SIGNED_LINES { 0 } else { 128 * self.rows.sum.get_unchecked(row) };
            let sums = s.to_floats(s.sub_ints(sums, s.splat_int(offset)));
            let scaled = s.mul(sums, s.splat(*self.rows.scale.get_unchecked(row)));
            let (scale, bias) = (layer.scale.as_ptr().add(first), layer.bias.as_ptr().add(first));
            let mut x = s.fma(scaled, s.load(scale), s.load(bias));
            if self.activation == Activation::Gelu {
                x = super::math::gelu(s, x);
            }
            let out = self.out.as_mut_ptr().add(row * outputs + first);
            if outputs - first >= LANES {
                s.store(out, x);
            } else {
                let mut lanes = [0.0; LANES];
                s.store(lanes.as_mut_ptr(), x);
                std::ptr::copy_nonoverlapping(lanes.as_ptr(), out, outputs - first);
            }
        }
    }
}

/// The layer in 64-bit floats, from its packed weights, for tests to compare with.
#[cfg(test)]
impl Linear {
    fn weight(&self, output: usize, input: usize) -> f64 {
        let at =
            output / PANEL * PANEL * self.padded + input / 4 * 4 * PANEL + output % PANEL * 4 + input % 4;
        let flip = if crate::simd::has_signed_lines(self.level) { 0 } else { 128 };
        f64::from((self.panels.bytes()[at] ^ flip) as i8) * f64::from(self.scale[output])
    }
}

#[cfg(test)]
mod tests;
