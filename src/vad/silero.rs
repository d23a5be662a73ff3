//! Silero VAD (version 5 and 6, 16 kHz) in plain Rust.
//!
//! whisper.cpp carries the same network, but starts it afresh at every call and without the samples before
//! the frame that the network was trained with, and it reads its model by a C path. A lecture is judged as one
//! stream here, from a buffer, on whichever thread feeds it.
//!
//! The network: short-time Fourier transform, magnitude, four convolutions, a long short-term memory and a
//! linear output. See <https://github.com/snakers4/silero-vad>.

use super::tensors::{Tensors, VadModelError};
use super::{FRAME_SAMPLES, VoiceActivityDetector};

/// Samples before a frame that the network hears with it.
const CONTEXT: usize = 64;
const FFT_SIZE: usize = 256;
const FFT_HOP: usize = 128;
const BINS: usize = FFT_SIZE / 2 + 1;
const FFT_FRAMES: usize = 4;
const HIDDEN: usize = 128;
const GATES: usize = 4 * HIDDEN;

/// A Silero network with the memory of one stream.
#[derive(Clone)]
pub struct Silero {
    /// Cosine and sine rows, transposed: `[sample][2 * bins]`.
    fourier: Vec<f32>,
    layers: [Convolution; 4],
    lstm: Lstm,
    output_weight: Vec<f32>,
    output_bias: f32,
    /// Context, frame, and the mirrored end of the frame.
    padded: [f32; CONTEXT + FRAME_SAMPLES + CONTEXT],
}

impl Silero {
    /// Takes the bytes of a whole ggml model file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VadModelError> {
        let mut tensors = Tensors::parse(bytes)?;
        let mut layer = |number, inputs, outputs, stride| {
            let name = format!("_model.encoder.{number}.reparam_conv");
            Ok(Convolution {
                weight: transpose_kernel(
                    &tensors.take(&format!("{name}.weight"), &[3, inputs, outputs])?,
                    inputs,
                    outputs,
                ),
                bias: tensors.take(&format!("{name}.bias"), &[outputs])?,
                inputs,
                outputs,
                stride,
            })
        };
        let layers =
            [layer(0, BINS, 128, 1)?, layer(1, 128, 64, 2)?, layer(2, 64, 64, 2)?, layer(3, 64, 128, 1)?];
        let fourier = tensors.take("_model.stft.forward_basis_buffer", &[FFT_SIZE, 1, 2 * BINS])?;
        Ok(Self {
            fourier: transpose(&fourier, FFT_SIZE, 2 * BINS),
            layers,
            lstm: Lstm::take_from(&mut tensors)?,
            output_weight: tensors.take("_model.decoder.decoder.2.weight", &[HIDDEN])?,
            output_bias: tensors.take("_model.decoder.decoder.2.bias", &[])?[0],
            padded: [0.0; CONTEXT + FRAME_SAMPLES + CONTEXT],
        })
    }

    /// The magnitudes of the four short-time spectra of the padded frame.
    fn spectra(&self) -> Vec<f32> {
        let mut magnitudes = Vec::with_capacity(FFT_FRAMES * BINS);
        for frame in 0..FFT_FRAMES {
            let mut parts = [0.0; 2 * BINS];
            let samples = &self.padded[frame * FFT_HOP..][..FFT_SIZE];
            accumulate(&mut parts, &self.fourier, samples);
            let (real, imaginary) = parts.split_at(BINS);
            magnitudes.extend(real.iter().zip(imaginary).map(|(r, i)| (r * r + i * i).sqrt()));
        }
        magnitudes
    }
}

impl VoiceActivityDetector for Silero {
    fn speech_probability(&mut self, frame: &[f32; FRAME_SAMPLES]) -> f32 {
        self.padded.copy_within(FRAME_SAMPLES..FRAME_SAMPLES + CONTEXT, 0);
        self.padded[CONTEXT..][..FRAME_SAMPLES].copy_from_slice(frame);
        for mirrored in 0..CONTEXT {
            self.padded[CONTEXT + FRAME_SAMPLES + mirrored] = frame[FRAME_SAMPLES - 2 - mirrored];
        }
        let mut features = self.spectra();
        for layer in &self.layers {
            features = layer.apply(&features);
        }
        let hidden = self.lstm.step(&features[..HIDDEN]);
        let score = hidden.iter().zip(&self.output_weight).map(|(h, w)| h.max(0.0) * w).sum::<f32>();
        sigmoid(score + self.output_bias)
    }
}

