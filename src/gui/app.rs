//! The app: handles news, draws the panels, and carries out their actions.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use egui::{CentralPanel, Context, FocusDirection, Frame, Panel, Ui, ViewportCommand};

use super::action::{Action, Actions, After};
use super::audience::{self, AudienceWindow};
use super::command::Available;
use super::dialogs::{Dialog, Then};
use super::editor::clip::Clip;
use super::editor::cue_list::{CueList, list_id, text_id};
use super::editor::dictionary::Spelling;
use super::editor::find::Find;
use super::editor::problems::Problems;
use super::editor::speakers::SpeakersPanel;
use super::editor::waveform::Waveform;
use super::editor::workspace::Workspace;
use super::editor::{sieve, transport};
use super::fonts;
use super::frames::FrameTimes;
use super::heard::{self, Area, Areas, ScreenWatch, Voice};
use super::keymap::{self, Keymap};
use super::models::{self, ModelsState};
use super::notice::Notices;
use super::panels::menu_keys::MenuKeys;
use super::panels::{menu, notices, progress, start, status, toolbar};
use super::queue::{self, QueueState};
use super::record::{self, RecordState};
use super::services::Services;
use super::shared::Shared;
use super::state::{Page, State, View};
use super::theme::{self, Colors};
use super::wake::Wake;
use super::words::{self, InWords, WordsLanguage};
use super::workers::Workers;
use crate::project;
use crate::remembered::RememberedVoices;
use crate::settings::{self, Settings};

/// Time per frame for handling news; the rest waits for the next frame.
const INTAKE: Duration = Duration::from_millis(6);

/// Above this width there is room for a panel beside the list. Unit: points.
const WIDE: f32 = 720.0;

/// Above this height there is room for the waveform. Unit: points.
const TALL: f32 = 400.0;

/// Height that the waveform leaves to the bars and a few rows of the list. Unit: points.
const BESIDE_SOUND: f32 = 220.0;

