//! A recording as sound with random access: a decoded copy on disk, with the peaks of its waveform.
//!
//! Compressed files cannot be read exactly from the middle, so a recording is decoded once, from start to end, into the
//! user's cache folder. Decoded parts can be played and displayed at once. The copy is kept for the next time, until
//! others need its space.

mod cache;

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::{AudioError, AudioWarning, Peaks, Recording, SAMPLE_RATE};
use crate::time::MediaTime;
use cache::{Cache, Copy};

pub use cache::user_folder;

/// Minimum interval between news.
const PATIENCE: Duration = Duration::from_millis(100);

/// The progress of a recording's copy.
#[derive(Clone, Debug)]
pub enum CopyState {
    /// `total` is the length that the file states.
    Decoding {
        /// Decoded so far.
        done: MediaTime,
        /// Length of the recording, if its file states it.
        total: Option<MediaTime>,
    },
    /// The copy is complete; the warnings say what was wrong with the recording.
    Ready(Arc<Vec<AudioWarning>>),
    /// The recording cannot be decoded further.
    Failed(Arc<AudioError>),
}

/// A recording and its copy. Clones share the copy; copying stops when the last one is dropped.
#[derive(Clone)]
pub struct DecodedCopy {
    shared: Arc<Shared>,
    _thread: Arc<Worker>,
}

struct Shared {
    /// Number of samples that can be read.
    ready: AtomicU64,
    cancelled: AtomicBool,
    file: OnceLock<File>,
    peaks: RwLock<Peaks>,
    state: Mutex<CopyState>,
}

/// The copying thread; it stops when the last [`DecodedCopy`] is dropped.
struct Worker {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl DecodedCopy {
    /// Starts decoding a recording on a new thread, or uses an earlier copy. `wake` is called when there is more to
    /// see, at most ten times per second, and at the end.
    ///
    /// # Errors
    /// [`AudioError::Io`] if the thread cannot be started. All other errors are in [`DecodedCopy::state`].
    pub fn open(
        recording: &Path,
        cache: &Path,
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, AudioError> {
        let shared = Arc::new(Shared {
            ready: AtomicU64::new(0),
            cancelled: AtomicBool::new(false),
            file: OnceLock::new(),
            peaks: RwLock::default(),
            state: Mutex::new(CopyState::Decoding { done: MediaTime::ZERO, total: None }),
        });
        let (path, cache, work) = (recording.to_owned(), Cache::new(cache), Arc::clone(&shared));
        let run = move || {
            let state = match work.prepare(&path, &cache, &wake) {
                Ok(warnings) => CopyState::Ready(Arc::new(warnings)),
                Err(error) => CopyState::Failed(Arc::new(error)),
            };
            work.set_state(state);
            wake();
        };
        let thread = thread::Builder::new().name("decode".to_owned()).spawn(run);
        let thread = thread.map_err(|error| AudioError::io(recording, error))?;
        let worker = Worker { shared: Arc::clone(&shared), thread: Some(thread) };
        Ok(Self { shared, _thread: Arc::new(worker) })
    }

    /// Returns the progress of the copy.
    pub fn state(&self) -> CopyState {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the number of samples that can be read so far, at 16 kHz.
    pub fn ready(&self) -> u64 {
        self.shared.ready.load(Ordering::Acquire)
    }

    /// Returns whether no more samples will come.
    pub fn is_complete(&self) -> bool {
        !matches!(self.state(), CopyState::Decoding { .. })
    }

    /// Passes the peaks of the decoded part to `look`.
    pub fn with_peaks<T>(&self, look: impl FnOnce(&Peaks) -> T) -> T {
        look(&self.shared.peaks.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads samples in -1..1 at 16 kHz from sample number `at` on. Returns their number, which is smaller than
    /// requested at the end of the decoded part.
    ///
    /// # Errors
    /// Those of reading the copy.
    pub fn read(&self, at: u64, samples: &mut [f32]) -> io::Result<usize> {
        let Some(file) = self.shared.file.get() else { return Ok(0) };
        let count = self.ready().saturating_sub(at).min(samples.len() as u64) as usize;
        let mut bytes = vec![0; count * 2];
        cache::read_at(file, &mut bytes, at * 2)?;
        for (sample, &bytes) in samples.iter_mut().zip(bytes.as_chunks::<2>().0) {
            *sample = f32::from(i16::from_le_bytes(bytes)) / 32_768.0;
        }
        Ok(count)
    }
}

impl Shared {
    fn set_state(&self, state: CopyState) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }

    fn set_peaks(&self, peaks: Peaks) {
        *self.peaks.write().unwrap_or_else(PoisonError::into_inner) = peaks;
    }

    /// Takes the copy from the cache or makes it.
    fn prepare(&self, path: &Path, cache: &Cache, wake: &impl Fn()) -> Result<Vec<AudioWarning>, AudioError> {
        let io = |error| AudioError::io(path, error);
        let key = cache.key(path).map_err(io)?;
        let peaks = cache.peaks(&key);
        if let Some(peaks) = &peaks {
            self.set_peaks(peaks.clone());
            wake();
        }
        if let Some((file, samples)) = cache.copy(&key, peaks.as_ref()) {
            let _ = self.file.set(file);
            self.ready.store(samples, Ordering::Release);
            return Ok(Vec::new());
        }
        let mut copy = cache.begin(&key).map_err(|error| AudioError::io(cache.folder(), error))?;
        let _ = self.file.set(copy.reader().map_err(|error| AudioError::io(cache.folder(), error))?);
        let warnings = self.decode(path, &mut copy, peaks.is_some(), cache, wake)?;
        if !self.cancelled.load(Ordering::Relaxed) {
            let bytes = self.peaks.read().unwrap_or_else(PoisonError::into_inner).to_bytes();
            // If the copy cannot be kept, it is usable now and made again next time.
            let _ = cache.keep(copy, &bytes);
        }
        Ok(warnings)
    }

    fn decode(
        &self,
        path: &Path,
        copy: &mut Copy,
        has_peaks: bool,
        cache: &Cache,
        wake: &impl Fn(),
    ) -> Result<Vec<AudioWarning>, AudioError> {
        let mut recording = Recording::open(path)?;
        let total = recording.stated_duration();
        let (mut samples, mut told) = (Vec::new(), Instant::now());
        while !self.cancelled.load(Ordering::Relaxed) && recording.read(&mut samples)? {
            copy.write(&samples).map_err(|error| AudioError::io(cache.folder(), error))?;
            if !has_peaks {
                self.peaks.write().unwrap_or_else(PoisonError::into_inner).push(&samples);
            }
            let ready = self.ready.load(Ordering::Relaxed) + samples.len() as u64;
            self.ready.store(ready, Ordering::Release);
            samples.clear();
            if told.elapsed() >= PATIENCE {
                let done = MediaTime::from_samples(ready, SAMPLE_RATE);
                self.set_state(CopyState::Decoding { done, total });
                wake();
                told = Instant::now();
            }
        }
        Ok(recording.warnings().to_vec())
    }
}
