//! A row that is not being edited.

use egui::{
    Align2, Color32, FontId, Rangef, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::columns::Columns;
use super::heights::PADDING;
use super::{caret_time, focus_list, list_id, row_id, text};
use crate::caption::{Rule, Violation};
use crate::document::Cue;
use crate::document::ops::listed_terms;
use crate::gui::action::Actions;
use crate::gui::command::{Command, EditCommand};
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::checks::reading_speed;
use crate::gui::editor::selection::Choosing;
use crate::gui::editor::speakers::badge;
use crate::gui::editor::workspace::Workspace;
use crate::gui::editor::{doubt, listed, remark};
use crate::gui::state::View;
use crate::gui::theme::digits;
use crate::gui::widgets::{full_time, time_in_words};
use crate::gui::words::{decimal, say_with};

pub struct CueRow<'a> {
    pub view: &'a View<'a>,
    pub workspace: &'a Workspace,
    pub columns: &'a Columns,
    pub cue: &'a Cue,
    /// Its place in the document, from 0.
    pub place: usize,
    /// Its place in the list.
    pub row: usize,
    pub rect: Rect,
    pub is_current: bool,
}

impl CueRow<'_> {
    /// Draws the background of the row; handles clicks and describes the row to screen readers.
    pub fn ground(&self, ui: &mut Ui, actions: &mut Actions) -> Response {
        let id = row_id(self.cue.id);
        let response = ui.interact(self.rect, id, Sense::CLICK);
        let is_chosen = self.workspace.selection.is_chosen(self.cue.id);
        response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, self.description()));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_selected(is_chosen);
            node.set_position_in_set(self.row);
            node.set_size_of_set(self.workspace.rows.len(self.workspace.document()));
        });
        let colors = self.view.colors;
        let is_playing = self.view.editor.playhead_in(self.cue).is_some();
        let painter = ui.painter();
        let fill = match (is_chosen, response.hovered()) {
            (true, _) => colors.chosen,
            (false, true) => colors.panel,
            _ => colors.surface,
        };
        painter.rect_filled(self.rect, 0.0, fill);
        painter.hline(
            self.rect.x_range(),
            self.rect.top(),
            Stroke::new(1.0, colors.border.gamma_multiply(0.6)),
        );
        if self.is_current || is_playing {
            let bar = Rect::from_min_size(self.rect.min, vec2(3.0, self.rect.height()));
            painter.rect_filled(bar, 0.0, colors.accent);
        }
        if self.is_current && ui.memory(|memory| memory.has_focus(list_id())) {
            painter.rect_stroke(
                self.rect.shrink(1.0),
                2.0,
                Stroke::new(2.0, colors.accent),
                egui::StrokeKind::Inside,
            );
        }
        if response.clicked() {
            self.choose(ui, &response, actions);
        }
        let hovered = response.hover_pos().filter(|_| response.hovered() && !self.is_current);
        if let Some(at) = hovered.and_then(|pos| self.byte_at(ui, pos)) {
            self.show_doubt(&response, at);
        }
        if response.secondary_clicked() && !is_chosen {
            actions.ask(EditorAction::Choose(self.cue.id, Choosing::Only));
        }
        response
    }

    /// Shows how doubtful the word under the pointer is, and whether it came from the vocabulary.
    pub fn show_doubt(&self, response: &Response, at: usize) {
        let from = self.view.state.settings.doubts.least_chance();
        let keys = |command| self.view.state.keymap.label(Command::Edit(command));
        let segments = &self.workspace.document().segments;
        let doubt = doubt::remark(self.cue, segments, at, from, &keys(EditCommand::TakeAlternative));
        let listed = listed::remark(self.cue, at, &keys(EditCommand::TakeBackTerm));
        let remarks: Vec<String> = doubt.into_iter().chain(listed).collect();
        if !remarks.is_empty() {
            response.clone().on_hover_text_at_pointer(remarks.join("\n"));
        }
    }

    fn choose(&self, ui: &Ui, response: &Response, actions: &mut Actions) {
        let modifiers = ui.input(|input| input.modifiers);
        let how = match (modifiers.shift, modifiers.command) {
            (true, _) => Choosing::Range,
            (_, true) => Choosing::Toggle,
            _ => Choosing::Only,
        };
        actions.ask(EditorAction::Choose(self.cue.id, how));
        focus_list(ui.ctx());
        if how == Choosing::Only && self.view.available.sound {
            let at = response.interact_pointer_pos().and_then(|pos| self.byte_at(ui, pos));
            actions.ask(EditorAction::Seek(at.map_or(self.cue.span.start, |at| caret_time(self.cue, at))));
        }
    }

    /// Returns the byte of the text at a screen position.
    pub fn byte_at(&self, ui: &Ui, pos: egui::Pos2) -> Option<usize> {
        if !self.columns.text.contains(pos.x) {
            return None;
        }
        let galley = ui.painter().layout_job(text::layout(self.view, self.cue, self.view.colors.text));
        let cursor = galley.cursor_from_pos(pos - self.text_corner());
        self.cue.text.char_indices().nth(cursor.index.0).map(|(at, _)| at)
    }

    fn text_corner(&self) -> egui::Pos2 {
        pos2(self.columns.text.min, self.rect.top() + PADDING)
    }

    fn description(&self) -> String {
        let cue = self.cue;
        let mut parts = vec![say_with!("cue-number", number = self.place + 1), cue.text.replace('\n', " ")];
        parts.extend(cue.speaker.clone());
        let seconds = decimal(cue.span.duration().as_secs_f64(), 1);
        parts.push(say_with!("cue-heard-span", time = time_in_words(cue.span.start), seconds = seconds));
        parts.extend(self.wrong().map(remark::text));
        parts.extend(self.doubtful());
        let unknown = self.view.editor.spelling.unknown(&cue.text);
        if !unknown.is_empty() {
            let words: Vec<_> = unknown.into_iter().map(|range| &cue.text[range]).collect();
            parts.push(say_with!("spelling-unknown", words = words.join(", ")));
        }
        let listed = listed_terms(cue).len();
        if listed > 0 {
            parts.push(say_with!("listed-count", count = listed));
        }
        parts.join(", ")
    }

    /// Returns the underlined words, for screen readers.
    pub fn doubtful(&self) -> Option<String> {
        doubt::in_words(self.cue, self.view.state.settings.doubts.least_chance())
    }

    /// Returns the violations shown for the cue.
    fn wrong(&self) -> impl Iterator<Item = &Violation> {
        self.workspace.checks.of(self.cue.id, self.view.state.settings.suggestions)
    }

    /// Shows number, duration, speed and icons; in the current row the rest are fields.
    pub fn numbers(&self, ui: &Ui) {
        let (colors, columns, cue) = (self.view.colors, self.columns, self.cue);
        let color_of = |rules: &[Rule], plain: Color32| match self
            .wrong()
            .any(|found| found.is_fault() && rules.contains(&found.rule))
        {
            true => (colors.error, "!"),
            false => (plain, ""),
        };
        self.number(ui, columns.number, &(self.place + 1).to_string(), colors.weak);
        let (color, sign) =
            color_of(&[Rule::MinDuration, Rule::MaxDuration, Rule::PositiveDuration], colors.weak);
        let seconds = cue.span.duration().as_secs_f64();
        if let Some(duration) = columns.duration {
            self.number(ui, duration, &format!("{sign}{}", decimal(seconds, 1)), color);
        }
        let (color, sign) = color_of(&[Rule::ReadingSpeed], colors.weak);
        if let (Some(range), Some(speed)) = (columns.speed, reading_speed(cue)) {
            self.number(ui, range, &format!("{sign}{speed:.0}"), color);
        }
        self.signs(ui);
        if !self.is_current || self.workspace.read_only.is_some() {
            let (color, _) = color_of(&[Rule::Overlap, Rule::Order, Rule::Gap, Rule::ShortGap], colors.text);
            self.left(ui, columns.start, &full_time(cue.span.start), color);
            if let Some(end) = columns.end {
                self.left(ui, end, &full_time(cue.span.end), colors.text);
            }
        }
        if let (Some(range), Some(speaker)) = (columns.speaker, &cue.speaker) {
            let (top, mut left) = (self.rect.top() + PADDING + 1.0, range.min);
            if let Some(place) = self.workspace.speakers().place(speaker) {
                badge::paint(ui.painter(), pos2(left, top), place);
                left += badge::SIZE + 4.0;
            }
            let font = FontId::proportional(14.0);
            let mut job = egui::text::LayoutJob::simple_singleline(speaker.clone(), font, colors.weak);
            job.wrap = egui::text::TextWrapping::truncate_at_width(range.max - left);
            let galley = ui.painter().layout_job(job);
            ui.painter().galley(pos2(left, top), galley, colors.weak);
        }
    }

    /// Shows icons for problems, with the same meaning as the colours.
    fn signs(&self, ui: &Ui) {
        let (colors, checks) = (self.view.colors, &self.workspace.checks);
        let y = self.rect.top() + PADDING + 1.0;
        let mut x = self.columns.flags.min;
        let mut sign = |text: &str, color| {
            let at = pos2(x, y);
            x = ui.painter().text(at, Align2::LEFT_TOP, text, FontId::proportional(14.0), color).right()
                + 3.0;
        };
        if checks.has_fault(self.cue.id) {
            sign("⚠", colors.error);
        } else if self.wrong().next().is_some() {
            sign("•", colors.weak);
        }
        match checks.doubtful_words(self.cue.id) {
            0 if checks.is_doubted(self.cue) => sign("?", colors.warning),
            0 => {}
            number => sign(&format!("?{number}"), colors.warning),
        }
    }

    fn number(&self, ui: &Ui, range: Rangef, text: &str, color: Color32) {
        let at = pos2(range.max, self.rect.top() + PADDING + 2.0);
        ui.painter().text(at, Align2::RIGHT_TOP, text, digits(), color);
    }

    fn left(&self, ui: &Ui, range: Rangef, text: &str, color: Color32) {
        let at = pos2(range.min, self.rect.top() + PADDING + 2.0);
        ui.painter().text(at, Align2::LEFT_TOP, text, digits(), color);
    }

    pub fn text(&self, ui: &Ui) {
        let mut job = text::layout(self.view, self.cue, self.text_color());
        job.wrap = egui::text::TextWrapping::no_max_width();
        let galley = ui.painter().layout_job(job);
        let painter = ui.painter_at(Rect::from_x_y_ranges(self.columns.text, self.rect.y_range()));
        text::mark_unknown(&painter, self.view, &galley, self.text_corner(), &self.cue.text);
        painter.galley(self.text_corner(), galley, self.view.colors.text);
    }

    /// Returns the colour of the text, which marks lines that are too long.
    pub fn text_color(&self) -> Color32 {
        let rules = [Rule::LineLength, Rule::LineCount, Rule::Characters, Rule::EmptyText];
        match self.wrong().any(|found| found.is_fault() && rules.contains(&found.rule)) {
            true => self.view.colors.error,
            false => self.view.colors.text,
        }
    }
}
