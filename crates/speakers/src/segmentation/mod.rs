//! The network that finds who speaks when within ten seconds: pyannote's segmentation 3.0, for up to three speakers,
//! two of whom may speak at the same time.
//!
//! "Powerset multi-class cross entropy loss for neural speaker diarization", Plaquet and Bredin, 2023.

mod filters;
mod recurrent;

use filters::{FILTERS, Filters};
use recurrent::Recurrent;
use whisper_cpu::Level;
use whisper_cpu::float::{Activation, Dense, Places, Rows, largest_of_three, normalize_columns};

use crate::weights::{Weights, WeightsError};

/// Samples of a window: 10 s.
pub const WINDOW_SAMPLES: usize = 160_000;
/// Frames of a window.
pub const FRAMES: usize = 589;
/// Classes of a frame: nobody, one of three speakers, two of them.
pub(crate) const CLASSES: usize = 7;

/// The file `pyannote-segmentation-3.0-f16.safetensors`.
const SHA256: &str = "3df5f47f837f8aca200b16e0257940c2c53af636830580af0317b04072f4ca1b";
/// Times of a convolution, and its outputs.
const TAPS: usize = 5;
const CHANNELS: usize = 60;
/// Rows of filter outputs per step: a multiple of three, because the largest of each three is kept.
const BLOCK: usize = 384;
/// Columns of the layers after the recurrent ones.
const INNER: usize = 128;

/// The network.
pub(crate) struct SegmentationNetwork {
    level: Level,
    /// Scale and shift of the samples.
    input: Vec<f32>,
    filters: Filters,
    convolutions: [Dense; 2],
    norms: [Norm; 3],
    recurrent: [Recurrent; 4],
    last: [Dense; 3],
}

struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

impl SegmentationNetwork {
    pub fn read(bytes: &[u8], level: Level) -> Result<Self, WeightsError> {
        let weights = &Weights::read(bytes, SHA256, level)?;
        let dense =
            |name: &str, shape| weights.dense(&format!("{name}.w"), Some(&format!("{name}.b")), shape);
        let norm = |i, width| {
            let floats = |tensor| weights.floats(&format!("n{i}.{tensor}"), width);
            Ok(Norm { scale: floats("w")?, shift: floats("b")? })
        };
        let recurrent = |i| Recurrent::new(weights, i, if i == 0 { CHANNELS } else { 2 * INNER });
        Ok(Self {
            level,
            input: weights.floats("in", 2)?,
            filters: Filters::new(weights)?,
            convolutions: [
                dense("c0", [TAPS * FILTERS, CHANNELS])?,
                dense("c1", [TAPS * CHANNELS, CHANNELS])?,
            ],
            norms: [norm(0, FILTERS)?, norm(1, CHANNELS)?, norm(2, CHANNELS)?],
            recurrent: [recurrent(0)?, recurrent(1)?, recurrent(2)?, recurrent(3)?],
            last: [
                dense("f0", [2 * INNER, INNER])?,
                dense("f1", [INNER, INNER])?,
                dense("f2", [INNER, CLASSES])?,
            ],
        })
    }

    /// Scores of the classes for every frame of windows of ten seconds; larger is more likely. A window's scores do not
    /// depend on the windows beside it.
    pub fn scores(&self, windows: &[&[f32]]) -> Vec<Vec<f32>> {
        let count = windows.len();
        let mut rows = vec![0.0; FRAMES * count * CHANNELS];
        for (i, window) in windows.iter().enumerate() {
            let places = rows.chunks_exact_mut(CHANNELS).skip(i).step_by(count.max(1));
            let sounds = self.sounds(window);
            places.zip(sounds.chunks_exact(CHANNELS)).for_each(|(to, from)| to.copy_from_slice(from));
        }
        for layer in &self.recurrent {
            rows = layer.apply(&rows, count);
        }
        for (i, layer) in self.last.iter().enumerate() {
            let mut out = vec![0.0; FRAMES * count * layer.outputs()];
            let activation = if i < 2 { Activation::LeakyRelu } else { Activation::None };
            layer.apply(Rows::of(&rows, layer.inputs()), activation, Places::of(&mut out, layer.outputs()));
            rows = out;
        }
        let of = |i: usize| rows.chunks_exact(CLASSES).skip(i).step_by(count).flatten().copied().collect();
        (0..count).map(of).collect()
    }

    /// The features of a window: 60 columns for each frame.
    fn sounds(&self, window: &[f32]) -> Vec<f32> {
        let mut rows = self.filtered(&self.evened(window));
        for (layer, norm) in self.convolutions.iter().zip(&self.norms[1..]) {
            let width = layer.inputs() / TAPS;
            let count = rows.len() / width - (TAPS - 1);
            let mut out = vec![0.0; count * CHANNELS];
            layer.apply(
                Rows::overlapping(&rows, count, width),
                Activation::None,
                Places::of(&mut out, CHANNELS),
            );
            rows = vec![0.0; count / 3 * CHANNELS];
            largest_of_three(self.level, &out, CHANNELS, &mut rows);
            norm.apply(self.level, &mut rows);
        }
        rows
    }

    /// The samples with the network's mean and deviation.
    fn evened(&self, window: &[f32]) -> Vec<f32> {
        let count = window.len() as f64;
        let mean = window.iter().map(|&x| f64::from(x)).sum::<f64>() / count;
        let variance = window.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / count;
        let by = f64::from(self.input[0]) / (variance + 1e-5).sqrt();
        let (mean, by, shift) = (mean as f32, by as f32, self.input[1]);
        window.iter().map(|&x| (x - mean) * by + shift).collect()
    }

    /// The output of each filter, the largest of every three places.
    fn filtered(&self, samples: &[f32]) -> Vec<f32> {
        let mut rows = vec![0.0; Filters::places(samples.len()) / 3 * FILTERS];
        let (mut block, mut folded) = (vec![0.0; BLOCK * FILTERS], Vec::new());
        for (i, rows) in rows.chunks_mut(BLOCK / 3 * FILTERS).enumerate() {
            let block = &mut block[..3 * rows.len()];
            self.filters.apply(samples, i * BLOCK, &mut folded, block);
            largest_of_three(self.level, block, FILTERS, rows);
        }
        self.norms[0].apply(self.level, &mut rows);
        rows
    }
}

impl Norm {
    fn apply(&self, level: Level, rows: &mut [f32]) {
        normalize_columns(level, rows, &self.scale, &self.shift);
    }
}
