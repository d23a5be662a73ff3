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

const fn row(command: Command, id: &'static str, name: &'static str, menu: Menu, need: Need) -> Row {
    Row { command, id, name, menu, begins_group: false, need, shortcuts: &[] }
}

impl Row {
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

macro_rules! commands {
    ($($(#[$doc:meta])* $group:ident($part:ident) { $($name:ident),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum $part {
                $($name,)*
            }
        )*

        /// What a person can ask for without further words, by the part of the window that does it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            $($group($part),)*
        }

        #[cfg(test)]
        const ALL: &[Command] = &[$($(Command::$group($part::$name),)*)*];
    };
}

commands! {
    /// Files, and the captions of a recording.
    File(FileCommand) {
        OpenFile, OpenRecording, ContinueCaptioning, Save, SaveAs, Export, CloseFile,
    }
    /// Changes of the captions that are open.
    Edit(EditCommand) {
        Undo, Redo, Find, Replace, FindNext, FindPrevious, SelectAll, UpperCase, LowerCase,
        TitleCase, SentenceCase, EditText, Split, MergeWithNext, InsertAfter, Delete, SetSpeaker,
        Shift, StartHere, EndHere, FitToSpeech, TranscribeAgain, Repair, RepairAll,
    }
    /// Moving about in the captions.
    Go(GoCommand) {
        NextCue, PreviousCue, NextCueEditing, PreviousCueEditing, FirstCue, LastCue, NextDoubtful,
        PreviousDoubtful, NextProblem, PreviousProblem, FollowNewest,
    }
    /// The sound of the captions.
    Play(PlayCommand) {
        PlayPause, PlayCue, LoopCue, PlayFromWord, Back, Forward, Slower, Faster, NormalSpeed,
        Follow, ZoomIn, ZoomOut,
    }
    /// Recording a lecture.
    Record(RecordCommand) {
        RecordPage, StartRecording, PauseRecording, StopRecording, ShowAudience, ShowCaptionPage,
    }
    /// The queue of recordings.
    Queue(QueueCommand) {
        QueuePage, AddToQueue, AddFolderToQueue, RunQueue,
    }
    /// The window itself.
    App(AppCommand) {
        Settings, Quit, ShowProblems, ShowSuggestions, ShowWaveform, LargerText, SmallerText,
        NormalText, LeavePage, Palette, Shortcuts, About,
    }
}

