//! What panels ask of the app. They read its state and change nothing themselves.

use std::path::PathBuf;

use super::command::Command;
use super::dialogs::export_plan::ExportPlan;
use super::editor::selection::Choosing;
use super::models::ModelAction;
use super::queue::QueueAction;
use super::record::RecordAction;
use super::workers::Question;
use crate::document::CueId;
use crate::document::ops::Edge;
use crate::settings::Settings;
use crate::time::{MediaTime, TimeSpan};

/// Changes that were kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discarding {
    /// The file that they were kept in.
    pub path: PathBuf,
    /// What a person knows them by.
    pub name: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Run(Command),
    Open(PathBuf),
    /// What a crash left, by its place in the list.
    Recover(usize),
    /// Asks whether to discard what a crash left.
    AskToDiscard(Discarding),
    /// What a crash left in this file.
    DiscardRecovered(PathBuf),
    ForgetRecent(PathBuf),
    Choose(CueId, Choosing),
    /// Shows a cue and makes it the current one; playing begins there.
    GoTo(CueId),
    /// The text that a person typed.
    SetText(CueId, String),
    SetSpan(CueId, TimeSpan),
    /// A dragged edge; it snaps to what is nearer than `snap`.
    MoveEdge {
        cue: CueId,
        edge: Edge,
        to: MediaTime,
        snap: MediaTime,
    },
    /// What is typed next is a step of its own.
    EndRun,
    /// For the chosen cues; none takes the speaker away.
    SetSpeaker(Option<String>),
    /// Moves the chosen cues, or all.
    ShiftBy {
        by: MediaTime,
        all: bool,
    },
    RepairCue(CueId),
    ReplaceOne,
    ReplaceAll,
    CloseFind,
    Seek(MediaTime),
    SetRate(f32),
    /// The name of the rules to check against.
    SetProfile(String),
    CancelTranscription,
    /// The list stays where it is while cues come.
    StopFollowing,
    /// Runs the transcription of this recording again.
    Transcribe(PathBuf),
    ShowFolder(PathBuf),
    Dismiss(u64),
    /// A person has seen that the captions are ready.
    DismissReady,
    Export(Box<ExportPlan>),
    /// Asks for another folder than this one.
    AskExportFolder(PathBuf),
    /// A path that was typed where there are no file dialogs; without one the question is dropped.
    AnswerPath(Question, Option<PathBuf>),
    /// The same path once more: the file that is there is replaced.
    ReplacePath(Question, PathBuf),
    ChangeSettings(Box<Settings>),
    SetShortcut(Command, Option<egui::KeyboardShortcut>),
    ResetShortcut(Command),
    ResetShortcuts,
    SaveThen(After),
    DiscardThen(After),
    Record(RecordAction),
    Queue(QueueAction),
    Models(ModelAction),
}

/// What to do after the question about unsaved changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    Close,
    Quit,
    /// Even if that cancels running work; the user has confirmed it.
    StopAndQuit,
    Open(PathBuf),
    /// The page on which lectures are recorded.
    Record,
}

/// Collects what panels ask for during a frame.
#[derive(Debug, Default)]
pub struct Actions(Vec<Action>);

impl Actions {
    pub fn ask(&mut self, action: Action) {
        self.0.push(action);
    }

    pub fn run(&mut self, command: Command) {
        self.ask(Action::Run(command));
    }

    pub fn take(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.0)
    }
}
