//! Compares the encoder with the same network in 32-bit floats.

use super::*;
use crate::model::{Weights, ggml};

/// Seconds of the lecture that are encoded, and positions.
const SECONDS: usize = 8;
const POSITIONS: usize = SECONDS * 50;
/// Unit: Hz.
const SAMPLE_RATE: usize = 16_000;

#[test]
fn the_output_is_close_to_that_of_floats() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/ggml-base-q8_0.bin");
    let file = std::fs::read(path).expect("the model is in the repository");
    let weights = ggml::read(&file).expect("the model is whole");
    let level = Level::best();
    let model = Model::new(ggml::read(&file).expect("the model is whole"), level);
    let spectrogram = model.mel.spectrogram(level, &lecture(), 2 * POSITIONS);
    let mut work = Work::default();
    let found = encode(&model, &spectrogram, POSITIONS, &mut work, Cancel::never()).expect("nobody cancels");
    let exact = Floats { weights: &weights, width: model.dimensions.state }.encode(&spectrogram);
    let cosine = cosine(found, &exact);
    assert!(cosine >= 0.996, "{cosine}");
}

fn lecture() -> Vec<f32> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/lecture.wav");
    let samples = hound::WavReader::open(path).expect("the lecture is there").into_samples::<i16>();
    samples
        .take(SECONDS * SAMPLE_RATE)
        .map(|sample| f32::from(sample.expect("the file is whole")) / 32768.0)
        .collect()
}

fn cosine(one: &[f32], other: &[f32]) -> f64 {
    let product =
        |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum::<f64>();
    product(one, other) / (product(one, one) * product(other, other)).sqrt()
}

/// OpenAI's encoder as it is published, in the order of its code.
struct Floats<'a> {
    weights: &'a Weights<'a>,
    width: usize,
}

impl Floats<'_> {
    fn encode(&self, spectrogram: &[f32]) -> Vec<f32> {
        let bands = self.weights.dimensions.mel_bands;
        let frames = &spectrogram[bands..][..2 * POSITIONS * bands];
        let first = self.convolve("encoder.conv1", frames, bands, 1);
        let mut x = self.convolve("encoder.conv2", &first, self.width, 2);
        add_to(&mut x, &self.floats("encoder.positional_embedding"));
        for layer in 0..self.weights.dimensions.encoder_layers {
            let name = |part: &str| format!("encoder.blocks.{layer}.{part}");
            let normal = self.norm(&name("attn_ln"), &x);
            let [query, key, value] =
                ["query", "key", "value"].map(|part| self.linear(&name(&format!("attn.{part}")), &normal));
            let attended = self.attend(&query, &key, &value);
            add_to(&mut x, &self.linear(&name("attn.out"), &attended));
            let mut wide = self.linear(&name("mlp.0"), &self.norm(&name("mlp_ln"), &x));
            wide.iter_mut().for_each(|x| *x = gelu(*x));
            add_to(&mut x, &self.linear(&name("mlp.2"), &wide));
        }
        self.norm("encoder.ln_post", &x)
    }

    /// A convolution over three frames, at every `step`th.
    fn convolve(&self, name: &str, x: &[f32], width: usize, step: usize) -> Vec<f32> {
        let (weight, bias) = (self.floats(&format!("{name}.weight")), self.floats(&format!("{name}.bias")));
        let frames = x.len() / width;
        let mut out = Vec::new();
        for centre in (0..frames).step_by(step) {
            for (weight, bias) in weight.chunks(3 * width).zip(&bias) {
                let tap = |tap: usize| {
                    let Some(frame) = (centre + tap).checked_sub(1).filter(|frame| *frame < frames) else {
                        return 0.0;
                    };
                    let row = &x[frame * width..][..width];
                    row.iter().enumerate().map(|(channel, x)| x * weight[channel * 3 + tap]).sum::<f32>()
                };
                out.push(gelu(tap(0) + tap(1) + tap(2) + bias));
            }
        }
        out
    }

    fn linear(&self, name: &str, x: &[f32]) -> Vec<f32> {
        let weight = self.weights.tensor(&format!("{name}.weight"));
        let (rows, inputs) = (weight.to_f32(), weight.row_len());
        // Keys have no bias.
        let bias = if name.ends_with("key") {
            vec![0.0; weight.rows()]
        } else {
            self.floats(&format!("{name}.bias"))
        };
        let row = |x: &[f32]| -> Vec<f32> {
            rows.chunks(inputs).zip(&bias).map(|(weights, bias)| dot(weights, x) + bias).collect()
        };
        x.chunks(inputs).flat_map(row).collect()
    }

    fn norm(&self, name: &str, x: &[f32]) -> Vec<f32> {
        let (gain, bias) = (self.floats(&format!("{name}.weight")), self.floats(&format!("{name}.bias")));
        let row = |x: &[f32]| {
            let mean = x.iter().sum::<f32>() / x.len() as f32;
            let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / x.len() as f32;
            let normal = |(i, x): (usize, &f32)| (x - mean) / (variance + 1e-5).sqrt() * gain[i] + bias[i];
            x.iter().enumerate().map(normal).collect::<Vec<f32>>()
        };
        x.chunks(self.width).flat_map(row).collect()
    }

    fn attend(&self, query: &[f32], key: &[f32], value: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; query.len()];
        for head in (0..self.width).step_by(HEAD) {
            let part = |x: &[f32], row: usize| x[row * self.width + head..][..HEAD].to_vec();
            let keys: Vec<Vec<f32>> = (0..POSITIONS).map(|row| part(key, row)).collect();
            let values: Vec<Vec<f32>> = (0..POSITIONS).map(|row| part(value, row)).collect();
            for row in 0..POSITIONS {
                let query = part(query, row);
                let scores: Vec<f32> =
                    keys.iter().map(|key| dot(&query, key) / (HEAD as f32).sqrt()).collect();
                let most = scores.iter().copied().fold(f32::MIN, f32::max);
                let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
                let total: f32 = powers.iter().sum();
                let out = &mut out[row * self.width + head..][..HEAD];
                for (power, value) in powers.iter().zip(&values) {
                    out.iter_mut().zip(value).for_each(|(out, value)| *out += power / total * value);
                }
            }
        }
        out
    }

    fn floats(&self, name: &str) -> Vec<f32> {
        self.weights.tensor(name).to_f32()
    }
}

fn add_to(x: &mut [f32], y: &[f32]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}

/// In sixteen sums, which the compiler turns into vectors.
fn dot(x: &[f32], y: &[f32]) -> f32 {
    let mut sums = [0.0; 16];
    for (x, y) in x.as_chunks::<16>().0.iter().zip(y.as_chunks::<16>().0) {
        (0..16).for_each(|i| sums[i] += x[i] * y[i]);
    }
    sums.iter().sum()
}

fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x / std::f32::consts::SQRT_2))
}

/// Abramowitz and Stegun 7.1.26: off by at most 1.5e-7.
fn erf(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let series = [1.061_405_4, -1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6];
    let sum = series.iter().fold(0.0, |sum, factor| (sum + factor) * t);
    (1.0 - sum * (-x * x).exp()).copysign(x)
}
