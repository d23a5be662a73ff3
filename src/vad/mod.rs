//! Voice activity detection: where in a recording somebody speaks.

mod convolution;
mod lstm;
mod math;
mod product;
mod segmenter;
mod silero;
mod spectrum;
mod tensors;
mod window;

pub use segmenter::{Segmenter, SegmenterOptions, SpeechSpan};
pub use silero::Silero;
pub use tensors::VadModelError;
pub use window::{SpeechWindow, WindowOptions, WindowPacker};

/// Samples in a frame: 32 ms at 16 kHz.
pub const FRAME_SAMPLES: usize = 512;

/// Computes the speech probability of each frame of a stream. It depends on earlier frames.
pub trait VoiceActivityDetector: Send {
    /// The probability, from 0 to 1, that somebody speaks in the next frame of 16 kHz mono.
    fn speech_probability(&mut self, frame: &[f32; FRAME_SAMPLES]) -> f32;

    /// The same for frames that follow each other, which may take less time together than alone.
    fn speech_probabilities(&mut self, frames: &[[f32; FRAME_SAMPLES]]) -> Vec<f32> {
        frames.iter().map(|frame| self.speech_probability(frame)).collect()
    }
}
