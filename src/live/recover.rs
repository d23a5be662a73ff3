//! Recovers interrupted sessions.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossbeam::channel::bounded;

use super::event_sender::EventSender;
use super::journal::{self, Journal, JournalError};
use super::recognize::{Parts, SpoolRecognizer};
use super::speakers::{Speakers, SpoolListener};
use super::spool_progress::Tail;
use super::{EVENTS, LiveEngine, LiveError, LiveFiles, LiveSession, spawn};
use crate::asr::{CancelToken, Recognizer};
use crate::audio::{SAMPLE_RATE, SpoolReader, repair_spool};
use crate::recognize::CaptionRequest;
use crate::time::MediaTime;

/// An interrupted session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The name of its files, without an extension.
    pub name: String,
    /// Its recording and its journal.
    pub files: LiveFiles,
    /// Length of its recording.
    pub recorded: MediaTime,
    /// Length of the part that is recognized.
    pub recognized: MediaTime,
}

/// Returns the interrupted sessions in a folder, sorted by name; or the one session, if `path` is its journal. Sessions
/// that another program is recording or recovering are left out.
///
/// # Errors
/// [`LiveError`] if the folder cannot be read, or if a journal or recording cannot be read and no session is found.
pub fn unfinished(path: &Path) -> Result<Vec<Unfinished>, LiveError> {
    if !path.is_dir() {
        return Ok(vec![inspect(path)?]);
    }
    let folder = path;
    let error = |source| LiveError::Folder { folder: folder.to_owned(), source };
    let (mut found, mut failure) = (Vec::new(), None);
    for entry in std::fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if path.extension().is_none_or(|extension| extension != "journal") {
            continue;
        }
        match inspect(&path) {
            Ok(session) => found.push(session),
            Err(LiveError::Journal(JournalError::InUse { .. })) => {}
            Err(error) => failure = Some(error),
        }
    }
    if let (true, Some(failure)) = (found.is_empty(), failure) {
        return Err(failure);
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn inspect(journal: &Path) -> Result<Unfinished, LiveError> {
    if journal::is_in_use(journal) {
        return Err(LiveError::Journal(JournalError::InUse { path: journal.to_owned() }));
    }
    let past = journal::read(journal)?;
    let sound = journal.with_extension("wav");
    let recorded = SpoolReader::open(&sound)?.samples()?;
    Ok(Unfinished {
        name: journal.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        files: LiveFiles { sound, journal: PathBuf::from(journal), full_quality: None },
        recorded: MediaTime::from_samples(recorded, SAMPLE_RATE),
        recognized: MediaTime::from_samples(past.until.min(recorded), SAMPLE_RATE),
    })
}

/// Recognizes the rest of an interrupted session. The final transcript contains all its words; events report only new
/// ones.
///
/// # Errors
/// [`LiveError`] if the journal or the recording cannot be read, another program uses them, or a thread cannot be
/// started.
pub fn recover<R: Recognizer + 'static>(
    engine: LiveEngine<R>,
    files: &LiveFiles,
    request: CaptionRequest,
) -> Result<LiveSession, LiveError> {
    let journal = Journal::append_to(&files.journal)?;
    let written = repair_spool(&files.sound)?;
    let mut past = journal::read(&files.journal)?;
    past.until = past.until.min(written);
    let (commands, _) = bounded(1);
    let (events_in, events) = bounded(EVENTS);
    let cancel = CancelToken::default();
    let tail = Arc::new(Tail::new(written, past.until, true));
    let outbox = EventSender::new(events_in, engine.wake);
    let listener = SpoolListener {
        reader: SpoolReader::open(&files.sound)?,
        tail: Arc::clone(&tail),
        outbox: outbox.clone(),
        cancel: cancel.clone(),
    };
    let speakers = Speakers::start(&request, listener)?;
    let parts = Parts {
        make: engine.make_recognizer,
        detector: engine.detector,
        reader: SpoolReader::open(&files.sound)?,
        journal,
        tail,
        clock: engine.clock,
        outbox,
        cancel: cancel.clone(),
        stability: engine.stability,
    };
    let recognize = spawn("recognize", move || SpoolRecognizer::new(parts, request, past).run())?;
    Ok(LiveSession { commands, events, cancel, feed: None, recognize: Some(recognize), speakers })
}