/// The window: its state and everything that draws and changes it.
pub struct App {
    pub(super) state: State,
    pub(super) list: CueList,
    pub(super) find: Find,
    pub(super) clip: Clip,
    problems: Problems,
    speakers: SpeakersPanel,
    pub(super) dialog: Option<Dialog>,
    pub(super) workers: Workers,
    pub(super) services: Services,
    pub(super) wake: Wake,
    pub(super) actions: Actions,
    /// Numbers of the last transcription and of the last workspace.
    pub(super) last_job: u64,
    pub(super) last_workspace: u64,
    /// What to do once the captions are saved.
    pub(super) after_saving: Option<After>,
    /// The recovered changes being opened.
    pub(super) recovering: Option<project::Recoverable>,
    /// The settings that are on the disk, or on their way there.
    pub(super) kept_settings: Settings,
    pub(super) saves_settings: bool,
    pub(super) waveform: Waveform,
    /// Announces events to screen readers.
    pub(super) voice: Voice,
    watch: ScreenWatch,
    pub(super) areas: Areas,
    pub(super) menu_keys: MenuKeys,
    /// The window may close without another question.
    pub(super) may_quit: bool,
    /// Whether the window has the keyboard focus, as far as the system reports it.
    is_in_front: bool,
    title: String,
    /// Present if frames are measured.
    frames: Option<FrameTimes>,
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
                workspace: None,
                notices: Notices::default(),
                keymap,
                recoverable: Vec::new(),
                settings,
                remembered: RememberedVoices::default(),
                opening: None,
                models: None,
                font_families: Vec::new(),
                shows_problems: None,
                shows_speakers: false,
                is_wide: true,
                is_tall: true,
                shows_waveform: None,
                follows: true,
                playhead: None,
                found: Rc::default(),
                spelling: Spelling::default(),
            },
            list: CueList::default(),
            find: Find::default(),
            clip: Clip::default(),
            problems: Problems::default(),
            speakers: SpeakersPanel::default(),
            dialog: None,
            workers: Workers::new(wake.clone()),
            wake,
            services,
            actions: Actions::default(),
            last_job: 0,
            last_workspace: 0,
            after_saving: None,
            recovering: None,
            kept_settings,
            saves_settings: false,
            waveform: Waveform::default(),
            voice: Voice::default(),
            watch: ScreenWatch::default(),
            areas: Areas::default(),
            menu_keys: MenuKeys::default(),
            may_quit: false,
            is_in_front: true,
            title: String::new(),
            frames: None,
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
            app.open(file);
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
        let open = self.state.workspace.as_ref().filter(|_| self.state.page == Page::Captions);
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
        self.follow_sound(ctx);
        self.record(|record, shared| record.follow(shared, ctx));
        self.state.audience.take_requests(&mut self.state.settings.audience);
        self.keep_spelling();
        self.state.queue.keep(&mut self.state.settings);
        self.keep(ctx);
        if let Some(wait) = self.state.notices.expire() {
            ctx.request_repaint_after(wait);
        }
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
                self.set_numbered_speaker(number, onwards);
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
        if is_closing && (self.would_lose() || self.state.is_busy()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.leave(ctx, After::Quit);
        }
    }

    fn draw(&mut self, ui: &mut Ui) {
        self.state.is_wide = ui.available_width() > WIDE;
        self.state.is_tall = ui.available_height() > TALL;
        let colors = Colors::current(ui.ctx(), self.state.settings.theme);
        let view = View { state: &self.state, colors, available: self.available() };
        let actions = &mut self.actions;
        let window = ui.available_size();
        let mut room = ui.available_rect_before_wrap();
        let mut areas = self.areas.begin();
        heard::window(ui.ctx(), &self.title, words::language().tag());
        self.voice.ui(ui.ctx());
        let bar = Frame::new().fill(colors.panel).inner_margin(egui::Margin::symmetric(8, 4));
        let keys = &mut self.menu_keys;
        Panel::top("menu")
            .frame(bar)
            .show(ui, |ui| areas.area(ui, Area::Menu, |ui| menu::ui(ui, &view, keys, actions)));
        let workspace = self.state.workspace.as_ref().filter(|_| self.state.page == Page::Captions);
        match workspace {
            Some(workspace) => {
                Panel::bottom("status").frame(bar).show(ui, |ui| {
                    areas.area(ui, Area::Status, |ui| status::ui(ui, &view, workspace, actions));
                });
                Panel::top("tools").frame(bar).show(ui, |ui| {
                    areas.area(ui, Area::Tools, |ui| toolbar::ui(ui, &view, workspace, actions));
                });
                if let Some(soundtrack) =
                    workspace.soundtrack.as_ref().filter(|_| self.state.shows_waveform())
                {
                    let least = 110.0_f32.min(0.3 * window.y);
                    let most = (0.6 * window.y).min(window.y - BESIDE_SOUND).max(least);
                    let sound = Panel::bottom("sound")
                        .frame(bar)
                        .default_size(190.0_f32.min(0.35 * window.y))
                        .size_range(least..=most);
                    sound.resizable(true).show(ui, |ui| {
                        areas.area(ui, Area::Sound, |ui| {
                            transport::ui(ui, &view, soundtrack, actions);
                            self.waveform.ui(ui, &view, workspace, soundtrack, actions);
                        });
                    });
                }
                room = ui.available_rect_before_wrap();
                let side = |name: &'static str| {
                    Panel::right(name)
                        .frame(Frame::new().fill(colors.panel).inner_margin(12))
                        .default_size(300.0_f32.min(0.36 * window.x))
                        .size_range(220.0_f32.min(0.3 * window.x)..=520.0_f32.min(0.45 * window.x))
                };
                if self.state.shows_speakers {
                    side("speakers").show(ui, |ui| {
                        areas.area(ui, Area::Speakers, |ui| self.speakers.ui(ui, &view, workspace, actions));
                    });
                } else if self.state.shows_problems() && workspace.task.is_none() {
                    side("problems").show(ui, |ui| {
                        areas.area(ui, Area::Problems, |ui| self.problems.ui(ui, &view, workspace, actions));
                    });
                }
                CentralPanel::default().frame(Frame::new().fill(colors.surface)).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    if self.find.is_open || workspace.rows.is_open || progress::is_shown(workspace) {
                        areas.area(ui, Area::Above, |ui| {
                            progress::ui(ui, &view, workspace, actions);
                            if self.find.is_open {
                                self.find.ui(ui, &view, workspace, actions);
                            }
                            if workspace.rows.is_open {
                                sieve::ui(ui, &view, workspace, actions);
                            }
                        });
                    }
                    self.list.ui(ui, &view, workspace, actions);
                    areas.note(Area::List, ui.max_rect());
                    let text = workspace.selection.current().filter(|_| workspace.read_only.is_none());
                    if let Some(text) = text.and_then(|cue| ui.ctx().read_response(text_id(cue))) {
                        areas.note(Area::Text, text.rect);
                    }
                });
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
        }
        notices::ui(ui.ctx(), &view, room, &mut areas, actions);
        self.areas.end(areas);
        self.state.audience.show(ui.ctx(), &self.state.settings.audience);
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
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
        self.watch.news(&self.state).into_iter().for_each(|text| self.voice.say(text));
        self.draw(ui);
        self.do_asked(ui.ctx());
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

    pub(super) fn shared(&mut self) -> Shared<'_> {
        self.parts().shared
    }

    fn parts(&mut self) -> Parts<'_> {
        let State { page, record, queue, shelf, audience, notices, settings, remembered, .. } =
            &mut self.state;
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
            is_in_front: self.is_in_front,
        };
        Parts { record, queue, models: shelf, shared }
    }

    pub(super) fn workspace_mut(&mut self) -> Option<&mut Workspace> {
        self.state.workspace.as_mut()
    }
}
