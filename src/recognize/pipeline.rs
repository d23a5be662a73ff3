//! Transcribes a recording: one thread reads and finds speech, others recognize, and the caller's thread collects.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::OnceLock;
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::Instant;

use crossbeam::channel::{Receiver, Sender, bounded};

use super::assembly::{Assembly, placed};
use super::channels::in_one_order;
use super::dispatch::{Outlet, Work, end_of};
use super::error::TranscribeError;
use super::event::{Event, Progress};
use super::reader::feed;
use super::request::{ChannelWish, TranscribeOptions};
use super::tongues::recognize_stretches;
use super::voices::{label, listen_if_wanted};
use super::warning::Warning;
use crate::asr::{CancelToken, RecognizeError, Recognizer, Request};
use crate::audio::Recording;
use crate::time::MediaTime;
use crate::transcript::{Language, LanguageScore, Segment, Transcript, among, spoken_times};
use crate::vad::{SpeechWindow, VoiceActivityDetector};

/// How many windows wait in the queue for each recognizer, which may take several at a time.
const WINDOWS_WAITING: usize = 4;

/// Transcribes a recording from the time [`TranscribeOptions::from`] on. `make_recognizer` is called once on each
/// recognizing thread; `on_event` is called on the caller's thread, in the order of the recording. Memory grows with
/// the words, not with the length of the audio, except for 4 kB per five seconds if speakers are named. Returns the
/// transcript and warnings.
///
/// # Errors
/// [`TranscribeError`]: the recording cannot be read, a recognizer cannot be created or fails, a thread cannot be
/// started, or `cancel` is set.
pub fn transcribe<R: Recognizer>(
    recording: Recording,
    detector: impl VoiceActivityDetector + Clone,
    make_recognizer: impl Fn() -> Result<R, RecognizeError> + Sync,
    options: &TranscribeOptions,
    cancel: &CancelToken,
    on_event: impl FnMut(Event),
) -> Result<(Transcript, Vec<Warning>), TranscribeError> {
    let start = Instant::now();
    let result = run(recording, detector, make_recognizer, options, cancel, on_event);
    let (took, resources) = (start.elapsed(), &options.resources);
    match &result {
        Ok((Transcript { duration, language, segments, .. }, warnings)) => {
            let (segments, warnings) = (segments.len(), warnings.len());
            tracing::info!(?took, ?resources, %duration, %language, segments, warnings, "transcribed");
        }
        Err(error) => tracing::warn!(?took, ?resources, %error, "not transcribed"),
    }
    result
}

fn run<R: Recognizer>(
    recording: Recording,
    detector: impl VoiceActivityDetector + Clone,
    make_recognizer: impl Fn() -> Result<R, RecognizeError> + Sync,
    options: &TranscribeOptions,
    cancel: &CancelToken,
    mut on_event: impl FnMut(Event),
) -> Result<(Transcript, Vec<Warning>), TranscribeError> {
    let recording = match options.request.channels {
        ChannelWish::Mixed => recording,
        ChannelWish::Apart(_) => recording.apart(),
    };
    let job = WindowJob { options, cancel, language: OnceLock::new() };
    let total = recording.stated_duration();
    let (duration, mut warnings, mut segments, voices) = thread::scope(|scope| {
        let threads = options.resources.threads.get();
        let (windows_in, windows) = bounded(WINDOWS_WAITING * threads);
        let (results_in, results) = bounded(2 * threads);
        let outlet =
            Outlet::new(windows_in, options.request.language.is_none() && !options.request.detection.changes);
        let (ears, listeners) = listen_if_wanted(scope, recording.lanes(), options, cancel);
        let feed = spawn(scope, "feed", || feed(recording, detector, options, outlet, ears, cancel))?;
        for _ in 0..threads {
            let (windows, results, job, make) = (windows.clone(), results_in.clone(), &job, &make_recognizer);
            spawn(scope, "recognize", move || job.recognize_windows(make, &windows, &results))?;
        }
        // Only the threads keep these ends, so that each side notices when the other has ended.
        drop((windows, results_in));
        let segments = collect(results, total, &job, &mut on_event);
        let fed = feed.join().unwrap_or_else(|panic| resume_unwind(panic));
        let (segments, (duration, warnings)) = (segments?, fed?);
        let voices = listeners.and_then(|listeners| listeners.voices());
        let warnings: Vec<Warning> = warnings.into_iter().map(Warning::from).collect();
        Ok::<_, TranscribeError>((duration, warnings, segments, voices))
    })?;
    if cancel.is_cancelled() {
        return Err(TranscribeError::Cancelled);
    }
    let named = voices.and_then(|voices| Ok((label(&segments, &voices, &options.request)?, voices)));
    let mut voices = match named {
        Ok((named, voices)) => {
            segments = named;
            voices
        }
        Err(error) => {
            warnings.push(error.into());
            Vec::new()
        }
    };
    if options.request.channels != ChannelWish::Mixed {
        segments = in_one_order(segments);
        // Speakers are found again in all channels together.
        voices.clear();
    }
    let language_scores = job.language.into_inner().and_then(Result::ok).unwrap_or_default();
    let detected = language_scores.first().map(|found| found.language.clone());
    let language = options.request.language.clone().or(detected).or_else(|| most_spoken(&segments));
    let language = language.unwrap_or_default();
    Ok((Transcript { language, language_scores, duration, segments, voices: voices.pop() }, warnings))
}

