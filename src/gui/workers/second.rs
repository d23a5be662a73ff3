//! Second opinions on new captions, in the background.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use super::{Engines, NotTranscribed, Workers};
use crate::asr::CancelToken;
use crate::audio::Recording;
use crate::gui::news::{EditorNews, Post};
use crate::recognize::{EngineRequest, Resources, TranscribeError, TranscribeOptions, ask_second};
use crate::transcript::{Segment, Transcript};

pub struct SecondJob {
    pub workspace: u64,
    pub recording: PathBuf,
    /// The second recognizer.
    pub engine: EngineRequest,
    pub options: TranscribeOptions,
    /// The result of the first recognizer.
    pub transcript: Transcript,
    pub cancel: CancelToken,
}

impl Workers {
    pub fn ask_second(&self, job: SecondJob, engines: Engines) {
        self.start("second opinion", move |post| listen(job, &engines, post));
    }
}

fn listen(job: SecondJob, engines: &Engines, post: &Post) {
    let (workspace, cancel) = (job.workspace, job.cancel.clone());
    let result = opinions(job, engines);
    if !cancel.is_cancelled() {
        post.tell(EditorNews::Second { workspace, result });
    }
}

fn opinions(job: SecondJob, engines: &Engines) -> Result<Vec<Segment>, NotTranscribed> {
    let SecondJob { recording, engine, options, mut transcript, cancel, .. } = job;
    let engine = engines.get_apart(&engine).map_err(NotTranscribed::Engine)?;
    let recording = Recording::open(&recording).map_err(NotTranscribed::Audio)?;
    // One thread, so that the window stays responsive.
    let options = TranscribeOptions { resources: Resources::on(NonZeroUsize::MIN), ..options };
    match ask_second(&*engine, recording, &mut transcript, &options, &cancel, &mut |_| ()) {
        Ok(()) | Err(TranscribeError::Cancelled) => Ok(transcript.segments),
        Err(error) => Err(NotTranscribed::Failed(error)),
    }
}
