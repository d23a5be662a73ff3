//! Notices, in the corner at the bottom.

use egui::{Align2, Area, Button, Color32, Context, Frame, Id, Order, RichText, Stroke, Ui, vec2};

use crate::gui::action::{Action, Asks};
use crate::gui::notice::{Notice, Severity};
use crate::gui::state::View;
use crate::gui::theme::SPACE;

const WIDTH: f32 = 380.0;

pub fn ui(ctx: &Context, view: &View, asks: &mut Asks) {
    if view.state.notices.iter().next().is_none() {
        return;
    }
    let area = Area::new(Id::unique("notices"))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, vec2(-16.0, -44.0));
    area.show(ctx, |ui| {
        ui.set_max_width(WIDTH);
        for notice in view.state.notices.iter() {
            one(ui, view, notice, asks);
        }
    });
}

fn one(ui: &mut Ui, view: &View, notice: &Notice, asks: &mut Asks) {
    let (sign, color) = sign(view, notice.severity);
    Frame::popup(ui.style()).stroke(Stroke::new(1.0, color)).inner_margin(12).show(ui, |ui| {
        ui.set_width(WIDTH);
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(sign).color(color).size(16.0));
            ui.vertical(|ui| {
                ui.set_width(WIDTH - 60.0);
                ui.label(sentence(&notice.text));
                if let Some((label, action)) = &notice.action {
                    ui.add_space(SPACE);
                    if ui.button(*label).clicked() {
                        asks.ask(action.clone());
                        asks.ask(Action::Dismiss(notice.number()));
                    }
                }
            });
            let close = ui.add(Button::new("×").frame(false)).accessible_name("Dismiss");
            if close.clicked() {
                asks.ask(Action::Dismiss(notice.number()));
            }
        });
    });
}

fn sign(view: &View, severity: Severity) -> (&'static str, Color32) {
    match severity {
        Severity::Done => ("✔", view.colors.accent),
        Severity::Warning => ("⚠", view.colors.warning),
        Severity::Error => ("⚠", view.colors.error),
    }
}

/// Errors begin with a small letter, so that they can stand after a colon; here they stand alone.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
