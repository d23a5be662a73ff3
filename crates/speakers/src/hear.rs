//! Runs both networks on a stretch of sound.

use thiserror::Error;
use whisper_cpu::Level;
use whisper_cpu::float::FloatMode;

use crate::filter_bank::{BANDS, FilterBank};
use crate::listener::Stretch;
use crate::segmentation::{SegmentationNetwork, WINDOW_SAMPLES};
use crate::spans::likeness;
use crate::voice::{self, VoiceNetwork, subtract_means, to_length_one};
use crate::weights::WeightsError;
use crate::window::{Activity, Piece, SPEAKERS, Voice, Window, certainty};

/// A voice with at least so much speech is described by its first and its last frames, this many of each; more take
/// time and tell little. Unit: frames of the filter bank, 10 ms.
const LONG: usize = 300;
const MOST_AT_AN_END: usize = 200;
/// A voice whose ends are at least this much alike is one person's.
const ONE_PERSON: f32 = 0.6;

/// One of the two networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The network that finds who speaks when within a window.
    Segmentation,
    /// The network that tells voices apart.
    Voice,
}

/// The weights of a network cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{reason}")]
pub struct NetworksError {
    /// The network.
    pub which: Which,
    /// What is wrong.
    pub reason: WeightsError,
}

/// Both networks, which any number of threads share.
pub struct Networks {
    bank: FilterBank,
    segmentation: SegmentationNetwork,
    voice: VoiceNetwork,
}

/// The working memory of a thread, which is reused.
#[derive(Default)]
pub struct Work(voice::Work);

impl Networks {
    /// Reads the files `pyannote-segmentation-3.0-f16.safetensors` and `campplus-zh-en-f16.safetensors`.
    ///
    /// # Errors
    /// [`NetworksError`] if a file is damaged or is a different file.
    ///
    /// # Panics
    /// If this processor does not have the level.
    pub fn read(segmentation: &[u8], voice: &[u8], level: Level) -> Result<Self, NetworksError> {
        assert!(level.is_available(), "{level} is not available on this processor");
        let wrong = |which| move |reason| NetworksError { which, reason };
        Ok(Self {
            bank: FilterBank::new(),
            segmentation: SegmentationNetwork::read(segmentation, level)
                .map_err(wrong(Which::Segmentation))?,
            voice: VoiceNetwork::read(voice, level).map_err(wrong(Which::Voice))?,
        })
    }

    /// Scores of the seven classes for each frame of ten seconds of sound: nobody, the first, second or third speaker,
    /// the first two, the first and the third, the last two.
    ///
    /// # Panics
    /// If the sound does not have [`WINDOW_SAMPLES`] samples.
    pub fn scores(&self, window: &[f32]) -> Vec<f32> {
        assert_eq!(window.len(), WINDOW_SAMPLES);
        let _mode = FloatMode::ieee();
        self.segmentation.scores(&[window]).remove(0)
    }

    /// Describes a voice by 192 numbers, from frames of 80 bands of which each band has the mean 0.
    pub fn describe(&self, frames: &[f32], work: &mut Work) -> Vec<f32> {
        let _mode = FloatMode::ieee();
        self.voice.describe(frames, &mut work.0)
    }

    /// The windows of a stretch with their voices.
    pub fn hear(&self, stretch: &Stretch, work: &mut Work) -> Vec<Window> {
        let _mode = FloatMode::ieee();
        let pad = |window: &[f32]| {
            let mut padded = window.to_vec();
            padded.resize(WINDOW_SAMPLES, 0.0);
            padded
        };
        let padded: Vec<Vec<f32>> = stretch.windows().map(pad).collect();
        let scores = self.segmentation.scores(&padded.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let windows = stretch.windows().zip(scores).enumerate();
        windows.map(|(i, (samples, scores))| self.window(stretch.first + i, samples, &scores, work)).collect()
    }

    fn window(&self, number: usize, samples: &[f32], scores: &[f32], work: &mut Work) -> Window {
        let activity = Activity::new(scores, samples.len());
        let speaking = activity.speaking();
        let bank = self.bank.frames(samples);
        let mut voices = Vec::new();
        for speaker in 0..SPEAKERS {
            if let Some((mut frames, alone)) = activity.describing(speaker, &bank) {
                let (numbers, is_one) = self.voice(&mut frames, work);
                // Two persons may have been taken for one.
                let pieces = if is_one { Vec::new() } else { self.pieces(&activity, speaker, &bank, work) };
                voices.push(Voice { speaker, alone, numbers, pieces });
            }
        }
        Window { number, certainty: certainty(scores, speaking.len()), speaking, voices }
    }

    /// Describes a voice, and tells whether it certainly is one person's.
    fn voice(&self, frames: &mut [f32], work: &mut Work) -> (Vec<f32>, bool) {
        let count = frames.len() / BANDS;
        if count < LONG {
            return (self.numbers(frames, work), false);
        }
        let end = (count / 2).min(MOST_AT_AN_END);
        let mut numbers = self.numbers(&mut frames[..end * BANDS], work);
        let last = self.numbers(&mut frames[(count - end) * BANDS..], work);
        let is_one = likeness(&numbers, &last) >= ONE_PERSON;
        numbers.iter_mut().zip(&last).for_each(|(x, y)| *x += y);
        to_length_one(&mut numbers);
        (numbers, is_one)
    }

    fn pieces(&self, activity: &Activity, speaker: usize, bank: &[f32], work: &mut Work) -> Vec<Piece> {
        let pieces = activity.pieces(speaker);
        if pieces.len() < 2 {
            return Vec::new();
        }
        let described = pieces.into_iter().map(|frames| {
            let describing = activity.describing_piece(&frames, bank);
            let numbers = describing.map(|mut bank| self.numbers(&mut bank, work)).unwrap_or_default();
            Piece { frames, numbers }
        });
        described.collect()
    }

    fn numbers(&self, frames: &mut [f32], work: &mut Work) -> Vec<f32> {
        subtract_means(frames);
        self.voice.describe(frames, &mut work.0)
    }
}
