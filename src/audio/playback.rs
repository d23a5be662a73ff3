//! Plays a recording: a thread reads and stretches, a lock-free ring buffer takes the sound to the device.

mod device;
mod feed;

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use thiserror::Error;

use super::{DecodedCopy, SAMPLE_RATE};
use crate::time::{MediaTime, TimeSpan};
use device::Device;
use feed::{Fed, Feed};

/// How often the thread refills the ring during playback.
const TICK: Duration = Duration::from_millis(10);

/// A device that takes no sound for this long has stopped without an error, as sound servers do when the machine was too
/// busy for them. It is opened again.
const STALLED: Duration = Duration::from_secs(1);

#[derive(Debug, Error)]
/// Why sound cannot be played.
pub enum PlaybackError {
    #[error("there is no loudspeaker or headphone to play on; connect one and play again")]
    /// The system has no output device.
    NoDevice,
    /// The device cannot be used, or was unplugged.
    #[error("the sound cannot be played ({0}); check the sound settings of the system and play again")]
    Device(cpal::Error),
    #[error(
        "the sound cannot be played: the device wants samples as {0}; choose another in the system's settings"
    )]
    /// The device only accepts samples of this format.
    Format(cpal::SampleFormat),
    #[error("the decoded recording cannot be read ({0}); open the recording again")]
    /// The sound cannot be read.
    Read(io::Error),
    #[error("the thread that plays could not be started: {0}; close other programs and try again")]
    /// A thread cannot be started.
    Thread(io::Error),
}

#[cfg(test)]
impl PlaybackError {
    /// Returns one error of each kind, for tests.
    pub(crate) fn one_of_each() -> [Self; 5] {
        [
            Self::NoDevice,
            Self::Device(cpal::ErrorKind::BackendError.into()),
            Self::Format(cpal::SampleFormat::U8),
            Self::Read(io::ErrorKind::TimedOut.into()),
            Self::Thread(io::ErrorKind::OutOfMemory.into()),
        ]
    }
}

/// Plays one recording. Its methods return at once; a device is in use only during playback.
pub struct Player {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    wanted: Mutex<Wanted>,
    changed: Condvar,
    /// The sample being played, at 16 kHz.
    position: AtomicU64,
    is_playing: AtomicBool,
    error: Mutex<Option<PlaybackError>>,
}

/// What the caller wants; the thread takes it over.
#[derive(Clone, Debug)]
struct Wanted {
    plays: bool,
    /// Continue from this sample.
    seek: Option<u64>,
    rate: f32,
    /// The range of samples to repeat.
    looped: Option<(u64, u64)>,
    /// The sample before which to stop.
    until: Option<u64>,
    /// Something above has changed, so the contents of the ring are outdated.
    is_new: bool,
    quits: bool,
}

impl Player {
    /// Creates a player at the beginning. `wake` is called when playback ends by itself or fails.
    ///
    /// # Errors
    /// [`PlaybackError::Thread`].
    pub fn new(sound: DecodedCopy, wake: impl Fn() + Send + 'static) -> Result<Self, PlaybackError> {
        let wanted = Wanted {
            plays: false,
            seek: None,
            rate: 1.0,
            looped: None,
            until: None,
            is_new: false,
            quits: false,
        };
        let shared = Arc::new(Shared {
            wanted: Mutex::new(wanted),
            changed: Condvar::new(),
            position: AtomicU64::new(0),
            is_playing: AtomicBool::new(false),
            error: Mutex::new(None),
        });
        let worker = Worker { shared: Arc::clone(&shared), sound, wake };
        let thread = thread::Builder::new().name("play".to_owned()).spawn(move || worker.run());
        Ok(Self { shared, thread: Some(thread.map_err(PlaybackError::Thread)?) })
    }

    /// Plays from the current position, to the end or around the loop.
    pub fn play(&self) {
        self.shared.want(|wanted| {
            wanted.is_new |= wanted.until.take().is_some();
            wanted.plays = true;
        });
    }

    /// Pauses at the current position.
    pub fn pause(&self) {
        self.shared.want(|wanted| wanted.plays = false);
    }

    /// Plays a span once and stops at its end.
    pub fn play_span(&self, span: TimeSpan) {
        let (start, end) = (span.start.to_samples(SAMPLE_RATE), span.end.to_samples(SAMPLE_RATE));
        self.shared.want(|wanted| {
            (wanted.seek, wanted.until) = (Some(start), Some(end));
            (wanted.plays, wanted.is_new) = (true, true);
            self.shared.position.store(start, Ordering::Relaxed);
        });
    }

