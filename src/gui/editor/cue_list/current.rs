//! The row being edited: its times and its text are fields.

use egui::{
    EventFilter, FontSelection, Frame, Margin, Rangef, Rect, Stroke, TextBuffer, TextEdit, Ui, UiBuilder,
};

use super::heights::PADDING;
use super::row::CueRow;
use super::{Caret, CueList, caret_time, focus_list, text, text_id};
use crate::document::{Cue, CueId};
use crate::gui::action::Actions;
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::selection::Choosing;
use crate::gui::theme::{caption_text, digits};
use crate::gui::widgets::{full_time, parse_time};
use crate::gui::words::say_with;
use crate::time::{MediaTime, TimeSpan};

/// A time being typed.
#[derive(Debug)]
pub struct TypedTime {
    cue: CueId,
    is_start: bool,
    text: String,
}

impl CueList {
    /// Shows the fields of the current row and returns the height that the row needs.
    pub(super) fn current(&mut self, ui: &mut Ui, row: &CueRow, actions: &mut Actions) -> f32 {
        if row.workspace.read_only.is_some() {
            row.text(ui);
            return row.cue.lines().count() as f32 * text_height(ui) + 2.0 * PADDING;
        }
        let span = row.cue.span;
        self.time(ui, row, actions, row.columns.start, true, span.start);
        if let Some(end) = row.columns.end {
            self.time(ui, row, actions, end, false, span.end);
        }
        self.text(ui, row, actions)
    }

    fn time(
        &mut self,
        ui: &mut Ui,
        row: &CueRow,
        actions: &mut Actions,
        range: Rangef,
        is_start: bool,
        time: MediaTime,
    ) {
        let cue = row.cue;
        let y = row.rect.top() + PADDING - 1.0;
        let rect = Rect::from_x_y_ranges(range.expand(4.0), Rangef::new(y, y + text_height(ui) + 2.0));
        let typed = self.typed_time.take_if(|typed| typed.cue == cue.id && typed.is_start == is_start);
        let mut value = typed.map_or_else(|| full_time(time), |typed| typed.text);
        let is_wrong = parse_time(&value).is_none();
        let edge = if is_wrong { row.view.colors.error } else { row.view.colors.border };
        let field = TextEdit::singleline(&mut value)
            .id(egui::Id::unique(("cue time", cue.id.0, is_start)))
            .font(FontSelection::FontId(digits()))
            .frame(frame(row, Stroke::new(1.0, edge), Margin::symmetric(4, 3)))
            .desired_width(rect.width());
        let key = if is_start { "cue-in-time" } else { "cue-out-time" };
        let response = ui.place(rect, field).accessible_name(say_with!(key, number = row.place + 1));
        if response.has_focus() || response.changed() {
            self.typed_time = Some(TypedTime { cue: cue.id, is_start, text: value.clone() });
        }
        if response.lost_focus() {
            self.typed_time = None;
            if let Some(new) = parse_time(&value).filter(|new| *new != time) {
                let TimeSpan { start, end } = cue.span;
                let span = if is_start { TimeSpan::new(new, end) } else { TimeSpan::new(start, new) };
                actions.ask(EditorAction::SetSpan(cue.id, span));
            }
        }
    }

