//! The app: takes news in, draws the panels, and hands their actions to the features.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use egui::{CentralPanel, Context, FocusDirection, Frame, Panel, Ui, ViewportCommand};

use super::action::{Action, Actions, After};
use super::audience::{self, AudienceWindow};
use super::command::Available;
use super::dialogs::{self, Dialog, Then};
use super::editor::captions::CaptionEditor;
use super::editor::cue_list::{focus_list, list_id};
use super::editor::views::bar;
use super::fonts;
use super::frames::FrameTimes;
use super::heard::{self, Announcer, Area, Areas, ScreenWatch};
use super::keymap::{self, Keymap};
use super::models::{self, ModelsState};
use super::notice::Notices;
use super::panels::menu_keys::MenuKeys;
use super::panels::{menu, notices, start};
use super::queue::{self, QueueState};
use super::record::{self, RecordState};
use super::services::Services;
use super::shared::Shared;
use super::state::{Page, State, View};
use super::terms::TermsState;
use super::theme::{self, Colors};
use super::wake::Wake;
use super::words::{self, InWords, WordsLanguage};
use super::workers::Workers;
use crate::remembered::RememberedVoices;
use crate::settings::{self, Settings};

/// Time per frame for handling news; the rest waits for the next frame.
const INTAKE: Duration = Duration::from_millis(6);

/// Above this width there is room for a panel beside the list. Unit: points.
const WIDE: f32 = 720.0;

/// Above this height there is room for the waveform. Unit: points.
const TALL: f32 = 400.0;

/// The window: its state and everything that draws and changes it.
pub struct App {
    pub(super) state: State,
    pub(super) editor: CaptionEditor,
    pub(super) dialog: Option<Dialog>,
    pub(super) workers: Workers,
    pub(super) services: Services,
    pub(super) wake: Wake,
    pub(super) actions: Actions,
    /// The settings that are on the disk, or on their way there.
    kept_settings: Settings,
    pub(super) saves_settings: bool,
    /// Announces events to screen readers.
    announcer: Announcer,
    watch: ScreenWatch,
    pub(super) areas: Areas,
    /// The page that has been given the keyboard focus.
    entered: Page,
    pub(super) menu_keys: MenuKeys,
    /// The window may close without another question.
    pub(super) may_quit: bool,
    /// Whether the window has the keyboard focus, as far as the system reports it.
    is_in_front: bool,
    title: String,
    /// Present if frames are measured.
    frames: Option<FrameTimes>,
    frame_begun: Instant,
    /// The look that egui currently has.
    look: Option<(settings::Theme, settings::TextSize)>,
    /// The caption font that egui has, or that is being loaded.
    pub(super) caption_font: Option<String>,
}

/// The state of the app in parts that can be borrowed side by side.
struct Parts<'a> {
    record: &'a mut RecordState,
    queue: &'a mut QueueState,
    models: &'a mut ModelsState,
    terms: &'a mut TermsState,
    editor: &'a mut CaptionEditor,
    shared: Shared<'a>,
}

impl App {
    /// Creates the app, which opens `file` at once if there is one.
    pub fn new(ctx: &Context, services: Services, settings: Settings, file: Option<PathBuf>) -> Self {
        words::set_language(WordsLanguage::of(settings.window_language, services.system_language.as_deref()));
        let waker = ctx.clone();
        let wake: Wake = Arc::new(move || waker.request_repaint());
        let kept_settings = settings.clone();
        let audience_is_open = Arc::new(AtomicBool::new(false));
        let keymap = Keymap::new(settings.shortcuts.clone());
        let settings = Settings { shortcuts: keymap.chosen().clone(), ..settings };
        let record =
            RecordState::new(audience::wake(ctx, &audience_is_open), services.recording_folder.clone());
        let mut app = Self {
            state: State {
                page: Page::Captions,
                queue: QueueState::new(wake.clone(), services.queue_folder.clone()),
                audience: AudienceWindow::new(Arc::clone(&record.live_state), audience_is_open),
                record,
                shelf: ModelsState::new(services.offline),
                notices: Notices::default(),
                keymap,
                settings,
                remembered: RememberedVoices::default(),
                models: None,
                font_families: Vec::new(),
                terms: TermsState::default(),
            },
            editor: CaptionEditor::default(),
            dialog: None,
            workers: Workers::new(wake.clone()),
            wake,
            services,
            actions: Actions::default(),
            kept_settings,
            saves_settings: false,
            announcer: Announcer::default(),
            watch: ScreenWatch::default(),
            areas: Areas::default(),
            entered: Page::default(),
            menu_keys: MenuKeys::default(),
            may_quit: false,
            is_in_front: true,
            title: String::new(),
            frames: None,
            frame_begun: Instant::now(),
            look: None,
            caption_font: None,
        };
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        ctx.set_fonts(fonts::definitions(None));
        app.set_look(ctx);
        app.workers.list_models();
        if let Some(file) = &app.services.voices_file {
            app.workers.load_remembered(file.clone());
        }
        app.record(|record, shared| record.look_around(shared));
        app.queue(|queue, shared| queue.restore(shared));
        if let Some(folder) = &app.services.recovery_folder {
            app.workers.find_recoverable(folder.clone());
        }
        if let Some(file) = file {
            app.editor(|editor, shared| editor.open(shared, file));
        }
        app
    }

