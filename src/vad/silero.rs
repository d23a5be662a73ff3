//! Silero VAD (version 5 and 6, 16 kHz) in plain Rust.
//!
//! whisper.cpp includes the same network, but restarts it at every call and without the samples before the frame that
//! the network was trained with, and it reads its model through a C path. Here a lecture is one stream, the model comes
//! from a buffer, and any thread may feed it.
//!
//! The network: short-time Fourier transform, magnitude, four convolutions, a long short-term memory and a linear
//! output. Everything except the memory is computed for several frames at once, which reads the weights once for all of
//! them. See <https://github.com/snakers4/silero-vad>.

use std::sync::Arc;

use super::convolution::Convolution;
use super::lstm::{Gates, HIDDEN, Lstm, Memory};
use super::math::sigmoid;
use super::spectrum::{self, BINS, Spectrum, SpectrumWork};
use super::tensors::{Tensors, VadModelError};
use super::{FRAME_SAMPLES, VoiceActivityDetector};

/// Number of samples before a frame that belong to the network's input.
const CONTEXT: usize = 64;
/// Context, frame, and the mirrored end of the frame.
const PADDED: usize = CONTEXT + FRAME_SAMPLES + CONTEXT;
/// Samples between the spectra of a frame.
const HOP: usize = 128;
const SPECTRA: usize = (PADDED - spectrum::SIZE) / HOP + 1;
/// Maximum number of frames computed at once; more would not fit the processor's cache.
const FRAMES_AT_ONCE: usize = 16;

/// A Silero network with the memory of one stream.
#[derive(Clone)]
pub struct Silero {
    network: Arc<Network>,
    context: [f32; CONTEXT],
    memory: Memory,
    work: DetectorWork,
}

struct Network {
    spectrum: Spectrum,
    layers: [Convolution; 4],
    lstm: Lstm,
    output_weight: Vec<f32>,
    output_bias: f32,
}

/// Buffers that are reused, so that they need not be allocated for each frame.
#[derive(Clone, Default)]
struct DetectorWork {
    /// Indexed `[frame][PADDED]`.
    padded: Vec<f32>,
    spectrum: SpectrumWork,
    features: Vec<f32>,
    next_features: Vec<f32>,
    gates: Vec<Gates>,
}

impl Silero {
    /// Reads the bytes of a whole ggml model file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VadModelError> {
        let network = Arc::new(Network::take_from(&mut Tensors::parse(bytes)?)?);
        let (context, memory) = ([0.0; CONTEXT], Memory::default());
        Ok(Self { network, context, memory, work: DetectorWork::default() })
    }

    /// Puts the preceding samples before frames, and their mirrored ends after them.
    fn pad(&mut self, frames: &[[f32; FRAME_SAMPLES]]) {
        self.work.padded.clear();
        for frame in frames {
            let mirrored = frame[FRAME_SAMPLES - 1 - CONTEXT..FRAME_SAMPLES - 1].iter().rev();
            self.work.padded.extend(self.context.iter().chain(frame).chain(mirrored));
            self.context.copy_from_slice(&frame[FRAME_SAMPLES - CONTEXT..]);
        }
    }
}

impl VoiceActivityDetector for Silero {
    fn speech_probability(&mut self, frame: &[f32; FRAME_SAMPLES]) -> f32 {
        self.pad(std::slice::from_ref(frame));
        self.network.gates(&mut self.work);
        self.network.judge(&mut self.work.gates[0], &mut self.memory)
    }

    fn speech_probabilities(&mut self, frames: &[[f32; FRAME_SAMPLES]]) -> Vec<f32> {
        let mut probabilities = Vec::with_capacity(frames.len());
        for frames in frames.chunks(FRAMES_AT_ONCE) {
            self.pad(frames);
            self.network.gates(&mut self.work);
            let judge = |gates| self.network.judge(gates, &mut self.memory);
            probabilities.extend(self.work.gates.iter_mut().map(judge));
        }
        probabilities
    }
}

impl Network {
    fn take_from(tensors: &mut Tensors) -> Result<Self, VadModelError> {
        let mut layer = |number, inputs, outputs, stride| {
            let name = format!("_model.encoder.{number}.reparam_conv");
            Convolution::take_from(tensors, &name, inputs, outputs, stride)
        };
        let layers =
            [layer(0, BINS, 128, 1)?, layer(1, 128, 64, 2)?, layer(2, 64, 64, 2)?, layer(3, 64, HIDDEN, 1)?];
        let basis = tensors.take("_model.stft.forward_basis_buffer", &[spectrum::SIZE, 1, 2 * BINS])?;
        Ok(Self {
            spectrum: Spectrum::new(&basis)?,
            layers,
            lstm: Lstm::take_from(tensors)?,
            output_weight: tensors.take("_model.decoder.decoder.2.weight", &[HIDDEN])?,
            output_bias: tensors.take("_model.decoder.decoder.2.bias", &[])?[0],
        })
    }

    /// Computes what padded frames contribute to the gates of the memory, frame by frame.
    fn gates(&self, work: &mut DetectorWork) {
        let (padded, _) = work.padded.as_chunks::<PADDED>();
        work.features.clear();
        let windows = padded.iter().flat_map(|frame| frame.windows(spectrum::SIZE).step_by(HOP));
        self.spectrum.magnitudes(windows, &mut work.spectrum, &mut work.features);
        let mut steps = SPECTRA;
        for layer in &self.layers {
            steps = layer.apply(&work.features, padded.len(), steps, &mut work.next_features);
            std::mem::swap(&mut work.features, &mut work.next_features);
        }
        self.lstm.gates(&work.features, &mut work.gates);
    }

    /// Returns the probability of speech in a frame with these gates, given the memory.
    fn judge(&self, gates: &mut Gates, memory: &mut Memory) -> f32 {
        let hidden = self.lstm.step(gates, memory);
        let score = hidden.iter().zip(&self.output_weight).map(|(h, w)| h.max(0.0) * w).sum::<f32>();
        sigmoid(score + self.output_bias)
    }
}
