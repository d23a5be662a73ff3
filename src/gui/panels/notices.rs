//! Notices, in a corner of the captions. They never cover the waveform and the controls.

use egui::{Align2, Color32, Context, Frame, Id, Order, Rect, RichText, ScrollArea, Stroke, Ui, UiBuilder};

use crate::gui::action::{Action, Actions};
use crate::gui::heard::{Area, Drawing, live};
use crate::gui::notice::{Notice, NoticeKind};
use crate::gui::state::View;
use crate::gui::theme::{LARGE_SPACE, SPACE};
use crate::gui::widgets::close_button;
use crate::gui::words::say;

const WIDTH: f32 = 404.0;
const MARGIN: f32 = 12.0;

/// Shows the notices. `room` is the area of the captions or the page.
pub fn ui(ctx: &Context, view: &View, room: Rect, areas: &mut Drawing, actions: &mut Actions) {
    if view.state.notices.iter().next().is_none() {
        return;
    }
    let room = room.shrink(LARGE_SPACE);
    let width = WIDTH.min(room.width());
    let area = egui::Area::new(Id::unique("notices"))
        .order(Order::Foreground)
        .pivot(Align2::RIGHT_BOTTOM)
        .fixed_pos(room.right_bottom())
        .constrain_to(room);
    area.show(ctx, |ui| {
        areas.area(ui, Area::Notices, |ui| {
            ui.set_max_width(width);
            let scrolls = ScrollArea::vertical().max_height(room.height()).min_scrolled_height(room.height());
            scrolls.stick_to_bottom(true).show(ui, |ui| {
                for notice in view.state.notices.iter() {
                    // Ids that do not depend on the notices before it: otherwise it is announced again when one of
                    // them goes.
                    let own = UiBuilder::new().scope_id(Id::unique(("notice", notice.number())));
                    ui.scope_builder(own, |ui| one(ui, view, notice, width - 2.0 * MARGIN, actions));
                }
            });
        })
    });
}

fn one(ui: &mut Ui, view: &View, notice: &Notice, width: f32, actions: &mut Actions) {
    let (sign, color) = sign(view, notice.severity);
    Frame::popup(ui.style()).stroke(Stroke::new(1.0, color)).inner_margin(MARGIN).show(ui, |ui| {
        ui.set_width(width);
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(sign).color(color).size(16.0));
            ui.vertical(|ui| {
                ui.set_width(width - 60.0);
                live(&ui.label(sentence(&notice.text)));
                if let Some((label, action)) = &notice.action {
                    ui.add_space(SPACE);
                    if ui.button(*label).clicked() {
                        actions.ask(action.clone());
                        actions.ask(Action::Dismiss(notice.number()));
                    }
                }
            });
            if close_button(ui, say("notice-dismiss")).clicked() {
                actions.ask(Action::Dismiss(notice.number()));
            }
        });
    });
}

fn sign(view: &View, severity: NoticeKind) -> (&'static str, Color32) {
    match severity {
        NoticeKind::Done => ("✔", view.colors.accent),
        NoticeKind::Warning => ("⚠", view.colors.warning),
        NoticeKind::Error => ("⚠", view.colors.error),
    }
}

/// Capitalizes an error, which begins in lower case so that it can follow a colon. A file name stays as it is.
fn sentence(text: &str) -> String {
    if begins_with_path(text) {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Returns whether the text before the first colon is a path, as in `notes.mp3: this is no recording`.
fn begins_with_path(text: &str) -> bool {
    let Some((head, _)) = text.split_once(": ") else { return false };
    let has_ending = |name: &str| {
        let (stem, ending) = name.rsplit_once('.').unwrap_or_default();
        !stem.is_empty() && !ending.is_empty() && ending.chars().all(char::is_alphanumeric)
    };
    head.contains(['/', '\\']) || has_ending(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_begin_with_a_capital_and_files_keep_their_names() {
        assert_eq!(sentence("the folder could not be shown: /tmp"), "The folder could not be shown: /tmp");
        assert_eq!(sentence("nothing waits in the queue"), "Nothing waits in the queue");
        for path in ["media/junk.mp4", "junk.mp4", "week 1.mp4", "media\\junk"] {
            let text = format!("{path}: this is no recording");
            assert_eq!(sentence(&text), text);
        }
    }
}
