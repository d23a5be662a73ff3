//! Second opinions for `lectern caption`.

use std::path::Path;

use super::report::Reporter;
use crate::asr::locate::search_roots;
use crate::asr::{CancelToken, Task};
use crate::audio::Recording;
use crate::recognize::{
    Engine, EngineRequest, Event, TranscribeError, TranscribeOptions, ask_second, second_engine,
};
use crate::transcript::Transcript;

/// The engine of the last recording, which the next one usually needs too.
#[derive(Default)]
pub struct SecondOpinions {
    last: Option<(EngineRequest, Engine)>,
}

impl SecondOpinions {
    /// Adds a second opinion to a transcript. Without a model for it, this only prints a note.
    pub fn add(
        &mut self,
        transcript: &mut Transcript,
        input: &Path,
        options: &TranscribeOptions,
        cancel: &CancelToken,
        reporter: &mut Reporter,
    ) -> anyhow::Result<()> {
        if options.request.task == Task::Translate {
            reporter.warn("there is no second opinion on a translation");
            return Ok(());
        }
        let roots = search_roots();
        let Some(request) = second_engine(&options.request.engine, &transcript.language, &roots) else {
            reporter.warn(
                "there is no model for a second opinion; `lectern models download tiny` gets one for all languages",
            );
            return Ok(());
        };
        reporter.note("listening again for the second opinion");
        let engine = self.engine(request)?;
        let recording = Recording::open(input)?;
        let mut on_progress = |progress| reporter.event(&Event::Progress(progress));
        match ask_second(engine, recording, transcript, options, cancel, &mut on_progress) {
            Err(TranscribeError::Recognize(error)) => reporter.warn(&format!("no second opinion: {error}")),
            result => result?,
        }
        Ok(())
    }

    fn engine(&mut self, request: EngineRequest) -> anyhow::Result<&Engine> {
        let last = match self.last.take() {
            Some((loaded, engine)) if loaded == request => (loaded, engine),
            _ => {
                let engine = Engine::load(&request)?;
                (request, engine)
            }
        };
        Ok(&self.last.insert(last).1)
    }
}
