//! The captions that are open, with everything that is known of them and shown of them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::checks::Checks;
use super::doubt::Rank;
use super::selection::{Choosing, Selection};
use super::soundtrack::Soundtrack;
use crate::asr::CancelToken;
use crate::caption::Profile;
use crate::document::ops::{self, OpError};
use crate::document::{Changes, Cue, CueId, Document, Edit, EditError, Editor, Transaction};
use crate::exchange::InPlace;
use crate::gui::command::Available;
use crate::gui::words::{InWords, say};
use crate::gui::workers::Captions;
use crate::project::{MediaReference, Project, ProjectSettings, Recoverable, Saver, WriteLock};
use crate::time::MediaTime;
use crate::transcript::{DOUBTFUL_FROM, Language, SecondOpinion, Segment};

/// Shorter sound says little of a computer's speed: the first seconds go to the model's start.
const MEASURABLE: MediaTime = MediaTime::from_millis(30_000);

/// Why captions cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// They are still being made.
    Transcribing,
    /// Another window has them.
    OpenElsewhere,
}

/// Why a change was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeError {
    ReadOnly(ReadOnly),
    Op(OpError),
    Edit(EditError),
}

impl From<OpError> for ChangeError {
    fn from(error: OpError) -> Self {
        Self::Op(error)
    }
}

impl From<EditError> for ChangeError {
    fn from(error: EditError) -> Self {
        Self::Edit(error)
    }
}

impl InWords for ChangeError {
    fn in_words(&self) -> String {
        match self {
            Self::ReadOnly(ReadOnly::Transcribing) => say("obstacle-captioning").to_owned(),
            Self::ReadOnly(ReadOnly::OpenElsewhere) => say("obstacle-read-only").to_owned(),
            Self::Op(error) => error.in_words(),
            Self::Edit(error) => error.in_words(),
        }
    }
}

/// A transcription that goes on.
#[derive(Debug)]
pub struct Task {
    pub job: u64,
    pub cancel: CancelToken,
    /// Everything before was recognized at another time.
    pub from: MediaTime,
    /// Cues with this id and later ones came from it.
    pub first: CueId,
    /// The list shows the newest cue.
    pub follows: bool,
    pub done: MediaTime,
    pub total: Option<MediaTime>,
    pub elapsed: Duration,
}

impl Task {
    /// `first` is the id of the first cue that it may bring.
    pub fn new(job: u64, cancel: CancelToken, from: MediaTime, first: CueId) -> Self {
        Self { job, cancel, from, first, follows: true, done: from, total: None, elapsed: Duration::ZERO }
    }

    /// From 0 to 1, where the length of the recording is known.
    pub fn fraction(&self) -> Option<f32> {
        let total = self.total?.as_secs_f64();
        (total > 0.0).then(|| (self.done.as_secs_f64() / total).clamp(0.0, 1.0) as f32)
    }

    /// Seconds of sound for each second of work.
    pub fn speed(&self) -> Option<f64> {
        let elapsed = self.elapsed.as_secs_f64();
        let done = self.done - self.from;
        (elapsed > 0.0 && done > MediaTime::ZERO).then(|| done.as_secs_f64() / elapsed)
    }

    /// The part of its length that the sound took, after so much that it says something of this computer.
    pub fn rtf(&self) -> Option<f64> {
        let is_long = self.done - self.from >= MEASURABLE;
        self.speed().filter(|_| is_long).map(|speed| 1.0 / speed)
    }

    pub fn left(&self) -> Option<Duration> {
        let left = (self.total? - self.done).as_secs_f64().max(0.0);
        Some(Duration::from_secs_f64(left / self.speed()?))
    }
}

/// What became of the wish to write, until the thread that writes is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Saving {
    /// The thread was requested.
    pub has_begun: bool,
    /// The user asked to save.
    pub waits: bool,
}

/// Names a state of the captions of a workspace, for what is computed from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    workspace: u64,
    revision: u64,
    /// Captions that are still being made change by additions, which undo passes over.
    cues: usize,
}

