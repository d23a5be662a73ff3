//! Exports captions for other programs, in several formats at once.

use egui::{Align, Button, Frame, Label, Layout, RichText, ScrollArea, TextEdit, Ui, Vec2, vec2};

use super::export_plan::ExportPlan;
use super::{Then, buttons, heading, hiding, loss};
use crate::document::Document;
use crate::format::{self, Format};
use crate::gui::action::Actions;
use crate::gui::command::{Command, EditCommand};
use crate::gui::editor::action::EditorAction;
use crate::gui::editor::workspace::Workspace;
use crate::gui::format_names;
use crate::gui::request;
use crate::gui::state::View;
use crate::gui::theme::{LARGE_SPACE, SMALL_SPACE, SPACE, digits};
use crate::gui::widgets::verdict;
use crate::gui::words::{InWords, say, say_with};

/// Number of cues in the preview of a file.
const PREVIEWED: usize = 6;

/// Height of the buttons at the bottom, which stay visible. Unit: points.
const FOOT: f32 = 60.0;
/// Below this height the formats have no scroll bar of their own. Unit: points.
const LOW: f32 = 200.0;

#[derive(Debug)]
pub struct ExportDialog {
    pub plan: ExportPlan,
    /// The format in the preview.
    shown: &'static str,
    preview: Option<(ExportPlan, &'static str, String)>,
    losses: Vec<(&'static str, Vec<String>)>,
    losses_of: Option<(Vec<&'static str>, bool)>,
}

impl ExportDialog {
    pub fn new(plan: ExportPlan) -> Self {
        let shown = plan.formats.first().copied().unwrap_or("srt");
        Self { plan, shown, preview: None, losses: Vec::new(), losses_of: None }
    }

    pub fn ui(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        let Some(workspace) = &view.editor.workspace else { return Then::Closes };
        self.plan.hiding = request::hiding(&view.state.settings);
        let width = super::set_width(ui, 860.0);
        let room = super::room(ui.ctx()) - FOOT;
        let area = ScrollArea::vertical().id_salt("all").max_height(room).min_scrolled_height(room);
        area.show(ui, |ui| {
            heading(ui, say("export-title"));
            self.check(ui, view, workspace, actions);
            // In a low window, everything scrolls together.
            let height = Some((room - 270.0).min(380.0)).filter(|height| *height >= LOW);
            let left = vec2((0.42 * width).min(300.0), height.unwrap_or(0.0));
            let right = vec2(width - left.x - 2.0 * LARGE_SPACE, left.y);
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = LARGE_SPACE;
                column(ui, left, |ui| self.formats(ui, height));
                column(ui, right, |ui| self.preview(ui, view, workspace.document(), height));
            });
            ui.add_space(SPACE);
            self.place(ui, view, actions);
        });
        let files = self.plan.files(workspace.document());
        let what = if files.is_empty() {
            say("export-button").to_owned()
        } else {
            say_with!("export-files", count = files.len())
        };
        let complete = !files.is_empty() && !self.plan.name.trim().is_empty();
        let (go, cancel) = buttons(ui, view, &what, complete);
        if go {
            actions.ask(EditorAction::Export(Box::new(self.plan.clone())));
        }
        if go || cancel { Then::Closes } else { Then::Stays }
    }

    /// Shows how well the captions meet the rules.
    fn check(&self, ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
        let faults = workspace.checks.faults();
        let verdict = verdict(faults, &workspace.profile().name);
        ui.horizontal(|ui| {
            let (sign, color) =
                if faults == 0 { ("✔", view.colors.weak) } else { ("⚠", view.colors.warning) };
            ui.label(RichText::new(format!("{sign} {verdict}")).color(color));
            if view.available.repairs && ui.button(say("button-repair")).clicked() {
                actions.run(Command::Edit(EditCommand::RepairAll));
            }
        });
        ui.add_space(SPACE);
    }

    fn formats(&mut self, ui: &mut Ui, height: Option<f32>) {
        let area = ScrollArea::new([false, height.is_some()]);
        let area = area.id_salt("formats").auto_shrink([false, height.is_none()]);
        area.max_height(height.unwrap_or(f32::INFINITY)).show(ui, |ui| {
            for format in format::all().iter().filter(|format| format.write.is_some()) {
                let mut on = self.plan.formats.contains(&format.name);
                ui.horizontal(|ui| {
                    if ui.checkbox(&mut on, format_names::title(format)).changed() {
                        self.shown = format.name;
                        match on {
                            true => self.plan.formats.push(format.name),
                            false => self.plan.formats.retain(|name| *name != format.name),
                        }
                    }
                    ui.label(RichText::new(format!(".{}", format.extensions[0])).weak());
                });
            }
        });
    }

    fn preview(&mut self, ui: &mut Ui, view: &View, document: &Document, height: Option<f32>) {
        self.weigh_losses(document);
        ui.horizontal_wrapped(|ui| {
            for name in self.plan.formats.clone() {
                if ui.add(Button::selectable(self.shown == name, name).frame_when_inactive(true)).clicked() {
                    self.shown = name;
                }
            }
        });
        let lost =
            self.losses.iter().find(|(name, _)| *name == self.shown).map(|(_, losses)| losses.join("; "));
        let text = match lost {
            None => say("export-no-format").to_owned(),
            Some(lost) if lost.is_empty() => say("export-keeps-all").to_owned(),
            Some(lost) => say_with!("export-loses", losses = lost),
        };
        ui.label(RichText::new(text).color(view.colors.weak));
        ui.add_space(SMALL_SPACE);
        let text = self.beginning(document).to_owned();
        Frame::new().fill(view.colors.surface).corner_radius(4).inner_margin(SPACE).show(ui, |ui| {
            let area = ScrollArea::new([true, height.is_some()]).id_salt("preview");
            let height = height.map_or(f32::INFINITY, |_| ui.available_height().max(40.0));
            area.max_height(height)
                .auto_shrink([false, height.is_infinite()])
                .show(ui, |ui| ui.add(Label::new(RichText::new(text).font(digits())).extend()));
        });
    }

    /// Returns the beginning of the previewed file.
    fn beginning(&mut self, document: &Document) -> &str {
        let is_fresh =
            |(plan, shown, _): &(ExportPlan, &str, String)| *plan == self.plan && *shown == self.shown;
        if !self.preview.as_ref().is_some_and(is_fresh) {
            let text = begin(document, self.shown, &self.plan);
            self.preview = Some((self.plan.clone(), self.shown, text));
        }
        self.preview.as_ref().map_or("", |(_, _, text)| text)
    }

    fn weigh_losses(&mut self, document: &Document) {
        let of = (self.plan.formats.clone(), self.plan.word_times);
        if self.losses_of.as_ref() != Some(&of) {
            let options = self.plan.options();
            let formats = self.plan.formats.iter().filter_map(|name| format::by_name(name));
            let losses = |format: &'static Format| {
                let losses = format.losses(document, &options);
                (format.name, losses.iter().map(loss::text).collect())
            };
            self.losses = formats.map(losses).collect();
            self.losses_of = Some(of);
        }
    }

