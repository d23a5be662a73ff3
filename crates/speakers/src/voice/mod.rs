//! The network that tells voices apart: CAM++ of 3D-Speaker, from frames of the filter bank to 192 numbers.
//!
//! "CAM++: A Fast and Efficient Network for Speaker Verification Using Context-Aware Masking", Wang and others, 2023.

mod blocks;
mod front;
mod grid;

use blocks::Blocks;
use front::Front;
use grid::Grid;
use whisper_cpu::Level;
use whisper_cpu::float::{Activation, Dense, Places, Rows, scale_shift_relu};

use crate::filter_bank::BANDS;
use crate::weights::{Weights, WeightsError};

/// Numbers that describe a voice.
pub const VOICE: usize = 192;
/// The file `campplus-zh-en-f16.safetensors`.
const SHA256: &str = "17f18bbc700ee611ed13f23d7452424346b255b1c6d6a0254362c0fd71f06120";
/// Columns before the statistics, and after the first layer over time.
const COLUMNS: usize = 512;

/// The network.
pub(crate) struct VoiceNetwork {
    level: Level,
    front: Front,
    blocks: Blocks,
    scale: Vec<f32>,
    shift: Vec<f32>,
    last: Dense,
}

/// Working memory, which is reused.
#[derive(Default)]
pub(crate) struct Work {
    grids: [Grid; 4],
    blocks: blocks::Work,
}

impl VoiceNetwork {
    pub fn read(bytes: &[u8], level: Level) -> Result<Self, WeightsError> {
        let weights = Weights::read(bytes, SHA256, level)?;
        Ok(Self {
            level,
            front: Front::new(&weights)?,
            blocks: Blocks::new(&weights)?,
            scale: weights.floats("os", COLUMNS)?,
            shift: weights.floats("ob", COLUMNS)?,
            last: weights.dense("dw", Some("db"), [2 * COLUMNS, VOICE])?,
        })
    }

    /// Describes the voice in frames of 80 bands, of which each band has the mean 0: a vector of length 1.
    pub fn describe(&self, frames: &[f32], work: &mut Work) -> Vec<f32> {
        let mut rows = self.front.apply(frames, &mut work.grids);
        self.blocks.apply(&mut rows, &mut work.blocks);
        let mut columns = vec![0.0; rows.len()];
        scale_shift_relu(self.level, &rows, COLUMNS, &self.scale, &self.shift, &mut columns);
        let statistics = mean_and_deviation(&columns);
        let mut voice = vec![0.0; VOICE];
        self.last.apply(Rows::of(&statistics, 2 * COLUMNS), Activation::None, Places::of(&mut voice, VOICE));
        to_length_one(&mut voice);
        voice
    }
}

/// Makes the mean of each band zero.
pub(crate) fn subtract_means(frames: &mut [f32]) {
    let count = (frames.len() / BANDS).max(1) as f64;
    let mut sums = [0.0f64; BANDS];
    for frame in frames.chunks_exact(BANDS) {
        sums.iter_mut().zip(frame).for_each(|(sum, x)| *sum += f64::from(*x));
    }
    for frame in frames.chunks_exact_mut(BANDS) {
        frame.iter_mut().zip(&sums).for_each(|(x, sum)| *x -= (sum / count) as f32);
    }
}

/// Gives a vector the length 1; zeros stay.
pub(crate) fn to_length_one(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
}

/// The mean of each column, then its deviation (with one less than the number of rows, as PyTorch has it).
fn mean_and_deviation(rows: &[f32]) -> Vec<f32> {
    let count = (rows.len() / COLUMNS) as f32;
    let mut statistics = vec![0.0; 2 * COLUMNS];
    let (means, deviations) = statistics.split_at_mut(COLUMNS);
    for row in rows.chunks_exact(COLUMNS) {
        means.iter_mut().zip(row).for_each(|(mean, x)| *mean += x);
    }
    means.iter_mut().for_each(|mean| *mean /= count);
    for row in rows.chunks_exact(COLUMNS) {
        for ((sum, mean), x) in deviations.iter_mut().zip(&*means).zip(row) {
            *sum += (x - mean) * (x - mean);
        }
    }
    deviations.iter_mut().for_each(|sum| *sum = (*sum / (count - 1.0).max(1.0)).sqrt());
    statistics
}