pub struct Workspace {
    /// Tells news of this workspace from those of others.
    pub number: u64,
    editor: Editor,
    profile: Profile,
    pub checks: Checks,
    pub selection: Selection,
    /// What stands in the title: a file name.
    pub name: String,
    /// Where captions or recording lie, and exports are proposed.
    pub folder: PathBuf,
    /// Where Save writes, once that is known.
    pub project: Option<PathBuf>,
    /// The file of another program that Save writes where there is no project.
    pub in_place: Option<InPlace>,
    /// The sound of these captions, where it is known.
    pub recording: Option<PathBuf>,
    /// How the recording is found again.
    pub media: Option<MediaReference>,
    /// Its sound, once it is opened.
    pub soundtrack: Option<Soundtrack>,
    /// Writes unsaved changes on a thread.
    pub saver: Option<Saver>,
    pub saving: Saving,
    /// The right to write the project.
    pub lock: Option<WriteLock>,
    /// What a project has besides its captions, as it was opened.
    rest: Project,
    /// What a crash left and these captions are; it is let go when they are safe.
    pub recovered: Option<Recoverable>,
    pub read_only: Option<ReadOnly>,
    pub task: Option<Task>,
    /// How far captions were made, where they are not complete.
    pub recognized_until: Option<MediaTime>,
    /// Captioning has just ended, with this number of cues.
    pub ready: Option<usize>,
    /// The doubtful word that was visited last.
    pub last_doubt: Option<Rank>,
    /// A second recognizer is listening; a call ends it.
    pub second: Option<CancelToken>,
}

impl Workspace {
    /// Shows captions that came from `source`. `number` is its own.
    pub fn new(number: u64, project: Project, source: &Path, profile: Profile) -> Self {
        let (document, rest) = divided(project);
        let editor = Editor::new(document);
        let checks = Checks::new(editor.document(), &profile, DOUBTFUL_FROM);
        let mut selection = Selection::default();
        if let Some(first) = editor.document().cues.first() {
            selection.only(first.id);
        }
        Self {
            number,
            checks,
            editor,
            profile,
            selection,
            name: source.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            folder: source.parent().unwrap_or(Path::new("")).to_owned(),
            project: None,
            in_place: None,
            recording: None,
            media: rest.media.clone(),
            soundtrack: None,
            saver: None,
            saving: Saving::default(),
            lock: None,
            recognized_until: rest.recognized_until,
            rest,
            recovered: None,
            read_only: None,
            task: None,
            ready: None,
            last_doubt: None,
            second: None,
        }
    }

    /// The recording is being transcribed, from where it was left off.
    pub fn begin_task(&mut self, job: u64, cancel: CancelToken) {
        let from = *self.recognized_until.get_or_insert_default();
        let length = self.document().media.as_ref().map(|media| media.duration);
        let total = length.filter(|length| *length > from);
        self.task = Some(Task { total, ..Task::new(job, cancel, from, self.editor.free_id()) });
        self.read_only = Some(ReadOnly::Transcribing);
    }

    /// The transcription has ended; what it brought stays.
    pub fn end_task(&mut self) -> Option<Task> {
        self.read_only.take_if(|reason| *reason == ReadOnly::Transcribing);
        self.task.take()
    }

    /// The transcription has ended: its captions as a whole take the place of those that came while it went on.
    pub fn complete(&mut self, captions: Captions) {
        let Some(task) = self.end_task() else { return };
        let Captions { cues, replace_all, media } = captions;
        let time = self.current().map(|cue| cue.span.start);
        let is_provisional = |id: &CueId| replace_all || *id >= task.first;
        let provisional = self.document().cues.iter().map(|cue| cue.id).filter(is_provisional).collect();
        let gap = self.profile.min_gap;
        let put = |editor: &mut Editor| {
            let (document, free) = (editor.document(), editor.free_id());
            let transaction = ops::complete(document, free, &provisional, cues, gap, media);
            editor.add(transaction).map(|changes| Some((None, changes)))
        };
        // All cues that it names are there.
        let _ = self.change(put);
        let current = self.selection.current();
        if current.is_none_or(|id| id >= task.first) {
            let cues = &self.editor.document().cues;
            let place = cues.partition_point(|cue| time.is_some_and(|time| cue.span.start < time));
            if let Some(cue) = cues.get(place).or(cues.last()) {
                self.selection.only(cue.id);
            }
        }
    }

