//! A cache of recognized windows, so that a batch that was killed continues where it stopped.
//!
//! The key of a window is a digest of its audio and of everything else that its words depend on. A recognizer's result
//! depends on nothing more, so a cached result is the same as a new one, bit for bit.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::job::hex;
use super::store::write_whole;
use crate::asr::{CancelToken, RecognizeError, Recognizer, Request};
use crate::transcript::{Language, Segment};

/// The cached windows of one recording.
#[derive(Debug)]
pub struct WindowStore {
    folder: PathBuf,
    /// Identifies the model and the version of the program.
    recognition: String,
    /// Files that this recording has used.
    used: Mutex<BTreeSet<PathBuf>>,
    recognized: AtomicU64,
    remembered: AtomicU64,
}

impl WindowStore {
    /// Makes a cache in `folder`. `recognition` identifies the model and everything else that changes the result of a
    /// request.
    pub fn new(folder: &Path, recognition: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            recognition: recognition.to_owned(),
            used: Mutex::default(),
            recognized: AtomicU64::new(0),
            remembered: AtomicU64::new(0),
        }
    }

    /// Returns the number of calls of the recognizer so far.
    pub fn recognized(&self) -> u64 {
        self.recognized.load(Ordering::Relaxed)
    }

    /// Returns the number of calls saved so far.
    pub fn remembered(&self) -> u64 {
        self.remembered.load(Ordering::Relaxed)
    }

    /// Removes the windows of this recording, once its captions are saved.
    pub fn forget(&self) {
        let used = std::mem::take(&mut *self.lock());
        for path in used {
            // A file that cannot be removed only takes space.
            let _ = fs::remove_file(path);
        }
    }

    /// Returns the cached value for this key, or the result of `work`, which is then cached. Damaged values are
    /// computed again, and values that cannot be written are not cached.
    fn remember<T: Serialize + DeserializeOwned + PartialEq>(
        &self,
        key: &[u8],
        work: impl FnOnce() -> Result<T, RecognizeError>,
    ) -> Result<T, RecognizeError> {
        if let Some(value) = self.recall(key) {
            return Ok(value);
        }
        let value = work()?;
        self.keep(key, &value);
        Ok(value)
    }

    /// Returns the cached value for this key; `None` if it must be recognized.
    fn recall<T: DeserializeOwned>(&self, key: &[u8]) -> Option<T> {
        let path = self.path(key);
        let value = fs::read(&path).ok().and_then(|bytes| unseal(&bytes));
        let counter = if value.is_some() { &self.remembered } else { &self.recognized };
        counter.fetch_add(1, Ordering::Relaxed);
        if value.is_some() {
            self.lock().insert(path);
        }
        value
    }

    fn keep<T: Serialize + DeserializeOwned + PartialEq>(&self, key: &[u8], value: &T) {
        let path = self.path(key);
        if let Some(bytes) = seal(value)
            && write_whole(&path, &bytes).is_ok()
        {
            self.lock().insert(path);
        }
    }

    fn path(&self, key: &[u8]) -> PathBuf {
        let name = hex(key);
        let (shelf, rest) = name.split_at(2);
        self.folder.join(shelf).join(rest)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<PathBuf>> {
        self.used.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn key(&self, question: &str, samples: &[f32]) -> Vec<u8> {
        let mut digest = Sha256::new();
        for text in [self.recognition.as_str(), question] {
            digest.update((text.len() as u64).to_le_bytes());
            digest.update(text);
        }
        for sample in samples {
            digest.update(sample.to_le_bytes());
        }
        digest.finalize().to_vec()
    }
}

/// Returns a line with the digest of the rest, and a value as JSON. `None` for a value that would not be read back the
/// same.
fn seal<T: Serialize + DeserializeOwned + PartialEq>(value: &T) -> Option<Vec<u8>> {
    let json = serde_json::to_vec(value).ok()?;
    let sealed = [hex(&Sha256::digest(&json)).as_bytes(), b"\n", &json].concat();
    (unseal::<T>(&sealed).as_ref() == Some(value)).then_some(sealed)
}

fn unseal<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    let (digest, json) = (&bytes[..end], &bytes[end + 1..]);
    if digest != hex(&Sha256::digest(json)).as_bytes() {
        return None;
    }
    serde_json::from_slice(json).ok()
}

/// A recognizer with a cache. The recognizer that does the work is created when it is needed.
pub struct Remembering<'a, R, F> {
    make: F,
    recognizer: Option<R>,
    windows: &'a WindowStore,
}

impl<'a, R: Recognizer, F: Fn() -> Result<R, RecognizeError>> Remembering<'a, R, F> {
    /// Makes a recognizer that looks in `windows` first. `make` creates the recognizer for the rest.
    pub fn new(windows: &'a WindowStore, make: F) -> Self {
        Self { make, recognizer: None, windows }
    }
}

/// Returns the recognizer, created if there is none yet.
fn made<R>(
    recognizer: &mut Option<R>,
    make: impl Fn() -> Result<R, RecognizeError>,
) -> Result<&mut R, RecognizeError> {
    match recognizer {
        Some(recognizer) => Ok(recognizer),
        none => Ok(none.insert(make()?)),
    }
}

