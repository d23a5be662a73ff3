//! Windows in the window, which wait for an answer. There is one at a time.

mod about;
mod busy;
pub mod choices;
mod discard;
mod existing;
mod export;
pub mod export_plan;
pub mod loss;
mod palette;
mod path;
mod remove_model;
mod settings;
mod shift;
mod shortcuts;
mod speaker;
mod unsaved;

use egui::{Context, Frame, Id, Key, Modal, Popup, RichText, ScrollArea, Ui};

pub use existing::ExistingCaptions;
pub use export::ExportDialog;
pub use export_plan::ExportPlan;
pub use palette::Palette;
pub use path::PathDialog;
pub use shift::ShiftDialog;
pub use shortcuts::ShortcutsDialog;
pub use speaker::SpeakerDialog;

use super::action::{Action, Actions, After, Discarding};
use super::state::View;
use super::theme::{LARGE_SPACE, SPACE};
use crate::gui::words::say;

#[derive(Debug)]
pub enum Dialog {
    Export(Box<ExportDialog>),
    Settings,
    Shortcuts(ShortcutsDialog),
    Palette(Palette),
    Shift(ShiftDialog),
    Speaker(SpeakerDialog),
    Unsaved(After),
    /// The window is to close while something goes on.
    Busy,
    Discard(Discarding),
    Existing(ExistingCaptions),
    /// A path is typed, where there are no file dialogs.
    Path(Box<PathDialog>),
    /// The model of this name is to be removed.
    RemoveModel(String),
    About,
}

/// What becomes of a dialog after a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Stays,
    Closes,
}

impl Dialog {
    pub fn show(&mut self, ctx: &Context, view: &View, actions: &mut Actions) -> Then {
        let frame = Frame::popup(&ctx.global_style()).inner_margin(LARGE_SPACE);
        let (height, kind) = (room(ctx), std::mem::discriminant(self));
        // A drop-down that is open is closed first; the next Escape or click outside closes the dialog.
        let has_popup = Popup::is_any_open(ctx);
        let response = Modal::new(Id::unique("dialog")).frame(frame).show(ctx, |ui| {
            // As tall as its content, up to the window: egui would begin with half of that.
            let area = ScrollArea::vertical().id_salt(kind).max_height(height).min_scrolled_height(height);
            area.show(ui, |ui| self.content(ui, view, actions)).inner
        });
        let escape = ctx.input(|input| input.key_pressed(Key::Escape));
        let leaves = (response.should_close() || escape) && !self.wants_escape() && !has_popup;
        if leaves { Then::Closes } else { response.inner }
    }

    fn content(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        match self {
            Self::Export(dialog) => dialog.ui(ui, view, actions),
            Self::Settings => settings::ui(ui, view, actions),
            Self::Shortcuts(dialog) => dialog.ui(ui, view, actions),
            Self::Palette(palette) => palette.ui(ui, view, actions),
            Self::Shift(dialog) => dialog.ui(ui, actions),
            Self::Speaker(dialog) => dialog.ui(ui, view, actions),
            Self::Unsaved(after) => unsaved::ui(ui, view, after, actions),
            Self::Busy => busy::ui(ui, view, actions),
            Self::Discard(discarding) => discard::ui(ui, view, discarding, actions),
            Self::Existing(existing) => existing.ui(ui, view, actions),
            Self::Path(dialog) => dialog.ui(ui, view, actions),
            Self::RemoveModel(name) => remove_model::ui(ui, view, name, actions),
            Self::About => about::ui(ui, view),
        }
    }

    /// Closes the dialog. What is shown instead: the dialog that it came from, if any.
    pub fn closed(self, actions: &mut Actions) -> Option<Self> {
        let Self::Path(dialog) = self else { return None };
        actions.ask(Action::AnswerPath(dialog.question, None));
        dialog.below
    }

    /// The dialog, or the one below a field for a path.
    pub fn without_path(self) -> Option<Self> {
        match self {
            Self::Path(dialog) => dialog.below,
            other => Some(other),
        }
    }

    fn wants_escape(&self) -> bool {
        matches!(self, Self::Shortcuts(dialog) if dialog.is_listening())
    }
}

/// The height that the window has for a dialog. Points.
fn room(ctx: &Context) -> f32 {
    ctx.content_rect().height() - 4.0 * LARGE_SPACE
}

/// Makes a dialog this wide, or as wide as the window allows. Gives the width.
fn set_width(ui: &mut Ui, points: f32) -> f32 {
    let width = points.min(ui.ctx().content_rect().width() - 5.0 * LARGE_SPACE);
    ui.set_width(width);
    width
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).heading());
    ui.add_space(SPACE);
}

/// Buttons at the foot of a dialog, the one that goes on first. True for each that was pressed.
fn buttons(ui: &mut Ui, view: &View, go_on: &str, enabled: bool) -> (bool, bool) {
    ui.add_space(2.0 * SPACE);
    ui.horizontal(|ui| {
        let go = ui.add_enabled(enabled, super::widgets::primary(view, go_on)).clicked();
        (go, ui.button(say("button-cancel")).clicked())
    })
    .inner
}
