//! The start page.

use std::path::Path;
use std::sync::Arc;

use egui::{
    Align, Button, Color32, CornerRadius, FontId, Frame, Galley, Layout, Response, RichText, ScrollArea,
    Stroke, Ui, Vec2, vec2,
};

use crate::gui::action::{Action, Actions, Discarding};
use crate::gui::command::{AppCommand, Command, FileCommand, QueueCommand, RecordCommand};
use crate::gui::editor::action::EditorAction;
use crate::gui::record::RecordAction;
use crate::gui::state::View;
use crate::gui::theme::{LARGE_SPACE, PAGE_SPACE, SMALL_SPACE, SPACE};
use crate::gui::widgets::short_time;
use crate::gui::words::{InWords, say, say_with};

const WIDTH: f32 = 620.0;
/// Space between the edge of a large button and its texts. Unit: points.
const CARD_MARGIN: f32 = 18.0;

pub fn ui(ui: &mut Ui, view: &View, actions: &mut Actions) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let width = WIDTH.min(ui.available_width() - 2.0 * PAGE_SPACE).max(240.0);
        let side = ((ui.available_width() - width) / 2.0).max(0.0);
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(width);
                ui.add_space((ui.ctx().content_rect().height() * 0.10).max(PAGE_SPACE));
                page(ui, view, actions);
            });
        });
    });
}

fn page(ui: &mut Ui, view: &View, actions: &mut Actions) {
    ui.label(RichText::new("Lectern").size(34.0));
    ui.label(RichText::new(say("start-purpose")).size(16.0).color(view.colors.weak));
    recovered(ui, view, actions);
    cut_off(ui, view, actions);
    ui.add_space(PAGE_SPACE);
    let width = (ui.available_width() - LARGE_SPACE) / 2.0;
    let trouble = view.state.record.obstacle(view.state.models.as_deref());
    let text = trouble.as_ref().map_or_else(|| say("start-record-hint").to_owned(), InWords::in_words);
    let open = Card::new(ui, width, say("start-open"), say("start-open-hint"));
    let record = Card::new(ui, width, say("start-record"), &text);
    let size = vec2(width, open.height().max(record.height()));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = LARGE_SPACE;
        let open = open.ui(ui, view, size, true);
        if open.clicked() {
            actions.run(Command::File(FileCommand::OpenFile));
        }
        let mut record = record.ui(ui, view, size, false);
        if trouble.is_some() {
            record = record.accessible_name(say_with!("start-record-trouble", trouble = text));
        }
        if record.clicked() {
            match &trouble {
                Some(trouble) => actions.ask(Action::Record(RecordAction::Remedy(trouble.remedy()))),
                None => actions.run(Command::Record(RecordCommand::RecordPage)),
            }
        }
    });
    ui.add_space(LARGE_SPACE);
    drop_hint(ui, view);
    ui.add_space(SPACE);
    ui.vertical_centered(|ui| {
        let text = say("start-queue");
        let queue = Button::new(RichText::new(text).color(view.colors.accent)).frame(false);
        if ui.add(queue).clicked() {
            actions.run(Command::Queue(QueueCommand::QueuePage));
        }
    });
    if let Some(path) = &view.editor.opening {
        ui.add_space(LARGE_SPACE);
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label(say_with!("start-opening", name = name(path)));
        });
    }
    first_steps(ui, view, actions);
    recent(ui, view, actions);
}

/// Shows the first steps for new users, until they are closed.
fn first_steps(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let settings = &view.state.settings;
    if settings.hides_first_steps || !settings.recent.is_empty() {
        return;
    }
    ui.add_space(LARGE_SPACE);
    let frame = Frame::new().stroke(Stroke::new(1.0, view.colors.border)).corner_radius(8);
    frame.inner_margin(LARGE_SPACE).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::new(say("first-title")).strong());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let close = ui.add(Button::new("×").frame(false)).accessible_name(say("first-close"));
                if close.on_hover_text(say("first-close")).clicked() {
                    actions.ask(Action::HideFirstSteps);
                }
            });
        });
        for (number, key) in ["first-open", "first-correct", "first-export", "first-keys"].iter().enumerate()
        {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(format!("{}.", number + 1)).color(view.colors.weak));
                ui.label(say(key));
            });
        }
        ui.add_space(SPACE);
        if ui.button(say("first-guide")).clicked() {
            actions.run(Command::App(AppCommand::Guide));
        }
    });
}

/// One of the two large buttons. Its texts may take several lines.
struct Card {
    name: &'static str,
    title: Arc<Galley>,
    text: Arc<Galley>,
}

impl Card {
    fn new(ui: &Ui, width: f32, name: &'static str, text: &str) -> Self {
        let lay_out = |text: &str, size| {
            let font = FontId::proportional(size);
            ui.painter().layout(text.to_owned(), font, Color32::PLACEHOLDER, width - 2.0 * CARD_MARGIN)
        };
        Self { name, title: lay_out(name, 20.0), text: lay_out(text, 14.0) }
    }

