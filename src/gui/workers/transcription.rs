//! Captioning a recording.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Workers;
use crate::asr::CancelToken;
use crate::asr::locate::search_roots;
use crate::audio::{AudioError, Recording};
use crate::caption::compose;
use crate::document::ops::cut_before;
use crate::document::{Cue, Document, Media};
use crate::gui::news::{EditorNews, Post};
use crate::gui::words::{InWords, say};
use crate::recognize::{
    Engine, EngineError, EngineRequest, Event, Progress, TranscribeError, TranscribeOptions, Transcriber,
    Warning, second_engine,
};
use crate::time::MediaTime;
use crate::transcript::{Language, Segment, Transcript, Voices};

type FindSecond = dyn Fn(&EngineRequest, &Language) -> Option<EngineRequest> + Send + Sync;
type Load = dyn Fn(&EngineRequest) -> Result<Arc<dyn Transcriber>, EngineError> + Send + Sync;

/// An engine and the request it was loaded for.
type Loaded = (EngineRequest, Arc<dyn Transcriber>);

/// Loads engines, and keeps the last one in memory.
#[derive(Clone)]
pub struct Engines {
    load: Arc<Load>,
    find_second: Arc<FindSecond>,
    last: Arc<Mutex<Option<Loaded>>>,
}

impl Engines {
    /// Uses the engines that `load` loads.
    pub fn new(
        load: impl Fn(&EngineRequest) -> Result<Arc<dyn Transcriber>, EngineError> + Send + Sync + 'static,
    ) -> Self {
        Self { load: Arc::new(load), find_second: Arc::new(|_, _| None), last: Arc::default() }
    }

    /// Uses the engines of this computer's models.
    pub fn of_models() -> Self {
        let engines = Self::new(|request| Ok(Arc::new(Engine::load(request)?)));
        engines.with_second(|first, language| second_engine(first, language, &search_roots()))
    }

    /// Adds second opinions: `find` returns the second engine for a first one and a language.
    pub fn with_second(
        self,
        find: impl Fn(&EngineRequest, &Language) -> Option<EngineRequest> + Send + Sync + 'static,
    ) -> Self {
        Self { find_second: Arc::new(find), ..self }
    }

    /// Returns the engine for a second opinion, if its model is installed.
    pub fn second(&self, first: &EngineRequest, language: &Language) -> Option<EngineRequest> {
        (self.find_second)(first, language)
    }

    /// Loads an engine without caching it, so that the last one stays.
    pub(super) fn get_apart(&self, request: &EngineRequest) -> Result<Arc<dyn Transcriber>, EngineError> {
        (self.load)(request)
    }

    pub(super) fn get(&self, request: &EngineRequest) -> Result<Arc<dyn Transcriber>, EngineError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((loaded, engine)) = &*last
            && loaded == request
        {
            return Ok(engine.clone());
        }
        // Drop the old one first: two models at once may not fit into memory.
        *last = None;
        let engine = (self.load)(request)?;
        *last = Some((request.clone(), engine.clone()));
        Ok(engine)
    }
}

pub struct CaptioningJob {
    /// Distinguishes its news from those of other jobs.
    pub number: u64,
    pub recording: PathBuf,
    pub options: TranscribeOptions,
    /// The captions up to [`TranscribeOptions::from`]. They cannot change during the transcription.
    pub before: Document,
    /// The user has changed them, and these changes can be undone or redone.
    pub has_history: bool,
    pub cancel: CancelToken,
}

/// Progress of a transcription.
#[derive(Debug)]
pub enum Update {
    Language(Language),
    /// What was recognized last, with its cues. At the end, all cues are composed again as a whole.
    Recognized {
        cues: Vec<Cue>,
        segments: Vec<Segment>,
        /// Everything before this time has been recognized.
        done: MediaTime,
        total: Option<MediaTime>,
        elapsed: Duration,
    },
    Ended(Ended),
}

/// The final captions.
#[derive(Debug)]
pub struct Captions {
    pub cues: Vec<Cue>,
    /// Whether they include the earlier cues. Otherwise those are kept, because they were edited.
    pub replace_all: bool,
    pub media: Media,
    /// The voices, if speakers were looked for.
    pub voices: Option<Voices>,
}

/// Why a recording has no captions, or incomplete ones.
#[derive(Debug)]
pub enum NotTranscribed {
    Engine(EngineError),
    Audio(AudioError),
    Failed(TranscribeError),
    /// The thread panicked.
    Crashed,
}

impl InWords for NotTranscribed {
    fn in_words(&self) -> String {
        match self {
            Self::Engine(error) => error.in_words(),
            Self::Audio(error) => error.in_words(),
            Self::Failed(error) => error.in_words(),
            Self::Crashed => say("error-recognizer-crashed").to_owned(),
        }
    }
}

#[derive(Debug)]
pub enum Ended {
    Whole {
        captions: Captions,
        warnings: Vec<Warning>,
    },
    /// Stopped early, with what was recognized so far, and the error if there was one.
    Partly {
        captions: Captions,
        error: Option<NotTranscribed>,
    },
    /// Stopped, and the cues shown so far are all there is.
    Not {
        error: NotTranscribed,
    },
}

