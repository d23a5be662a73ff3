//! The recognize thread: reads the spool, finds utterances, and decodes them while they are spoken and afterwards.
//!
//! The boundaries of utterances and their final words depend only on the audio. The speed of the machine decides only
//! when they appear and which drafts are shown before.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::agreement::Agreement;
use super::clock::SessionClock;
use super::event::LiveEvent;
use super::event_sender::EventSender;
use super::journal::{Journal, JournalEntry, JournalError, Past};
use super::pace::Pace;
use super::spool_progress::Tail;
use super::stability::Stability;
use super::{LiveError, utterances};
use crate::asr::{CancelToken, Effort, RecognizeError, Recognizer, Request};
use crate::audio::{SAMPLE_RATE, SpoolReader};
use crate::recognize::{CaptionRequest, LANGUAGE_SAMPLES, decode_window, recognize_window};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Language, Segment, Transcript, Word};
use crate::vad::{FRAME_SAMPLES, SpeechWindow, VoiceActivityDetector, WindowPacker};

/// Frames processed before other threads see progress.
const FRAMES_AT_ONCE: usize = 32;
/// Minimum audio for a draft, including a quarter of a second of silence; shorter drafts are unreliable. Unit: samples.
const LEAST_DRAFT: usize = SAMPLE_RATE as usize * 3 / 4;
/// The language is settled by a long utterance, or if its probability is at least this.
const LANGUAGE_SURE: f32 = 0.8;

/// Creates a recognizer, on the thread that uses it.
pub type MakeRecognizer<R> = Box<dyn Fn() -> Result<R, RecognizeError> + Send>;

/// What the recognize thread needs.
pub(super) struct Parts<R> {
    pub make: MakeRecognizer<R>,
    pub detector: Box<dyn VoiceActivityDetector>,
    pub reader: SpoolReader,
    pub journal: Journal,
    pub tail: Arc<Tail>,
    pub clock: Arc<dyn SessionClock>,
    pub outbox: EventSender,
    pub cancel: CancelToken,
    pub stability: Stability,
}

pub(super) struct SpoolRecognizer<R> {
    parts: Parts<R>,
    request: CaptionRequest,
    recognizer: Option<R>,
    packer: WindowPacker,
    /// Sample of the spool at which the packer's count starts.
    origin: u64,
    /// Samples of the spool that the detector has processed.
    processed: u64,
    past: Past,
    agreement: Agreement,
    pace: Pace,
    /// Number of the current utterance.
    utterance: u64,
    /// The value of `processed` when the last draft was made.
    drafted: u64,
    /// The end of the speech before the pause in which the last draft was made. Unit: samples of the spool.
    paused: u64,
    /// The language to use until one is settled.
    guess: Option<Language>,
}

impl<R: Recognizer> SpoolRecognizer<R> {
    /// Continues after `past`, which is empty for a new session.
    pub fn new(parts: Parts<R>, request: CaptionRequest, past: Past) -> Self {
        let language = request.language.clone().or(past.language.clone());
        Self {
            packer: WindowPacker::new(utterances()),
            origin: past.until,
            processed: past.until,
            drafted: past.until,
            recognizer: None,
            paused: past.until,
            agreement: Agreement::new(parts.stability),
            pace: Pace::default(),
            utterance: 0,
            guess: None,
            past: Past { language, ..past },
            parts,
            request,
        }
    }

    /// Processes the spool until it has ended and all of it is recognized.
    pub fn run(mut self) -> Result<Transcript, LiveError> {
        let mut samples = Vec::new();
        loop {
            if self.parts.cancel.is_cancelled() {
                return Err(LiveError::Interrupted);
            }
            let (has_ended, written) = self.parts.tail.extent();
            let frames = ((written - self.processed) as usize / FRAME_SAMPLES).min(FRAMES_AT_ONCE);
            if frames > 0 {
                self.parts.reader.read(self.processed, frames * FRAME_SAMPLES, &mut samples)?;
                self.process(&samples)?;
            } else if has_ended {
                return self.finish(written);
            } else {
                self.look_ahead();
                self.parts.tail.wait();
            }
        }
    }