    fn text(&mut self, ui: &mut Ui, row: &CueRow, actions: &mut Actions) -> f32 {
        let (cue, view) = (row.cue, row.view);
        let id = text_id(cue.id);
        let mut typed = cue.text.clone();
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        let edge = if has_focus {
            Stroke::new(2.0, view.colors.accent)
        } else {
            Stroke::new(1.0, view.colors.border)
        };
        let color = row.text_color();
        let mut layouter = |ui: &Ui, buffer: &dyn TextBuffer, width: f32| {
            // While typing, the text may be ahead of the document by a letter.
            let job = if buffer.as_str() == cue.text {
                text::layout(view, cue, color)
            } else {
                let mut ahead = Cue { words: Vec::new(), ..cue.clone() };
                ahead.respell(buffer.as_str().to_owned());
                text::layout(view, &ahead, color)
            };
            let mut job = job;
            job.wrap.max_width = width;
            ui.ctx().fonts_mut(|fonts| fonts.layout_job(job))
        };
        let corner = egui::pos2(row.columns.text.min - 6.0, row.rect.top() + PADDING - 4.0);
        let rect = Rect::from_min_max(
            corner,
            egui::pos2(row.columns.text.max, row.rect.bottom().max(corner.y + 20.0)),
        );
        let field = TextEdit::multiline(&mut typed)
            .id(id)
            .font(FontSelection::FontId(caption_text()))
            .frame(frame(row, edge, Margin::symmetric(6, 4)))
            .desired_rows(1)
            .desired_width(rect.width())
            .event_filter(EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            })
            .layouter(&mut layouter);
        let mut scope = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("text"));
        let output = field.show(&mut scope);
        text::mark_unknown(scope.painter(), view, &output.galley, output.galley_pos, &typed);
        let response =
            output.response.response.accessible_name(say_with!("cue-text", number = row.place + 1));
        if let Some(doubtful) = row.doubtful() {
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(doubtful));
        }
        if response.changed() {
            actions.ask(EditorAction::SetText(cue.id, typed.clone()));
        }
        if let Some(cursor) = output.cursor_range.filter(|_| response.has_focus() || response.changed()) {
            let at = byte_of(&typed, cursor.primary.index.0);
            self.caret = Some((cue.id, at));
            let marked = cursor.as_sorted_char_range();
            let marked = byte_of(&typed, marked.start.0)..byte_of(&typed, marked.end.0);
            self.marked = Some((cue.id, marked)).filter(|(_, marked)| !marked.is_empty());
            if response.clicked() && row.workspace.selection.len() > 1 {
                actions.ask(EditorAction::Choose(cue.id, Choosing::Only));
            }
            if response.clicked() && view.available.sound {
                actions.ask(EditorAction::Seek(caret_time(cue, at)));
            }
        }
        if let Some(pos) = response.hover_pos().filter(|_| response.hovered()) {
            let cursor = output.galley.cursor_from_pos(pos - output.galley_pos);
            row.show_doubt(&response, byte_of(&cue.text, cursor.index.0));
        }
        if response.secondary_clicked() {
            let pos = response.interact_pointer_pos();
            let cursor = pos.map(|pos| output.galley.cursor_from_pos(pos - output.galley_pos));
            self.ask_about(view, cue, cursor.map(|cursor| byte_of(&cue.text, cursor.index.0)), actions);
        }
        response.context_menu(|ui| self.menu(ui, row, actions));
        if response.lost_focus() {
            actions.ask(EditorAction::EndRun);
            if ui.input(|input| input.key_pressed(egui::Key::Escape)) {
                focus_list(ui.ctx());
            }
        }
        self.take_focus(ui, id, cue);
        response.rect.bottom() - row.rect.top() + PADDING - 4.0
    }

    /// Focuses the text if requested.
    fn take_focus(&mut self, ui: &Ui, id: egui::Id, cue: &Cue) {
        let Some((_, caret)) = self.focus.take_if(|(wanted, _)| *wanted == cue.id) else { return };
        let place = |at: usize| egui::text::CCursor::new(cue.text[..at].chars().count());
        let (from, to) = match caret {
            Caret::Start => (0, 0),
            Caret::End => (cue.text.len(), cue.text.len()),
            Caret::Over(range) if range.end <= cue.text.len() => (range.start, range.end),
            Caret::Over(_) => (0, 0),
        };
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(egui::text::CCursorRange::two(place(from), place(to))));
        state.store(ui.ctx(), id);
        self.caret = Some((cue.id, to));
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.ctx().request_repaint();
    }
}

/// Returns a frame that places a field's text as in other rows; the margin includes the border.
fn frame(row: &CueRow, edge: Stroke, margin: Margin) -> Frame {
    let inner = margin - Margin::from(edge.width);
    Frame::new().stroke(edge).inner_margin(inner).corner_radius(4).fill(row.view.colors.surface)
}

fn text_height(ui: &Ui) -> f32 {
    ui.ctx().fonts_mut(|fonts| fonts.row_height(&caption_text()))
}

fn byte_of(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}