    /// Lets the list follow the newest cue, or no longer. Where it does, gives that cue.
    pub fn follow_newest(&mut self, follows: bool) -> Option<CueId> {
        self.task.as_mut()?.follows = follows;
        self.document().cues.last().map(|cue| cue.id).filter(|_| follows)
    }

    /// Whether captions are missing that can be made.
    pub fn can_be_continued(&self) -> bool {
        self.recognized_until.is_some() && self.recording.is_some() && self.read_only.is_none()
    }

    /// Differs where what is shown differs.
    pub fn version(&self) -> Version {
        let (revision, cues) = (self.editor.revision(), self.document().cues.len());
        Version { workspace: self.number, revision, cues }
    }

    pub fn editor(&self) -> &Editor {
        &self.editor
    }

    pub fn document(&self) -> &Document {
        self.editor.document()
    }

    /// The names and terms for the recognizer.
    pub fn set_vocabulary(&mut self, terms: Vec<String>) {
        self.rest.vocabulary = terms;
    }

    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    pub fn set_profile(&mut self, profile: Profile) {
        self.checks = Checks::new(self.editor.document(), &profile, self.checks.doubtful_from());
        self.profile = profile;
    }

    /// Marks words whose chance to be wrong is this or more.
    pub fn doubt_from(&mut self, chance: f32) {
        self.checks.doubt_from(self.editor.document(), chance);
    }

    /// Adds what a second recognizer heard; undo leaves it.
    pub fn add_opinions(&mut self, heard: &[Segment]) {
        let transaction = ops::note_opinions(self.editor.document(), heard);
        // The cues are those of this document.
        let _ = self.change(|editor| editor.add(transaction).map(|changes| Some((None, changes))));
    }

    /// Everything that is saved.
    pub fn snapshot(&self) -> Project {
        let profile = Some(self.profile.name.clone());
        Project {
            document: self.document().clone(),
            media: self.media.clone(),
            settings: ProjectSettings { profile, ..self.rest.settings.clone() },
            vocabulary: self.rest.vocabulary.clone(),
            speakers: self.rest.speakers.clone(),
            recognized_until: self.recognized_until,
        }
    }

    pub fn is_dirty(&self) -> bool {
        self.editor.is_dirty()
    }

    pub fn mark_saved(&mut self, revision: u64) {
        self.editor.mark_saved(revision);
    }

    /// What comes next is a step of its own to undo.
    pub fn end_run(&mut self) {
        self.editor.end_run();
    }

    pub fn current(&self) -> Option<&Cue> {
        self.document().cue(self.selection.current()?)
    }

    /// The chosen cues in order.
    pub fn chosen(&self) -> Vec<CueId> {
        self.selection.in_order(&self.document().cues)
    }

    pub fn choose(&mut self, id: CueId, how: Choosing) {
        self.selection.choose(id, how, &self.editor.document().cues);
    }

    /// Does what an operation proposes.
    pub fn operate(
        &mut self,
        operation: impl FnOnce(&Document, CueId) -> Result<Transaction, OpError>,
    ) -> Result<(), ChangeError> {
        if let Some(reason) = self.read_only {
            return Err(ChangeError::ReadOnly(reason));
        }
        let transaction = operation(self.editor.document(), self.editor.free_id())?;
        Ok(self.apply(transaction)?)
    }

    pub fn apply(&mut self, transaction: Transaction) -> Result<(), EditError> {
        self.change(|editor| editor.apply(transaction).map(|changes| Some((None, changes)))).map(drop)
    }

    /// Adds what was recognized up to a time; undo leaves it.
    pub fn append(&mut self, cues: Vec<Cue>, segments: Vec<Segment>, until: MediaTime) {
        self.recognized_until = Some(until);
        if segments.is_empty() {
            return;
        }
        let gap = self.profile.min_gap;
        let add = |editor: &mut Editor| {
            let transaction = ops::append(editor.document(), editor.free_id(), cues, gap, segments);
            editor.add(transaction).map(|changes| Some((None, changes)))
        };
        // Cues with fresh ids fit every document.
        let _ = self.change(add);
    }

    /// Notes the language that was detected; undo leaves it.
    pub fn add_language(&mut self, language: Language) {
        let detected = Transaction::new("Detect language", vec![Edit::SetLanguage(language)]);
        // A language fits every document.
        let _ = self.change(|editor| editor.add(detected).map(|changes| Some((None, changes))));
    }