    /// Goes to a time, during playback or not.
    pub fn seek(&self, to: MediaTime) {
        let at = to.to_samples(SAMPLE_RATE);
        self.shared.want(|wanted| {
            (wanted.seek, wanted.until, wanted.is_new) = (Some(at), None, true);
            self.shared.position.store(at, Ordering::Relaxed);
        });
    }

    /// Sets the speed, from 0.5 to 2, at the same pitch.
    pub fn set_rate(&self, rate: f32) {
        self.shared.want(|wanted| (wanted.rate, wanted.is_new) = (rate, true));
    }

    /// Repeats a span; `None` stops repeating.
    pub fn set_loop(&self, span: Option<TimeSpan>) {
        let samples = |time: MediaTime| time.to_samples(SAMPLE_RATE);
        let looped = span.map(|span| (samples(span.start), samples(span.end)));
        self.shared.want(|wanted| (wanted.looped, wanted.is_new) = (looped, true));
    }

    /// Returns the time being played.
    pub fn position(&self) -> MediaTime {
        MediaTime::from_samples(self.shared.position.load(Ordering::Relaxed), SAMPLE_RATE)
    }

    /// Returns whether it is playing or about to.
    pub fn is_playing(&self) -> bool {
        self.shared.is_playing.load(Ordering::Relaxed) || self.shared.wanted().plays
    }

