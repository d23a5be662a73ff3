//! The list of problems: one entry per cue, the worst first, with a button if it can be repaired.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Color32, Layout, Rect, Response, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, TextStyle,
    Ui, WidgetInfo, vec2,
};

use crate::caption::{Severity, Violation};
use crate::document::{Cue, CueId};
use crate::gui::action::Actions;
use crate::gui::command::{AppCommand, Command, EditCommand};
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::version::Version;
use crate::gui::editor::workspace::Workspace;
use crate::gui::editor::{left_out, remark};
use crate::gui::state::View;
use crate::gui::theme::{SMALL_SPACE, SPACE};
use crate::gui::widgets::{button_width, close_button, command_button, verdict};
use crate::gui::words::{say, say_with};

/// Maximum number of problem lines in an entry; its tooltip shows all.
const LINES: usize = 3;
/// Below this height the entries matter more than the summary, which the status bar shows too. Unit: points.
const LOW: f32 = 220.0;

/// The list of problems, computed when the document or the choice of what is shown changes.
#[derive(Debug, Default)]
pub struct Problems {
    entries: Vec<ProblemRow>,
    of: Option<(Version, String, bool)>,
}

/// A cue with problems. Its text is made only when it is drawn, because most entries are out of view.
#[derive(Debug)]
struct ProblemRow {
    cue: CueId,
    place: usize,
    severity: Severity,
}

impl Problems {
    pub fn ui(&mut self, ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
        let with_suggestions = view.state.settings.suggestions;
        self.update(workspace, with_suggestions);
        ui.horizontal(|ui| {
            ui.label(RichText::new(say("problems-title")).size(16.0).strong());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if close_button(ui, say("problems-close")).clicked() {
                    actions.run(Command::App(AppCommand::ShowProblems));
                }
            });
        });
        left_out::ui(ui, view, workspace, actions);
        if ui.available_height() > LOW {
            let (faults, suggestions) = (workspace.checks.faults(), workspace.checks.suggestions());
            let summary = summary(faults, suggestions, &workspace.profile().name);
            ui.label(RichText::new(summary).color(view.colors.weak));
        }
        ui.horizontal_wrapped(|ui| {
            if view.available.repairs {
                command_button(
                    ui,
                    view,
                    actions,
                    Command::Edit(EditCommand::RepairAll),
                    say("problems-repair-all"),
                );
            }
            let mut shows = with_suggestions;
            let toggle = ui.checkbox(&mut shows, say("problems-suggestions"));
            let tip = say("problems-suggestions-hint");
            if toggle.on_hover_text(tip).changed() {
                actions.run(Command::App(AppCommand::ShowSuggestions));
            }
        });
        ui.add_space(SMALL_SPACE);
        let height = LINES as f32 * ui.text_style_height(&TextStyle::Body) + 2.0 * SMALL_SPACE;
        let area = ScrollArea::vertical().auto_shrink(false).min_scrolled_height(0.0);
        area.show_rows(ui, height, self.entries.len(), |ui, rows| {
            for entry in &self.entries[rows] {
                let text = text_of(workspace, entry.cue, with_suggestions);
                self::entry(ui, view, workspace, &(entry, text), height, actions);
            }
        });
    }

    fn update(&mut self, workspace: &Workspace, with_suggestions: bool) {
        let document = workspace.document();
        let of = (workspace.version(), workspace.profile().name.clone(), with_suggestions);
        if self.of.as_ref() == Some(&of) {
            return;
        }
        self.of = Some(of);
        let entry = |(place, cue): (usize, &Cue)| {
            let mut broken = workspace.checks.of(cue.id, with_suggestions).peekable();
            broken.peek()?;
            let severity = if broken.any(Violation::is_fault) { Severity::Hard } else { Severity::Soft };
            Some(ProblemRow { cue: cue.id, place, severity })
        };
        self.entries = document.cues.iter().enumerate().filter_map(entry).collect();
        // Stable, so that cues of the same severity stay in order.
        self.entries.sort_by_key(|entry| std::cmp::Reverse(entry.severity));
    }
}

