//! The recording page.

use egui::{Frame, Margin, Ui};

use super::Phase;
use super::{live, ready};
use crate::gui::action::Actions;
use crate::gui::state::View;
use crate::gui::theme::PAGE_SPACE;

pub fn ui(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let space = PAGE_SPACE.min(ui.available_width() * 0.04) as i8;
    let phase = &view.state.record.phase;
    // Scrolling content extends to the edge of the window.
    let scrolls = matches!(phase, Phase::Idle | Phase::Trying { .. });
    let margin = Margin { bottom: if scrolls { 0 } else { space }, ..Margin::same(space) };
    Frame::new().inner_margin(margin).show(ui, |ui| match phase {
        Phase::Idle => ready::ui(ui, view, None, actions),
        Phase::Trying { result, .. } => ready::ui(ui, view, result.as_ref(), actions),
        Phase::Starting | Phase::Recording { .. } | Phase::Finishing { .. } => live::ui(ui, view, actions),
    });
}