/// In the order of the menus.
pub static TABLE: &[Row] = &[
    row(Command::File(FileCommand::OpenFile), "file.open", "Open…", Menu::File, Need::Nothing)
        .keys(&[ctrl(Key::O)]),
    row(
        Command::File(FileCommand::OpenRecording),
        "file.open-recording",
        "Connect a recording…",
        Menu::File,
        Need::Captions,
    ),
    row(
        Command::File(FileCommand::ContinueCaptioning),
        "file.continue",
        "Continue captioning",
        Menu::File,
        Need::Incomplete,
    ),
    row(
        Command::Queue(QueueCommand::QueuePage),
        "queue.page",
        "Queue of recordings",
        Menu::File,
        Need::Nothing,
    )
    .keys(&[ctrl_shift(Key::Q)])
    .group(),
    row(
        Command::Queue(QueueCommand::AddToQueue),
        "queue.add",
        "Add recordings to the queue…",
        Menu::File,
        Need::Nothing,
    ),
    row(
        Command::Queue(QueueCommand::AddFolderToQueue),
        "queue.add-folder",
        "Add a folder to the queue…",
        Menu::File,
        Need::Nothing,
    ),
    row(
        Command::Queue(QueueCommand::RunQueue),
        "queue.run",
        "Start or pause the queue",
        Menu::File,
        Need::Nothing,
    ),
    row(Command::File(FileCommand::Save), "file.save", "Save", Menu::File, Need::Editing)
        .keys(&[ctrl(Key::S)])
        .group(),
    row(Command::File(FileCommand::SaveAs), "file.save-as", "Save as…", Menu::File, Need::Captions)
        .keys(&[ctrl_shift(Key::S)]),
    row(Command::File(FileCommand::Export), "file.export", "Export…", Menu::File, Need::Captions)
        .keys(&[ctrl(Key::E)]),
    row(Command::App(AppCommand::Settings), "app.settings", "Settings…", Menu::File, Need::Nothing)
        .keys(&[ctrl(Key::Comma)])
        .group(),
    row(Command::File(FileCommand::CloseFile), "file.close", "Close captions", Menu::File, Need::Captions)
        .keys(&[ctrl(Key::W)])
        .group(),
    row(Command::App(AppCommand::Quit), "app.quit", "Quit", Menu::File, Need::Nothing).keys(&[ctrl(Key::Q)]),
    row(Command::Edit(EditCommand::Undo), "edit.undo", "Undo", Menu::Edit, Need::Undo).keys(&[ctrl(Key::Z)]),
    row(Command::Edit(EditCommand::Redo), "edit.redo", "Redo", Menu::Edit, Need::Redo)
        .keys(&[ctrl_shift(Key::Z), ctrl(Key::Y)]),
    row(Command::Edit(EditCommand::Find), "edit.find", "Find", Menu::Edit, Need::Captions)
        .keys(&[ctrl(Key::F)])
        .group(),
    row(Command::Edit(EditCommand::Replace), "edit.replace", "Replace", Menu::Edit, Need::Editing)
        .keys(&[ctrl(Key::H)]),
    row(Command::Edit(EditCommand::FindNext), "edit.find-next", "Find next", Menu::Edit, Need::Captions)
        .keys(&[key(Key::F3)]),
    row(
        Command::Edit(EditCommand::FindPrevious),
        "edit.find-previous",
        "Find previous",
        Menu::Edit,
        Need::Captions,
    )
    .keys(&[shift(Key::F3)]),
    row(
        Command::Edit(EditCommand::SelectAll),
        "edit.select-all",
        "Select all cues",
        Menu::Edit,
        Need::Captions,
    )
    .keys(&[ctrl_shift(Key::A)])
    .group(),
    row(Command::Edit(EditCommand::UpperCase), "edit.upper-case", "UPPER CASE", Menu::Edit, Need::ChosenCue)
        .group(),
    row(Command::Edit(EditCommand::LowerCase), "edit.lower-case", "lower case", Menu::Edit, Need::ChosenCue),
    row(Command::Edit(EditCommand::TitleCase), "edit.title-case", "Title Case", Menu::Edit, Need::ChosenCue),
    row(
        Command::Edit(EditCommand::SentenceCase),
        "edit.sentence-case",
        "Sentence case",
        Menu::Edit,
        Need::ChosenCue,
    ),
    row(Command::Edit(EditCommand::EditText), "cue.edit-text", "Edit text", Menu::Cue, Need::ChosenCue)
        .keys(&[key(Key::F2), key(Key::Enter)]),
    row(
        Command::Edit(EditCommand::Split),
        "cue.split",
        "Split at the text cursor",
        Menu::Cue,
        Need::ChosenCue,
    )
    .keys(&[alt(Key::Enter)])
    .group(),
    row(
        Command::Edit(EditCommand::MergeWithNext),
        "cue.merge",
        "Merge with the next",
        Menu::Cue,
        Need::CueWithNext,
    )
    .keys(&[ctrl(Key::J)]),
    row(Command::Edit(EditCommand::InsertAfter), "cue.insert", "Insert after", Menu::Cue, Need::Editing)
        .keys(&[ctrl_shift(Key::N)]),
    row(Command::Edit(EditCommand::Delete), "cue.delete", "Delete", Menu::Cue, Need::ChosenCue)
        .keys(&[key(Key::Delete), ctrl(Key::Delete)]),
    row(
        Command::Edit(EditCommand::SetSpeaker),
        "cue.speaker",
        "Set the speaker…",
        Menu::Cue,
        Need::ChosenCue,
    )
    .keys(&[ctrl_shift(Key::K)])
    .group(),
    row(Command::Edit(EditCommand::Shift), "cue.shift", "Shift times…", Menu::Cue, Need::ChosenCue)
        .keys(&[ctrl_shift(Key::T)]),
    row(
        Command::Edit(EditCommand::StartHere),
        "cue.start-here",
        "Begin at the playhead",
        Menu::Cue,
        Need::CueWithSound,
    )
    .keys(&[alt(Key::OpenBracket)]),
    row(
        Command::Edit(EditCommand::EndHere),
        "cue.end-here",
        "End at the playhead",
        Menu::Cue,
        Need::CueWithSound,
    )
    .keys(&[alt(Key::CloseBracket)]),
    row(Command::Edit(EditCommand::FitToSpeech), "cue.fit", "Fit to the speech", Menu::Cue, Need::ChosenCue),
    row(
        Command::Edit(EditCommand::TranscribeAgain),
        "cue.again",
        "Recognize again",
        Menu::Cue,
        Need::CueWithSound,
    ),
    row(Command::Edit(EditCommand::Repair), "cue.repair", "Repair this cue", Menu::Cue, Need::Repairable)
        .keys(&[ctrl(Key::Period)])
        .group(),
    row(Command::Edit(EditCommand::RepairAll), "cue.repair-all", "Repair all cues", Menu::Cue, Need::Repairs),
    row(Command::Go(GoCommand::NextCue), "go.next", "Next cue", Menu::Go, Need::Captions)
        .keys(&[key(Key::ArrowDown)]),
    row(Command::Go(GoCommand::PreviousCue), "go.previous", "Previous cue", Menu::Go, Need::Captions)
        .keys(&[key(Key::ArrowUp)]),
    row(
        Command::Go(GoCommand::NextCueEditing),
        "go.next-editing",
        "Next cue, go on writing",
        Menu::Go,
        Need::Editing,
    )
    .keys(&[ctrl(Key::Enter), alt(Key::ArrowDown)]),
    row(
        Command::Go(GoCommand::PreviousCueEditing),
        "go.previous-editing",
        "Previous cue, go on writing",
        Menu::Go,
        Need::Editing,
    )
    .keys(&[ctrl_shift(Key::Enter), alt(Key::ArrowUp)]),
    row(Command::Go(GoCommand::FirstCue), "go.first", "First cue", Menu::Go, Need::Captions)
        .keys(&[key(Key::Home), ctrl(Key::Home)]),
    row(Command::Go(GoCommand::LastCue), "go.last", "Last cue", Menu::Go, Need::Captions)
        .keys(&[key(Key::End), ctrl(Key::End)]),
    row(
        Command::Go(GoCommand::NextDoubtful),
        "go.next-doubtful",
        "Next doubtful word",
        Menu::Go,
        Need::Doubtful,
    )
    .keys(&[key(Key::F7)])
    .group(),
    row(
        Command::Go(GoCommand::PreviousDoubtful),
        "go.previous-doubtful",
        "Previous doubtful word",
        Menu::Go,
        Need::Doubtful,
    )
    .keys(&[shift(Key::F7)]),
    row(Command::Go(GoCommand::NextProblem), "go.next-problem", "Next problem", Menu::Go, Need::Problem)
        .keys(&[key(Key::F8)]),
    row(
        Command::Go(GoCommand::PreviousProblem),
        "go.previous-problem",
        "Previous problem",
        Menu::Go,
        Need::Problem,
    )
    .keys(&[shift(Key::F8)]),
    row(Command::Play(PlayCommand::PlayPause), "play.toggle", "Play or pause", Menu::Play, Need::Sound)
        .keys(&[key(Key::Space), ctrl(Key::Space)]),
    row(Command::Play(PlayCommand::PlayCue), "play.cue", "Play this cue", Menu::Play, Need::Sound)
        .keys(&[key(Key::F5)]),
    row(Command::Play(PlayCommand::LoopCue), "play.loop", "Repeat this cue", Menu::Play, Need::Sound)
        .keys(&[ctrl(Key::L)]),
    row(
        Command::Play(PlayCommand::PlayFromWord),
        "play.from-word",
        "Play from the text cursor",
        Menu::Play,
        Need::Sound,
    )
    .keys(&[key(Key::F6)]),
    row(Command::Play(PlayCommand::Back), "play.back", "Back 2 seconds", Menu::Play, Need::Sound)
        .keys(&[alt(Key::ArrowLeft)])
        .group(),
    row(Command::Play(PlayCommand::Forward), "play.forward", "Forward 2 seconds", Menu::Play, Need::Sound)
        .keys(&[alt(Key::ArrowRight)]),
    row(Command::Play(PlayCommand::Slower), "play.slower", "Slower", Menu::Play, Need::Sound)
        .keys(&[ctrl(Key::OpenBracket)])
        .group(),
    row(Command::Play(PlayCommand::Faster), "play.faster", "Faster", Menu::Play, Need::Sound)
        .keys(&[ctrl(Key::CloseBracket)]),
    row(
        Command::Play(PlayCommand::NormalSpeed),
        "play.normal-speed",
        "Normal speed",
        Menu::Play,
        Need::Sound,
    ),
    row(Command::Play(PlayCommand::Follow), "play.follow", "Follow the sound", Menu::Play, Need::Sound)
        .keys(&[ctrl_shift(Key::F)])
        .group(),
    row(Command::App(AppCommand::ShowProblems), "view.problems", "Problems", Menu::View, Need::Captions)
        .keys(&[ctrl_shift(Key::M)]),
    row(
        Command::App(AppCommand::ShowSuggestions),
        "view.suggestions",
        "Suggestions",
        Menu::View,
        Need::Captions,
    ),
    row(Command::App(AppCommand::ShowWaveform), "view.waveform", "Waveform", Menu::View, Need::Captions)
        .keys(&[ctrl_shift(Key::W)]),
    row(
        Command::Go(GoCommand::FollowNewest),
        "view.follow-newest",
        "Follow the newest captions",
        Menu::View,
        Need::Transcribing,
    ),
    row(
        Command::Play(PlayCommand::ZoomIn),
        "view.zoom-in",
        "Closer to the waveform",
        Menu::View,
        Need::Sound,
    )
    .keys(&[alt(Key::Plus), alt(Key::Equals)]),
    row(
        Command::Play(PlayCommand::ZoomOut),
        "view.zoom-out",
        "Farther from the waveform",
        Menu::View,
        Need::Sound,
    )
    .keys(&[alt(Key::Minus)]),
    row(Command::App(AppCommand::LargerText), "view.larger", "Larger text", Menu::View, Need::Nothing)
        .keys(&[ctrl(Key::Plus), ctrl(Key::Equals)])
        .group(),
    row(Command::App(AppCommand::SmallerText), "view.smaller", "Smaller text", Menu::View, Need::Nothing)
        .keys(&[ctrl(Key::Minus)]),
    row(Command::App(AppCommand::NormalText), "view.normal", "Normal text size", Menu::View, Need::Nothing)
        .keys(&[ctrl(Key::Num0)]),
    row(
        Command::Record(RecordCommand::RecordPage),
        "record.page",
        "Record a lecture",
        Menu::Record,
        Need::Nothing,
    )
    .keys(&[ctrl(Key::R)]),
    row(
        Command::Record(RecordCommand::StartRecording),
        "record.start",
        "Start recording",
        Menu::Record,
        Need::Microphone,
    )
    .keys(&[ctrl_shift(Key::R)])
    .group(),
    row(
        Command::Record(RecordCommand::PauseRecording),
        "record.pause",
        "Pause or resume recording",
        Menu::Record,
        Need::Recording,
    )
    .keys(&[key(Key::F9)]),
    row(
        Command::Record(RecordCommand::StopRecording),
        "record.stop",
        "Stop recording",
        Menu::Record,
        Need::Recording,
    )
    .keys(&[ctrl_shift(Key::Period)]),
    row(
        Command::Record(RecordCommand::ShowAudience),
        "record.audience",
        "Captions for the audience",
        Menu::Record,
        Need::Nothing,
    )
    .keys(&[key(Key::F11)])
    .group(),
    row(
        Command::Record(RecordCommand::ShowCaptionPage),
        "record.browser",
        "Captions in a browser",
        Menu::Record,
        Need::Nothing,
    ),
    row(
        Command::App(AppCommand::LeavePage),
        "view.leave",
        "Back to the captions",
        Menu::View,
        Need::OtherPage,
    )
    .keys(&[alt(Key::Home)]),
    row(Command::App(AppCommand::Palette), "app.palette", "Commands…", Menu::Help, Need::Nothing)
        .keys(&[ctrl_shift(Key::P)]),
    row(
        Command::App(AppCommand::Shortcuts),
        "app.shortcuts",
        "Keyboard shortcuts…",
        Menu::Help,
        Need::Nothing,
    )
    .keys(&[key(Key::F1)]),
    row(Command::App(AppCommand::About), "app.about", "About Lectern", Menu::Help, Need::Nothing),
];