/// Describes everything that is wrong with a cue, the worst first.
fn text_of(workspace: &Workspace, cue: CueId, with_suggestions: bool) -> String {
    let mut broken: Vec<&Violation> = workspace.checks.of(cue, with_suggestions).collect();
    broken.sort_by_key(|violation| !violation.is_fault());
    broken.iter().map(|violation| remark::text(violation)).collect::<Vec<_>>().join("; ")
}

fn summary(faults: usize, suggestions: usize, profile: &str) -> String {
    let verdict = verdict(faults, profile);
    match suggestions {
        0 => verdict,
        _ => say_with!("rules-suggestions", count = suggestions, verdict = verdict),
    }
}

fn entry(
    ui: &mut Ui,
    view: &View,
    workspace: &Workspace,
    (entry, text): &(&ProblemRow, String),
    height: f32,
    actions: &mut Actions,
) {
    let number = entry.place + 1;
    ui.horizontal(|ui| {
        let can_repair = workspace.can_repair(entry.cue, view.state.settings.suggestions);
        let repair = button_width(ui, say("button-repair")) + ui.spacing().item_spacing.x;
        let width = (ui.available_width() - if can_repair { repair } else { 0.0 }).max(80.0);
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::CLICK);
        let name = say_with!("problems-entry", number = number, text = text);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let is_current = workspace.selection.current() == Some(entry.cue);
        paint(ui, view, (entry, text), is_current, rect, &response);
        if response.on_hover_text(text).clicked() {
            actions.ask(EditorAction::GoTo(entry.cue));
        }
        if !can_repair {
            return;
        }
        let repair = ui.button(say("button-repair"));
        let keys = view.state.keymap.label(Command::Edit(EditCommand::Repair));
        let tip = say_with!("problems-repair-hint", keys = keys);
        if repair
            .accessible_name(say_with!("problems-repair-cue", number = number))
            .on_hover_text(tip)
            .clicked()
        {
            actions.ask(EditorAction::RepairCue(entry.cue));
        }
    });
}

fn paint(
    ui: &Ui,
    view: &View,
    (entry, text): (&ProblemRow, &str),
    is_current: bool,
    rect: Rect,
    response: &Response,
) {
    let colors = view.colors;
    let (sign, color) = match entry.severity {
        Severity::Hard => ("⚠", colors.error),
        Severity::Soft => ("•", colors.weak),
    };
    let fill = match is_current {
        true => colors.chosen,
        false if response.hovered() => colors.surface,
        false => colors.panel,
    };
    let focus = Stroke::new(2.0, if response.has_focus() { colors.accent } else { Color32::TRANSPARENT });
    ui.painter().rect(rect.shrink(1.0), 4.0, fill, focus, StrokeKind::Inside);
    let part = |color| TextFormat::simple(TextStyle::Body.resolve(ui.style()), color);
    let mut job = LayoutJob::default();
    let number = say_with!("cue-number", number = entry.place + 1);
    job.append(&format!("{sign} {number}\n"), 0.0, part(color));
    job.append(text, 0.0, part(colors.text));
    let corner = rect.min + vec2(SPACE, SMALL_SPACE);
    job.wrap =
        TextWrapping { max_width: rect.right() - corner.x, max_rows: LINES, ..TextWrapping::default() };
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(corner, galley, colors.text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_does_not_call_suggestions_problems() {
        assert_eq!(summary(0, 0, "bbc"), "Meets the “BBC” rules.");
        assert_eq!(summary(0, 79, "lecture"), "Meets the “Lecture” rules. 79 suggestions.");
        assert_eq!(summary(1, 0, "ted"), "1 problem under the “TED” rules.");
        assert_eq!(summary(2, 1, "mine"), "2 problems under the “mine” rules. 1 suggestion.");
    }
}
