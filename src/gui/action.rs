//! What panels request from the app. Panels read its state but never change it.

use std::collections::VecDeque;
use std::path::PathBuf;

use super::command::Command;
use super::editor::action::EditorAction;
use super::editor::speakers::SpeakerAction;
use super::models::ModelAction;
use super::queue::QueueAction;
use super::record::RecordAction;
use super::terms::TermsAction;
use super::workers::Question;
use crate::settings::Settings;

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
    /// Asks whether to discard recovered changes.
    AskToDiscard(Discarding),
    ForgetRecent(PathBuf),
    Terms(TermsAction),
    /// Pastes the text of the clipboard into the list.
    Paste(String),
    ShowFolder(PathBuf),
    Dismiss(u64),
    /// Hides the first steps on the start page permanently.
    HideFirstSteps,
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
    Editor(EditorAction),
    Record(RecordAction),
    Queue(QueueAction),
    Models(ModelAction),
    Speakers(SpeakerAction),
}

impl From<EditorAction> for Action {
    fn from(action: EditorAction) -> Self {
        Self::Editor(action)
    }
}

/// What to do after the question about unsaved changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    Close,
    Quit,
    /// Even if that cancels running work; the user has confirmed it.
    StopAndQuit,
    Open(PathBuf),
    /// Captions a recording.
    Caption(PathBuf),
    /// Shows the page for recording lectures.
    Record,
}

/// Collects what panels request during a frame.
#[derive(Debug, Default)]
pub struct Actions(VecDeque<Action>);

impl Actions {
    pub fn ask(&mut self, action: impl Into<Action>) {
        self.0.push_back(action.into());
    }

    pub fn run(&mut self, command: Command) {
        self.ask(Action::Run(command));
    }

    pub fn next(&mut self) -> Option<Action> {
        self.0.pop_front()
    }
}
