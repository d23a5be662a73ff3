//! The open captions, with everything known about them and shown of them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::checks::Checks;
use super::dictionary::Spelling;
use super::doubt::Rank;
use super::picture::shown::ShownPicture;
use super::readings::{Offered, has_others};
use super::rows::{Judgement, Rows};
use super::selection::{Choosing, Selection};
use super::soundtrack::Soundtrack;
use super::speakers::{Roster, SpeakerSearch};
use super::version::Version;
use crate::asr::CancelToken;
use crate::caption::Profile;
use crate::document::ops::{self, OpError};
use crate::document::{Changes, Cue, CueId, Document, Edit, EditError, Editor, Transaction};
use crate::exchange::InPlace;
use crate::gui::command::Available;
use crate::gui::words::{InWords, say};
use crate::gui::workers::Captions;
use crate::project::{MediaReference, Project, ProjectSettings, Recoverable, Saver, WriteLock};
use crate::recognize::Suggestion;
use crate::remembered::RememberedVoices;
use crate::time::MediaTime;
use crate::transcript::{DOUBTFUL_FROM, Language, SecondOpinion, Segment, Voices, Word};

/// Shorter sound says little about a computer's speed: the first seconds are spent starting the model.
const MEASURABLE: MediaTime = MediaTime::from_millis(30_000);

/// A smaller gap is invisible: half a frame of a film.
const TOUCHING: MediaTime = MediaTime::from_millis(20);

/// Why captions cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// They are still being made.
    Transcribing,
    /// They are open in another window.
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

/// A running transcription.
#[derive(Debug)]
pub struct CaptioningTask {
    pub job: u64,
    pub cancel: CancelToken,
    /// Everything before this time was recognized earlier.
    pub from: MediaTime,
    /// Cues with this id and later ones came from it.
    pub first: CueId,
    /// The list shows the newest cue.
    pub follows: bool,
    pub done: MediaTime,
    pub total: Option<MediaTime>,
    pub elapsed: Duration,
}

impl CaptioningTask {
    /// `first` is the id of the first cue that it may add.
    pub fn new(job: u64, cancel: CancelToken, from: MediaTime, first: CueId) -> Self {
        Self { job, cancel, from, first, follows: true, done: from, total: None, elapsed: Duration::ZERO }
    }

    /// Progress from 0 to 1, if the length of the recording is known.
    pub fn fraction(&self) -> Option<f32> {
        let total = self.total?.as_secs_f64();
        (total > 0.0).then(|| (self.done.as_secs_f64() / total).clamp(0.0, 1.0) as f32)
    }

    /// Returns the seconds of sound recognized per second of work.
    pub fn speed(&self) -> Option<f64> {
        let elapsed = self.elapsed.as_secs_f64();
        let done = self.done - self.from;
        (elapsed > 0.0 && done > MediaTime::ZERO).then(|| done.as_secs_f64() / elapsed)
    }

    /// Returns the real-time factor, once enough sound was recognized for a good estimate.
    pub fn rtf(&self) -> Option<f64> {
        let is_long = self.done - self.from >= MEASURABLE;
        self.speed().filter(|_| is_long).map(|speed| 1.0 / speed)
    }

    pub fn left(&self) -> Option<Duration> {
        let left = (self.total? - self.done).as_secs_f64().max(0.0);
        Some(Duration::from_secs_f64(left / self.speed()?))
    }
}

/// A request to save that waits until the saver has started.
#[derive(Clone, Copy, Debug, Default)]
pub struct Saving {
    /// The saver was requested.
    pub has_begun: bool,
    /// The user asked to save.
    pub waits: bool,
}

