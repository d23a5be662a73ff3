//! Everything that breaks the rules, one line each, with the way to mend it.

use egui::{Align, Button, Layout, RichText, ScrollArea, Ui};

use crate::caption::{Severity, Violation};
use crate::document::CueId;
use crate::gui::action::{Action, Asks};
use crate::gui::command::Command;
use crate::gui::state::View;
use crate::gui::theme::{SMALL_SPACE, SPACE};
use crate::gui::widgets::{command_button, count};
use crate::gui::workspace::Workspace;

/// The list of problems, computed when the document changes.
#[derive(Debug, Default)]
pub struct Problems {
    lines: Vec<Line>,
    of: Option<(u64, usize, String)>,
    /// Warnings too, not faults alone.
    with_warnings: bool,
}

#[derive(Debug)]
struct Line {
    cue: CueId,
    place: usize,
    text: String,
    severity: Severity,
}

impl Problems {
    pub fn ui(&mut self, ui: &mut Ui, view: &View, workspace: &Workspace, asks: &mut Asks) {
        self.update(workspace);
        ui.horizontal(|ui| {
            ui.label(RichText::new("Problems").size(16.0).strong());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let close = ui.add(Button::new("×").frame(false)).accessible_name("Close problems");
                if close.clicked() {
                    asks.run(Command::ShowProblems);
                }
            });
        });
        let (faults, warnings) = (workspace.checks.faults(), workspace.checks.warnings());
        ui.label(RichText::new(summary(faults, warnings, &workspace.profile().name)).color(view.colors.weak));
        ui.horizontal(|ui| {
            command_button(ui, view, asks, Command::RepairAll, "Repair all");
            if ui.checkbox(&mut self.with_warnings, "Warnings too").changed() {
                self.of = None;
            }
        });
        ui.add_space(SMALL_SPACE);
        let height = 2.0 * ui.text_style_height(&egui::TextStyle::Body) + 2.0 * SPACE;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, height, self.lines.len(), |ui, rows| {
            for line in &self.lines[rows] {
                self::line(ui, view, workspace, line, height, asks);
            }
        });
    }

    fn update(&mut self, workspace: &Workspace) {
        let document = workspace.document();
        let of = (workspace.editor().revision(), document.cues.len(), workspace.profile().name.clone());
        if self.of.as_ref() == Some(&of) {
            return;
        }
        self.of = Some(of);
        let line = |place: usize, violation: &Violation| Line {
            cue: violation.id,
            place,
            text: violation.message(),
            severity: if violation.is_fault() { Severity::Hard } else { Severity::Soft },
        };
        let cues = document.cues.iter().enumerate();
        let lines = cues.flat_map(|(place, cue)| {
            workspace.checks.of(cue.id).iter().map(move |violation| line(place, violation))
        });
        self.lines = lines.filter(|line| self.with_warnings || line.severity == Severity::Hard).collect();
    }
}

fn summary(faults: usize, warnings: usize, profile: &str) -> String {
    match (faults, warnings) {
        (0, 0) => format!("All cues keep the rules of {profile}."),
        _ => {
            format!("{} and {} by the rules of {profile}", count(faults, "fault"), count(warnings, "warning"))
        }
    }
}

fn line(ui: &mut Ui, view: &View, workspace: &Workspace, line: &Line, height: f32, asks: &mut Asks) {
    let (sign, color) = match line.severity {
        Severity::Hard => ("⚠", view.colors.error),
        Severity::Soft => ("•", view.colors.warning),
    };
    ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        ui.horizontal_centered(|ui| {
            let width = ui.available_width() - 70.0;
            let mut job = egui::text::LayoutJob::default();
            let part = |color, size| egui::TextFormat::simple(egui::FontId::proportional(size), color);
            job.append(&format!("{sign} Cue {}  ", line.place + 1), 0.0, part(color, 14.0));
            job.append(&line.text, 0.0, part(view.colors.text, 14.0));
            job.wrap.max_width = width;
            job.wrap.max_rows = 2;
            let is_current = workspace.selection.current() == Some(line.cue);
            let button = Button::selectable(is_current, job).wrap();
            let response = ui.add_sized([width, height - SMALL_SPACE], button);
            let name = format!("Cue {}: {}", line.place + 1, line.text);
            if response.accessible_name(name).clicked() {
                asks.ask(Action::GoTo(line.cue));
            }
            let may = workspace.read_only.is_none();
            let repair = ui.add_enabled(may, Button::new("Repair"));
            if repair.accessible_name(format!("Repair cue {}", line.place + 1)).clicked() {
                asks.ask(Action::RepairCue(line.cue));
            }
        });
    });
}