    fn process(&mut self, samples: &[f32]) -> Result<(), LiveError> {
        for frame in samples.as_chunks::<FRAME_SAMPLES>().0 {
            let probability = self.parts.detector.speech_probability(frame);
            self.processed += FRAME_SAMPLES as u64;
            self.parts.tail.set_processed(self.processed);
            if let Some(window) = self.packer.push(frame, probability) {
                self.recognize(&window)?;
            }
        }
        Ok(())
    }

    /// Processes the end of the spool, which is usually in the middle of a frame.
    fn finish(mut self, written: u64) -> Result<Transcript, LiveError> {
        let mut rest = Vec::new();
        self.parts.reader.read(self.processed, FRAME_SAMPLES, &mut rest)?;
        if !rest.is_empty() {
            rest.resize(FRAME_SAMPLES, 0.0);
            self.process(&rest)?;
        }
        if let Some(window) = self.packer.finish() {
            self.recognize(&window)?;
        }
        self.parts.journal.write(&JournalEntry::End)?;
        Ok(Transcript {
            language: self.past.language.or(self.guess).unwrap_or_default(),
            duration: MediaTime::from_samples(written, SAMPLE_RATE),
            segments: self.past.segments,
            ..Transcript::default()
        })
    }

    /// Recognizes an utterance that has ended, and commits the rest of its words.
    fn recognize(&mut self, window: &SpeechWindow) -> Result<(), LiveError> {
        let window = &window.clone().shifted(self.origin);
        let Some(span) = span_of(window) else { return Ok(()) };
        let until = window.speech.last().map_or(self.processed, |last| last.end);
        let segment = match self.attempt(|recognizer| recognizer.decode(window)) {
            Ok(segment) => Some(segment),
            Err(RecognizeError::Cancelled) => return Err(LiveError::Interrupted),
            Err(_) => None,
        };
        let words = segment.as_ref().map_or(&[][..], |segment| &segment.words);
        let committed = self.agreement.finish(words, span.end);
        self.parts.journal.write(&match &segment {
            Some(segment) => JournalEntry::Segment { segment: segment.clone(), until },
            None => JournalEntry::Missing { span, until },
        })?;
        let utterance = self.utterance;
        self.parts.outbox.send(LiveEvent::Committed { utterance, words: committed, is_last: true });
        match segment {
            Some(segment) if segment.words.is_empty() => {}
            Some(segment) => {
                self.past.segments.push(segment.clone());
                self.parts.outbox.send(LiveEvent::Recognized(segment));
            }
            None => self.parts.outbox.send(LiveEvent::NotRecognized { span }),
        }
        self.utterance += 1;
        self.pace.next_utterance();
        self.drafted = self.processed;
        Ok(())
    }

    /// Makes a draft of the current utterance if there is enough new audio, and once in each pause. It is called only
    /// when all audio has been processed, so that a recognizer that is behind makes no drafts and catches up.
    fn look_ahead(&mut self) {
        let Some(step) = self.pace.step() else { return };
        let window = if let Some(window) = self.packer.at_pause() {
            let end = window.speech_end() + self.origin;
            Some(window).filter(|_| std::mem::replace(&mut self.paused, end) != end)
        } else if MediaTime::from_samples(self.processed - self.drafted, SAMPLE_RATE) >= step {
            self.packer.so_far()
        } else {
            None
        };
        if let Some(window) = window {
            self.draft(&window.shifted(self.origin));
        }
    }

    /// Decodes the uncertain end of an utterance, with some words before it.
    fn draft(&mut self, window: &SpeechWindow) {
        let since = self.agreement.context();
        let window = window.since(since.to_samples(SAMPLE_RATE));
        if window.samples.len() < LEAST_DRAFT {
            return;
        }
        self.drafted = self.processed;
        let start = self.parts.clock.now();
        let words = self.attempt_once(|recognizer| {
            let language = recognizer.language(&window, false)?;
            let request = recognizer.of_window(language, Effort::Draft);
            let cancel = recognizer.parts.cancel.clone();
            Ok(decode_window(recognizer.recognizer()?, &window, &request, &cancel)?.words)
        });
        self.pace.measured(self.parts.clock.now() - start);
        // A failed draft does not matter; the final decoding reports a recognizer that cannot continue.
        if let Ok(words) = words {
            self.show_draft(&words, since);
        }
    }

