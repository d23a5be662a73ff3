//! The sound of a recording, or of a channel of it, on its way to windows.

use crate::audio::Meter;
use crate::vad::{FRAME_SAMPLES, SpeechWindow, VoiceActivityDetector, WindowOptions, WindowPacker};

use super::voices::Ear;

/// A pass over a sound from its start, with its samples multiplied by a gain.
pub(super) struct Stream<D> {
    gain: f32,
    detector: D,
    packer: WindowPacker,
    /// Less than a frame that waits for more.
    samples: Vec<f32>,
    /// Samples that were judged.
    read: u64,
    is_over: bool,
}

impl<D: VoiceActivityDetector> Stream<D> {
    pub fn new(gain: f32, detector: D) -> Self {
        let packer = WindowPacker::new(WindowOptions::default());
        Self { gain, detector, packer, samples: Vec::new(), read: 0, is_over: false }
    }

    /// Takes a block. Returns the windows that are complete then.
    pub fn push(&mut self, block: &[f32], meter: &Meter, ear: Option<&mut Ear>) -> Vec<SpeechWindow> {
        meter.measure(block.iter().copied());
        let before = self.samples.len();
        self.samples.extend(block.iter().map(|sample| sample * self.gain));
        if let Some(ear) = ear {
            ear.push(&self.samples[before..]);
        }
        let (frames, rest) = self.samples.as_chunks::<FRAME_SAMPLES>();
        let mut windows = Vec::new();
        for (frame, probability) in frames.iter().zip(self.detector.speech_probabilities(frames)) {
            windows.extend(self.packer.push(frame, probability));
        }
        self.read += (frames.len() * FRAME_SAMPLES) as u64;
        self.samples = rest.to_vec();
        windows
    }

    /// Returns the windows that are left at the end.
    pub fn finish(&mut self) -> Vec<SpeechWindow> {
        self.is_over = true;
        self.read += self.samples.len() as u64;
        let mut windows = Vec::new();
        if !self.samples.is_empty() {
            self.samples.resize(FRAME_SAMPLES, 0.0);
            let frame = &self.samples.as_chunks::<FRAME_SAMPLES>().0[0];
            windows.extend(self.packer.push(frame, self.detector.speech_probability(frame)));
        }
        windows.extend(self.packer.finish());
        windows
    }

    /// Samples that were read.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// No window that is still to come ends before this sample.
    pub fn pending_from(&self) -> u64 {
        if self.is_over { u64::MAX } else { self.packer.pending_from() }
    }
}