    fn place(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) {
        ui.horizontal_wrapped(|ui| {
            let label = ui.label(say("export-name"));
            ui.add(TextEdit::singleline(&mut self.plan.name).desired_width(240.0)).labelled_by(label.id);
            ui.checkbox(&mut self.plan.language_in_name, say("export-language-in-name"));
            ui.checkbox(&mut self.plan.word_times, say("export-word-times"));
        });
        ui.horizontal(|ui| {
            ui.label(say("export-folder"));
            if ui.button(say("button-change")).accessible_name(say("export-change-folder")).clicked() {
                actions.ask(EditorAction::AskExportFolder(self.plan.folder.clone()));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let folder = RichText::new(self.plan.folder.display().to_string()).color(view.colors.weak);
                ui.add(Label::new(folder).truncate());
            });
        });
        ui.horizontal(|ui| {
            hiding::button(ui, view, actions);
            ui.checkbox(&mut self.plan.overwrite, say("export-overwrite"));
        });
    }
}

/// Adds one of two columns.
fn column(ui: &mut Ui, size: Vec2, add: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_width(size.x);
        ui.spacing_mut().item_spacing.x = SPACE;
        add(ui);
    });
}

/// Writes the first cues in this format, with what is hidden in them.
fn begin(document: &Document, name: &str, plan: &ExportPlan) -> String {
    let Some(write) = format::by_name(name).and_then(|format| format.write) else { return String::new() };
    let cues = document.cues.iter().take(PREVIEWED).cloned().collect();
    let Document { title, language, media, .. } = document;
    let mut part = Document {
        cues,
        title: title.clone(),
        language: language.clone(),
        media: media.clone(),
        ..Document::default()
    };
    plan.hiding.apply(&mut part);
    match write(&part, &plan.options()) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => say("export-no-text").to_owned(),
        },
        Err(error) => error.in_words(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::hide::Hiding;
    use crate::transcript::Language;

    #[test]
    fn files_are_named_after_language_and_format() {
        let mut plan = ExportPlan {
            folder: PathBuf::from("out"),
            name: "Week 1".to_owned(),
            formats: vec!["srt", "json", "openai"],
            language_in_name: true,
            word_times: false,
            overwrite: false,
            hiding: Hiding::default(),
        };
        let mut document = Document { language: Language::new("de"), ..Document::default() };
        let names = |plan: &ExportPlan, document: &Document| -> Vec<String> {
            let name =
                |(_, path): &(&Format, PathBuf)| path.file_name().unwrap().to_string_lossy().into_owned();
            plan.files(document).iter().map(name).collect()
        };
        assert_eq!(
            names(&plan, &document),
            ["Week 1.de.srt", "Week 1.de.json.json", "Week 1.de.openai.json"]
        );
        plan.language_in_name = false;
        assert_eq!(names(&plan, &document)[0], "Week 1.srt");
        plan.language_in_name = true;
        document.language = Language::default();
        assert_eq!(names(&plan, &document)[0], "Week 1.srt");
    }
}
