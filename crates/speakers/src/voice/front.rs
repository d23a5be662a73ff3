//! The first layers: convolutions over time and frequency, and one over time that halves it.

use super::grid::{CHANNELS, Grid};
use crate::filter_bank::BANDS;
use crate::weights::{Weights, WeightsError};
use whisper_cpu::float::{Activation, Dense, Places, Rows};

/// Columns of the output.
pub(super) const OUT: usize = 128;
/// Inputs of a 3x3 convolution, without the channels.
const NINE: usize = 9;
/// Times that the last layer reads, and the distance between its outputs.
const TAPS: usize = 5;
const STEP: usize = 2;

pub(super) struct Front {
    first: Dense,
    stages: [Stage; 2],
    last: Dense,
    over_time: Dense,
}

/// Two residual blocks, of which the first halves the frequencies.
struct Stage {
    first: [Dense; 2],
    shortcut: Dense,
    second: [Dense; 2],
}

impl Front {
    pub fn new(weights: &Weights<'_>) -> Result<Self, WeightsError> {
        let layer = |i: usize, inputs| {
            weights.dense(&format!("conv{i}.w"), Some(&format!("conv{i}.b")), [inputs, CHANNELS])
        };
        let conv = |i| layer(i, NINE * CHANNELS);
        let stage = |i| {
            let (first, second) = ([conv(i)?, conv(i + 1)?], [conv(i + 3)?, conv(i + 4)?]);
            Ok(Stage { first, shortcut: layer(i + 2, CHANNELS)?, second })
        };
        Ok(Self {
            first: layer(0, NINE)?,
            stages: [stage(1)?, stage(6)?],
            last: conv(11)?,
            over_time: weights.dense("tdnn.w", Some("tdnn.b"), [TAPS * BANDS / 8 * CHANNELS, OUT])?,
        })
    }

    /// Turns frames of the filter bank into half as many rows of 128 columns.
    pub fn apply(&self, frames: &[f32], grids: &mut [Grid; 4]) -> Vec<f32> {
        let times = frames.len() / BANDS;
        let [x, h, out, bank] = grids;
        bank.reshape([times, BANDS], 1, [1, 1]);
        bank.fill(frames);
        x.reshape([times, BANDS], CHANNELS, [1, 1]);
        self.first.apply(bank.neighbours(1), Activation::Relu, x.places(false));
        self.stages[0].apply(x, h, out);
        self.stages[1].apply(out, h, x);
        let border = TAPS / 2;
        h.reshape([times, x.bands / 2], CHANNELS, [border, 0]);
        self.last.apply(x.neighbours(2), Activation::Relu, h.places(false));
        let count = times.div_ceil(STEP);
        let mut rows = vec![0.0; count * OUT];
        let read = Rows::overlapping(h.values(), count, STEP * h.line());
        self.over_time.apply(read, Activation::Relu, Places::of(&mut rows, OUT));
        rows
    }
}

impl Stage {
    fn apply(&self, x: &Grid, h: &mut Grid, out: &mut Grid) {
        let half = [x.times, x.bands / 2];
        h.reshape(half, CHANNELS, [1, 1]);
        out.reshape(half, CHANNELS, [1, 1]);
        self.shortcut.apply(x.cells(2), Activation::None, out.places(false));
        self.first[0].apply(x.neighbours(2), Activation::Relu, h.places(false));
        self.first[1].apply(h.neighbours(1), Activation::Relu, out.places(true));
        self.second[0].apply(out.neighbours(1), Activation::Relu, h.places(false));
        self.second[1].apply(h.neighbours(1), Activation::Relu, out.places(true));
    }
}
