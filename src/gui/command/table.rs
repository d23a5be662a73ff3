//! The table of commands, with their menus and default keys.

use egui::Key;

use super::Command::{App, Edit, File, Go, Play, Queue, Record};
use super::keys::{alt, alt_shift, ctrl, ctrl_shift, key, row, shift};
use super::{
    AppCommand, EditCommand, FileCommand, GoCommand, Menu, Need, PlayCommand, QueueCommand, RecordCommand,
    Row,
};

/// All commands, in menu order.
pub static TABLE: &[Row] = &[
    row(File(FileCommand::OpenFile), "file.open", "command-file-open", Menu::File, Need::Nothing)
        .keys(&[ctrl(Key::O)]),
    row(
        File(FileCommand::OpenRecording),
        "file.open-recording",
        "command-file-open-recording",
        Menu::File,
        Need::Captions,
    ),
    row(
        File(FileCommand::ContinueCaptioning),
        "file.continue",
        "command-file-continue",
        Menu::File,
        Need::Incomplete,
    ),
    row(
        File(FileCommand::CaptionAgain),
        "file.caption-again",
        "command-file-caption-again",
        Menu::File,
        Need::Sound,
    ),
    row(Queue(QueueCommand::QueuePage), "queue.page", "command-queue-page", Menu::File, Need::Nothing)
        .keys(&[ctrl_shift(Key::Q)])
        .group(),
    row(Queue(QueueCommand::AddToQueue), "queue.add", "command-queue-add", Menu::File, Need::Nothing),
    row(
        Queue(QueueCommand::AddFolderToQueue),
        "queue.add-folder",
        "command-queue-add-folder",
        Menu::File,
        Need::Nothing,
    ),
    row(Queue(QueueCommand::RunQueue), "queue.run", "command-queue-run", Menu::File, Need::Nothing),
    row(File(FileCommand::Save), "file.save", "command-file-save", Menu::File, Need::Editing)
        .keys(&[ctrl(Key::S)])
        .group(),
    row(File(FileCommand::SaveAs), "file.save-as", "command-file-save-as", Menu::File, Need::Captions)
        .keys(&[ctrl_shift(Key::S)]),
    row(File(FileCommand::Export), "file.export", "command-file-export", Menu::File, Need::Captions)
        .keys(&[ctrl(Key::E)]),
    row(App(AppCommand::Settings), "app.settings", "command-app-settings", Menu::File, Need::Nothing)
        .keys(&[ctrl(Key::Comma)])
        .group(),
    row(File(FileCommand::CloseFile), "file.close", "command-file-close", Menu::File, Need::Captions)
        .keys(&[ctrl(Key::W)])
        .group(),
    row(App(AppCommand::MaterialTerms), "app.material", "command-material", Menu::File, Need::Nothing),
    row(App(AppCommand::Models), "app.models", "command-app-models", Menu::File, Need::Nothing),
    row(App(AppCommand::Quit), "app.quit", "command-app-quit", Menu::File, Need::Nothing)
        .keys(&[ctrl(Key::Q)]),
    row(Edit(EditCommand::Undo), "edit.undo", "command-edit-undo", Menu::Edit, Need::Undo)
        .keys(&[ctrl(Key::Z)]),
    row(Edit(EditCommand::Redo), "edit.redo", "command-edit-redo", Menu::Edit, Need::Redo)
        .keys(&[ctrl_shift(Key::Z), ctrl(Key::Y)]),
    row(Edit(EditCommand::Cut), "edit.cut", "command-edit-cut", Menu::Edit, Need::ChosenCue)
        .keys(&[ctrl(Key::X)])
        .group(),
    row(Edit(EditCommand::Copy), "edit.copy", "command-edit-copy", Menu::Edit, Need::Captions)
        .keys(&[ctrl(Key::C)]),
    row(Edit(EditCommand::Paste), "edit.paste", "command-edit-paste", Menu::Edit, Need::Editing)
        .keys(&[ctrl(Key::V)]),
    row(Edit(EditCommand::Find), "edit.find", "command-edit-find", Menu::Edit, Need::Captions)
        .keys(&[ctrl(Key::F)])
        .group(),
    row(Edit(EditCommand::Replace), "edit.replace", "command-edit-replace", Menu::Edit, Need::Editing)
        .keys(&[ctrl(Key::H)]),
    row(Edit(EditCommand::FindNext), "edit.find-next", "command-edit-find-next", Menu::Edit, Need::Captions)
        .keys(&[key(Key::F3)]),
    row(
        Edit(EditCommand::FindPrevious),
        "edit.find-previous",
        "command-edit-find-previous",
        Menu::Edit,
        Need::Captions,
    )
    .keys(&[shift(Key::F3)]),
    row(
        Edit(EditCommand::SelectAll),
        "edit.select-all",
        "command-edit-select-all",
        Menu::Edit,
        Need::Captions,
    )
    .keys(&[ctrl_shift(Key::A)])
    .group(),
    row(Edit(EditCommand::Italic), "edit.italic", "command-edit-italic", Menu::Edit, Need::ChosenCue)
        .keys(&[ctrl(Key::I)])
        .group(),
    row(Edit(EditCommand::Bold), "edit.bold", "command-edit-bold", Menu::Edit, Need::ChosenCue)
        .keys(&[ctrl(Key::B)]),
    row(
        Edit(EditCommand::Underline),
        "edit.underline",
        "command-edit-underline",
        Menu::Edit,
        Need::ChosenCue,
    )
    .keys(&[ctrl(Key::U)]),
    row(
        Edit(EditCommand::UpperCase),
        "edit.upper-case",
        "command-edit-upper-case",
        Menu::Edit,
        Need::ChosenCue,
    )
    .group(),
    row(
        Edit(EditCommand::LowerCase),
        "edit.lower-case",
        "command-edit-lower-case",
        Menu::Edit,
        Need::ChosenCue,
    ),
    row(
        Edit(EditCommand::TitleCase),
        "edit.title-case",
        "command-edit-title-case",
        Menu::Edit,
        Need::ChosenCue,
    ),
    row(
        Edit(EditCommand::SentenceCase),
        "edit.sentence-case",
        "command-edit-sentence-case",
        Menu::Edit,
        Need::ChosenCue,
    ),
    row(Edit(EditCommand::EditText), "cue.edit-text", "command-cue-edit-text", Menu::Cue, Need::ChosenCue)
        .keys(&[key(Key::F2), key(Key::Enter)]),
    row(Edit(EditCommand::Split), "cue.split", "command-cue-split", Menu::Cue, Need::ChosenCue)
        .keys(&[alt(Key::Enter)])
        .group(),
    row(Edit(EditCommand::MergeWithNext), "cue.merge", "command-cue-merge", Menu::Cue, Need::CueWithNext)
        .keys(&[ctrl(Key::J)]),
    row(Edit(EditCommand::InsertAfter), "cue.insert", "command-cue-insert", Menu::Cue, Need::Editing)
        .keys(&[ctrl_shift(Key::N)]),
    row(Edit(EditCommand::Delete), "cue.delete", "command-cue-delete", Menu::Cue, Need::ChosenCue)
        .keys(&[key(Key::Delete), ctrl(Key::Delete)]),
    row(Edit(EditCommand::SetSpeaker), "cue.speaker", "command-cue-speaker", Menu::Cue, Need::ChosenCue)
        .keys(&[ctrl_shift(Key::K)])
        .group(),
    row(
        Edit(EditCommand::FindSpeakers),
        "cue.find-speakers",
        "command-cue-find-speakers",
        Menu::Cue,
        Need::Editing,
    ),
    row(Edit(EditCommand::Shift), "cue.shift", "command-cue-shift", Menu::Cue, Need::ChosenCue)
        .keys(&[ctrl_shift(Key::T)]),
    row(
        Edit(EditCommand::StartHere),
        "cue.start-here",
        "command-cue-start-here",
        Menu::Cue,
        Need::CueWithSound,
    )
    .keys(&[alt(Key::I), key(Key::I), alt(Key::OpenBracket)]),
    row(Edit(EditCommand::EndHere), "cue.end-here", "command-cue-end-here", Menu::Cue, Need::CueWithSound)
        .keys(&[alt(Key::O), key(Key::O), alt(Key::CloseBracket)]),
    row(
        Edit(EditCommand::EndHereAndNext),
        "cue.end-here-next",
        "command-cue-end-here-next",
        Menu::Cue,
        Need::CueWithSound,
    )
    .keys(&[alt_shift(Key::O), shift(Key::O)]),
    row(
        Edit(EditCommand::StartEarlier),
        "cue.start-earlier",
        "command-cue-start-earlier",
        Menu::Cue,
        Need::ChosenCue,
    )
    .keys(&[alt_shift(Key::ArrowLeft)]),
    row(
        Edit(EditCommand::StartLater),
        "cue.start-later",
        "command-cue-start-later",
        Menu::Cue,
        Need::ChosenCue,
    )
    .keys(&[alt_shift(Key::ArrowRight)]),
    row(
        Edit(EditCommand::EndEarlier),
        "cue.end-earlier",
        "command-cue-end-earlier",
        Menu::Cue,
        Need::ChosenCue,
    )
    .keys(&[alt_shift(Key::ArrowUp)]),
    row(Edit(EditCommand::EndLater), "cue.end-later", "command-cue-end-later", Menu::Cue, Need::ChosenCue)
        .keys(&[alt_shift(Key::ArrowDown)]),
    row(Edit(EditCommand::FitToSpeech), "cue.fit", "command-cue-fit", Menu::Cue, Need::ChosenCue),
    row(Edit(EditCommand::TranscribeAgain), "cue.again", "command-cue-again", Menu::Cue, Need::CueWithSound),
    row(
        Edit(EditCommand::TakeAlternative),
        "cue.take-alternative",
        "command-cue-take-alternative",
        Menu::Cue,
        Need::Alternative,
    )
    .keys(&[key(Key::F4)]),
    row(
        Edit(EditCommand::InsertLeftOut),
        "cue.insert-left-out",
        "command-cue-insert-left-out",
        Menu::Cue,
        Need::LeftOut,
    )
    .keys(&[shift(Key::F4)]),
    row(
        Edit(EditCommand::TakeBackTerm),
        "cue.take-back-term",
        "command-cue-take-back-term",
        Menu::Cue,
        Need::Term,
    )
    .keys(&[ctrl_shift(Key::F4)]),
    row(Edit(EditCommand::Repair), "cue.repair", "command-cue-repair", Menu::Cue, Need::Repairable)
        .keys(&[ctrl(Key::Period)])
        .group(),
    row(Edit(EditCommand::RepairAll), "cue.repair-all", "command-cue-repair-all", Menu::Cue, Need::Repairs),
    row(Go(GoCommand::NextCue), "go.next", "command-go-next", Menu::Go, Need::Captions)
        .keys(&[key(Key::ArrowDown)]),
    row(Go(GoCommand::PreviousCue), "go.previous", "command-go-previous", Menu::Go, Need::Captions)
        .keys(&[key(Key::ArrowUp)]),
    row(Go(GoCommand::NextCueEditing), "go.next-editing", "command-go-next-editing", Menu::Go, Need::Editing)
        .keys(&[ctrl(Key::Enter), alt(Key::ArrowDown)]),
    row(
        Go(GoCommand::PreviousCueEditing),
        "go.previous-editing",
        "command-go-previous-editing",
        Menu::Go,
        Need::Editing,
    )
    .keys(&[ctrl_shift(Key::Enter), alt(Key::ArrowUp)]),
    row(Go(GoCommand::FirstCue), "go.first", "command-go-first", Menu::Go, Need::Captions)
        .keys(&[key(Key::Home), ctrl(Key::Home)]),
    row(Go(GoCommand::LastCue), "go.last", "command-go-last", Menu::Go, Need::Captions)
        .keys(&[key(Key::End), ctrl(Key::End)]),
    row(
        Go(GoCommand::NextDoubtful),
        "go.next-doubtful",
        "command-go-next-doubtful",
        Menu::Go,
        Need::Doubtful,
    )
    .keys(&[key(Key::F7)])
    .group(),
    row(
        Go(GoCommand::PreviousDoubtful),
        "go.previous-doubtful",
        "command-go-previous-doubtful",
        Menu::Go,
        Need::Doubtful,
    )
    .keys(&[shift(Key::F7)]),
    row(Go(GoCommand::NextProblem), "go.next-problem", "command-go-next-problem", Menu::Go, Need::Problem)
        .keys(&[key(Key::F8)]),
    row(
        Go(GoCommand::PreviousProblem),
        "go.previous-problem",
        "command-go-previous-problem",
        Menu::Go,
        Need::Problem,
    )
    .keys(&[shift(Key::F8)]),
    row(Go(GoCommand::NextUnknown), "go.next-unknown", "command-go-next-unknown", Menu::Go, Need::Editing)
        .keys(&[ctrl(Key::F7)]),
    row(
        Go(GoCommand::NextOfSpeaker),
        "go.next-of-speaker",
        "command-go-next-of-speaker",
        Menu::Go,
        Need::Captions,
    ),
    row(
        Go(GoCommand::PreviousOfSpeaker),
        "go.previous-of-speaker",
        "command-go-previous-of-speaker",
        Menu::Go,
        Need::Captions,
    ),
    row(App(AppCommand::NextArea), "go.next-area", "command-go-next-area", Menu::Go, Need::Nothing)
        .keys(&[key(Key::F6)])
        .group(),
    row(
        App(AppCommand::PreviousArea),
        "go.previous-area",
        "command-go-previous-area",
        Menu::Go,
        Need::Nothing,
    )
    .keys(&[shift(Key::F6)]),
    row(App(AppCommand::Menus), "go.menus", "command-go-menus", Menu::Go, Need::Nothing)
        .keys(&[key(Key::F10)]),
    row(App(AppCommand::CueMenu), "go.cue-menu", "command-go-cue-menu", Menu::Go, Need::Captions)
        .keys(&[shift(Key::F10), key(Key::Menu)]),
    row(Play(PlayCommand::PlayPause), "play.toggle", "command-play-toggle", Menu::Play, Need::Sound)
        .keys(&[key(Key::Space), ctrl(Key::Space)]),
    row(Play(PlayCommand::PlayCue), "play.cue", "command-play-cue", Menu::Play, Need::Sound)
        .keys(&[key(Key::F5)]),
    row(Play(PlayCommand::LoopCue), "play.loop", "command-play-loop", Menu::Play, Need::Sound)
        .keys(&[ctrl(Key::L)]),
    row(Play(PlayCommand::PlayFromWord), "play.from-word", "command-play-from-word", Menu::Play, Need::Sound)
        .keys(&[shift(Key::F5)]),
    row(Play(PlayCommand::Back), "play.back", "command-play-back", Menu::Play, Need::Sound)
        .keys(&[alt(Key::ArrowLeft)])
        .group(),
    row(Play(PlayCommand::Forward), "play.forward", "command-play-forward", Menu::Play, Need::Sound)
        .keys(&[alt(Key::ArrowRight)]),
    row(Play(PlayCommand::Slower), "play.slower", "command-play-slower", Menu::Play, Need::Sound)
        .keys(&[ctrl(Key::OpenBracket)])
        .group(),
    row(Play(PlayCommand::Faster), "play.faster", "command-play-faster", Menu::Play, Need::Sound)
        .keys(&[ctrl(Key::CloseBracket)]),
    row(
        Play(PlayCommand::NormalSpeed),
        "play.normal-speed",
        "command-play-normal-speed",
        Menu::Play,
        Need::Sound,
    ),
    row(Play(PlayCommand::Follow), "play.follow", "command-play-follow", Menu::Play, Need::Sound)
        .keys(&[ctrl_shift(Key::F)])
        .group(),
    row(App(AppCommand::ShowProblems), "view.problems", "command-view-problems", Menu::View, Need::Captions)
        .keys(&[ctrl_shift(Key::M)]),
    row(App(AppCommand::ShowSpeakers), "view.speakers", "command-view-speakers", Menu::View, Need::Captions)
        .keys(&[ctrl_shift(Key::G)]),
    row(
        App(AppCommand::ShowSuggestions),
        "view.suggestions",
        "command-view-suggestions",
        Menu::View,
        Need::Captions,
    ),
    row(App(AppCommand::ShowWaveform), "view.waveform", "command-view-waveform", Menu::View, Need::Captions)
        .keys(&[ctrl_shift(Key::W)]),
    row(
        App(AppCommand::ShowSpectrogram),
        "view.spectrogram",
        "command-view-spectrogram",
        Menu::View,
        Need::Sound,
    ),
    row(App(AppCommand::ShowPicture), "view.picture", "command-view-picture", Menu::View, Need::Picture)
        .keys(&[ctrl_shift(Key::B)]),
    row(App(AppCommand::HeardTerms), "view.terms", "command-heard", Menu::View, Need::Captions),
    row(Go(GoCommand::FilterCues), "view.filter", "command-view-filter", Menu::View, Need::Captions)
        .keys(&[ctrl_shift(Key::L)]),
    row(
        Go(GoCommand::FollowNewest),
        "view.follow-newest",
        "command-view-follow-newest",
        Menu::View,
        Need::Transcribing,
    ),
    row(Play(PlayCommand::ZoomIn), "view.zoom-in", "command-view-zoom-in", Menu::View, Need::Sound)
        .keys(&[alt(Key::Plus), alt(Key::Equals)]),
    row(Play(PlayCommand::ZoomOut), "view.zoom-out", "command-view-zoom-out", Menu::View, Need::Sound)
        .keys(&[alt(Key::Minus)]),
    row(App(AppCommand::LargerText), "view.larger", "command-view-larger", Menu::View, Need::Nothing)
        .keys(&[ctrl(Key::Plus), ctrl(Key::Equals)])
        .group(),
    row(App(AppCommand::SmallerText), "view.smaller", "command-view-smaller", Menu::View, Need::Nothing)
        .keys(&[ctrl(Key::Minus)]),
    row(App(AppCommand::NormalText), "view.normal", "command-view-normal", Menu::View, Need::Nothing)
        .keys(&[ctrl(Key::Num0)]),
    row(Record(RecordCommand::RecordPage), "record.page", "command-record-page", Menu::Record, Need::Nothing)
        .keys(&[ctrl(Key::R)]),
    row(
        Record(RecordCommand::StartRecording),
        "record.start",
        "command-record-start",
        Menu::Record,
        Need::Microphone,
    )
    .keys(&[ctrl_shift(Key::R)])
    .group(),
    row(
        Record(RecordCommand::PauseRecording),
        "record.pause",
        "command-record-pause",
        Menu::Record,
        Need::Recording,
    )
    .keys(&[key(Key::F9)]),
    row(
        Record(RecordCommand::StopRecording),
        "record.stop",
        "command-record-stop",
        Menu::Record,
        Need::Recording,
    )
    .keys(&[ctrl_shift(Key::Period)]),
    row(
        Record(RecordCommand::ShowAudience),
        "record.audience",
        "command-record-audience",
        Menu::Record,
        Need::Nothing,
    )
    .keys(&[key(Key::F11)])
    .group(),
    row(
        Record(RecordCommand::ShowCaptionPage),
        "record.browser",
        "command-record-browser",
        Menu::Record,
        Need::Nothing,
    ),
    row(App(AppCommand::LeavePage), "view.leave", "command-view-leave", Menu::View, Need::OtherPage)
        .keys(&[alt(Key::Home)]),
    row(App(AppCommand::Guide), "app.guide", "command-app-guide", Menu::Help, Need::Nothing)
        .keys(&[shift(Key::F1)]),
    row(App(AppCommand::Palette), "app.palette", "command-app-palette", Menu::Help, Need::Nothing)
        .keys(&[ctrl_shift(Key::P)]),
    row(App(AppCommand::Shortcuts), "app.shortcuts", "command-app-shortcuts", Menu::Help, Need::Nothing)
        .keys(&[key(Key::F1)]),
    row(App(AppCommand::About), "app.about", "command-app-about", Menu::Help, Need::Nothing),
];
