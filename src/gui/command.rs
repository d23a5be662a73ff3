//! Everything that can be asked of the window, in one table. Menus, shortcuts, the command palette and the page
//! of shortcuts are made from it.

use egui::{Key, KeyboardShortcut, Modifiers};

/// Where a command stands in the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    File,
    Edit,
    Cue,
    Go,
    Play,
    Record,
    View,
    Help,
}

impl Menu {
    pub const ALL: [Self; 8] =
        [Self::File, Self::Edit, Self::Cue, Self::Go, Self::Play, Self::Record, Self::View, Self::Help];

    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Cue => "Cue",
            Self::Go => "Go",
            Self::Play => "Play",
            Self::Record => "Record",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// What must be there for a command to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Nothing,
    /// Captions are open.
    Captions,
    /// Captions are open and may be changed.
    Editing,
    /// And a cue is chosen.
    ChosenCue,
    /// And more than one cue, or a next one.
    CueWithNext,
    Undo,
    Redo,
    Doubtful,
    Problem,
    /// A repair would help the current cue.
    Repairable,
    /// A repair would help with some broken rule.
    Repairs,
    /// The recording is there to be heard.
    Sound,
    /// A cue is chosen, and its recording is there.
    CueWithSound,
    /// A microphone is open, and a recording can begin.
    Microphone,
    /// A lecture is being recorded.
    Recording,
    /// A page is shown that can be left.
    OtherPage,
    /// A recording is being captioned.
    Transcribing,
    /// Captions are missing, and the recording is there to make them of.
    Incomplete,
}

/// What there is at present, to be compared with what a command needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Available {
    pub captions: bool,
    pub editing: bool,
    pub cue: bool,
    pub next_cue: bool,
    pub undo: bool,
    pub redo: bool,
    pub doubtful: bool,
    pub problem: bool,
    pub repair: bool,
    pub repairs: bool,
    pub sound: bool,
    pub microphone: bool,
    pub recording: bool,
    /// The page to record on is shown.
    pub record_page: bool,
    pub other_page: bool,
    pub continued: bool,
    pub transcribing: bool,
}

/// A row of the table.
pub struct Row {
    pub command: Command,
    /// Stands in the settings; never changed.
    pub id: &'static str,
    pub name: &'static str,
    pub menu: Menu,
    /// A line is drawn above it in its menu.
    pub begins_group: bool,
    pub need: Need,
    /// The first is shown; the others work as well.
    pub shortcuts: &'static [KeyboardShortcut],
}

const fn row(id: &'static str, name: &'static str, menu: Menu, need: Need) -> Row {
    Row { command: Command::OpenFile, id, name, menu, begins_group: false, need, shortcuts: &[] }
}

impl Row {
    const fn of(mut self, command: Command) -> Self {
        self.command = command;
        self
    }

    const fn keys(mut self, shortcuts: &'static [KeyboardShortcut]) -> Self {
        self.shortcuts = shortcuts;
        self
    }

    const fn group(mut self) -> Self {
        self.begins_group = true;
        self
    }

