//! Reads a recording, finds the speech in it, and hands it on in windows.

use super::dispatch::Outlet;
use super::pipeline::{TranscribeError, end_of};
use super::request::TranscribeOptions;
use crate::asr::CancelToken;
use crate::audio::{AudioWarning, Level, Meter, Recording, SAMPLE_RATE};
use crate::time::MediaTime;
use crate::vad::{FRAME_SAMPLES, SpeechWindow, VoiceActivityDetector, WindowOptions, WindowPacker};

/// Where no sample is louder than this, 40 dB below full scale, somebody may speak whom the detector does not hear.
const FAINT_BELOW: f32 = 0.01;
/// What is fainter than this, 66 dB below full scale, is the noise of a microphone.
const NOISE_BELOW: f32 = 0.0005;
/// The loudest sample of a faint recording that was made louder: 6 dB below full scale.
const LOUD: f32 = 0.5;

/// How a recording was heard.
struct Heard {
    length: MediaTime,
    /// As recorded.
    level: Level,
    has_speech: bool,
}

/// Reads to the end, or until it is cancelled or nobody takes windows any more. Where nobody seems to speak in a faint
/// recording, it is read once more and made louder. Returns the length and what was wrong with the sound.
pub(super) fn feed(
    mut recording: Recording,
    detector: impl VoiceActivityDetector + Clone,
    options: &TranscribeOptions,
    mut outlet: Outlet,
    cancel: &CancelToken,
) -> Result<(MediaTime, Vec<AudioWarning>), TranscribeError> {
    let mut hear = |recording: &mut Recording, gain| {
        listen(recording, gain, detector.clone(), options, &mut outlet, cancel)
    };
    let nothing = (MediaTime::ZERO, Vec::new());
    let Some(mut heard) = hear(&mut recording, 1.0)? else { return Ok(nothing) };
    let mut faint = None;
    if !heard.has_speech && (NOISE_BELOW..FAINT_BELOW).contains(&heard.level.peak) {
        recording = recording.reopen()?;
        let Some(louder) = hear(&mut recording, LOUD / heard.level.peak)? else { return Ok(nothing) };
        let decibels = -heard.level.peak_db().round() as u32;
        faint = louder.has_speech.then_some(AudioWarning::Faint { decibels });
        heard = louder;
    }
    outlet.finish();
    Ok((heard.length, recording.warnings().iter().cloned().chain(faint).collect()))
}

/// Reads a recording to its end, with its samples multiplied by `gain`; `None` when nobody wants more of it.
fn listen(
    recording: &mut Recording,
    gain: f32,
    mut detector: impl VoiceActivityDetector,
    options: &TranscribeOptions,
    outlet: &mut Outlet,
    cancel: &CancelToken,
) -> Result<Option<Heard>, TranscribeError> {
    let mut packer = WindowPacker::new(WindowOptions::default());
    let (meter, mut has_speech) = (Meter::default(), false);
    let mut hand_on = |window: Option<SpeechWindow>| {
        has_speech |= window.is_some();
        // Windows depend on the sound alone, so those that were recognized before come again just as they were.
        let is_new = |window: &SpeechWindow| end_of(window) > options.from;
        window.filter(is_new).is_none_or(|window| outlet.push(window))
    };
    let (mut samples, mut read) = (Vec::new(), 0);
    loop {
        // When it is cancelled, what is left would be a window that is cut short, which nobody asks for.
        if cancel.is_cancelled() {
            return Ok(None);
        }
        let before = samples.len();
        if !recording.read(&mut samples)? {
            break;
        }
        meter.measure(samples[before..].iter().copied());
        samples[before..].iter_mut().for_each(|sample| *sample *= gain);
        let (frames, rest) = samples.as_chunks::<FRAME_SAMPLES>();
        for (frame, probability) in frames.iter().zip(detector.speech_probabilities(frames)) {
            read += FRAME_SAMPLES as u64;
            if !hand_on(packer.push(frame, probability)) {
                return Ok(None);
            }
        }
        samples = rest.to_vec();
    }
    read += samples.len() as u64;
    if !samples.is_empty() {
        samples.resize(FRAME_SAMPLES, 0.0);
        let frame = &samples.as_chunks::<FRAME_SAMPLES>().0[0];
        hand_on(packer.push(frame, detector.speech_probability(frame)));
    }
    hand_on(packer.finish());
    Ok(Some(Heard { length: MediaTime::from_samples(read, SAMPLE_RATE), level: meter.take(), has_speech }))
}
