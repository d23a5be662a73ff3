//! Checks everything that a live session needs before it starts.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;

use super::clock::SessionClock;
use super::disk::FreeSpace;
use super::source::{Source, SourceError};
use super::speed::{Speed, better, choose};
use crate::asr::catalog::{Catalog, CatalogEntry};
use crate::asr::locate::DEFAULT_SPEECH;
use crate::asr::{RecognizeError, Recognizer};
use crate::audio::{SAMPLE_RATE, seconds_of_space};
use crate::recognize::CaptionRequest;
use crate::time::MediaTime;
use crate::vad::{FRAME_SAMPLES, VoiceActivityDetector};

/// How long to record from the microphone.
const LISTEN: Duration = Duration::from_secs(6);
const TICK: Duration = Duration::from_millis(40);
/// Size of the test file for measuring the disk: half a minute of audio. Unit: bytes.
const TEST_WRITE: usize = 1 << 20;

/// Why a check before a live session has no result.
#[derive(Debug, Error)]
pub enum PreflightError {
    /// The microphone or the file cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The recognizer failed.
    #[error(transparent)]
    Recognize(#[from] RecognizeError),
    /// The folder cannot be created or written to.
    #[error("{}: cannot be written to ({source}); choose another folder", .folder.display())]
    Folder {
        /// The folder for the recording.
        folder: std::path::PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

/// The measurements of a check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preflight {
    /// The level of the microphone.
    pub sound: SoundCheck,
    /// Length of audio that the disk has space for; `None` if the system does not report it.
    pub free: Option<MediaTime>,
    /// How long it took to write and sync a megabyte.
    pub test_write: Duration,
    /// The speed of the model that will be used.
    pub speed: Speed,
    /// The model chosen instead of the default one: the best on this computer that keeps up.
    pub chosen: Option<String>,
    /// A model that is not on this computer, makes fewer errors and would also keep up.
    pub better: Option<&'static CatalogEntry>,
    /// The recorded audio: 16 kHz mono.
    pub recorded: Vec<f32>,
}

/// The level of the microphone during a check.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SoundCheck {
    /// Length of the recorded audio.
    pub length: MediaTime,
    /// The peak level. Unit, here and below: decibels of full scale.
    pub peak_db: f32,
    /// The median level without speech; `None` if there was too little of it.
    pub noise_db: Option<f32>,
    /// The median level of speech; `None` if there was too little of it.
    pub speech_db: Option<f32>,
    /// The fraction of the samples that were clipped, from 0 to 1.
    pub clipped: f64,
}

/// Records from the source for six seconds, writes to the folder, and measures how fast the recognizer decodes the
/// audio.
///
/// # Errors
/// [`PreflightError`] if the source cannot be read, the folder cannot be written to, or the recognizer fails.
pub fn preflight(
    source: &mut dyn Source,
    detector: &mut dyn VoiceActivityDetector,
    recognizer: &mut impl Recognizer,
    folder: &Path,
    (clock, free_space): (&Arc<dyn SessionClock>, FreeSpace),
    request: &CaptionRequest,
) -> Result<Preflight, PreflightError> {
    let test_write = try_folder(folder, clock)
        .map_err(|source| PreflightError::Folder { folder: folder.to_owned(), source })?;
    let (recorded, sound) = listen(source, detector, clock)?;
    let speed = Speed::measure(recognizer, &recorded, clock, request)?;
    let free =
        free_space(folder).ok().map(|bytes| MediaTime::from_millis(seconds_of_space(bytes, 0) as i64 * 1000));
    Ok(Preflight { sound, free, test_write, speed, chosen: None, better: None, recorded })
}

fn try_folder(folder: &Path, clock: &Arc<dyn SessionClock>) -> io::Result<Duration> {
    std::fs::create_dir_all(folder)?;
    let start = clock.now();
    let mut file = tempfile::Builder::new().prefix(".lectern-").tempfile_in(folder)?;
    file.write_all(&vec![0x55; TEST_WRITE])?;
    file.as_file().sync_all()?;
    Ok(clock.now() - start)
}

fn listen(
    source: &mut dyn Source,
    detector: &mut dyn VoiceActivityDetector,
    clock: &Arc<dyn SessionClock>,
) -> Result<(Vec<f32>, SoundCheck), SourceError> {
    let start = clock.now();
    let mut samples = Vec::new();
    while clock.now() - start < LISTEN {
        source.read(&mut samples)?;
        clock.sleep(TICK);
    }
    let level = source.level();
    let mut frames: Vec<(f32, f32)> = Vec::new();
    let whole = samples.as_chunks::<FRAME_SAMPLES>().0;
    for (frame, probability) in whole.iter().zip(detector.speech_probabilities(whole)) {
        let energy: f32 = frame.iter().map(|sample| sample * sample).sum();
        let level = 10.0 * (energy / FRAME_SAMPLES as f32).max(1e-10).log10();
        frames.push((probability, level));
    }
    let median = |is_wanted: &dyn Fn(f32) -> bool| {
        let mut levels: Vec<f32> = frames.iter().filter(|(p, _)| is_wanted(*p)).map(|(_, db)| *db).collect();
        levels.sort_by(f32::total_cmp);
        // The median of only a few frames means nothing.
        levels.get(levels.len() / 2).copied().filter(|_| levels.len() >= 8)
    };
    let sound = SoundCheck {
        length: MediaTime::from_samples(samples.len() as u64, SAMPLE_RATE),
        peak_db: level.peak_db(),
        noise_db: median(&|p| p < 0.3),
        speech_db: median(&|p| p >= 0.5),
        clipped: level.clipped as f64 / level.samples.max(1) as f64,
    };
    Ok((samples, sound))
}

impl Preflight {
    /// Chooses the best of `models`, which are sorted, instead of the default model, if it keeps up. `measure` loads a
    /// model and decodes the recorded audio with it. Chooses nothing without speech, because silence is decoded fast.
    pub fn choose<M>(
        &mut self,
        models: &[&'static CatalogEntry],
        mut measure: impl FnMut(&'static CatalogEntry, &[f32]) -> Option<(M, Speed)>,
    ) -> Option<M> {
        self.sound.speech_db?;
        let (entry, model, speed) = choose(self.speed, models, |entry| measure(entry, &self.recorded))?;
        (self.speed, self.chosen) = (speed, Some(entry.name.clone()));
        Some(model)
    }

    /// Finds out which of `models`, which are sorted and not on this computer, would be better than the chosen or
    /// default one and keep up.
    pub fn look_for_better(&mut self, models: &[&'static CatalogEntry]) {
        let used = self.chosen.as_deref().unwrap_or(DEFAULT_SPEECH);
        let used = Catalog::in_use().find(used).filter(|_| self.sound.speech_db.is_some());
        self.better = used.and_then(|used| better(self.speed, used, models));
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Returns a check that found nothing wrong.
    pub fn fine() -> Preflight {
        Preflight {
            sound: SoundCheck {
                length: MediaTime::from_millis(6000),
                peak_db: -9.0,
                noise_db: Some(-60.0),
                speech_db: Some(-26.0),
                clipped: 0.0,
            },
            free: Some(MediaTime::from_millis(100 * 3_600_000)),
            test_write: Duration::from_millis(20),
            speed: speed(300, 900),
            chosen: None,
            better: None,
            recorded: Vec::new(),
        }
    }

    /// Returns the speed for six seconds of audio. Unit: milliseconds.
    pub fn speed(draft: u64, utterance: u64) -> Speed {
        let [draft, utterance] = [draft, utterance].map(Duration::from_millis);
        Speed { draft, utterance, decoded: MediaTime::from_millis(6000) }
    }

    #[test]
    fn a_model_is_chosen_by_speech_only() {
        let entry = Catalog::builtin().find("small").unwrap();
        let choose = |speech_db| {
            let mut preflight = fine();
            (preflight.sound.speech_db, preflight.recorded) = (speech_db, vec![0.5; 3]);
            let measured = preflight.choose(&[entry], |entry, recorded| {
                assert_eq!(recorded, [0.5; 3]);
                Some((entry.name.len(), speed(100, 200)))
            });
            (measured, preflight.chosen, preflight.speed == speed(100, 200))
        };
        assert_eq!(choose(Some(-20.0)), (Some(5), Some("small".to_owned()), true));
        assert_eq!(choose(None), (None, None, false));
    }
}
