//! Dialogs inside the window. At most one is open at a time.

mod about;
mod busy;
mod caption;
pub mod choices;
mod discard;
mod existing;
mod export;
pub mod export_plan;
mod guide;
pub mod hiding;
pub mod loss;
mod palette;
mod path;
mod remember;
mod remove_model;
mod settings;
mod shift;
mod shortcuts;
mod speaker;
mod spelling;
mod unsaved;
mod voices;

use egui::{Context, Frame, Id, Key, Modal, Popup, RichText, ScrollArea, Ui};

pub use caption::CaptionDialog;
pub use existing::ExistingCaptions;
pub use export::ExportDialog;
pub use export_plan::ExportPlan;
use guide::GuideDialog;
pub use palette::Palette;
pub use path::PathDialog;
pub use remember::RememberDialog;
pub use shift::ShiftDialog;
pub use shortcuts::ShortcutsDialog;
pub use speaker::SpeakerDialog;
pub use spelling::SpellingDialog;

use super::action::{Action, Actions, After, Discarding};
use super::editor::cue_list::list_id;
use super::heard;
use super::state::View;
use super::terms::{HeardDialog, MaterialDialog};
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
    /// Asks before a voice is remembered.
    Remember(RememberDialog),
    Spelling(SpellingDialog),
    Unsaved(After),
    /// The window is about to close while work is running.
    Busy,
    Discard(Discarding),
    Existing(ExistingCaptions),
    Caption(CaptionDialog),
    /// The user types a path, because there are no file dialogs.
    Path(Box<PathDialog>),
    /// Confirms the removal of the model with this name.
    RemoveModel(String),
    Guide(GuideDialog),
    /// Chooses among the terms of course material.
    Material(MaterialDialog),
    /// Which terms were heard.
    Heard(HeardDialog),
    About,
}

/// What happens to a dialog after a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Stays,
    Closes,
}

impl Dialog {
    pub fn show(&mut self, ctx: &Context, view: &View, actions: &mut Actions) -> Then {
        let frame = Frame::popup(&ctx.global_style()).inner_margin(LARGE_SPACE);
        let (height, kind) = (room(ctx), std::mem::discriminant(self));
        // Escape or a click outside first closes an open drop-down; the next one closes the dialog.
        let has_popup = Popup::is_any_open(ctx);
        if ctx.memory(|memory| memory.top_modal_layer().is_none()) {
            ctx.data_mut(|data| data.insert_temp(entering(), true));
            let focused = ctx.memory(|memory| memory.focused());
            ctx.data_mut(|data| data.insert_temp(before(), focused));
        }
        let response = Modal::new(Id::unique("dialog")).frame(frame).show(ctx, |ui| {
            enter(ui);
            // As tall as its content, limited by the window: egui would start with half of that.
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
            Self::Remember(dialog) => dialog.ui(ui, view, actions),
            Self::Speaker(dialog) => dialog.ui(ui, view, actions),
            Self::Spelling(dialog) => dialog.ui(ui, view, actions),
            Self::Unsaved(after) => unsaved::ui(ui, view, after, actions),
            Self::Busy => busy::ui(ui, view, actions),
            Self::Discard(discarding) => discard::ui(ui, view, discarding, actions),
            Self::Existing(existing) => existing.ui(ui, view, actions),
            Self::Caption(dialog) => dialog.ui(ui, view, actions),
            Self::Path(dialog) => dialog.ui(ui, view, actions),
            Self::RemoveModel(name) => remove_model::ui(ui, view, name, actions),
            Self::Guide(guide) => guide.ui(ui, view),
            Self::Material(dialog) => dialog.ui(ui, view, actions),
            Self::Heard(dialog) => dialog.ui(ui, view, actions),
            Self::About => about::ui(ui, view),
        }
    }

    /// Closes the dialog. Returns the dialog to show instead: the one it came from, if any.
    pub fn closed(self, actions: &mut Actions) -> Option<Self> {
        let Self::Path(dialog) = self else { return None };
        actions.ask(Action::AnswerPath(dialog.question, None));
        dialog.below
    }

    /// Returns the dialog itself, or for a path field the dialog below it.
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

/// Whether a dialog that was just opened is to get the keyboard focus.
fn entering() -> Id {
    Id::unique("entering dialog")
}

/// The control that had the keyboard focus before a dialog was opened.
fn before() -> Id {
    Id::unique("before dialog")
}

/// Returns the keyboard focus to where it was before the dialog that was closed, otherwise to the list of cues, unless
/// another control has it by now.
pub fn give_back_focus(ctx: &Context) {
    if !ctx.data(|data| data.get_temp::<Option<Id>>(before()).is_some()) {
        return;
    }
    // For a frame more, controls below the dialog would refuse it.
    if ctx.memory(|memory| memory.top_modal_layer().is_some()) {
        return ctx.request_repaint();
    }
    let before = ctx.data_mut(|data| data.remove_temp::<Option<Id>>(before())).flatten();
    if ctx.memory(|memory| memory.focused().is_none()) {
        ctx.memory_mut(|memory| memory.request_focus(before.unwrap_or_else(list_id)));
    }
}

/// Gives the keyboard focus to the first control of a dialog that was just opened, unless one of its controls has it.
/// While egui measures the dialog, its controls take no focus.
fn enter(ui: &Ui) {
    let is_entering = || ui.data_mut(|data| data.remove_temp::<bool>(entering())).is_some();
    if ui.is_sizing_pass() || !is_entering() {
        return;
    }
    let focused = ui.memory(|memory| memory.focused()).and_then(|focused| ui.ctx().read_response(focused));
    if focused.is_none_or(|focused| focused.layer_id != ui.layer_id()) {
        heard::focus_next(ui);
    }
}

/// Returns the height available for a dialog. Unit: points.
fn room(ctx: &Context) -> f32 {
    ctx.content_rect().height() - 4.0 * LARGE_SPACE
}

/// Makes a dialog this wide, limited by the window. Returns the width.
pub(super) fn set_width(ui: &mut Ui, points: f32) -> f32 {
    let width = points.min(ui.ctx().content_rect().width() - 5.0 * LARGE_SPACE);
    ui.set_width(width);
    width
}

/// Shows the title of a dialog, which is also its name for screen readers.
pub(super) fn heading(ui: &mut Ui, text: &str) {
    let heading = ui.label(RichText::new(text).heading());
    heard::dialog(ui, &heading);
    ui.add_space(SPACE);
}

/// Shows the buttons at the bottom of a dialog: confirm, then cancel. Returns which ones were pressed.
fn buttons(ui: &mut Ui, view: &View, go_on: &str, enabled: bool) -> (bool, bool) {
    ui.add_space(2.0 * SPACE);
    ui.horizontal(|ui| {
        let go = ui.add_enabled(enabled, super::widgets::primary(view, go_on)).clicked();
        (go, ui.button(say("button-cancel")).clicked())
    })
    .inner
}