    /// Other windows may have drawn on this thread since the last frame.
    fn set_language(&self) {
        let system = self.services.system_language.as_deref();
        words::set_language(WordsLanguage::of(self.state.settings.window_language, system));
    }

    fn set_look(&mut self, ctx: &Context) {
        let look = (self.state.settings.theme, self.state.settings.text_size);
        if self.look != Some(look) {
            self.look = Some(look);
            theme::apply(ctx, look.0);
            ctx.set_zoom_factor(look.1.factor());
        }
        if self.state.settings.caption_font != self.caption_font {
            self.caption_font.clone_from(&self.state.settings.caption_font);
            self.workers.look_for_fonts(self.caption_font.clone());
        }
    }

    /// Sets the window's title to the name of the open file, with a mark if it has unsaved changes.
    fn set_title(&mut self, ctx: &Context) {
        let open = self.editor.state.workspace.as_ref().filter(|_| self.state.page == Page::Captions);
        let title = open.map_or_else(
            || "Lectern".to_owned(),
            |open| format!("{}{} – Lectern", if open.is_dirty() { "*" } else { "" }, open.name),
        );
        if self.title != title {
            self.title = title;
            ctx.send_viewport_cmd(ViewportCommand::Title(self.title.clone()));
        }
    }

    pub(super) fn available(&self) -> Available {
        let record = &self.state.record;
        Available {
            microphone: record.is_ready(),
            recording: record.is_recording(),
            record_page: self.state.page == Page::Record,
            other_page: self.state.page != Page::Captions,
            ..self
                .editor
                .state
                .workspace
                .as_ref()
                .map(|open| open.available(self.state.settings.suggestions))
                .unwrap_or_default()
        }
    }

    /// Handles news from workers, for a few milliseconds at most.
    fn take_in(&mut self, ctx: &Context) {
        let begun = Instant::now();
        while let Some(news) = self.workers.news() {
            self.handle_news(ctx, news);
            if begun.elapsed() > INTAKE {
                ctx.request_repaint();
                break;
            }
        }
        self.editor(|editor, shared| editor.follow(shared, ctx));
        self.record(|record, shared| record.follow(shared, ctx));
        self.state.audience.take_requests(&mut self.state.settings.audience);
        self.state.queue.keep(&mut self.state.settings);
        self.keep_settings();
        if let Some(wait) = self.state.notices.expire() {
            ctx.request_repaint_after(wait);
        }
    }

    /// Saves changed settings, one save at a time.
    fn keep_settings(&mut self) {
        if self.saves_settings || self.state.settings == self.kept_settings {
            return;
        }
        let Some(path) = self.services.settings_file.clone() else { return };
        self.kept_settings = self.state.settings.clone();
        self.saves_settings = true;
        self.workers.save_settings(self.state.settings.clone(), path);
    }

    fn take_input(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let mut dropped: Vec<_> = dropped.into_iter().map(|file| file.path().to_owned()).collect();
        if dropped.len() > 1 || self.state.page == Page::Queue {
            self.queue(|queue, shared| queue.add(shared, dropped));
        } else if let Some(path) = dropped.pop() {
            self.ask_to_open(path);
        }
        let is_bare = self.dialog.is_none();
        self.menu_keys.take_input(ctx, is_bare);
        if is_bare {
            let focused = ctx.memory(|memory| memory.focused());
            let bare = focused.is_none_or(|id| id == list_id());
            let digit = keymap::pressed_digit(ctx).filter(|_| bare && self.state.page == Page::Captions);
            if let Some((number, onwards)) = digit {
                self.editor(|editor, shared| editor.set_numbered_speaker(shared, number, onwards));
            }
            for text in keymap::pasted(ctx, bare) {
                self.actions.ask(Action::Paste(text));
            }
            for command in self.state.keymap.pressed(ctx, bare) {
                self.actions.run(command);
                // An arrow key that ran a command must not also move the focus.
                ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            }
        }
    }

    /// Asks once about changes that would be lost when the window closes.
    fn watch_closing(&mut self, ctx: &Context) {
        let is_closing = ctx.input(|input| input.viewport().close_requested()) && !self.may_quit;
        if is_closing && (self.editor.state.would_lose() || self.state.is_busy()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.leave(ctx, After::Quit);
        }
    }

    /// Gives the keyboard focus to a page that was just opened, or to the captions that it had covered.
    fn enter_page(&mut self, ctx: &Context) {
        if std::mem::replace(&mut self.entered, self.state.page) == self.state.page {
            return;
        }
        match self.state.page {
            Page::Captions => focus_list(ctx),
            Page::Record | Page::Queue | Page::Models => self.areas.ask_for(Area::Page),
        }
    }