    /// Reports which words are certain after this draft, which starts at `since`, and which are still tentative.
    fn show_draft(&mut self, words: &[Word], since: MediaTime) {
        let committed = self.agreement.draft(words, since);
        let utterance = self.utterance;
        if !committed.is_empty() {
            self.parts.outbox.send(LiveEvent::Committed { utterance, words: committed, is_last: false });
        }
        let words = self.agreement.tentative().to_vec();
        self.parts.outbox.offer(LiveEvent::Tentative { utterance, words });
    }

    fn decode(&mut self, window: &SpeechWindow) -> Result<Segment, RecognizeError> {
        let language = self.language(window, true)?;
        let request = self.of_window(language, Effort::Prompt);
        let cancel = self.parts.cancel.clone();
        recognize_window(self.recognizer()?, window, &request, &cancel)
    }

    fn of_window(&self, language: Language, effort: Effort) -> Request {
        self.request.of_window(language, effort)
    }

    /// Returns the language of the session, detected in its first utterances. Drafts only guess it, so that it depends
    /// only on the audio.
    fn language(&mut self, window: &SpeechWindow, is_final: bool) -> Result<Language, RecognizeError> {
        if let Some(language) = &self.past.language {
            return Ok(language.clone());
        }
        if let Some(guess) = self.guess.clone().filter(|_| !is_final) {
            return Ok(guess);
        }
        let cancel = self.parts.cancel.clone();
        let detected = self.recognizer()?.detect_language(&window.samples, &cancel)?;
        let (language, probability) = self.request.detection.likeliest(detected);
        if is_final && (probability >= LANGUAGE_SURE || window.samples.len() >= LANGUAGE_SAMPLES) {
            self.past.language = Some(language.clone());
            // Without this line the language is detected again after a crash.
            let _ = self.parts.journal.write(&JournalEntry::Language(language.clone()));
            self.parts.outbox.send(LiveEvent::LanguageDetected(language.clone()));
        }
        self.guess = Some(language.clone());
        Ok(language)
    }

    /// Returns the recognizer, created if there is none.
    fn recognizer(&mut self) -> Result<&mut R, RecognizeError> {
        Ok(match &mut self.recognizer {
            Some(recognizer) => recognizer,
            none => none.insert((self.parts.make)()?),
        })
    }

    /// Does work that must succeed: if it fails, once more with a new recognizer.
    fn attempt<T>(
        &mut self,
        work: impl Fn(&mut Self) -> Result<T, RecognizeError>,
    ) -> Result<T, RecognizeError> {
        self.attempt_once(&work).or_else(|error| match error {
            RecognizeError::Cancelled => Err(error),
            error => {
                self.parts.outbox.send(LiveEvent::RecognizerFailed { reason: error });
                self.attempt_once(&work)
            }
        })
    }

    /// Does work with the recognizer; one that fails or panics is not used again.
    fn attempt_once<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, RecognizeError>,
    ) -> Result<T, RecognizeError> {
        let result =
            catch_unwind(AssertUnwindSafe(|| work(self))).unwrap_or_else(|_| Err(RecognizeError::Stopped));
        if result.is_err() {
            self.recognizer = None;
        }
        result
    }
}

/// Returns the span from the start of the first speech in a window to the end of the last.
fn span_of(window: &SpeechWindow) -> Option<TimeSpan> {
    let time = |sample| MediaTime::from_samples(sample, SAMPLE_RATE);
    let (first, last) = (window.speech.first()?, window.speech.last()?);
    Some(TimeSpan::new(time(first.start), time(last.end)))
}

impl From<JournalError> for LiveError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}