/// A convolution over time with a kernel of three steps, padded with a step of zeros at both ends, then ReLU.
#[derive(Clone)]
struct Convolution {
    /// `[kernel step][input][output]`
    weight: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    outputs: usize,
    stride: usize,
}

impl Convolution {
    /// `features` are `[step][input]`; gives `[step][output]`.
    fn apply(&self, features: &[f32]) -> Vec<f32> {
        let steps = features.len() / self.inputs;
        let steps_out = (steps - 1) / self.stride + 1;
        let mut result = Vec::with_capacity(steps_out * self.outputs);
        for step in 0..steps_out {
            let mut sums = self.bias.clone();
            for kernel in 0..3 {
                let Some(input) = (step * self.stride + kernel).checked_sub(1).filter(|&at| at < steps)
                else {
                    continue;
                };
                let weight =
                    &self.weight[kernel * self.inputs * self.outputs..][..self.inputs * self.outputs];
                accumulate(&mut sums, weight, &features[input * self.inputs..][..self.inputs]);
            }
            result.extend(sums.into_iter().map(|sum| sum.max(0.0)));
        }
        result
    }
}

/// A long short-term memory cell with its state.
#[derive(Clone)]
struct Lstm {
    /// `[input][gate]`, gates in the order input, forget, cell, output.
    input_weight: Vec<f32>,
    hidden_weight: Vec<f32>,
    bias: Vec<f32>,
    hidden: [f32; HIDDEN],
    cell: [f32; HIDDEN],
}

impl Lstm {
    fn take_from(tensors: &mut Tensors) -> Result<Self, VadModelError> {
        let mut weight = |name| {
            let rows = tensors.take(&format!("_model.decoder.rnn.{name}"), &[HIDDEN, GATES])?;
            Ok(transpose(&rows, HIDDEN, GATES))
        };
        let (input_weight, hidden_weight) = (weight("weight_ih")?, weight("weight_hh")?);
        let mut bias = tensors.take("_model.decoder.rnn.bias_ih", &[GATES])?;
        let hidden_bias = tensors.take("_model.decoder.rnn.bias_hh", &[GATES])?;
        bias.iter_mut().zip(hidden_bias).for_each(|(sum, more)| *sum += more);
        Ok(Self { input_weight, hidden_weight, bias, hidden: [0.0; HIDDEN], cell: [0.0; HIDDEN] })
    }

    fn step(&mut self, input: &[f32]) -> &[f32; HIDDEN] {
        let mut gates = self.bias.clone();
        accumulate(&mut gates, &self.input_weight, input);
        accumulate(&mut gates, &self.hidden_weight, &self.hidden);
        for unit in 0..HIDDEN {
            let gate = |number: usize| gates[number * HIDDEN + unit];
            let kept = sigmoid(gate(1)) * self.cell[unit];
            self.cell[unit] = kept + sigmoid(gate(0)) * gate(2).tanh();
            self.hidden[unit] = sigmoid(gate(3)) * self.cell[unit].tanh();
        }
        &self.hidden
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Adds `inputs` times the matrix `weight`, `[input][output]`, to `sums`. The inner loop runs over outputs,
/// so that the compiler can use vector instructions without reordering a sum.
fn accumulate(sums: &mut [f32], weight: &[f32], inputs: &[f32]) {
    for (row, &input) in weight.chunks_exact(sums.len()).zip(inputs) {
        for (sum, &weight) in sums.iter_mut().zip(row) {
            *sum += weight * input;
        }
    }
}

/// From `[output][input]` to `[input][output]`.
fn transpose(matrix: &[f32], inputs: usize, outputs: usize) -> Vec<f32> {
    (0..inputs).flat_map(|input| (0..outputs).map(move |output| matrix[output * inputs + input])).collect()
}

/// From `[output][input][kernel step]` to `[kernel step][input][output]`.
fn transpose_kernel(kernel: &[f32], inputs: usize, outputs: usize) -> Vec<f32> {
    let step = |number| {
        (0..inputs).flat_map(move |input| {
            (0..outputs).map(move |output| kernel[(output * inputs + input) * 3 + number])
        })
    };
    (0..3).flat_map(step).collect()
}
