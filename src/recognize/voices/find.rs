//! Finds the voices in a recording that already has captions.

use std::num::NonZeroUsize;
use std::thread;

use thiserror::Error;

use super::{Ear, SpeakersError, listen};
use crate::asr::CancelToken;
use crate::audio::{AudioError, Recording, SAMPLE_RATE};
use crate::recognize::event::Progress;
use crate::time::MediaTime;
use crate::transcript::Voices;

/// Why voices were not found.
#[derive(Debug, Error)]
pub enum FindError {
    /// The caller has set the [`CancelToken`].
    #[error("cancelled")]
    Cancelled,
    /// The recording cannot be read or decoded.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The listeners could not start, or have failed.
    #[error(transparent)]
    Speakers(#[from] SpeakersError),
}

/// Finds the voices of a recording on this number of threads. Memory grows by 4 kB for five seconds of sound. The
/// result is the same for any number of threads, and the same as during transcription.
///
/// # Errors
/// [`FindError`]: the recording cannot be read, the models are missing or damaged, or `cancel` is set.
pub fn find_voices(
    mut recording: Recording,
    threads: NonZeroUsize,
    cancel: &CancelToken,
    on_progress: &mut dyn FnMut(Progress),
) -> Result<Voices, FindError> {
    let total = recording.stated_duration();
    thread::scope(|scope| {
        let (sound, listeners) = listen(scope, 1, threads.get(), cancel)?;
        let ear = Ear::new(0, sound);
        let read = read(&mut recording, ear, cancel, |done| on_progress(Progress { done, total }));
        let voices = listeners.voices()?.pop();
        read?;
        if cancel.is_cancelled() {
            return Err(FindError::Cancelled);
        }
        Ok(voices.unwrap_or_else(|| Voices::new(Vec::new())))
    })
}

/// Passes all sound to the ear, unless cancelled. The ear is dropped at the end, which ends the threads.
fn read(
    recording: &mut Recording,
    mut ear: Ear,
    cancel: &CancelToken,
    mut on_progress: impl FnMut(MediaTime),
) -> Result<(), AudioError> {
    let (mut samples, mut count) = (Vec::new(), 0);
    while !cancel.is_cancelled() && recording.read(&mut samples)? {
        ear.push(&samples);
        count += samples.len() as u64;
        samples.clear();
        on_progress(MediaTime::from_samples(count, SAMPLE_RATE));
    }
    ear.finish();
    Ok(())
}
