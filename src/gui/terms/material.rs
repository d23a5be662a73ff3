//! The dialog in which a person chooses among the names and terms of course material.

use std::collections::HashSet;

use egui::{Label, RichText, ScrollArea, Spinner, Ui};

use super::{FoundTerms, MaterialStanding, TermsAction};
use crate::gui::action::{Action, Actions};
use crate::gui::dialogs::{Then, heading, set_width};
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::primary;
use crate::gui::words::{InWords, say, say_with};

/// Height of the list. Unit: points.
const HEIGHT: f32 = 320.0;

#[derive(Debug, Default)]
pub struct MaterialDialog {
    /// The terms without a tick.
    left_out: HashSet<String>,
}

impl MaterialDialog {
    pub fn ui(&mut self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        set_width(ui, 460.0);
        heading(ui, say("material-title"));
        match &view.state.terms.material {
            MaterialStanding::Nothing => {
                ui.label(RichText::new(say("material-hint")).color(view.colors.weak));
            }
            MaterialStanding::Reading => {
                ui.add(Spinner::new());
            }
            MaterialStanding::Found(found) => self.found(ui, view, found),
        }
        ui.add_space(2.0 * SPACE);
        ui.horizontal_wrapped(|ui| self.buttons(ui, view, actions)).inner
    }

    fn found(&mut self, ui: &mut Ui, view: &View, found: &FoundTerms) {
        for fault in &found.faults {
            let text = format!("⚠ {}", fault.in_words());
            ui.add(Label::new(RichText::new(text).color(view.colors.warning)).wrap());
        }
        if found.terms.is_empty() {
            ui.label(say("material-none"));
            return;
        }
        ui.label(RichText::new(say("material-choose")).color(view.colors.weak));
        ui.horizontal(|ui| {
            if ui.button(say("material-all")).clicked() {
                self.left_out.clear();
            }
            if ui.button(say("material-no")).clicked() {
                self.left_out = found.terms.iter().map(|term| term.written.clone()).collect();
            }
        });
        ui.add_space(SPACE);
        let height = ui.spacing().interact_size.y;
        let area = ScrollArea::vertical().id_salt("material").max_height(HEIGHT).min_scrolled_height(HEIGHT);
        area.auto_shrink([false, true]).show_rows(ui, height, found.terms.len(), |ui, rows| {
            for term in &found.terms[rows] {
                ui.horizontal(|ui| {
                    let mut is_taken = !self.left_out.contains(&term.written);
                    if ui.checkbox(&mut is_taken, &term.written).changed() {
                        match is_taken {
                            true => self.left_out.remove(&term.written),
                            false => self.left_out.insert(term.written.clone()),
                        };
                    }
                    ui.label(RichText::new(format!("{} ×", term.count)).color(view.colors.weak));
                });
            }
        });
    }

    fn buttons(&self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        if let MaterialStanding::Found(found) = &view.state.terms.material {
            let taken = found.terms.iter().map(|term| &term.written);
            let taken: Vec<String> = taken.filter(|term| !self.left_out.contains(*term)).cloned().collect();
            let face = primary(view, &say_with!("material-take", count = taken.len()));
            if ui.add_enabled(!taken.is_empty(), face).clicked() {
                actions.ask(Action::Terms(TermsAction::Take(taken)));
                return Then::Closes;
            }
        }
        if ui.button(say("material-files")).clicked() {
            actions.ask(Action::Terms(TermsAction::AskMaterial));
        }
        if ui.button(say("button-close")).clicked() { Then::Closes } else { Then::Stays }
    }
}