impl<R: Recognizer, F: Fn() -> Result<R, RecognizeError>> Recognizer for Remembering<'_, R, F> {
    fn detect_language(
        &mut self,
        samples: &[f32],
        cancel: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        let key = self.windows.key("language", samples);
        let work = || made(&mut self.recognizer, &self.make)?.detect_language(samples, cancel);
        self.windows.remember(&key, work)
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        let key = self.windows.key(&asked_for(request), samples);
        let work = || made(&mut self.recognizer, &self.make)?.recognize(samples, request, cancel);
        self.windows.remember(&key, work)
    }

    fn recognize_each(
        &mut self,
        request: &Request,
        cancel: &CancelToken,
        next: &mut dyn FnMut(usize) -> Option<Vec<f32>>,
        done: &mut dyn FnMut(usize, Segment),
    ) -> Result<(), RecognizeError> {
        let Self { make, recognizer, windows } = self;
        let done = RefCell::new(done);
        let mut count = 0;
        // The windows given to the recognizer: their numbers here, and their keys.
        let given = RefCell::new(Vec::new());
        let mut next = |in_work| loop {
            let samples = next(in_work)?;
            let number = count;
            count += 1;
            let key = windows.key(&asked_for(request), &samples);
            match windows.recall(&key) {
                Some(segment) => (done.borrow_mut())(number, segment),
                None => {
                    given.borrow_mut().push((number, key));
                    break Some(samples);
                }
            }
        };
        // No recognizer is created if all windows are cached.
        let mut first = next(0);
        if first.is_none() {
            return Ok(());
        }
        let mut next = |in_work| first.take().or_else(|| next(in_work));
        let mut keep = |number: usize, segment: Segment| {
            let (number, key) = given.borrow()[number].clone();
            windows.keep(&key, &segment);
            (done.borrow_mut())(number, segment);
        };
        made(recognizer, &*make)?.recognize_each(request, cancel, &mut next, &mut keep)
    }
}

/// Returns the request as text, including any field that is added later.
fn asked_for(request: &Request) -> String {
    format!("{request:?}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asr::{ScriptedRecognizer, Vocabulary};
    use crate::time::TimeSpan;
    use crate::transcript::Word;

    fn segment(text: &str, probability: f32) -> Segment {
        let span = TimeSpan::from_millis(10, 500);
        let word = Word { probability, ..Word::new(text, span) };
        Segment { words: vec![word], average_log_probability: -0.1 * probability, ..Segment::default() }
    }

    fn recognizing<'a>(windows: &'a WindowStore, text: &str, probability: f32) -> impl Recognizer + 'a {
        let script = [Ok(segment(text, probability))];
        let recognizer = ScriptedRecognizer { script: script.into(), ..ScriptedRecognizer::default() };
        Remembering::new(windows, move || Ok(recognizer.clone()))
    }

    fn ask(recognizer: &mut impl Recognizer, samples: &[f32], terms: Option<&str>) -> Segment {
        let vocabulary = terms.map(|terms| Vocabulary::read(terms).unwrap());
        let request = Request { vocabulary, ..Request::default() };
        recognizer.recognize(samples, &request, &CancelToken::default()).unwrap()
    }

    #[test]
    fn a_cached_window_is_not_recognized_again() {
        let folder = tempfile::tempdir().unwrap();
        let windows = WindowStore::new(folder.path(), "base");
        let samples = [0.25, -0.5];
        for probability in [0.1, 1.0 / 3.0, f32::MIN_POSITIVE, 0.999_999_94] {
            let sound = [probability, 0.5];
            let first = ask(&mut recognizing(&windows, "first", probability), &sound, None);
            assert_eq!(ask(&mut recognizing(&windows, "second", 0.0), &sound, None), first);
        }
        assert_eq!((windows.recognized(), windows.remembered()), (4, 4));
        ask(&mut recognizing(&windows, "x", 0.5), &samples, None);
        for (store, terms) in [("base", Some("names")), ("small", None)] {
            let other = WindowStore::new(folder.path(), store);
            let found = ask(&mut recognizing(&other, "other", 0.5), &samples, terms);
            assert_eq!(found.words[0].text, "other", "{store} {terms:?}");
        }
    }

    #[test]
    fn damaged_windows_are_recognized_again() {
        let folder = tempfile::tempdir().unwrap();
        let windows = WindowStore::new(folder.path(), "base");
        ask(&mut recognizing(&windows, "first", 0.5), &[0.5], None);
        let path = windows.lock().first().unwrap().clone();
        let whole = fs::read(&path).unwrap();
        let mut changed = whole.clone();
        *changed.last_mut().unwrap() ^= 1;
        for damaged in [&whole[..whole.len() - 1], &changed, b"", b"\n"] {
            fs::write(&path, damaged).unwrap();
            assert_eq!(ask(&mut recognizing(&windows, "again", 0.5), &[0.5], None).words[0].text, "again");
        }
        windows.forget();
        assert!(!path.exists());
    }

    #[test]
    fn values_that_are_not_read_back_the_same_are_not_cached() {
        assert_eq!(seal(&f32::NAN), None);
        assert_eq!(seal(&Segment { average_log_probability: f32::INFINITY, ..Segment::default() }), None);
    }

    #[test]
    fn errors_are_not_cached() {
        let folder = tempfile::tempdir().unwrap();
        let windows = WindowStore::new(folder.path(), "base");
        let fails = || Err::<ScriptedRecognizer, _>(RecognizeError::Failed("no memory".to_owned()));
        let mut failing = Remembering::new(&windows, fails);
        assert!(failing.recognize(&[0.5], &Request::default(), &CancelToken::default()).is_err());
        assert_eq!(ask(&mut recognizing(&windows, "works", 0.5), &[0.5], None).words[0].text, "works");
    }
}