    /// Why the command cannot be used at present, if so.
    pub fn obstacle(&self, there: &Available) -> Option<&'static str> {
        let (fine, reason) = match self.need {
            Need::Nothing => (true, ""),
            Need::Microphone if there.record_page => {
                (there.microphone, "Nothing can be recorded yet; the page says why")
            }
            Need::Microphone => (there.microphone, "Open the page to record on first"),
            Need::Recording => (there.recording, "Nothing is being recorded"),
            Need::OtherPage => (there.other_page, "This is the first page"),
            _ if !there.captions => (false, "Open captions or a recording first"),
            Need::Captions => (true, ""),
            Need::Transcribing => (there.transcribing, "Nothing is being captioned"),
            Need::Sound => (there.sound, "The recording of these captions is not open"),
            Need::Doubtful => (there.doubtful, "No word is marked as doubtful"),
            Need::Problem => (there.problem, "The captions meet the rules"),
            _ if there.transcribing => (false, "This can be done once captioning has ended or been stopped"),
            _ if !there.editing => (false, "These captions are open for reading only"),
            Need::CueWithSound if there.cue => (there.sound, "The recording of these captions is not open"),
            Need::ChosenCue | Need::CueWithSound => (there.cue, "Choose a cue first"),
            Need::CueWithNext => (there.next_cue, "Choose a cue that another follows"),
            Need::Undo => (there.undo, "There is nothing to undo"),
            Need::Redo => (there.redo, "There is nothing to redo"),
            Need::Incomplete => {
                (there.continued, "The captions are complete, or their recording is not open")
            }
            Need::Repairable => (there.repair, "Nothing in this cue can be fixed automatically"),
            Need::Repairs => (there.repairs, "Nothing can be fixed automatically"),
            Need::Editing => (true, ""),
        };
        (!fine).then_some(reason)
    }
}

const fn key(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}
const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}
const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}
const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}
const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

use Menu::*;
use Need::*;

macro_rules! commands {
    ($($name:ident => $row:expr,)*) => {
        /// What a person can ask for without further words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            $($name,)*
        }

        pub static TABLE: &[Row] = &[$($row.of(Command::$name),)*];
    };
}

