//! Making captions of a recording.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{News, Post, Workers};
use crate::asr::CancelToken;
use crate::asr::locate::ModelRequest;
use crate::audio::Recording;
use crate::caption::{Profile, compose};
use crate::document::{Cue, Document};
use crate::session::{
    Engine, EngineError, Event, TranscribeError, TranscribeOptions, Transcriber, to_document,
};
use crate::time::MediaTime;
use crate::transcript::{Language, Transcript};

type Load = dyn Fn(&ModelRequest) -> Result<Arc<dyn Transcriber>, EngineError> + Send + Sync;

/// An engine, and the model that it was asked for.
type Loaded = (ModelRequest, Arc<dyn Transcriber>);

/// Loads engines, and keeps the last one in memory.
#[derive(Clone)]
pub struct Engines {
    load: Arc<Load>,
    last: Arc<Mutex<Option<Loaded>>>,
}

impl Engines {
    pub fn new(
        load: impl Fn(&ModelRequest) -> Result<Arc<dyn Transcriber>, EngineError> + Send + Sync + 'static,
    ) -> Self {
        Self { load: Arc::new(load), last: Arc::default() }
    }

    /// Engines of models on this computer.
    pub fn of_models() -> Self {
        Self::new(|model| Ok(Arc::new(Engine::load(model)?)))
    }

    pub(super) fn get(&self, model: &ModelRequest) -> Result<Arc<dyn Transcriber>, EngineError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((loaded, engine)) = &*last
            && loaded == model
        {
            return Ok(engine.clone());
        }
        // The old one goes first: two models at once may be more than there is memory.
        *last = None;
        let engine = (self.load)(model)?;
        *last = Some((model.clone(), engine.clone()));
        Ok(engine)
    }
}

pub struct TranscriptionJob {
    /// Tells its news from those of other jobs.
    pub number: u64,
    pub recording: PathBuf,
    pub model: ModelRequest,
    pub options: TranscribeOptions,
    pub profile: Profile,
    pub cancel: CancelToken,
}

/// How a transcription goes on.
#[derive(Debug)]
pub enum Update {
    Language(Language),
    /// Cues of the words that were recognized last, in order. Those of the end are composed as a whole.
    Cues(Vec<Cue>),
    Progress {
        done: MediaTime,
        total: Option<MediaTime>,
        elapsed: Duration,
    },
    Ended(Ended),
}

#[derive(Debug)]
pub enum Ended {
    Whole {
        document: Box<Document>,
        warnings: Vec<String>,
    },
    /// Cancelled or broken off, with what was recognized before, and the reason if there was an error.
    Partly {
        document: Box<Document>,
        error: Option<String>,
    },
    /// Nothing was recognized.
    Not {
        error: String,
    },
}

impl Workers {
    pub fn transcribe(&self, job: TranscriptionJob, engines: Engines) {
        self.start("transcribe", move |post| {
            let ended = Run { job: &job, post, transcript: Transcript::default() }.run(&engines);
            post.tell(News::Transcription { job: job.number, update: Update::Ended(ended) });
        });
    }
}

struct Run<'a> {
    job: &'a TranscriptionJob,
    post: &'a Post,
    /// What was recognized so far.
    transcript: Transcript,
}

impl Run<'_> {
    fn run(mut self, engines: &Engines) -> Ended {
        let job = self.job;
        let engine = match engines.get(&job.model) {
            Ok(engine) => engine,
            Err(error) => return Ended::Not { error: error.to_string() },
        };
        let recording = match Recording::open(&job.recording) {
            Ok(recording) => recording,
            Err(error) => return Ended::Not { error: error.to_string() },
        };
        self.transcript.language = job.options.language.clone().unwrap_or_default();
        let begun = Instant::now();
        let mut on_event = |event| self.on_event(event, begun);
        let result = engine.transcribe(recording, &job.options, &job.cancel, &mut on_event);
        let document =
            |transcript| Box::new(to_document(transcript, &job.recording, job.options.task, &job.profile));
        match result {
            Ok((transcript, warnings)) => Ended::Whole {
                document: document(transcript),
                warnings: warnings.iter().map(ToString::to_string).collect(),
            },
            Err(TranscribeError::Cancelled) => {
                Ended::Partly { document: document(self.transcript), error: None }
            }
            Err(error) if self.transcript.segments.is_empty() => Ended::Not { error: error.to_string() },
            Err(error) => {
                Ended::Partly { document: document(self.transcript), error: Some(error.to_string()) }
            }
        }
    }

    fn on_event(&mut self, event: Event, begun: Instant) {
        let update = match event {
            Event::LanguageDetected(language) => {
                self.transcript.language = language.clone();
                Update::Language(language)
            }
            Event::Recognized(segment) => {
                self.transcript.duration = segment.span().end;
                self.transcript.segments.push(segment);
                let last = self.transcript.segments.last().map(std::slice::from_ref).unwrap_or_default();
                Update::Cues(compose(last, &self.transcript.language, &self.job.profile))
            }
            Event::Progress(progress) => {
                self.transcript.duration = self.transcript.duration.max(progress.done);
                Update::Progress { done: progress.done, total: progress.total, elapsed: begun.elapsed() }
            }
        };
        self.post.tell(News::Transcription { job: self.job.number, update });
    }
}
