//! Recognizing selected cues again.

use super::{Engines, Workers};
use crate::asr::CancelToken;
use crate::audio::DecodedCopy;
use crate::caption::compose;
use crate::document::{Cue, CueId};
use crate::gui::news::EditorNews;
use crate::gui::words::{InWords, say};
use crate::recognize::{AgainError, EngineError, TranscribeOptions, transcribe_span};
use crate::time::TimeSpan;
use crate::transcript::{Language, Segment};

pub struct AgainJob {
    pub workspace: u64,
    /// The cues to replace, and the span to recognize.
    pub cues: Vec<CueId>,
    pub span: TimeSpan,
    pub sound: DecodedCopy,
    pub options: TranscribeOptions,
    pub language: Language,
}

/// The recognized cues.
pub struct Again {
    pub cues: Vec<CueId>,
    pub span: TimeSpan,
    pub new: Vec<Cue>,
    pub segments: Vec<Segment>,
}

/// Why nothing was recognized.
pub enum NotAgain {
    Engine(EngineError),
    Failed(AgainError),
    NoSpeech,
}

impl InWords for NotAgain {
    fn in_words(&self) -> String {
        match self {
            Self::Engine(error) => error.in_words(),
            Self::Failed(error) => error.in_words(),
            Self::NoSpeech => say("error-again-no-speech").to_owned(),
        }
    }
}

impl Workers {
    pub fn transcribe_again(&self, job: AgainJob, engines: Engines) {
        self.start("transcribe again", move |post| {
            let workspace = job.workspace;
            post.tell(EditorNews::Again { workspace, result: again(job, &engines) });
        });
    }
}

fn again(job: AgainJob, engines: &Engines) -> Result<Again, NotAgain> {
    let AgainJob { cues, span, sound, options, language, .. } = job;
    let engine = engines.get(&options.request.engine).map_err(NotAgain::Engine)?;
    let segments = transcribe_span(&*engine, &sound, span, &options, &CancelToken::default());
    let segments = segments.map_err(NotAgain::Failed)?;
    if segments.is_empty() {
        return Err(NotAgain::NoSpeech);
    }
    let new = compose(&segments, &language, &options.request.profile);
    Ok(Again { cues, span, new, segments })
}
