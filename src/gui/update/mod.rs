//! Carries out what panels request: actions that belong to no feature here, the others in their features.

mod files;
mod news;

use egui::{Context, ViewportCommand};

use super::action::{Action, After};
use super::app::App;
use super::command::{AppCommand, Command, EditCommand, Menu};
use super::dialogs::{Dialog, Palette};
use super::editor::cue_list::list_id;
use super::heard::Area;
use super::keymap::Keymap;
use super::models::ModelsState;
use super::notice::Subject;
use super::record::RecordState;
use super::state::Page;
use crate::document::ops;
use crate::gui::words::say_with;
use crate::settings::TextSize;

/// The step between text sizes, in percent.
const TEXT_STEP: i16 = 10;

impl App {
    pub(super) fn do_asked(&mut self, ctx: &Context) {
        while let Some(action) = self.actions.next() {
            self.act(ctx, action);
            // What was drawn before is out of date.
            ctx.request_repaint();
        }
        if let Some(workspace) = &mut self.state.workspace {
            workspace.update_rows(self.state.settings.suggestions);
            self.find.update(workspace);
        }
        self.state.found = self.find.found();
    }

    fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Run(command) => self.run(ctx, command),
            Action::Open(path) => self.ask_to_open(path),
            Action::ForgetRecent(path) => self.forget_recent(&path),
            Action::Choose(cue, how) => self.choose(cue, how),
            Action::GoTo(cue) => self.visit(cue),
            Action::SetText(cue, text) => {
                self.operate(|document, _| ops::set_text(document, cue, &text));
            }
            Action::Suggest(word) => self.suggest(word),
            Action::Respell { cue, range, word, with } => self.respell(cue, range, &word, &with),
            Action::AddTerm(word) => self.add_term(&word),
            Action::EditWord(cue, range) => self.edit_word(cue, range),
            Action::Paste(text) => {
                if !self.refuses(Command::Edit(EditCommand::Paste)) {
                    self.paste_cues(&text);
                }
            }
            Action::SetSpan(cue, span) => {
                self.operate(|document, _| ops::set_span(document, cue, span));
            }
            Action::EndRun => self.end_run(),
            Action::SetSpeaker(speaker) => self.set_speaker(speaker.as_deref()),
            Action::ShiftBy { by, all } => self.shift(by, all),
            Action::InsertLeftOut(passage) => self.insert_left_out(&passage),
            Action::DismissLeftOut(passage) => self.dismiss_left_out(&passage),
            Action::RepairCue(cue) => self.repair(cue),
            Action::ReplaceOne => self.replace_one(),
            Action::ReplaceAll => self.replace_all(),
            Action::CloseFind => self.find.close(),
            Action::ShowRows(choice) => self.show_rows(choice),
            Action::CloseRows => self.close_rows(ctx),
            Action::GoToMatch(number) => self.go_to_match(number),
            Action::Seek(time) => self.seek(time),
            Action::SetRate(rate) => self.set_rate(rate),
            Action::Retime(retiming) => self.retime(&retiming),
            Action::Recover(place) => self.recover(place),
            Action::AskToDiscard(discarding) => self.dialog = Some(Dialog::Discard(discarding)),
            Action::DiscardRecovered(path) => self.discard_recovered(&path),
            Action::SetProfile(name) => self.set_profile(&name),
            Action::CancelTranscription => self.cancel_transcription(),
            Action::StopFollowing => self.follow_newest(false),
            Action::Transcribe(path) => self.transcribe(path),
            Action::ShowFolder(path) => self.workers.show_folder(path),
            Action::HideFirstSteps => self.state.settings.hides_first_steps = true,
            Action::DismissReady => self.workspace_mut().into_iter().for_each(|open| open.ready = None),
            Action::Dismiss(number) => self.state.notices.dismiss(number),
            Action::SetShortcut(command, keys) => {
                self.change_keys(|keymap| keymap.choose(command, keys));
            }
            Action::ResetShortcut(command) => self.change_keys(|keymap| keymap.reset(command)),
            Action::ResetShortcuts => self.change_keys(Keymap::reset_all),
            Action::Export(plan) => self.export(*plan),
            Action::AskExportFolder(folder) => self.ask_export_folder(folder),
            Action::AnswerPath(question, None) => self.answered(question, Vec::new()),
            Action::AnswerPath(question, Some(path)) => self.workers.answer(question, path),
            Action::ReplacePath(question, path) => self.answered(question, vec![path]),
            Action::ChangeSettings(settings) => self.change_settings(*settings),
            Action::SaveThen(after) => self.save_then(after),
            Action::Leave(after) => self.leave(ctx, after),
            Action::DiscardThen(after) => self.go_on(ctx, after),
            Action::Queue(action) => self.queue(|queue, shared| queue.act(shared, action)),
            Action::Record(action) => self.record(|record, shared| record.act(shared, action)),
            Action::Models(action) => self.models(|models, shared| models.act(shared, action)),
            Action::Speakers(action) => self.act_on_speakers(action),
        }
    }

    /// Runs a command if it is available: keys may be pressed at any time.
    fn run(&mut self, ctx: &Context, command: Command) {
        if self.refuses(command) {
            return;
        }
        match command {
            Command::File(command) => self.run_on_files(ctx, command),
            Command::Edit(command) => self.run_edit(ctx, command),
            Command::Go(command) => self.run_go(ctx, command),
            Command::Play(command) => self.run_play(command),
            Command::Record(command) => self.record(|record, shared| record.run(shared, command)),
            Command::Queue(command) => self.queue(|queue, shared| queue.run(shared, command)),
            Command::App(command) => self.run_on_app(ctx, command),
        }
    }

    /// Returns whether a command cannot be run now, and tells the user why.
    fn refuses(&mut self, command: Command) -> bool {
        let Some(obstacle) = command.row().obstacle(&self.available()) else { return false };
        let name = command.row().name();
        self.state.notices.hint(say_with!("command-refused", command = name, reason = obstacle));
        true
    }

    fn run_on_app(&mut self, ctx: &Context, command: AppCommand) {
        match command {
            AppCommand::Quit => self.leave(ctx, After::Quit),
            AppCommand::Settings => {
                if self.state.font_families.is_empty() {
                    self.workers.look_for_fonts(self.caption_font.clone());
                }
                self.dialog = Some(Dialog::Settings);
            }
            AppCommand::Shortcuts => self.dialog = Some(Dialog::Shortcuts(Default::default())),
            AppCommand::Palette => self.dialog = Some(Dialog::Palette(Palette::default())),
            AppCommand::Guide => self.dialog = Some(Dialog::Guide(Default::default())),
            AppCommand::About => self.dialog = Some(Dialog::About),
            AppCommand::Models => self.models(ModelsState::show_page),
            AppCommand::NextArea => self.go_to_area(ctx, false),
            AppCommand::PreviousArea => self.go_to_area(ctx, true),
            AppCommand::Menus => self.menu_keys.open(Menu::File),
            AppCommand::LeavePage => self.state.page = Page::Captions,
            AppCommand::LargerText => self.resize_text(1),
            AppCommand::SmallerText => self.resize_text(-1),
            AppCommand::NormalText => self.state.settings.text_size = TextSize::NORMAL,
            AppCommand::ShowProblems => {
                self.state.shows_problems = Some(!self.state.shows_problems());
                self.state.shows_speakers = false;
            }
            AppCommand::ShowSpeakers => self.state.shows_speakers = !self.state.shows_speakers,
            AppCommand::ShowSuggestions => {
                self.state.settings.suggestions = !self.state.settings.suggestions;
            }
            AppCommand::ShowWaveform => self.state.shows_waveform = Some(!self.state.shows_waveform()),
        }
    }

    /// Moves the keyboard focus to the next or previous area of the window.
    fn go_to_area(&mut self, ctx: &Context, backwards: bool) {
        match self.areas.next(ctx, backwards) {
            Some(Area::List) => ctx.memory_mut(|memory| memory.request_focus(list_id())),
            Some(Area::Text) => self.edit_text(),
            Some(area) => self.areas.ask_for(area),
            None => {}
        }
    }

    fn resize_text(&mut self, steps: i16) {
        let percent = self.state.settings.text_size.percent();
        self.state.settings.text_size = TextSize::new(percent.saturating_add_signed(steps * TEXT_STEP));
    }

    fn change_keys(&mut self, change: impl FnOnce(&mut Keymap)) {
        change(&mut self.state.keymap);
        self.state.settings.shortcuts = self.state.keymap.chosen().clone();
    }

    /// Leaves the captions, after a question if changes would be lost.
    pub(super) fn leave(&mut self, ctx: &Context, after: After) {
        match after {
            after if self.would_lose() => self.dialog = Some(Dialog::Unsaved(after)),
            After::Quit if self.state.is_busy() => self.dialog = Some(Dialog::Busy),
            after => self.go_on(ctx, after),
        }
    }

    fn go_on(&mut self, ctx: &Context, after: After) {
        self.let_go();
        self.find.close();
        match after {
            After::Close => self.state.notices.end(Subject::Lecture),
            After::Open(path) => self.open(path),
            After::Record => self.record(RecordState::show_page),
            After::StopAndQuit => {
                self.state.queue.pause();
                self.record(RecordState::stop_and_quit);
            }
            After::Quit => {
                self.may_quit = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }
}
