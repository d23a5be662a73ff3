//! Channels at each time and frequency, with a border of zeros so that convolutions need no exceptions at the edges.

use whisper_cpu::float::{Places, Rows};

/// Channels of each cell, except for those of the filter bank.
pub(super) const CHANNELS: usize = 32;

/// Cells in lines, one for each time.
#[derive(Default)]
pub(super) struct Grid {
    values: Vec<f32>,
    pub times: usize,
    pub bands: usize,
    channels: usize,
    /// Lines of zeros before and after, and cells of zeros at both ends of a line.
    border: [usize; 2],
}

impl Grid {
    /// Changes the shape. The border is zero; the rest is unspecified.
    pub fn reshape(&mut self, [times, bands]: [usize; 2], channels: usize, border: [usize; 2]) {
        (self.times, self.bands, self.channels, self.border) = (times, bands, channels, border);
        let line = self.line();
        self.values.resize((times + 2 * border[0]) * line, 0.0);
        let (edge, lines) = (border[1] * channels, border[0] * line);
        let last = self.values.len() - lines;
        self.values[..lines].fill(0.0);
        self.values[last..].fill(0.0);
        for line in self.values[lines..last].chunks_exact_mut(line) {
            line[..edge].fill(0.0);
            let end = line.len() - edge;
            line[end..].fill(0.0);
        }
    }

    /// Floats of a line with its border.
    pub fn line(&self) -> usize {
        (self.bands + 2 * self.border[1]) * self.channels
    }

    /// All floats with the border.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    fn first(&self) -> usize {
        self.border[0] * self.line() + self.border[1] * self.channels
    }

    /// Copies cells in, line by line.
    pub fn fill(&mut self, values: &[f32]) {
        let (first, line, width) = (self.first(), self.line(), self.bands * self.channels);
        for (to, from) in self.values[first..].chunks_mut(line).zip(values.chunks_exact(width)) {
            to[..width].copy_from_slice(from);
        }
    }

    /// What a 3x3 convolution reads for each cell, or for each `step`th of a line; the border is one cell.
    pub fn neighbours(&self, step: usize) -> Rows<'_> {
        Rows {
            values: &self.values,
            lines: self.times,
            line: self.line(),
            count: self.bands / step,
            stride: step * self.channels,
            taps: 3,
            tap: self.line(),
        }
    }

    /// Each `step`th cell of every line.
    pub fn cells(&self, step: usize) -> Rows<'_> {
        let rows = self.neighbours(step);
        Rows { values: &self.values[self.first()..], taps: 1, tap: 0, ..rows }
    }

    /// The place for the outputs of each cell.
    pub fn places(&mut self, add: bool) -> Places<'_> {
        let (first, line, stride) = (self.first(), self.line(), self.channels);
        Places { values: &mut self.values[first..], line, stride, add }
    }
}
