//! Carries out what panels request: actions that belong to no feature here, the others in their features.

mod files;
mod news;

use egui::{Context, ViewportCommand};

use super::action::{Action, After};
use super::app::App;
use super::command::{AppCommand, Command, EditCommand, Menu};
use super::dialogs::{Dialog, Palette};
use super::editor::cue_list::focus_list;
use super::heard::Area;
use super::keymap::Keymap;
use super::models::ModelsState;
use super::notice::Subject;
use super::record::RecordState;
use super::state::Page;
use crate::gui::terms::TermsState;
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
        self.editor.update_views(self.state.settings.suggestions);
    }

    fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Run(command) => self.run(ctx, command),
            Action::Open(path) => self.ask_to_open(path),
            Action::ForgetRecent(path) => self.state.settings.forget_recent(&path),
            Action::Paste(text) => {
                if !self.refuses(Command::Edit(EditCommand::Paste)) {
                    self.editor(|editor, shared| editor.paste_cues(shared, &text));
                }
            }
            Action::AskToDiscard(discarding) => self.dialog = Some(Dialog::Discard(discarding)),
            Action::ShowFolder(path) => self.workers.show_folder(path),
            Action::HideFirstSteps => self.state.settings.hides_first_steps = true,
            Action::Dismiss(number) => self.state.notices.dismiss(number),
            Action::SetShortcut(command, keys) => {
                self.change_keys(|keymap| keymap.choose(command, keys));
            }
            Action::ResetShortcut(command) => self.change_keys(|keymap| keymap.reset(command)),
            Action::ResetShortcuts => self.change_keys(Keymap::reset_all),
            Action::AnswerPath(question, None) => self.answered(question, Vec::new()),
            Action::AnswerPath(question, Some(path)) => self.workers.answer(question, path),
            Action::ReplacePath(question, path) => self.answered(question, vec![path]),
            Action::ChangeSettings(settings) => self.change_settings(*settings),
            Action::SaveThen(after) => self.editor(|editor, shared| editor.save_then(shared, after)),
            Action::Leave(after) => self.leave(ctx, after),
            Action::DiscardThen(after) => self.go_on(ctx, after),
            Action::Editor(action) => self.editor(|editor, shared| editor.act(shared, ctx, action)),
            Action::Queue(action) => self.queue(|queue, shared| queue.act(shared, action)),
            Action::Record(action) => self.record(|record, shared| record.act(shared, action)),
            Action::Models(action) => self.models(|models, shared| models.act(shared, action)),
            Action::Speakers(action) => self.editor(|editor, shared| editor.act_on_speakers(shared, action)),
            Action::Terms(action) => TermsState::act(&mut self.shared(), &action),
        }
    }

    /// Runs a command if it is available: keys may be pressed at any time.
    fn run(&mut self, ctx: &Context, command: Command) {
        if self.refuses(command) {
            return;
        }
        match command {
            Command::File(command) => self.editor(|editor, shared| editor.run_on_files(shared, command)),
            Command::Edit(command) => self.editor(|editor, shared| editor.run_edit(shared, ctx, command)),
            Command::Go(command) => self.editor(|editor, shared| editor.run_go(shared, ctx, command)),
            Command::Play(command) => self.editor.run_play(command),
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
            AppCommand::CueMenu => self.editor.views.list.open_menu(),
            AppCommand::LeavePage => self.state.page = Page::Captions,
            AppCommand::LargerText => self.resize_text(1),
            AppCommand::SmallerText => self.resize_text(-1),
            AppCommand::NormalText => self.state.settings.text_size = TextSize::NORMAL,
            AppCommand::MaterialTerms => self.terms(|terms, _, shared| terms.open_material(shared)),
            AppCommand::HeardTerms => self.terms(|terms, editor, shared| {
                if let Some(open) = &editor.state.workspace {
                    terms.open_heard(shared, open);
                }
            }),
            AppCommand::ShowProblems => {
                let editor = &mut self.editor.state;
                editor.shows_problems = Some(!editor.shows_problems());
                editor.shows_speakers = false;
            }
            AppCommand::ShowSpeakers => self.show_speakers(ctx),
            AppCommand::ShowSuggestions => {
                self.state.settings.suggestions = !self.state.settings.suggestions;
            }
            AppCommand::ShowSpectrogram => {
                self.state.settings.shows_spectrogram = !self.state.settings.shows_spectrogram;
            }
            AppCommand::ShowPicture => {
                let shows = self.editor.state.shows_picture(&self.state.settings);
                self.state.settings.shows_picture = Some(!shows);
            }
            AppCommand::ShowWaveform => {
                let editor = &mut self.editor.state;
                editor.shows_waveform = Some(!editor.shows_waveform());
            }
        }
    }

    /// Opens the panel of speakers, which gets the keyboard focus, or closes it; then the list gets it.
    fn show_speakers(&mut self, ctx: &Context) {
        let editor = &mut self.editor.state;
        editor.shows_speakers = !editor.shows_speakers;
        match editor.shows_speakers {
            true => self.areas.ask_for(Area::Speakers),
            false => focus_list(ctx),
        }
    }

    /// Moves the keyboard focus to the next or previous area of the window.
    fn go_to_area(&mut self, ctx: &Context, backwards: bool) {
        match self.areas.next(ctx, backwards) {
            Some(Area::List) => focus_list(ctx),
            Some(Area::Text) => self.editor.edit_text(),
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
            after if self.editor.state.would_lose() => self.dialog = Some(Dialog::Unsaved(after)),
            After::Quit if self.state.is_busy() => self.dialog = Some(Dialog::Busy),
            after => self.go_on(ctx, after),
        }
    }

    fn go_on(&mut self, ctx: &Context, after: After) {
        self.editor(|editor, shared| editor.close(shared));
        match after {
            After::Close => self.state.notices.end(Subject::Lecture),
            After::Open(path) => self.editor(|editor, shared| editor.open(shared, path)),
            After::Caption(path) => self.editor(|editor, shared| editor.transcribe(shared, path)),
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
