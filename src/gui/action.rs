//! What panels request from the app. Panels read its state but never change it.

use std::collections::VecDeque;
use std::ops::Range;
use std::path::PathBuf;

use super::command::Command;
use super::dialogs::export_plan::ExportPlan;
use super::editor::retiming::Retiming;
use super::editor::rows::Choice;
use super::editor::selection::Choosing;
use super::editor::speakers::SpeakerAction;
use super::models::ModelAction;
use super::queue::QueueAction;
use super::record::RecordAction;
use super::workers::Question;
use crate::document::CueId;
use crate::settings::Settings;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::LeftOut;

/// Recovered changes to discard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discarding {
    /// The file that holds them.
    pub path: PathBuf,
    /// The name shown to the user.
    pub name: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Run(Command),
    Open(PathBuf),
    /// Opens recovered changes, by their index in the list.
    Recover(usize),
    /// Asks whether to discard recovered changes.
    AskToDiscard(Discarding),
    /// Discards the recovered changes in this file.
    DiscardRecovered(PathBuf),
    ForgetRecent(PathBuf),
    Choose(CueId, Choosing),
    /// Shows a cue and makes it the current one; playback starts there.
    GoTo(CueId),
    /// Sets the text that the user typed.
    SetText(CueId, String),
    SetSpan(CueId, TimeSpan),
    /// Looks for spelling suggestions for a word.
    Suggest(String),
    /// Replaces a misspelled word; `range` are its bytes in the text of the cue.
    Respell {
        cue: CueId,
        range: Range<usize>,
        word: String,
        with: String,
    },
    /// Adds a word to the names and terms.
    AddTerm(String),
    /// Selects a word of a cue's text for editing.
    EditWord(CueId, Range<usize>),
    /// Pastes the text of the clipboard into the list.
    Paste(String),
    /// Changes times as they were dragged in the waveform.
    Retime(Retiming),
    /// Ends the current undo step: what is typed next is a new one.
    EndRun,
    /// Sets the speaker of the selected cues; `None` removes it.
    SetSpeaker(Option<String>),
    /// Moves the selected cues, or all cues.
    ShiftBy {
        by: MediaTime,
        all: bool,
    },
    /// Inserts a passage of the second opinion into the captions.
    InsertLeftOut(LeftOut),
    /// Dismisses it, because it is not speech of the recording.
    DismissLeftOut(LeftOut),
    RepairCue(CueId),
    ReplaceOne,
    ReplaceAll,
    CloseFind,
    /// Chooses which cues the list shows, and in which order.
    ShowRows(Choice),
    /// Shows all cues in order of time again.
    CloseRows,
    /// Goes to a match of find, by its number from 0.
    GoToMatch(usize),
    Seek(MediaTime),
    SetRate(f32),
    /// Sets the rules to check against, by name.
    SetProfile(String),
    CancelTranscription,
    /// Stops the list from following new cues.
    StopFollowing,
    /// Transcribes this recording again.
    Transcribe(PathBuf),
    ShowFolder(PathBuf),
    Dismiss(u64),
    /// Hides the first steps on the start page permanently.
    HideFirstSteps,
    /// Dismisses the message that the captions are ready.
    DismissReady,
    Export(Box<ExportPlan>),
    /// Asks for a folder other than this one.
    AskExportFolder(PathBuf),
    /// A path typed in place of a file dialog; `None` drops the question.
    AnswerPath(Question, Option<PathBuf>),
    /// Confirms a typed path: the existing file is replaced.
    ReplacePath(Question, PathBuf),
    ChangeSettings(Box<Settings>),
    SetShortcut(Command, Option<egui::KeyboardShortcut>),
    ResetShortcut(Command),
    ResetShortcuts,
    SaveThen(After),
    DiscardThen(After),
    /// Leaves the captions, after a question where changes would be lost.
    Leave(After),
    Record(RecordAction),
    Queue(QueueAction),
    Models(ModelAction),
    Speakers(SpeakerAction),
}

/// What to do after the question about unsaved changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    Close,
    Quit,
    /// Even if that cancels running work; the user has confirmed it.
    StopAndQuit,
    Open(PathBuf),
    /// Shows the page for recording lectures.
    Record,
}

/// Collects what panels request during a frame.
#[derive(Debug, Default)]
pub struct Actions(VecDeque<Action>);

impl Actions {
    pub fn ask(&mut self, action: Action) {
        self.0.push_back(action);
    }

    pub fn run(&mut self, command: Command) {
        self.ask(Action::Run(command));
    }

    pub fn next(&mut self) -> Option<Action> {
        self.0.pop_front()
    }
}
