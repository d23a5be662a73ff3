//! The list of search matches: a click or Enter goes to a match.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Color32, Frame, Role, ScrollArea, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo, vec2,
};

use crate::document::search::Match;
use crate::gui::action::Actions;
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::workspace::Workspace;
use crate::gui::state::View;
use crate::gui::theme::{SMALL_SPACE, SPACE};
use crate::gui::widgets::short_time;
use crate::gui::words::say_with;

/// The largest height of the list: in rows, and as a share of the available height.
const ROWS: usize = 6;
const SHARE: f32 = 0.35;
/// The most characters shown before a match, so that the match is visible.
const BEFORE: usize = 40;

/// The current match, and whether to scroll to it.
pub struct Shown {
    pub at: Option<usize>,
    pub is_news: bool,
}

pub fn ui(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    matches: &[Match],
    shown: &Shown,
    actions: &mut Actions,
) {
    if matches.is_empty() {
        return;
    }
    let height = ui.text_style_height(&TextStyle::Body) + 2.0 * SMALL_SPACE;
    let room = (SHARE * ui.available_height()).max(2.0 * height);
    let most = (ROWS.min(matches.len()) as f32 * height).min(room);
    Frame::new().fill(view.colors.surface).show(ui, |ui| {
        let mut area = ScrollArea::vertical().id_salt("hits").auto_shrink([false, true]).max_height(most);
        area = area.min_scrolled_height(most);
        if let Some(at) = shown.at.filter(|_| shown.is_news) {
            area = area.vertical_scroll_offset((at as f32 * height - (most - height) / 2.0).max(0.0));
        }
        area.show_rows(ui, height, matches.len(), |ui, rows| {
            for number in rows {
                hit(
                    ui,
                    view,
                    workspace,
                    (number, &matches[number]),
                    shown.at == Some(number),
                    height,
                    actions,
                );
            }
        });
    });
}

fn hit(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    (number, found): (usize, &Match),
    is_shown: bool,
    height: f32,
    actions: &mut Actions,
) {
    let Some(place) = workspace.document().position(found.cue) else { return };
    let cue = &workspace.document().cues[place];
    let (before, hit, after) = around(&cue.text, &found.range);
    let time = short_time(cue.span.start);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| {
        let text = cue.text.replace('\n', " ");
        let name = say_with!("find-hit", number = place + 1, time = &time, text = text);
        WidgetInfo::selected(Role::Button, true, is_shown, name)
    });
    let colors = view.colors;
    let fill = match (is_shown, response.hovered()) {
        (true, _) => colors.chosen,
        (_, true) => colors.panel,
        _ => colors.surface,
    };
    let focus = Stroke::new(2.0, if response.has_focus() { colors.accent } else { Color32::TRANSPARENT });
    ui.painter().rect(rect, 2.0, fill, focus, StrokeKind::Inside);
    let part = |color| TextFormat {
        valign: Align::Center,
        ..TextFormat::simple(TextStyle::Body.resolve(ui.style()), color)
    };
    let mut job = LayoutJob::default();
    job.append(&format!("{}  {time}   ", place + 1), 0.0, part(colors.weak));
    job.append(&before, 0.0, part(colors.text));
    job.append(&hit, 0.0, TextFormat { background: colors.accent, ..part(colors.on_accent) });
    job.append(&after, 0.0, part(colors.text));
    job.wrap = TextWrapping::truncate_at_width(rect.width() - 2.0 * SPACE);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(rect.min + vec2(SPACE, SMALL_SPACE), galley, colors.text);
    if response.clicked() {
        actions.ask(EditorAction::GoToMatch(number));
    }
}

/// Returns the text before a match, the match, and the text after it, as one line.
fn around(text: &str, range: &Range<usize>) -> (String, String, String) {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let far = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let cut =
        before[far..].find(char::is_whitespace).filter(|_| far > 0).map_or(far, |space| far + space + 1);
    let line = |text: &str| text.replace('\n', " ");
    let mark = if cut > 0 { "… " } else { "" };
    (format!("{mark}{}", line(&before[cut..])), line(&text[range.clone()]), line(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_stand_among_their_words() {
        let text = "Plants eat\nthe light of the sun, and nothing else but water and some air.";
        let at = |hit: &str| {
            let start = text.find(hit).unwrap();
            around(text, &(start..start + hit.len()))
        };
        let own = |parts: (&str, &str, &str)| (parts.0.to_owned(), parts.1.to_owned(), parts.2.to_owned());
        let (_, _, after) = at("Plants");
        assert!(after.starts_with(" eat the light"));
        assert_eq!(at("air"), own(("… and nothing else but water and some ", "air", ".")));
        assert_eq!(around("ÄÖÜ", &(2..4)), own(("Ä", "Ö", "Ü")));
    }
}