pub struct Workspace {
    /// Distinguishes news of this workspace from those of others.
    pub number: u64,
    editor: Editor,
    profile: Profile,
    pub checks: Checks,
    pub selection: Selection,
    /// Which cues the list shows.
    pub rows: Rows,
    /// The name in the title: a file name.
    pub name: String,
    /// The folder of the captions or the recording; exports are proposed there.
    pub folder: PathBuf,
    /// The file that Save writes, once it is known.
    pub project: Option<PathBuf>,
    /// The caption file that Save writes if there is no project.
    pub in_place: Option<InPlace>,
    /// The recording of these captions, if it is known.
    pub recording: Option<PathBuf>,
    /// How the recording is found again.
    pub media: Option<MediaReference>,
    /// Its sound, once it is opened.
    pub soundtrack: Option<Soundtrack>,
    /// Its picture, if it may have one.
    pub picture: Option<ShownPicture>,
    /// Writes unsaved changes on a thread.
    pub saver: Option<Saver>,
    pub saving: Saving,
    /// The write lock of the project.
    pub lock: Option<WriteLock>,
    /// Everything else in the project, as it was opened.
    rest: Project,
    /// The recovery file that these captions came from; deleted once they are saved.
    pub recovered: Option<Recoverable>,
    pub read_only: Option<ReadOnly>,
    pub task: Option<CaptioningTask>,
    /// How far captions were made, if they are incomplete.
    pub recognized_until: Option<MediaTime>,
    /// Captioning has just ended, with this number of cues.
    pub ready: Option<usize>,
    /// The doubtful word visited last.
    pub last_doubt: Option<Rank>,
    /// What was offered in the place of a word.
    pub offered: Option<Offered>,
    /// The cue of the misspelled word that was visited last, and the byte where the word ends.
    pub last_unknown: Option<(CueId, usize)>,
    /// Stops the running second recognizer.
    pub second: Option<CancelToken>,
    speakers: Roster,
    /// Set while speakers are being found.
    pub finding: Option<SpeakerSearch>,
    /// Speakers whose voices may be remembered ones.
    pub suggestions: Vec<Suggestion>,
}