commands! {
    OpenFile => row("file.open", "Open…", File, Nothing).keys(&[ctrl(Key::O)]),
    OpenRecording => row("file.open-recording", "Connect a recording…", File, Captions),
    ContinueCaptioning => row("file.continue", "Continue captioning", File, Incomplete),
    QueuePage => row("queue.page", "Queue of recordings", File, Nothing).keys(&[ctrl_shift(Key::Q)]).group(),
    AddToQueue => row("queue.add", "Add recordings to the queue…", File, Nothing),
    AddFolderToQueue => row("queue.add-folder", "Add a folder to the queue…", File, Nothing),
    RunQueue => row("queue.run", "Start or pause the queue", File, Nothing),
    Save => row("file.save", "Save", File, Editing).keys(&[ctrl(Key::S)]).group(),
    SaveAs => row("file.save-as", "Save as…", File, Captions).keys(&[ctrl_shift(Key::S)]),
    Export => row("file.export", "Export…", File, Captions).keys(&[ctrl(Key::E)]),
    Settings => row("app.settings", "Settings…", File, Nothing).keys(&[ctrl(Key::Comma)]).group(),
    CloseFile => row("file.close", "Close captions", File, Captions).keys(&[ctrl(Key::W)]).group(),
    Quit => row("app.quit", "Quit", File, Nothing).keys(&[ctrl(Key::Q)]),
    Undo => row("edit.undo", "Undo", Edit, Undo).keys(&[ctrl(Key::Z)]),
    Redo => row("edit.redo", "Redo", Edit, Redo).keys(&[ctrl_shift(Key::Z), ctrl(Key::Y)]),
    Find => row("edit.find", "Find", Edit, Captions).keys(&[ctrl(Key::F)]).group(),
    Replace => row("edit.replace", "Replace", Edit, Editing).keys(&[ctrl(Key::H)]),
    FindNext => row("edit.find-next", "Find next", Edit, Captions).keys(&[key(Key::F3)]),
    FindPrevious => row("edit.find-previous", "Find previous", Edit, Captions).keys(&[shift(Key::F3)]),
    SelectAll => row("edit.select-all", "Select all cues", Edit, Captions).keys(&[ctrl_shift(Key::A)]).group(),
    UpperCase => row("edit.upper-case", "UPPER CASE", Edit, ChosenCue).group(),
    LowerCase => row("edit.lower-case", "lower case", Edit, ChosenCue),
    TitleCase => row("edit.title-case", "Title Case", Edit, ChosenCue),
    SentenceCase => row("edit.sentence-case", "Sentence case", Edit, ChosenCue),
    EditText => row("cue.edit-text", "Edit text", Cue, ChosenCue).keys(&[key(Key::F2), key(Key::Enter)]),
    Split => row("cue.split", "Split at the text cursor", Cue, ChosenCue).keys(&[alt(Key::Enter)]).group(),
    MergeWithNext => row("cue.merge", "Merge with the next", Cue, CueWithNext).keys(&[ctrl(Key::J)]),
    InsertAfter => row("cue.insert", "Insert after", Cue, Editing).keys(&[ctrl_shift(Key::N)]),
    Delete => row("cue.delete", "Delete", Cue, ChosenCue).keys(&[key(Key::Delete), ctrl(Key::Delete)]),
    SetSpeaker => row("cue.speaker", "Set the speaker…", Cue, ChosenCue).keys(&[ctrl_shift(Key::K)]).group(),
    Shift => row("cue.shift", "Shift times…", Cue, ChosenCue).keys(&[ctrl_shift(Key::T)]),
    StartHere => row("cue.start-here", "Begin at the playhead", Cue, ChosenCue).keys(&[alt(Key::OpenBracket)]),
    EndHere => row("cue.end-here", "End at the playhead", Cue, ChosenCue).keys(&[alt(Key::CloseBracket)]),
    FitToSpeech => row("cue.fit", "Fit to the speech", Cue, ChosenCue),
    TranscribeAgain => row("cue.again", "Recognize again", Cue, CueWithSound),
    Repair => row("cue.repair", "Repair this cue", Cue, Repairable).keys(&[ctrl(Key::Period)]).group(),
    RepairAll => row("cue.repair-all", "Repair all cues", Cue, Repairs),
    NextCue => row("go.next", "Next cue", Go, Captions).keys(&[key(Key::ArrowDown)]),
    PreviousCue => row("go.previous", "Previous cue", Go, Captions).keys(&[key(Key::ArrowUp)]),
    NextCueEditing => row("go.next-editing", "Next cue, go on writing", Go, Editing).keys(&[ctrl(Key::Enter), alt(Key::ArrowDown)]),
    PreviousCueEditing => row("go.previous-editing", "Previous cue, go on writing", Go, Editing).keys(&[ctrl_shift(Key::Enter), alt(Key::ArrowUp)]),
    FirstCue => row("go.first", "First cue", Go, Captions).keys(&[key(Key::Home), ctrl(Key::Home)]),
    LastCue => row("go.last", "Last cue", Go, Captions).keys(&[key(Key::End), ctrl(Key::End)]),
    NextDoubtful => row("go.next-doubtful", "Next doubtful word", Go, Doubtful).keys(&[key(Key::F7)]).group(),
    PreviousDoubtful => row("go.previous-doubtful", "Previous doubtful word", Go, Doubtful).keys(&[shift(Key::F7)]),
    NextProblem => row("go.next-problem", "Next problem", Go, Problem).keys(&[key(Key::F8)]),
    PreviousProblem => row("go.previous-problem", "Previous problem", Go, Problem).keys(&[shift(Key::F8)]),
    PlayPause => row("play.toggle", "Play or pause", Play, Sound).keys(&[key(Key::Space), ctrl(Key::Space)]),
    PlayCue => row("play.cue", "Play this cue", Play, Sound).keys(&[key(Key::F5)]),
    LoopCue => row("play.loop", "Repeat this cue", Play, Sound).keys(&[ctrl(Key::L)]),
    PlayFromWord => row("play.from-word", "Play from the text cursor", Play, Sound).keys(&[key(Key::F6)]),
    Back => row("play.back", "Back 2 seconds", Play, Sound).keys(&[alt(Key::ArrowLeft)]).group(),
    Forward => row("play.forward", "Forward 2 seconds", Play, Sound).keys(&[alt(Key::ArrowRight)]),
    Slower => row("play.slower", "Slower", Play, Sound).keys(&[ctrl(Key::OpenBracket)]).group(),
    Faster => row("play.faster", "Faster", Play, Sound).keys(&[ctrl(Key::CloseBracket)]),
    NormalSpeed => row("play.normal-speed", "Normal speed", Play, Sound),
    Follow => row("play.follow", "Follow the sound", Play, Sound).keys(&[ctrl_shift(Key::F)]).group(),
    ShowProblems => row("view.problems", "Problems", View, Captions).keys(&[ctrl_shift(Key::M)]),
    ShowSuggestions => row("view.suggestions", "Suggestions", View, Captions),
    ShowWaveform => row("view.waveform", "Waveform", View, Captions).keys(&[ctrl_shift(Key::W)]),
    FollowNewest => row("view.follow-newest", "Follow the newest captions", View, Transcribing),
    ZoomIn => row("view.zoom-in", "Closer to the waveform", View, Sound).keys(&[alt(Key::Plus), alt(Key::Equals)]),
    ZoomOut => row("view.zoom-out", "Farther from the waveform", View, Sound).keys(&[alt(Key::Minus)]),
    LargerText => row("view.larger", "Larger text", View, Nothing).keys(&[ctrl(Key::Plus), ctrl(Key::Equals)]).group(),
    SmallerText => row("view.smaller", "Smaller text", View, Nothing).keys(&[ctrl(Key::Minus)]),
    NormalText => row("view.normal", "Normal text size", View, Nothing).keys(&[ctrl(Key::Num0)]),
    RecordPage => row("record.page", "Record a lecture", Record, Nothing).keys(&[ctrl(Key::R)]),
    StartRecording => row("record.start", "Start recording", Record, Microphone).keys(&[ctrl_shift(Key::R)]).group(),
    PauseRecording => row("record.pause", "Pause or resume recording", Record, Recording).keys(&[key(Key::F9)]),
    StopRecording => row("record.stop", "Stop recording", Record, Recording).keys(&[ctrl_shift(Key::Period)]),
    ShowAudience => row("record.audience", "Captions for the audience", Record, Nothing).keys(&[key(Key::F11)]).group(),
    ShowCaptionPage => row("record.browser", "Captions in a browser", Record, Nothing),
    LeavePage => row("view.leave", "Back to the captions", View, OtherPage).keys(&[alt(Key::Home)]),
    Palette => row("app.palette", "Commands…", Help, Nothing).keys(&[ctrl_shift(Key::P)]),
    Shortcuts => row("app.shortcuts", "Keyboard shortcuts…", Help, Nothing).keys(&[key(Key::F1)]),
    About => row("app.about", "About Lectern", Help, Nothing),
}

impl Command {
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_and_shortcuts_are_unique() {
        let (mut ids, mut shortcuts) = (HashSet::new(), HashSet::new());
        for row in TABLE {
            assert!(ids.insert(row.id), "{} is there twice", row.id);
            for shortcut in row.shortcuts {
                let keys = (shortcut.logical_key, format!("{:?}", shortcut.modifiers));
                assert!(shortcuts.insert(keys), "{}: {shortcut:?} is taken", row.name);
            }
        }
    }

    #[test]
    fn a_command_that_cannot_be_used_says_why() {
        let nothing = Available::default();
        assert_eq!(Command::OpenFile.row().obstacle(&nothing), None);
        assert_eq!(Command::Split.row().obstacle(&nothing), Some("Open captions or a recording first"));
        let reading = Available { captions: true, ..nothing };
        assert_eq!(Command::Split.row().obstacle(&reading), Some("These captions are open for reading only"));
        assert_eq!(Command::Export.row().obstacle(&reading), None);
        let editing = Available { editing: true, ..reading };
        assert_eq!(Command::Split.row().obstacle(&editing), Some("Choose a cue first"));
        assert_eq!(Command::Split.row().obstacle(&Available { cue: true, ..editing }), None);
    }
}
