//! Windows in the window, which wait for an answer. There is one at a time.

mod about;
mod busy;
pub mod choices;
mod export;
mod palette;
mod settings;
mod shift;
mod shortcuts;
mod speaker;
mod unsaved;

use egui::{Context, Id, Key, Modal, RichText, Ui};

pub use export::{ExportDialog, ExportPlan};
pub use palette::Palette;
pub use shift::ShiftDialog;
pub use shortcuts::ShortcutsDialog;
pub use speaker::SpeakerDialog;

use super::action::{After, Asks};
use super::state::View;
use super::theme::SPACE;

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
    About,
}

/// What becomes of a dialog after a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Stays,
    Closes,
}

impl Dialog {
    pub fn show(&mut self, ctx: &Context, view: &View, asks: &mut Asks) -> Then {
        let response = Modal::new(Id::unique("dialog")).show(ctx, |ui| match self {
            Self::Export(dialog) => dialog.ui(ui, view, asks),
            Self::Settings => settings::ui(ui, view, asks),
            Self::Shortcuts(dialog) => dialog.ui(ui, view, asks),
            Self::Palette(palette) => palette.ui(ui, view, asks),
            Self::Shift(dialog) => dialog.ui(ui, asks),
            Self::Speaker(dialog) => dialog.ui(ui, view, asks),
            Self::Unsaved(after) => unsaved::ui(ui, view, after, asks),
            Self::Busy => busy::ui(ui, view, asks),
            Self::About => about::ui(ui, view),
        });
        let escape = !self.wants_escape() && ctx.input(|input| input.key_pressed(Key::Escape));
        if response.should_close() && !self.wants_escape() || escape { Then::Closes } else { response.inner }
    }

    fn wants_escape(&self) -> bool {
        matches!(self, Self::Shortcuts(dialog) if dialog.is_listening())
    }
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
        (go, ui.button("Cancel").clicked())
    })
    .inner
}