impl Workers {
    pub fn transcribe(&self, job: CaptioningJob, engines: Engines) {
        self.start("transcribe", move |post| {
            let transcript = Transcript { segments: job.before.segments.clone(), ..Transcript::default() };
            let run = || Run { job: &job, post, transcript, news: Vec::new() }.run(&engines);
            let ended =
                catch_unwind(AssertUnwindSafe(run)).unwrap_or(Ended::Not { error: NotTranscribed::Crashed });
            post.tell(EditorNews::Transcription { job: job.number, update: Update::Ended(ended) });
        });
    }
}

struct Run<'a> {
    job: &'a CaptioningJob,
    post: &'a Post,
    /// Everything recognized so far, including earlier runs.
    transcript: Transcript,
    /// What has not been sent to the window yet.
    news: Vec<Segment>,
}

impl Run<'_> {
    fn run(mut self, engines: &Engines) -> Ended {
        let job = self.job;
        let engine = match engines.get(&job.options.request.engine) {
            Ok(engine) => engine,
            Err(error) => return Ended::Not { error: NotTranscribed::Engine(error) },
        };
        let recording = match Recording::open(&job.recording) {
            Ok(recording) => recording,
            Err(error) => return Ended::Not { error: NotTranscribed::Audio(error) },
        };
        self.transcript.language = job.options.request.language.clone().unwrap_or_default();
        let begun = Instant::now();
        let mut on_event = |event| self.on_event(event, begun);
        let result = engine.transcribe(recording, &job.options, &job.cancel, &mut on_event);
        match result {
            Ok((Transcript { duration, segments, voices, .. }, warnings)) => Ended::Whole {
                captions: {
                    // They may have speakers now, which are known only at the end.
                    self.transcript.segments.truncate(job.before.segments.len());
                    self.transcript.segments.extend(segments);
                    Captions { voices, ..self.captions(duration) }
                },
                warnings,
            },
            Err(TranscribeError::Cancelled) => {
                Ended::Partly { captions: self.captions(self.transcript.duration), error: None }
            }
            Err(error) if self.transcript.segments.len() == job.before.segments.len() => {
                Ended::Not { error: NotTranscribed::Failed(error) }
            }
            Err(error) => Ended::Partly {
                captions: self.captions(self.transcript.duration),
                error: Some(NotTranscribed::Failed(error)),
            },
        }
    }

    fn on_event(&mut self, event: Event, begun: Instant) {
        let update = match event {
            Event::LanguageDetected { language, scores } => {
                self.transcript.language = language.clone();
                self.transcript.language_scores = scores;
                Update::Language(language)
            }
            Event::Recognized(segment) => {
                self.transcript.segments.push(segment.clone());
                self.news.push(segment);
                return;
            }
            Event::Progress(Progress { done, total }) => {
                self.transcript.duration = total.unwrap_or(done).max(done);
                let segments = std::mem::take(&mut self.news);
                let cues = self.compose(&segments);
                Update::Recognized { cues, segments, done, total, elapsed: begun.elapsed() }
            }
        };
        self.post.tell(EditorNews::Transcription { job: self.job.number, update });
    }

    /// Composes everything as a whole, unless the user has changed earlier cues.
    fn captions(&self, duration: MediaTime) -> Captions {
        let segments = &self.transcript.segments;
        let (known, new) = segments.split_at(self.job.before.segments.len());
        let replace_all = !self.job.has_history && self.is_composed_of(&self.job.before.cues, known);
        let cues = self.compose(if replace_all { segments } else { new });
        let known = self.job.before.media.clone().unwrap_or_default();
        let media = Media { duration: duration.max(known.duration), ..known };
        Captions { cues, replace_all, media, voices: None }
    }

    /// Returns whether the cues follow from the segments: composed as a whole, as at the end, or one by one, as during
    /// the run.
    fn is_composed_of(&self, cues: &[Cue], segments: &[Segment]) -> bool {
        are_same(cues, &self.compose(segments)) || are_same(cues, &self.compose_one_by_one(segments))
    }

    /// Composes cues segment by segment, as the window does during the run.
    fn compose_one_by_one(&self, segments: &[Segment]) -> Vec<Cue> {
        let mut cues: Vec<Cue> = Vec::new();
        for new in segments.chunks(1).map(|segment| self.compose(segment)) {
            if let (Some(last), Some(first)) = (cues.last_mut(), new.first())
                && let Some(cut) = cut_before(last, first, self.job.options.request.profile.min_gap)
            {
                *last = cut;
            }
            cues.extend(new);
        }
        cues
    }

    fn compose(&self, segments: &[Segment]) -> Vec<Cue> {
        compose(segments, &self.transcript.language, &self.job.options.request.profile)
    }
}

/// Returns whether cues differ in nothing but their ids.
fn are_same(some: &[Cue], others: &[Cue]) -> bool {
    let is_same = |(one, other): (&Cue, &Cue)| *one == Cue { id: one.id, ..other.clone() };
    some.len() == others.len() && some.iter().zip(others).all(is_same)
}