    fn draw(&mut self, ui: &mut Ui) {
        self.editor.state.is_wide = ui.available_width() > WIDE;
        self.editor.state.is_tall = ui.available_height() > TALL;
        let colors = Colors::current(ui.ctx(), self.state.settings.theme);
        let editor = &self.editor.state;
        let view = View { state: &self.state, editor, colors, available: self.available() };
        let actions = &mut self.actions;
        let window = ui.available_size();
        let mut room = ui.available_rect_before_wrap();
        let mut areas = self.areas.begin();
        heard::window(ui.ctx(), &self.title, words::language().tag());
        self.announcer.ui(ui.ctx());
        let keys = &mut self.menu_keys;
        Panel::top("menu")
            .frame(bar(&view))
            .show(ui, |ui| areas.area(ui, Area::Menu, |ui| menu::ui(ui, &view, keys, actions)));
        let workspace = editor.workspace.as_ref().filter(|_| self.state.page == Page::Captions);
        match workspace {
            Some(workspace) => {
                room = self.editor.views.ui(ui, &view, workspace, window, &mut areas, actions);
            }
            None => {
                let page = Frame::new().fill(colors.surface);
                CentralPanel::default().frame(page).show(ui, |ui| {
                    areas.area(ui, Area::Page, |ui| match self.state.page {
                        Page::Captions => start::ui(ui, &view, actions),
                        Page::Record => record::ui(ui, &view, actions),
                        Page::Queue => queue::ui(ui, &view, actions),
                        Page::Models => models::ui(ui, &view, actions),
                    });
                });
            }
        }
        if let Some(mut dialog) = self.dialog.take() {
            self.dialog = match dialog.show(ui.ctx(), &view, actions) {
                Then::Stays => Some(dialog),
                Then::Closes => dialog.closed(actions),
            };
        } else {
            dialogs::give_back_focus(ui.ctx());
        }
        notices::ui(ui.ctx(), &view, room, &mut areas, actions);
        self.areas.end(areas);
        self.state.audience.show(ui.ctx(), &self.state.settings.audience);
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.frame_begun = Instant::now();
        self.set_language();
        self.is_in_front = ctx.input(|input| input.focused);
        self.take_in(ctx);
        // Also if the window is hidden and draws nothing.
        self.do_asked(ctx);
        self.watch_closing(ctx);
        self.set_look(ctx);
        self.set_title(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        if let Some(frames) = &mut self.frames {
            frames.begin(frame.info().cpu_usage);
        }
        self.set_language();
        self.take_input(ui.ctx());
        self.do_asked(ui.ctx());
        self.watch
            .news(&self.state, &self.editor.state)
            .into_iter()
            .for_each(|text| self.announcer.say(text));
        self.enter_page(ui.ctx());
        self.draw(ui);
        self.do_asked(ui.ctx());
        if let Some(frames) = &mut self.frames {
            frames.laid_out(self.frame_begun.elapsed());
        }
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Some(frames) = &self.frames {
            crate::console::eprint_line(&format!("lectern: {frames}"));
        }
        self.state.shelf.stop();
        self.workers.finish();
    }
}

impl App {
    /// Measures frames; the times are reported at exit.
    pub fn measure_frames(&mut self) {
        self.frames = Some(FrameTimes::default());
    }

    /// Shows a problem that occurred before the window opened.
    pub fn warn(&mut self, warning: &impl InWords) {
        self.state.notices.remind(warning.in_words());
    }

    pub(super) fn record(&mut self, work: impl FnOnce(&mut RecordState, &mut Shared<'_>)) {
        let mut parts = self.parts();
        work(parts.record, &mut parts.shared);
    }

    pub(super) fn queue(&mut self, work: impl FnOnce(&mut QueueState, &mut Shared<'_>)) {
        let mut parts = self.parts();
        work(parts.queue, &mut parts.shared);
    }

    pub(super) fn models(&mut self, work: impl FnOnce(&mut ModelsState, &mut Shared<'_>)) {
        let mut parts = self.parts();
        work(parts.models, &mut parts.shared);
    }

    /// Works on names and terms, beside the editor whose captions they are in.
    pub(super) fn terms(&mut self, work: impl FnOnce(&mut TermsState, &CaptionEditor, &mut Shared<'_>)) {
        let mut parts = self.parts();
        work(parts.terms, parts.editor, &mut parts.shared);
    }

    pub(super) fn editor<T>(&mut self, work: impl FnOnce(&mut CaptionEditor, &mut Shared<'_>) -> T) -> T {
        let mut parts = self.parts();
        work(parts.editor, &mut parts.shared)
    }

    pub(super) fn shared(&mut self) -> Shared<'_> {
        self.parts().shared
    }

    fn parts(&mut self) -> Parts<'_> {
        let State {
            page, record, queue, shelf, audience, notices, settings, remembered, keymap, terms, ..
        } = &mut self.state;
        let shared = Shared {
            page,
            settings,
            remembered,
            notices,
            dialog: &mut self.dialog,
            audience,
            actions: &mut self.actions,
            workers: &self.workers,
            services: &self.services,
            keymap,
            announcer: &mut self.announcer,
            wake: &self.wake,
            is_in_front: self.is_in_front,
        };
        Parts { record, queue, models: shelf, terms, editor: &mut self.editor, shared }
    }
}