/// The language that is spoken longest, where segments tell theirs.
fn most_spoken(segments: &[Segment]) -> Option<Language> {
    // The first of those that are spoken equally long.
    let longest = spoken_times(segments).into_iter().rev().max_by_key(|(_, time)| *time);
    longest.map(|(language, _)| language.clone())
}

fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    name: &str,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>, TranscribeError> {
    thread::Builder::new().name(name.to_owned()).spawn_scoped(scope, work).map_err(TranscribeError::Thread)
}

/// State that the recognizing threads share.
struct WindowJob<'a> {
    options: &'a TranscribeOptions,
    cancel: &'a CancelToken,
    /// Detected by the thread that gets the window for it, while the others wait. Unused if the caller gave a language.
    language: OnceLock<Result<Vec<LanguageScore>, RecognizeError>>,
}

/// The result for a window: its segments, of which there are several where the language changes, and the time at which
/// its speech ends.
type Recognized = Result<(Vec<Segment>, MediaTime), RecognizeError>;

impl WindowJob<'_> {
    fn recognize_windows<R: Recognizer>(
        &self,
        make: &impl Fn() -> Result<R, RecognizeError>,
        windows: &Receiver<Work>,
        results: &Sender<(usize, Recognized)>,
    ) {
        let Ok(first) = windows.recv() else { return };
        let number = first.number;
        let settles_language = first.settles_language;
        let work = || self.recognize(make, first, windows, results);
        let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(RecognizeError::Stopped));
        if settles_language {
            // Whatever happened, the other threads must not wait for the language any longer.
            let _ = self.language.set(result.clone().map(|()| Vec::new()));
        }
        if let Err(error) = result {
            // Fails only if the collector has ended, which then needs no error.
            let _ = results.send((number, Err(error)));
        }
    }

    /// Recognizes windows, starting with `first`, until there are no more.
    fn recognize<R: Recognizer>(
        &self,
        make: &impl Fn() -> Result<R, RecognizeError>,
        first: Work,
        windows: &Receiver<Work>,
        results: &Sender<(usize, Recognized)>,
    ) -> Result<(), RecognizeError> {
        let mut recognizer = make()?;
        if self.options.request.is_in_several_languages() {
            return self.recognize_in_languages(&mut recognizer, first, windows, results);
        }
        let language = self.language(&mut recognizer, &first)?;
        let request = self.options.request.of_window(language, self.options.request.effort);
        let known = RefCell::new(HashMap::new());
        let assembly = RefCell::new(Assembly::default());
        let take_in = |work: Work| {
            known.borrow_mut().insert(work.number, (end_of(&work.window), work.channel));
            assembly.borrow_mut().push(work.number, work.window);
        };
        take_in(first);
        let is_wanted = Cell::new(true);
        let mut next = |in_work| {
            if !is_wanted.get() || in_work >= self.options.resources.windows.get() {
                return None;
            }
            let waiting = assembly.borrow_mut().next();
            waiting.or_else(|| {
                // Waits for a window only if there is nothing else to do.
                take_in(if in_work == 0 { windows.recv().ok()? } else { windows.try_recv().ok()? });
                assembly.borrow_mut().next()
            })
        };
        let mut done = |number, segment| {
            if let Some((window, segment)) = assembly.borrow_mut().take(number, segment) {
                let (end, channel) = known.borrow_mut().remove(&window).unwrap_or_default();
                let segment = self.labelled(segment, channel);
                is_wanted.set(is_wanted.get() && results.send((window, Ok((vec![segment], end)))).is_ok());
            }
        };
        recognizer.recognize_each(&request, self.cancel, &mut next, &mut done)
    }

    /// Recognizes windows one after the other, each stretch of them in its own language.
    fn recognize_in_languages(
        &self,
        recognizer: &mut impl Recognizer,
        first: Work,
        windows: &Receiver<Work>,
        results: &Sender<(usize, Recognized)>,
    ) -> Result<(), RecognizeError> {
        for Work { number, window, channel, .. } in std::iter::once(first).chain(windows) {
            let segments = recognize_stretches(recognizer, &window, &self.options.request, self.cancel)?;
            let segments = segments.into_iter().map(|segment| self.labelled(segment, channel)).collect();
            if results.send((number, Ok((segments, end_of(&window))))).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// The segment with its channel, where channels are apart.
    fn labelled(&self, segment: Segment, channel: usize) -> Segment {
        match self.options.request.channels.name(channel) {
            Some(name) => Segment { speaker: Some(name), channel: Some(channel), ..segment },
            None => segment,
        }
    }

    /// The language that was detected, with its score and those of others; that of the first segments where it changes.
    fn detected(&self, first: &[Segment]) -> Option<(Language, Vec<LanguageScore>)> {
        let Some(Ok(scores)) = self.language.get() else {
            return first.first().and_then(|segment| Some((segment.language.clone()?, Vec::new())));
        };
        let language = scores.first().map(|found| found.language.clone()).unwrap_or_default();
        self.options.request.language.is_none().then(|| (language, scores.clone()))
    }

    fn language(&self, recognizer: &mut impl Recognizer, work: &Work) -> Result<Language, RecognizeError> {
        if let Some(language) = &self.options.request.language {
            return Ok(language.clone());
        }
        let candidates = &self.options.request.detection.candidates;
        let scores = match work.settles_language {
            true => {
                let detected = recognizer.detect_language(&work.window.samples, self.cancel);
                self.language.get_or_init(|| detected.map(|detected| among(detected, candidates)))
            }
            false => self.language.wait(),
        };
        Ok(scores.clone()?.into_iter().next().map(|found| found.language).unwrap_or_default())
    }
}

/// Recognizes a window, with exact times in the recording. Speech that the recognizer left out is decoded again.
pub(crate) fn recognize_window(
    recognizer: &mut impl Recognizer,
    window: &SpeechWindow,
    request: &Request,
    cancel: &CancelToken,
) -> Result<Segment, RecognizeError> {
    let assembly = RefCell::new(Assembly::default());
    assembly.borrow_mut().push(0, window.clone());
    let mut found = None;
    let mut next = |_| assembly.borrow_mut().next();
    let mut done = |number, segment| found = assembly.borrow_mut().take(number, segment).or(found.take());
    recognizer.recognize_each(request, cancel, &mut next, &mut done)?;
    Ok(found.map(|(_, segment)| segment).unwrap_or_default())
}

/// Decodes a window once, with the recognizer's rough times in the recording.
pub(crate) fn decode_window(
    recognizer: &mut impl Recognizer,
    window: &SpeechWindow,
    request: &Request,
    cancel: &CancelToken,
) -> Result<Segment, RecognizeError> {
    Ok(placed(recognizer.recognize(&window.samples, request, cancel)?, window))
}

/// Puts results in the order of the recording and reports them. Returns at the first error; this drops the channel, at
/// which the threads stop.
fn collect(
    results: Receiver<(usize, Recognized)>,
    total: Option<MediaTime>,
    job: &WindowJob,
    on_event: &mut impl FnMut(Event),
) -> Result<Vec<Segment>, RecognizeError> {
    let mut waiting = BTreeMap::new();
    let mut segments = Vec::new();
    let mut next = 0;
    for (number, result) in results {
        waiting.insert(number, result?);
        while let Some((found, done)) = waiting.remove(&next) {
            if next == 0
                && let Some((language, scores)) = job.detected(&found)
            {
                on_event(Event::LanguageDetected { language, scores });
            }
            next += 1;
            for segment in found.into_iter().filter(|segment| !segment.words.is_empty()) {
                on_event(Event::Recognized(segment.clone()));
                segments.push(segment);
            }
            on_event(Event::Progress(Progress { done, total }));
        }
    }
    Ok(segments)
}
