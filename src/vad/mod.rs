//! Voice activity detection: finds where in a recording someone speaks.

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

/// Samples per frame: 32 ms at 16 kHz.
pub const FRAME_SAMPLES: usize = 512;

/// Computes the speech probability of each frame of a stream. It depends on earlier frames.
pub trait VoiceActivityDetector: Send {
    /// Returns the probability, from 0 to 1, that someone speaks in the next frame of 16 kHz mono.
    fn speech_probability(&mut self, frame: &[f32; FRAME_SAMPLES]) -> f32;

    /// Does the same for consecutive frames, which may be faster than one at a time.
    fn speech_probabilities(&mut self, frames: &[[f32; FRAME_SAMPLES]]) -> Vec<f32> {
        frames.iter().map(|frame| self.speech_probability(frame)).collect()
    }
}
