//! Reads a recording, finds the speech in it, and passes it on in windows.

use super::dispatch::{Outlet, end_of};
use super::error::TranscribeError;
use super::request::TranscribeOptions;
use super::voices::Ear;
use crate::asr::CancelToken;
use crate::audio::{AudioWarning, Level, Meter, Recording, SAMPLE_RATE};
use crate::time::MediaTime;
use crate::vad::{FRAME_SAMPLES, SpeechWindow, VoiceActivityDetector, WindowOptions, WindowPacker};

/// If no sample is louder than this, 40 dB below full scale, there may be speech too faint for the detector.
const FAINT_BELOW: f32 = 0.01;
/// A recording whose loudest sample is below this, 66 dB below full scale, holds only the noise of a microphone.
const NOISE_BELOW: f32 = 0.0005;
/// The loudest sample of a faint recording after amplification: 6 dB below full scale.
const LOUD: f32 = 0.5;

/// What one pass over a recording found.
struct Pass {
    length: MediaTime,
    /// The level before amplification.
    level: Level,
    has_speech: bool,
}

/// Reads to the end, or until it is cancelled or the recognizers have ended. A faint recording without any speech is
/// amplified and read again. Returns the length and warnings about the audio.
pub(super) fn feed(
    mut recording: Recording,
    detector: impl VoiceActivityDetector + Clone,
    options: &TranscribeOptions,
    mut outlet: Outlet,
    mut ear: Option<Ear>,
    cancel: &CancelToken,
) -> Result<(MediaTime, Vec<AudioWarning>), TranscribeError> {
    let mut read = |recording: &mut Recording, gain| {
        read_once(recording, gain, detector.clone(), options, &mut outlet, &mut ear, cancel)
    };
    let nothing = (MediaTime::ZERO, Vec::new());
    let Some(mut pass) = read(&mut recording, 1.0)? else { return Ok(nothing) };
    let mut faint = None;
    if !pass.has_speech && (NOISE_BELOW..FAINT_BELOW).contains(&pass.level.peak) {
        recording = recording.reopen()?;
        let Some(louder) = read(&mut recording, LOUD / pass.level.peak)? else { return Ok(nothing) };
        let decibels = -pass.level.peak_db().round() as u32;
        faint = louder.has_speech.then_some(AudioWarning::Faint { decibels });
        pass = louder;
    }
    outlet.finish();
    Ok((pass.length, recording.warnings().iter().cloned().chain(faint).collect()))
}

/// Reads a recording to its end, with its samples multiplied by `gain`. Returns `None` if it is cancelled or the
/// recognizers have ended.
fn read_once(
    recording: &mut Recording,
    gain: f32,
    mut detector: impl VoiceActivityDetector,
    options: &TranscribeOptions,
    outlet: &mut Outlet,
    ear: &mut Option<Ear>,
    cancel: &CancelToken,
) -> Result<Option<Pass>, TranscribeError> {
    let mut packer = WindowPacker::new(WindowOptions::default());
    let (meter, mut has_speech) = (Meter::default(), false);
    let mut hand_on = |window: Option<SpeechWindow>| {
        has_speech |= window.is_some();
        // Windows depend on the audio alone, so those that were recognized before come out exactly the same.
        let is_new = |window: &SpeechWindow| end_of(window) > options.from;
        window.filter(is_new).is_none_or(|window| outlet.push(window))
    };
    let (mut samples, mut read) = (Vec::new(), 0);
    loop {
        // After a cancellation, the rest would be a truncated window, which is of no use.
        if cancel.is_cancelled() {
            return Ok(None);
        }
        let before = samples.len();
        if !recording.read(&mut samples)? {
            break;
        }
        meter.measure(samples[before..].iter().copied());
        samples[before..].iter_mut().for_each(|sample| *sample *= gain);
        if let Some(ear) = ear {
            ear.push(&samples[before..]);
        }
        let (frames, rest) = samples.as_chunks::<FRAME_SAMPLES>();
        for (frame, probability) in frames.iter().zip(detector.speech_probabilities(frames)) {
            read += FRAME_SAMPLES as u64;
            if !hand_on(packer.push(frame, probability)) {
                return Ok(None);
            }
        }
        samples = rest.to_vec();
    }
    if let Some(ear) = ear {
        ear.finish();
    }
    read += samples.len() as u64;
    if !samples.is_empty() {
        samples.resize(FRAME_SAMPLES, 0.0);
        let frame = &samples.as_chunks::<FRAME_SAMPLES>().0[0];
        hand_on(packer.push(frame, detector.speech_probability(frame)));
    }
    hand_on(packer.finish());
    Ok(Some(Pass { length: MediaTime::from_samples(read, SAMPLE_RATE), level: meter.take(), has_speech }))
}
