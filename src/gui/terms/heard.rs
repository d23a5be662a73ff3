//! The report which names and terms were heard, how often and where, and where one may have been missed.

use egui::{Button, RichText, ScrollArea, Spinner, Ui};

use crate::document::{HeardTerm, TermPlace};
use crate::gui::action::Actions;
use crate::gui::dialogs::{Then, heading, set_width};
use crate::gui::editor::action::EditorAction;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::widgets::short_time;
use crate::gui::words::{say, say_with};

/// Height of the list. Unit: points.
const HEIGHT: f32 = 360.0;
/// The most places of a term that are shown.
const MOST_PLACES: usize = 6;

#[derive(Debug)]
pub struct HeardDialog;

impl HeardDialog {
    pub fn ui(&self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        set_width(ui, 560.0);
        heading(ui, say("heard-title"));
        let then = match &view.state.terms.heard {
            None => {
                ui.add(Spinner::new());
                Then::Stays
            }
            Some(found) if found.is_empty() => {
                ui.label(say("heard-no-terms"));
                Then::Stays
            }
            Some(found) => report(ui, view, found, actions),
        };
        ui.add_space(2.0 * SPACE);
        if ui.button(say("button-close")).clicked() { Then::Closes } else { then }
    }
}

fn report(ui: &mut Ui, view: &View, found: &[HeardTerm], actions: &mut Actions) -> Then {
    let heard = found.iter().filter(|term| !term.heard.is_empty()).count();
    ui.label(say_with!("heard-count", heard = heard, all = found.len()));
    ui.label(RichText::new(say("heard-hint")).color(view.colors.weak));
    ui.add_space(SPACE);
    // Places to listen to come first, then what was not heard.
    let mut rows: Vec<&HeardTerm> = found.iter().collect();
    rows.sort_by_key(|term| (term.perhaps.is_empty(), !term.heard.is_empty()));
    let height = ui.spacing().interact_size.y;
    let area = ScrollArea::both().id_salt("heard").max_height(HEIGHT).min_scrolled_height(HEIGHT);
    let mut then = Then::Stays;
    area.auto_shrink([false, true]).show_rows(ui, height, rows.len(), |ui, shown| {
        for term in &rows[shown] {
            ui.horizontal(|ui| {
                if let Some(place) = row(ui, view, term) {
                    actions.ask(EditorAction::GoTo(place.cue));
                    then = Then::Closes;
                }
            });
        }
    });
    then
}

/// Shows a term. Returns the place that the user wants to see.
fn row<'a>(ui: &mut Ui, view: &View, term: &'a HeardTerm) -> Option<&'a TermPlace> {
    ui.label(RichText::new(&term.term).strong());
    let count = match term.heard.len() {
        0 => say("heard-not").to_owned(),
        count => format!("{count} ×"),
    };
    ui.label(RichText::new(count).color(view.colors.weak));
    let mut chosen = None;
    for place in term.perhaps.iter().take(MOST_PLACES) {
        let time = short_time(place.time);
        let face = say_with!("heard-perhaps", text = place.text.as_str(), time = time);
        if ui.add(Button::new(RichText::new(face).color(view.colors.warning))).clicked() {
            chosen = Some(place);
        }
    }
    for place in term.heard.iter().take(MOST_PLACES) {
        let time = short_time(place.time);
        let name = say_with!("heard-place", term = term.term.as_str(), time = time.as_str());
        if ui.button(time.as_str()).accessible_name(name).clicked() {
            chosen = Some(place);
        }
    }
    if term.heard.len() > MOST_PLACES {
        ui.label("…");
    }
    chosen
}
