//! Reads a recording, finds speech, and passes it on in windows.

use super::dispatch::{Outlet, end_of};
use super::error::TranscribeError;
use super::request::TranscribeOptions;
use super::stream::Stream;
use super::voices::Ear;
use crate::asr::CancelToken;
use crate::audio::{AudioWarning, Level, Meter, Recording, SAMPLE_RATE};
use crate::time::MediaTime;
use crate::vad::{SpeechWindow, VoiceActivityDetector};

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
    mut ears: Vec<Ear>,
    cancel: &CancelToken,
) -> Result<(MediaTime, Vec<AudioWarning>), TranscribeError> {
    let mut read = |recording: &mut Recording, gain| {
        read_once(recording, gain, &detector, options, &mut outlet, &mut ears, cancel)
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

/// Reads a recording to its end, with its samples multiplied by `gain`. The windows of all channels are passed on in the
/// order in which their speech ends, so that what is done is done for all of them. Returns `None` if it is cancelled or
/// the recognizers have ended.
fn read_once(
    recording: &mut Recording,
    gain: f32,
    detector: &(impl VoiceActivityDetector + Clone),
    options: &TranscribeOptions,
    outlet: &mut Outlet,
    ears: &mut [Ear],
    cancel: &CancelToken,
) -> Result<Option<Pass>, TranscribeError> {
    let mut streams: Vec<_> = (0..recording.lanes()).map(|_| Stream::new(gain, detector.clone())).collect();
    let mut blocks = vec![Vec::new(); streams.len()];
    let (meter, mut has_speech) = (Meter::default(), false);
    let mut waiting: Vec<(usize, SpeechWindow)> = Vec::new();
    let mut is_over = false;
    while !is_over {
        // After a cancellation, the rest would be a truncated window, which is of no use.
        if cancel.is_cancelled() {
            return Ok(None);
        }
        blocks.iter_mut().for_each(Vec::clear);
        is_over = !recording.read_each(&mut blocks)?;
        for (channel, (stream, block)) in streams.iter_mut().zip(&blocks).enumerate() {
            let windows =
                if is_over { stream.finish() } else { stream.push(block, &meter, ears.get_mut(channel)) };
            has_speech |= !windows.is_empty();
            waiting.extend(windows.into_iter().map(|window| (channel, window)));
        }
        let settled = streams.iter().map(Stream::pending_from).min().unwrap_or(u64::MAX);
        if !pass_on(&mut waiting, settled, options.from, outlet) {
            return Ok(None);
        }
    }
    ears.iter_mut().for_each(Ear::finish);
    let read = streams.iter().map(Stream::read).max().unwrap_or_default();
    Ok(Some(Pass { length: MediaTime::from_samples(read, SAMPLE_RATE), level: meter.take(), has_speech }))
}

/// Passes windows on whose speech ends at sample `settled` at the latest, if it ends after `from`. Returns false if the
/// recognizers have ended.
fn pass_on(
    waiting: &mut Vec<(usize, SpeechWindow)>,
    settled: u64,
    from: MediaTime,
    outlet: &mut Outlet,
) -> bool {
    waiting.sort_by_key(|(channel, window)| (window.speech_end(), *channel));
    let count = waiting.partition_point(|(_, window)| window.speech_end() <= settled);
    // Windows depend on the audio alone, so those that were recognized before come out exactly the same.
    let mut new = waiting.drain(..count).filter(|(_, window)| end_of(window) > from);
    new.all(|(channel, window)| outlet.push(window, channel))
}