    /// Returns why it stopped, once.
    pub fn take_error(&self) -> Option<PlaybackError> {
        self.shared.error.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.shared.want(|wanted| wanted.quits = true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn want(&self, change: impl FnOnce(&mut Wanted)) {
        change(&mut self.wanted());
        self.changed.notify_one();
    }
}

/// The data of the thread.
struct Worker<W> {
    shared: Arc<Shared>,
    sound: DecodedCopy,
    wake: W,
}

/// A device in use.
struct Active {
    device: Device,
    feed: Feed,
    /// Frames given to the device before those of this feed.
    base: u64,
    /// Frames that did not fit into the ring yet.
    frames: Vec<f32>,
    /// The feed has no more; since when the ring is empty.
    is_fed: bool,
    emptied: Option<Instant>,
    /// The device failed before and was opened again.
    is_second: bool,
    progress: Progress,
}

/// How many frames the device has taken, and since when there are no more.
struct Progress {
    taken: u64,
    since: Instant,
}

impl<W: Fn()> Worker<W> {
    fn run(self) {
        let mut active: Option<Active> = None;
        loop {
            let wanted = self.next_wanted(active.is_some());
            if wanted.quits {
                return;
            }
            if !wanted.plays {
                self.shared.is_playing.store(false, Ordering::Relaxed);
                active = None;
                continue;
            }
            match self.play(active.take(), &wanted) {
                Ok(Some(playing)) => active = Some(playing),
                Ok(None) => self.stop(None),
                Err(error) => self.stop(Some(error)),
            }
        }
    }

    /// Waits for one tick during playback, otherwise until something is wanted.
    fn next_wanted(&self, is_active: bool) -> Wanted {
        let mut wanted = self.shared.wanted();
        if is_active && !wanted.is_new {
            let waited = self.shared.changed.wait_timeout(wanted, TICK);
            wanted = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        while !is_active && !wanted.plays && !wanted.quits {
            wanted = self.shared.changed.wait(wanted).unwrap_or_else(PoisonError::into_inner);
        }
        let taken = wanted.clone();
        if taken.plays {
            (wanted.seek, wanted.is_new) = (None, false);
        }
        taken
    }

    /// Fills the ring; `None` once everything was played.
    fn play(&self, active: Option<Active>, wanted: &Wanted) -> Result<Option<Active>, PlaybackError> {
        let at = wanted.seek.unwrap_or_else(|| self.shared.position.load(Ordering::Relaxed));
        let mut active = match active {
            Some(active) if !wanted.is_new => active,
            Some(active) => active.restarted(at, wanted),
            None => {
                let device = Device::open();
                let is_second = matches!(device, Err(PlaybackError::Device(_)));
                let device = if is_second { Device::open()? } else { device? };
                self.shared.is_playing.store(true, Ordering::Relaxed);
                Active { is_second, ..Active::new(device, at, wanted) }
            }
        };
        active.fill(&self.sound)?;
        self.publish(&active);
        let is_stalled = active.is_stalled();
        let error = active.device.error();
        if error.is_none() && !is_stalled {
            return Ok((!active.is_over()).then_some(active));
        }
        tracing::warn!(?error, is_stalled, "the device plays no longer");
        // Outputs that were suspended may fail once when they wake up, and those of a sound server when the machine was
        // too busy for it. They work when they are opened again, if they ever did.
        let is_second = !active.has_begun();
        if let Some(error) = error.filter(|_| active.is_second && is_second) {
            return Err(PlaybackError::Device(error));
        }
        let at = self.shared.position.load(Ordering::Relaxed);
        // Some devices cannot be opened twice at a time.
        drop(active);
        Ok(Some(Active { is_second, ..Active::new(Device::open()?, at, wanted) }))
    }

    /// Updates the position, unless a seek is pending.
    fn publish(&self, active: &Active) {
        let wanted = self.shared.wanted();
        if wanted.seek.is_none() {
            let played = active.device.played().saturating_sub(active.base);
            self.shared.position.store(active.feed.position(played), Ordering::Relaxed);
        }
    }

    fn stop(&self, error: Option<PlaybackError>) {
        let mut wanted = self.shared.wanted();
        // A request that arrived at the last moment counts.
        wanted.plays &= wanted.is_new && error.is_none();
        wanted.until = None;
        drop(wanted);
        self.shared.is_playing.store(false, Ordering::Relaxed);
        if error.is_some() {
            *self.shared.error.lock().unwrap_or_else(PoisonError::into_inner) = error;
        }
        (self.wake)();
    }
}

impl Active {
    fn new(device: Device, at: u64, wanted: &Wanted) -> Self {
        let feed = Feed::new(at, wanted.rate, wanted.looped, wanted.until, device.rate());
        let base = device.given();
        let progress = Progress { taken: base, since: Instant::now() };
        let frames = Vec::new();
        Self { device, feed, base, frames, is_fed: false, emptied: None, is_second: false, progress }
    }

    /// Continues at another position; the contents of the ring are dropped.
    fn restarted(mut self, at: u64, wanted: &Wanted) -> Self {
        self.device.discard();
        let is_second = self.is_second;
        Self { is_second, ..Self::new(self.device, at, wanted) }
    }

    /// Returns whether the device has played for a moment: later failures are not failures to start.
    fn has_begun(&self) -> bool {
        self.device.played() > u64::from(self.device.rate())
    }

    fn fill(&mut self, sound: &DecodedCopy) -> Result<(), PlaybackError> {
        loop {
            self.device.give(&mut self.frames);
            if !self.frames.is_empty() || self.is_fed {
                return Ok(());
            }
            // Checked first: if the copy is complete before the read, the read reaches the end.
            let is_complete = sound.is_complete();
            let read = |at, samples: &mut [f32]| sound.read(at, samples);
            match self.feed.next(read, is_complete, &mut self.frames).map_err(PlaybackError::Read)? {
                Fed::More => {}
                Fed::Waiting => return Ok(()),
                Fed::End => self.is_fed = true,
            }
        }
    }

    /// Returns whether the device takes no more sound although there is some.
    fn is_stalled(&mut self) -> bool {
        let waits = !self.device.is_empty();
        self.progress.is_stalled(waits, self.device.taken(), Instant::now())
    }

    /// Returns whether everything was played, including sound on its way to the loudspeaker.
    fn is_over(&mut self) -> bool {
        if !self.is_fed || !self.frames.is_empty() || !self.device.is_empty() {
            return false;
        }
        self.emptied.get_or_insert_with(Instant::now).elapsed() >= self.device.latency()
    }
}

impl Progress {
    /// Returns whether nothing was taken for too long. `waits` says whether there is sound to take.
    fn is_stalled(&mut self, waits: bool, taken: u64, now: Instant) -> bool {
        if !waits || taken != self.taken {
            (self.taken, self.since) = (taken, now);
        }
        now.duration_since(self.since) >= STALLED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_stalled_if_it_leaves_sound_for_too_long() {
        let start = Instant::now();
        let mut progress = Progress { taken: 0, since: start };
        let mut at = |seconds: f64, waits, taken| {
            progress.is_stalled(waits, taken, start + Duration::from_secs_f64(seconds))
        };
        assert!(!at(0.9, true, 0), "it has a moment to begin");
        assert!(!at(1.1, true, 480));
        assert!(!at(2.0, true, 480));
        assert!(!at(5.0, false, 480), "there was nothing to take");
        assert!(!at(5.9, true, 480));
        assert!(at(6.0, true, 480));
        assert!(!at(6.1, true, 960));
    }
}
