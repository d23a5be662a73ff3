//! What panels request from the editor.

use std::ops::Range;
use std::path::PathBuf;

use super::retiming::Retiming;
use super::rows::Choice;
use super::selection::Choosing;
use crate::document::CueId;
use crate::gui::dialogs::export_plan::ExportPlan;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::LeftOut;

#[derive(Clone, Debug, PartialEq)]
pub enum EditorAction {
    /// Opens recovered changes, by their index in the list.
    Recover(usize),
    /// Discards the recovered changes in this file.
    DiscardRecovered(PathBuf),
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
    /// Asks with what to caption this recording.
    AskToCaption(PathBuf),
    /// Dismisses the message that the captions are ready.
    DismissReady,
    /// Finds the speakers of this project when it is open: live captions have none.
    FindSpeakersIn(PathBuf),
    Export(Box<ExportPlan>),
    /// Asks for a folder other than this one.
    AskExportFolder(PathBuf),
}