    /// Takes back the last step. Its label, if there was one.
    pub fn undo(&mut self) -> Result<Option<String>, EditError> {
        self.change(|editor| Ok(editor.undo()?.map(|done| (Some(done.label), done.changes))))
    }

    /// Does again what was taken back. Its label, if there was such.
    pub fn redo(&mut self) -> Result<Option<String>, EditError> {
        self.change(|editor| Ok(editor.redo()?.map(|done| (Some(done.label), done.changes))))
    }

    fn change(
        &mut self,
        change: impl FnOnce(&mut Editor) -> Result<Option<(Option<String>, Changes)>, EditError>,
    ) -> Result<Option<String>, EditError> {
        let place = self.selection.current().and_then(|id| self.document().position(id)).unwrap_or(0);
        let Some((label, changes)) = change(&mut self.editor)? else {
            return Ok(None);
        };
        let document = self.editor.document();
        self.checks.update(document, &self.profile, &changes);
        if changes.order {
            self.selection.keep(&document.cues, place);
        }
        if label.is_some()
            && let Some(first) = changes.cues.iter().filter_map(|id| document.position(*id)).min()
            && !changes.cues.iter().any(|id| self.selection.is_chosen(*id))
        {
            // What undo or redo did is shown.
            self.selection.only(document.cues[first].id);
        }
        Ok(label)
    }

    /// Whether a repair would help with what is shown to be wrong with a cue.
    pub fn can_repair(&self, id: CueId, with_suggestions: bool) -> bool {
        self.read_only.is_none()
            && self.checks.can_repair(self.document(), &self.profile, id, with_suggestions)
    }

    /// Whether a second recognizer heard something else somewhere in the current cue.
    fn has_alternative(&self) -> bool {
        let words = self.current().map(|cue| &cue.words);
        words.is_some_and(|words| {
            words.iter().any(|word| matches!(word.second, Some(SecondOpinion::Other(_))))
        })
    }

    /// What commands may count on.
    pub fn available(&self, with_suggestions: bool) -> Available {
        let cues = &self.document().cues;
        let current = self.selection.current();
        Available {
            captions: true,
            editing: self.read_only.is_none(),
            cue: current.is_some(),
            next_cue: self.selection.len() > 1
                || current.is_some() && current != cues.last().map(|cue| cue.id),
            undo: self.editor.undo_label().is_some(),
            redo: self.editor.redo_label().is_some(),
            doubtful: self.checks.all_doubtful_words() > 0,
            alternative: self.has_alternative(),
            problem: self.checks.faults() > 0 || with_suggestions && self.checks.suggestions() > 0,
            repair: current.is_some_and(|id| self.can_repair(id, with_suggestions)),
            repairs: self.read_only.is_none() && self.checks.can_repair_any(self.document(), &self.profile),
            sound: self.soundtrack.is_some(),
            continued: self.can_be_continued(),
            transcribing: self.task.is_some(),
            ..Available::default()
        }
    }

    /// The next cue after the current one, or before it, of which `wanted` is true; from the other end where there
    /// is none.
    pub fn next_where(&self, backwards: bool, wanted: impl Fn(&Cue) -> bool) -> Option<CueId> {
        let cues = &self.document().cues;
        let current = self.selection.current().and_then(|id| self.document().position(id));
        let count = cues.len();
        let from = current.unwrap_or(if backwards { 0 } else { count.saturating_sub(1) });
        let place =
            |step: usize| if backwards { (from + count - step) % count } else { (from + step) % count };
        (1..=count).map(place).map(|place| &cues[place]).find(|cue| wanted(cue)).map(|cue| cue.id)
    }

    /// The cue `by` places after the current one, limited to the first and the last cue.
    pub fn neighbour(&self, by: isize) -> Option<CueId> {
        let cues = &self.document().cues;
        let current = self.selection.current().and_then(|id| self.document().position(id));
        let place = current.map_or(0, |place| place.saturating_add_signed(by));
        cues.get(place.min(cues.len().checked_sub(1)?)).map(|cue| cue.id)
    }
}

/// The captions of a project, and the rest of it.
fn divided(mut project: Project) -> (Document, Project) {
    let document = std::mem::take(&mut project.document);
    (document, project)
}
