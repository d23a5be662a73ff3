//! Every command of the window, in one table. Menus, shortcuts, the command palette and the page of shortcuts are made
//! from it.

mod keys;
mod table;

use egui::KeyboardShortcut;

use super::words::say;

pub use table::TABLE;

/// The menu that contains a command.
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
            Self::File => say("menu-file"),
            Self::Edit => say("menu-edit"),
            Self::Cue => say("menu-cue"),
            Self::Go => say("menu-go"),
            Self::Play => say("menu-play"),
            Self::Record => say("menu-record"),
            Self::View => say("menu-view"),
            Self::Help => say("menu-help"),
        }
    }

    /// Returns the letter of its name that opens it with `Alt`.
    pub fn letter(self) -> &'static str {
        match self {
            Self::File => say("menu-file-letter"),
            Self::Edit => say("menu-edit-letter"),
            Self::Cue => say("menu-cue-letter"),
            Self::Go => say("menu-go-letter"),
            Self::Play => say("menu-play-letter"),
            Self::Record => say("menu-record-letter"),
            Self::View => say("menu-view-letter"),
            Self::Help => say("menu-help-letter"),
        }
    }
}

/// What a command needs to be available.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Nothing,
    /// Captions are open.
    Captions,
    /// Captions are open and may be changed.
    Editing,
    /// Also, a cue is selected.
    ChosenCue,
    /// Also, several cues are selected, or there is a next one.
    CueWithNext,
    Undo,
    Redo,
    Doubtful,
    Problem,
    /// A second recognizer recognized something else in the current cue.
    Alternative,
    /// The second opinion has a passage that is not in the captions.
    LeftOut,
    /// A word of the current cue came from the vocabulary.
    Term,
    /// A repair would help the current cue.
    Repairable,
    /// A repair would fix at least one fault.
    Repairs,
    /// The recording can be played.
    Sound,
    /// The recording may have a picture.
    Picture,
    /// A cue is selected, and its recording can be played.
    CueWithSound,
    /// A microphone is open, and a recording can begin.
    Microphone,
    /// A lecture is being recorded.
    Recording,
    /// A page is shown that can be left.
    OtherPage,
    /// A recording is being captioned.
    Transcribing,
    /// Captions are incomplete, and the recording is available.
    Incomplete,
}

/// What is currently available, for comparison with what a command needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Available {
    pub captions: bool,
    pub editing: bool,
    pub cue: bool,
    pub next_cue: bool,
    pub undo: bool,
    pub redo: bool,
    pub doubtful: bool,
    pub alternative: bool,
    pub left_out: bool,
    pub term: bool,
    pub problem: bool,
    pub repair: bool,
    pub repairs: bool,
    pub sound: bool,
    pub picture: bool,
    pub microphone: bool,
    pub recording: bool,
    /// The recording page is shown.
    pub record_page: bool,
    pub other_page: bool,
    pub continued: bool,
    pub transcribing: bool,
}

/// A row of the table.
pub struct Row {
    pub command: Command,
    /// Identifies the command in the settings file; must never change.
    pub id: &'static str,
    /// Message key of the name.
    key: &'static str,
    pub menu: Menu,
    /// A separator precedes it in its menu.
    pub begins_group: bool,
    pub need: Need,
    /// All of them work; menus show the first.
    pub shortcuts: &'static [KeyboardShortcut],
}

impl Row {
    pub fn name(&self) -> &'static str {
        say(self.key)
    }

    /// Returns the reason why the command is unavailable, if it is.
    pub fn obstacle(&self, there: &Available) -> Option<&'static str> {
        let (fine, reason) = match self.need {
            Need::Nothing => (true, ""),
            Need::Microphone if there.record_page => (there.microphone, "obstacle-not-ready"),
            Need::Microphone => (there.microphone, "obstacle-no-record-page"),
            Need::Recording => (there.recording, "obstacle-not-recording"),
            Need::OtherPage => (there.other_page, "obstacle-first-page"),
            _ if !there.captions => (false, "obstacle-no-captions"),
            Need::Captions => (true, ""),
            Need::Transcribing => (there.transcribing, "obstacle-not-captioning"),
            Need::Sound => (there.sound, "obstacle-no-sound"),
            Need::Picture => (there.picture, "obstacle-no-picture"),
            Need::Doubtful => (there.doubtful, "obstacle-no-doubtful"),
            Need::Problem => (there.problem, "obstacle-no-problem"),
            _ if there.transcribing => (false, "obstacle-captioning"),
            _ if !there.editing => (false, "obstacle-read-only"),
            Need::CueWithSound if there.cue => (there.sound, "obstacle-no-sound"),
            Need::ChosenCue | Need::CueWithSound => (there.cue, "obstacle-no-cue"),
            Need::CueWithNext => (there.next_cue, "obstacle-no-next"),
            Need::Undo => (there.undo, "obstacle-no-undo"),
            Need::Redo => (there.redo, "obstacle-no-redo"),
            Need::Incomplete => (there.continued, "obstacle-complete"),
            Need::Alternative => (there.alternative, "obstacle-no-alternative"),
            Need::LeftOut => (there.left_out, "obstacle-no-left-out"),
            Need::Term => (there.term, "obstacle-no-term"),
            Need::Repairable => (there.repair, "obstacle-no-repair"),
            Need::Repairs => (there.repairs, "obstacle-no-repairs"),
            Need::Editing => (true, ""),
        };
        (!fine).then(|| say(reason))
    }
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

        /// What a user can request without further input, grouped by the part of the window that does it.
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
        OpenFile, OpenRecording, ContinueCaptioning, CaptionAgain, Save, SaveAs, Export, CloseFile,
    }
    /// Changes to the open captions.
    Edit(EditCommand) {
        Undo, Redo, Cut, Copy, Paste, Find, Replace, FindNext, FindPrevious, SelectAll, Italic, Bold, Underline,
        UpperCase, LowerCase, TitleCase, SentenceCase, EditText, Split, MergeWithNext, InsertAfter, Delete, SetSpeaker,
        FindSpeakers, Shift, StartHere, EndHere, EndHereAndNext, StartEarlier, StartLater, EndEarlier, EndLater,
        FitToSpeech, TranscribeAgain, TakeAlternative, TakeBackTerm, InsertLeftOut, Repair, RepairAll,
    }
    /// Navigation in the captions.
    Go(GoCommand) {
        NextCue, PreviousCue, NextCueEditing, PreviousCueEditing, FirstCue, LastCue, NextDoubtful,
        PreviousDoubtful, NextProblem, PreviousProblem, NextUnknown, NextOfSpeaker, PreviousOfSpeaker, FollowNewest, FilterCues,
    }
    /// Playback of the recording.
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
        Settings, Quit, ShowProblems, ShowSpeakers, ShowSuggestions, ShowWaveform, ShowSpectrogram, ShowPicture,
        LargerText, SmallerText, NormalText, NextArea, PreviousArea, Menus, CueMenu, LeavePage, Models, Palette,
        Shortcuts, Guide, About, MaterialTerms, HeardTerms,
    }
}

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
                assert!(shortcuts.insert(keys), "{}: {shortcut:?} is taken", row.id);
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
            Some("These captions are open read-only")
        );
        assert_eq!(Command::File(FileCommand::Export).row().obstacle(&reading), None);
        let editing = Available { editing: true, ..reading };
        assert_eq!(Command::Edit(EditCommand::Split).row().obstacle(&editing), Some("Select a cue first"));
        assert_eq!(
            Command::Edit(EditCommand::Split).row().obstacle(&Available { cue: true, ..editing }),
            None
        );
    }
}