impl Command {
    pub fn row(self) -> &'static Row {
        TABLE.iter().find(|row| row.command == self).expect("every command has a row: a test looks for it")
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
    fn every_command_has_one_row() {
        for command in ALL {
            assert_eq!(TABLE.iter().filter(|row| row.command == *command).count(), 1, "{command:?}");
        }
        assert_eq!(TABLE.len(), ALL.len());
    }

    #[test]
    fn a_command_that_cannot_be_used_says_why() {
        let nothing = Available::default();
        assert_eq!(Command::File(FileCommand::OpenFile).row().obstacle(&nothing), None);
        assert_eq!(
            Command::Edit(EditCommand::Split).row().obstacle(&nothing),
            Some("Open captions or a recording first")
        );
        let reading = Available { captions: true, ..nothing };
        assert_eq!(
            Command::Edit(EditCommand::Split).row().obstacle(&reading),
            Some("These captions are open for reading only")
        );
        assert_eq!(Command::File(FileCommand::Export).row().obstacle(&reading), None);
        let editing = Available { editing: true, ..reading };
        assert_eq!(Command::Edit(EditCommand::Split).row().obstacle(&editing), Some("Choose a cue first"));
        assert_eq!(
            Command::Edit(EditCommand::Split).row().obstacle(&Available { cue: true, ..editing }),
            None
        );
    }
}