    fn height(&self) -> f32 {
        (self.title.size().y + SMALL_SPACE + self.text.size().y + 2.0 * CARD_MARGIN).max(92.0)
    }

    fn ui(&self, ui: &mut Ui, view: &View, size: Vec2, is_main: bool) -> Response {
        let (ground, strong, weak) = match is_main {
            true => (view.colors.accent, view.colors.on_accent, view.colors.on_accent),
            false => (view.colors.raised, view.colors.text, view.colors.weak),
        };
        let button = Button::new("")
            .fill(ground)
            .stroke(Stroke::new(1.0, view.colors.border))
            .corner_radius(CornerRadius::same(8));
        let response = ui.add_sized(size, button);
        let at = response.rect.min + Vec2::splat(CARD_MARGIN);
        ui.painter().galley(at, Arc::clone(&self.title), strong);
        let below = at + vec2(0.0, self.title.size().y + SMALL_SPACE);
        ui.painter().galley(below, Arc::clone(&self.text), weak);
        response.accessible_name(self.name)
    }
}

fn drop_hint(ui: &mut Ui, view: &View) {
    let hovering = ui.ctx().input(|input| !input.raw.hovered_files.is_empty());
    let edge = if hovering { view.colors.accent } else { view.colors.border };
    Frame::new()
        .stroke(Stroke::new(if hovering { 2.0 } else { 1.0 }, edge))
        .corner_radius(8)
        .inner_margin(LARGE_SPACE)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.vertical_centered(|ui| {
                let text = if hovering { say("start-let-go") } else { say("start-drop") };
                ui.label(RichText::new(text).color(view.colors.weak));
            });
        });
}

/// Shows unsaved changes found after a crash.
fn recovered(ui: &mut Ui, view: &View, actions: &mut Actions) {
    if view.editor.recoverable.is_empty() {
        return;
    }
    ui.add_space(LARGE_SPACE);
    let frame = Frame::new().stroke(Stroke::new(1.0, view.colors.warning)).corner_radius(8);
    frame.inner_margin(LARGE_SPACE).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(format!("⚠ {}", say("start-kept"))).strong());
        for (place, left) in view.editor.recoverable.iter().enumerate() {
            ui.horizontal(|ui| {
                let name = match &left.origin {
                    Some(origin) => name(origin),
                    None if left.title.is_empty() => say("start-kept-unnamed").to_owned(),
                    None => say_with!("start-kept-titled", title = &left.title),
                };
                ui.label(&name);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    // Laid out from the right, but the keyboard reaches the button that recovers first.
                    if ui.button(say("start-recover")).clicked() {
                        actions.ask(EditorAction::Recover(place));
                    }
                    if ui.button(say("button-discard")).clicked() {
                        actions.ask(Action::AskToDiscard(Discarding { path: left.path.clone(), name }));
                    }
                });
            });
        }
    });
}

/// Shows recordings that were interrupted by a crash.
fn cut_off(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let sessions = &view.state.record.unfinished;
    if sessions.is_empty() || view.state.record.is_busy() {
        return;
    }
    ui.add_space(LARGE_SPACE);
    let frame = Frame::new().stroke(Stroke::new(1.0, view.colors.warning)).corner_radius(8);
    frame.inner_margin(LARGE_SPACE).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(format!("⚠ {}", say("start-cut-off"))).strong());
        for (place, session) in sessions.iter().enumerate() {
            ui.horizontal(|ui| {
                ui.label(&session.name);
                let left = session.recorded - session.recognized;
                let (recorded, left) = (short_time(session.recorded), short_time(left));
                let text = say_with!("start-cut-off-length", recorded = recorded, left = left);
                ui.label(RichText::new(text).color(view.colors.weak));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.button(say("start-later")).on_hover_text(say("start-later-hint")).clicked() {
                        actions.ask(Action::Record(RecordAction::NotNow(place)));
                    }
                    if ui.button(say("start-finish")).clicked() {
                        actions.ask(Action::Record(RecordAction::Recover(place)));
                    }
                });
            });
        }
    });
}

fn recent(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let recent = &view.state.settings.recent;
    if recent.is_empty() {
        return;
    }
    ui.add_space(PAGE_SPACE);
    ui.label(RichText::new(say("start-recent")).size(16.0).strong());
    ui.add_space(SMALL_SPACE);
    for path in recent {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE;
            let open = ui.add(Button::new(RichText::new(name(path)).color(view.colors.accent)).frame(false));
            if open.on_hover_text(path.display().to_string()).clicked() {
                actions.ask(Action::Open(path.clone()));
            }
            let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let forget = ui
                    .add(Button::new("×").frame(false))
                    .accessible_name(say_with!("start-forget", name = name(path)));
                if forget.on_hover_text(say("start-forget-hint")).clicked() {
                    actions.ask(Action::ForgetRecent(path.clone()));
                }
                ui.add(egui::Label::new(RichText::new(folder).color(view.colors.weak)).truncate());
            });
        });
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