impl Workspace {
    /// Opens captions that came from `source`, with the workspace number `number`.
    pub fn new(number: u64, project: Project, source: &Path, profile: Profile) -> Self {
        let (document, mut rest) = divided(project);
        let speakers = Roster::new(std::mem::take(&mut rest.speakers), &document.cues);
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
            rows: Rows::default(),
            name: source.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            folder: source.parent().unwrap_or(Path::new("")).to_owned(),
            project: None,
            in_place: None,
            recording: None,
            media: rest.media.clone(),
            soundtrack: None,
            picture: None,
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
            offered: None,
            last_unknown: None,
            second: None,
            speakers,
            finding: None,
            suggestions: Vec::new(),
        }
    }

    /// Starts a transcription, which continues where the last one stopped.
    pub fn begin_task(&mut self, job: u64, cancel: CancelToken) {
        let from = *self.recognized_until.get_or_insert_default();
        let length = self.document().media.as_ref().map(|media| media.duration);
        let total = length.filter(|length| *length > from);
        self.task =
            Some(CaptioningTask { total, ..CaptioningTask::new(job, cancel, from, self.editor.free_id()) });
        self.read_only = Some(ReadOnly::Transcribing);
    }

    /// Ends the transcription; its cues stay.
    pub fn end_task(&mut self) -> Option<CaptioningTask> {
        self.read_only.take_if(|reason| *reason == ReadOnly::Transcribing);
        self.task.take()
    }

    /// Ends the transcription, and replaces the cues added during the run by its final captions.
    pub fn complete(&mut self, captions: Captions) {
        let Some(task) = self.end_task() else { return };
        let Captions { cues, replace_all, media, voices } = captions;
        let time = self.current().map(|cue| cue.span.start);
        let is_provisional = |id: &CueId| replace_all || *id >= task.first;
        let provisional = self.document().cues.iter().map(|cue| cue.id).filter(is_provisional).collect();
        let gap = self.profile.min_gap;
        let put = |editor: &mut Editor| {
            let (document, free) = (editor.document(), editor.free_id());
            let transaction = ops::complete(document, free, &provisional, cues, gap, media);
            editor.add(transaction).map(|changes| Some((None, changes)))
        };
        // All the cues that it refers to exist.
        let _ = self.change(put);
        voices.into_iter().for_each(|voices| self.add_voices(voices));
        let current = self.selection.current();
        if current.is_none_or(|id| id >= task.first) {
            let cues = &self.editor.document().cues;
            let place = cues.partition_point(|cue| time.is_some_and(|time| cue.span.start < time));
            if let Some(cue) = cues.get(place).or(cues.last()) {
                self.selection.only(cue.id);
            }
        }
    }

    /// Starts or stops following the newest cue; returns that cue if following starts.
    pub fn follow_newest(&mut self, follows: bool) -> Option<CueId> {
        self.task.as_mut()?.follows = follows;
        self.document().cues.last().map(|cue| cue.id).filter(|_| follows)
    }

    /// Returns whether the rest of the captions can be made.
    pub fn can_be_continued(&self) -> bool {
        self.recognized_until.is_some() && self.recording.is_some() && self.read_only.is_none()
    }

    /// Returns a value that differs whenever the displayed captions differ.
    pub fn version(&self) -> Version {
        let (revision, cues) = (self.editor.revision(), self.document().cues.len());
        Version::new(self.number, revision, cues)
    }

    pub fn editor(&self) -> &Editor {
        &self.editor
    }

    pub fn document(&self) -> &Document {
        self.editor.document()
    }

    /// Sets the names and terms for the recognizer.
    pub fn set_vocabulary(&mut self, terms: Vec<String>) {
        self.rest.vocabulary = terms;
    }

    pub fn vocabulary(&self) -> &[String] {
        &self.rest.vocabulary
    }

    /// Adds names and terms that are missing.
    pub fn add_terms(&mut self, terms: Vec<String>) {
        let vocabulary = &mut self.rest.vocabulary;
        let new: Vec<_> = terms.into_iter().filter(|term| !vocabulary.contains(term)).collect();
        vocabulary.extend(new);
    }

    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Returns the largest gap between cues that touch, whose edges move together.
    pub fn touching(&self) -> MediaTime {
        self.profile.min_gap.max(TOUCHING)
    }

    pub fn set_profile(&mut self, profile: Profile) {
        self.checks = Checks::new(self.editor.document(), &profile, self.checks.doubtful_from());
        self.profile = profile;
    }

    /// Marks words from this probability of error on.
    pub fn doubt_from(&mut self, chance: f32) {
        self.checks.doubt_from(self.editor.document(), chance);
    }

    /// Adds what a second recognizer recognized; undo skips it.
    pub fn add_opinions(&mut self, second: &[Segment]) {
        let transaction = ops::note_opinions(self.editor.document(), second);
        // The cues belong to this document.
        let _ = self.change(|editor| editor.add(transaction).map(|changes| Some((None, changes))));
    }

    /// Stores the voices of the recording; undo does not remove them.
    pub fn add_voices(&mut self, voices: Voices) {
        let voices = Transaction::new("Note the voices", vec![Edit::SetVoices(Some(voices))]);
        // Adding voices cannot fail.
        let _ = self.change(|editor| editor.add(voices).map(|changes| Some((None, changes))));
    }

    /// Returns the speakers in the order of their keys.
    pub fn speakers(&self) -> &Roster {
        &self.speakers
    }

    /// Removes speakers who have no cue.
    pub fn tidy_speakers(&mut self) {
        self.speakers.tidy();
    }

    /// Returns everything that is saved.
    pub fn snapshot(&self) -> Project {
        let profile = Some(self.profile.name.clone());
        Project {
            document: self.document().clone(),
            media: self.media.clone(),
            settings: ProjectSettings { profile, ..self.rest.settings.clone() },
            vocabulary: self.rest.vocabulary.clone(),
            speakers: self.speakers.names().to_vec(),
            recognized_until: self.recognized_until,
            remembered: self.rest.remembered.clone(),
        }
    }

    /// Returns the remembered voices that are passed on with the project.
    pub fn passed_on(&self) -> &RememberedVoices {
        &self.rest.remembered
    }

    /// Passes on these remembered voices with the project, which must be saved again; undo does not change that.
    pub fn pass_on(&mut self, voices: RememberedVoices) {
        self.rest.remembered = voices;
        self.editor.touch();
    }

    pub fn is_dirty(&self) -> bool {
        self.editor.is_dirty()
    }

    pub fn mark_saved(&mut self, revision: u64) {
        self.editor.mark_saved(revision);
    }

    /// Ends the current undo step.
    pub fn end_run(&mut self) {
        self.editor.end_run();
    }

    pub fn current(&self) -> Option<&Cue> {
        self.document().cue(self.selection.current()?)
    }

    /// Returns the selected cues in order.
    pub fn chosen(&self) -> Vec<CueId> {
        self.selection.in_order(&self.document().cues)
    }

    pub fn choose(&mut self, id: CueId, how: Choosing) {
        self.selection.choose(id, how, &self.shown());
    }

    /// Selects all cues that the list shows.
    pub fn choose_all(&mut self) {
        self.selection.all(&self.shown());
    }

    /// Returns the cues that the list shows, in its order.
    fn shown(&self) -> Vec<CueId> {
        self.rows.cues(self.document()).map(|cue| cue.id).collect()
    }

    /// Updates the rows of the list, and deselects cues that are no longer shown.
    pub fn update_rows(&mut self, with_suggestions: bool, spelling: &Spelling) {
        let (version, current) = (self.version(), self.selection.current());
        let (doubtful_from, version_of_words) = (self.checks.doubtful_from(), spelling.version());
        let judgement = Judgement { with_suggestions, doubtful_from, spelling: version_of_words };
        let by = (&self.checks, spelling);
        if self.rows.update(self.editor.document(), by, current, judgement, version) {
            let shown = self.shown();
            self.selection.stay_within(&shown);
        }
    }

    /// Carries out what an operation proposes.
    pub fn operate(
        &mut self,
        operation: impl FnOnce(&Document, CueId) -> Result<Transaction, OpError>,
    ) -> Result<(), ChangeError> {
        if let Some(reason) = self.read_only {
            return Err(ChangeError::ReadOnly(reason));
        }
        let transaction = operation(self.editor.document(), self.editor.free_id())?;
        let place = self.place();
        let changes = self.editor.apply(transaction)?;
        self.follow_changes(place, None, &changes);
        Ok(())
    }

    pub fn apply(&mut self, transaction: Transaction) -> Result<(), EditError> {
        self.change(|editor| editor.apply(transaction).map(|changes| Some((None, changes)))).map(drop)
    }

    /// Adds what was recognized up to a time; undo skips it.
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
        // Cues with new ids fit every document.
        let _ = self.change(add);
    }

    /// Sets the detected language; undo skips it.
    pub fn add_language(&mut self, language: Language) {
        let detected = Transaction::new("Detect language", vec![Edit::SetLanguage(language)]);
        // A language fits every document.
        let _ = self.change(|editor| editor.add(detected).map(|changes| Some((None, changes))));
    }

    /// Undoes the last step and returns its label, if there was one.
    pub fn undo(&mut self) -> Result<Option<String>, EditError> {
        self.change(|editor| Ok(editor.undo()?.map(|done| (Some(done.label), done.changes))))
    }

    /// Redoes the last undone step and returns its label, if there was one.
    pub fn redo(&mut self) -> Result<Option<String>, EditError> {
        self.change(|editor| Ok(editor.redo()?.map(|done| (Some(done.label), done.changes))))
    }

    fn change(
        &mut self,
        change: impl FnOnce(&mut Editor) -> Result<Option<(Option<String>, Changes)>, EditError>,
    ) -> Result<Option<String>, EditError> {
        let place = self.place();
        let Some((label, changes)) = change(&mut self.editor)? else {
            return Ok(None);
        };
        self.follow_changes(place, label.as_deref(), &changes);
        Ok(label)
    }

    /// Returns the place of the current cue.
    fn place(&self) -> usize {
        self.selection.current().and_then(|id| self.document().position(id)).unwrap_or(0)
    }

    /// Updates checks and selection after a change. `place` is the place of the current cue before it, and `label` that
    /// of the step that was undone or redone.
    fn follow_changes(&mut self, place: usize, label: Option<&str>, changes: &Changes) {
        let document = self.editor.document();
        self.checks.update(document, &self.profile, changes);
        if changes.order || changes.speakers {
            self.speakers.follow(&document.cues);
            if label.is_some() {
                self.speakers.tidy();
            }
        }
        if changes.order {
            self.selection.keep(&document.cues, place);
        }
        if label.is_some()
            && let Some(first) = changes.cues.iter().filter_map(|id| document.position(*id)).min()
            && !changes.cues.iter().any(|id| self.selection.is_chosen(*id))
        {
            // Show what undo or redo changed.
            self.selection.only(document.cues[first].id);
        }
    }

    /// Returns whether a repair would help with a problem shown for a cue.
    pub fn can_repair(&self, id: CueId, with_suggestions: bool) -> bool {
        self.read_only.is_none()
            && self.checks.can_repair(self.document(), &self.profile, id, with_suggestions)
    }

    /// Returns whether a second recognizer recognized something else in the current cue.
    fn has_alternative(&self) -> bool {
        let is_other = |word: &Word| matches!(word.second, Some(SecondOpinion::Other(_)));
        self.current().is_some_and(|cue| {
            // What was offered last can be taken back, too.
            self.offered.is_some()
                || cue.words.iter().any(is_other)
                || has_others(cue, &self.document().segments)
        })
    }

    /// Returns what commands can rely on.
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
            left_out: ops::left_out(self.document()).next().is_some(),
            term: self.current().is_some_and(|cue| cue.words.iter().any(|word| word.listed.is_some())),
            problem: self.checks.faults() > 0 || with_suggestions && self.checks.suggestions() > 0,
            repair: current.is_some_and(|id| self.can_repair(id, with_suggestions)),
            repairs: self.read_only.is_none() && self.checks.can_repair_any(self.document(), &self.profile),
            sound: self.soundtrack.is_some(),
            picture: self.picture.as_ref().is_some_and(ShownPicture::may_be_there),
            continued: self.can_be_continued(),
            transcribing: self.task.is_some(),
            ..Available::default()
        }
    }

    /// Returns the next (or previous) cue for which `wanted` is true, wrapping around.
    pub fn next_where(&self, backwards: bool, wanted: impl Fn(&Cue) -> bool) -> Option<CueId> {
        let cues = &self.document().cues;
        let current = self.selection.current().and_then(|id| self.document().position(id));
        let count = cues.len();
        let from = current.unwrap_or(if backwards { 0 } else { count.saturating_sub(1) });
        let place =
            |step: usize| if backwards { (from + count - step) % count } else { (from + step) % count };
        (1..=count).map(place).map(|place| &cues[place]).find(|cue| wanted(cue)).map(|cue| cue.id)
    }

    /// Returns the cue `by` rows after the current one, limited to the first and last row.
    pub fn neighbour(&self, by: isize) -> Option<CueId> {
        let current = self.selection.current().and_then(|id| self.document().position(id));
        let row = current.and_then(|place| self.rows.row(place));
        let last = self.rows.len(self.document()).checked_sub(1)?;
        let row = row.map_or(0, |row| row.saturating_add_signed(by)).min(last);
        self.rows.cue(self.document(), row).map(|cue| cue.id)
    }
}

/// Splits a project into its captions and the rest.
fn divided(mut project: Project) -> (Document, Project) {
    let document = std::mem::take(&mut project.document);
    (document, project)
}
