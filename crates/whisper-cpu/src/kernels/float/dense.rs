//! A layer `out = activation(rows * weights + bias)` in floats.

use super::product::Product;
use crate::kernels::FloatMode;
use crate::kernels::buffer::Lines;
use crate::level::Level;
use crate::simd::dispatch;

/// Outputs of a panel: two vectors.
pub(super) const PANEL: usize = 32;

/// The function applied to the outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// The sum as it is.
    None,
    /// Replaces negative values by zero.
    Relu,
    /// Divides negative values by 100.
    LeakyRelu,
    /// The absolute value.
    Abs,
}

/// Rows to multiply: `lines` lines of `count` rows each, all in one slice and possibly overlapping. A row has `taps`
/// parts, `tap` floats apart, and as many floats in all as the layer has inputs.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// The memory that holds all rows.
    pub values: &'a [f32],
    /// The number of lines.
    pub lines: usize,
    /// Floats from the start of a line to that of the next.
    pub line: usize,
    /// Rows of a line.
    pub count: usize,
    /// Floats from the start of a row to that of the next.
    pub stride: usize,
    /// Parts of a row.
    pub taps: usize,
    /// Floats from the start of a part to that of the next.
    pub tap: usize,
}

impl<'a> Rows<'a> {
    /// Adjacent rows of `width` floats.
    pub fn of(values: &'a [f32], width: usize) -> Self {
        Self::overlapping(values, values.len() / width, width)
    }

    /// `count` rows in one piece each, `stride` floats apart.
    pub fn overlapping(values: &'a [f32], count: usize, stride: usize) -> Self {
        Self { values, lines: 1, line: 0, count, stride, taps: 1, tap: 0 }
    }

    /// The number of floats that rows of `inputs` floats need.
    fn extent(&self, inputs: usize) -> usize {
        if self.lines == 0 || self.count == 0 {
            return 0;
        }
        let last = (self.lines - 1) * self.line + (self.count - 1) * self.stride;
        last + (self.taps - 1) * self.tap + inputs / self.taps
    }
}

/// Where to write outputs: one row of outputs for each input row, in the same lines.
pub struct Places<'a> {
    /// The memory that holds all rows.
    pub values: &'a mut [f32],
    /// Floats from the start of a line to that of the next.
    pub line: usize,
    /// Floats from the start of a row to that of the next.
    pub stride: usize,
    /// Whether to add to what is there, before the activation.
    pub add: bool,
}

impl<'a> Places<'a> {
    /// Adjacent rows of `width` floats, in one line.
    pub fn of(values: &'a mut [f32], width: usize) -> Self {
        Self { values, line: 0, stride: width, add: false }
    }

    fn extent(&self, rows: &Rows, outputs: usize) -> usize {
        if rows.lines == 0 || rows.count == 0 {
            return 0;
        }
        (rows.lines - 1) * self.line + (rows.count - 1) * self.stride + outputs
    }
}

/// A linear layer in floats.
pub struct Dense {
    level: Level,
    inputs: usize,
    outputs: usize,
    /// Panels of 32 outputs, each a row of 32 weights for each input.
    panels: Lines,
    /// Filled up to whole panels.
    bias: Vec<f32>,
}

impl Dense {
    /// Packs `weights`, a row of `bias.len()` weights for each input.
    ///
    /// # Panics
    /// If the weights are not whole rows.
    pub fn new(level: Level, weights: &[f32], bias: &[f32]) -> Self {
        let outputs = bias.len();
        assert!(outputs > 0 && weights.len().is_multiple_of(outputs), "weights in whole rows");
        let (inputs, padded) = (weights.len() / outputs, outputs.next_multiple_of(PANEL));
        let mut panels = Lines::of_bytes(inputs * padded * size_of::<f32>());
        let floats = panels.bytes_mut().as_chunks_mut::<{ size_of::<f32>() }>().0;
        for (input, row) in weights.chunks_exact(outputs).enumerate() {
            for (output, weight) in row.iter().enumerate() {
                let at = (output / PANEL * inputs + input) * PANEL + output % PANEL;
                floats[at] = weight.to_ne_bytes();
            }
        }
        let mut bias = bias.to_vec();
        bias.resize(padded, 0.0);
        Self { level, inputs, outputs, panels, bias }
    }

    /// Floats of a row.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Outputs of a row.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Applies the layer to each of `rows`.
    ///
    /// # Panics
    /// If rows or places reach beyond their memory, or the parts of a row do not add up to the inputs.
    pub fn apply(&self, rows: Rows, activation: Activation, places: Places) {
        assert!(rows.taps > 0 && self.inputs.is_multiple_of(rows.taps), "parts that make up a row");
        assert!(rows.values.len() >= rows.extent(self.inputs), "rows within their memory");
        assert!(places.values.len() >= places.extent(&rows, self.outputs), "places within their memory");
        let _mode = FloatMode::ieee();
        dispatch(self.level, Product { layer: self, rows, activation, places });
    }

    /// The weights of a panel, 32 for each input.
    pub(super) fn panel(&self, panel: usize) -> *const f32 {
        self.panels.as_ptr().cast::<f32>().wrapping_add(panel * self.inputs * PANEL)
    }

    pub(super) fn bias(&self) -> &[f32] {
        &self.bias
    }
}
