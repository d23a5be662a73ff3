//! The question whether to open the existing captions of a recording or to caption it again.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use egui::{Button, Label, RichText, Ui};

use super::{Then, heading};
use crate::exchange::Existing;
use crate::gui::action::{Action, Actions};
use crate::gui::editor::action::EditorAction;
use crate::gui::state::View;
use crate::gui::theme::{SMALL_SPACE, SPACE};
use crate::gui::widgets::primary;
use crate::gui::words::{say, say_with};

/// A recording and its existing captions.
#[derive(Debug)]
pub struct ExistingCaptions {
    pub recording: PathBuf,
    /// The most likely choice comes first.
    pub captions: Vec<Existing>,
}

impl ExistingCaptions {
    pub fn ui(&self, ui: &mut Ui, view: &View, actions: &mut Actions) -> Then {
        super::set_width(ui, 520.0);
        heading(ui, say("existing-title"));
        ui.label(say_with!("existing-question", name = name(&self.recording)));
        ui.add_space(SPACE);
        let mut then = Then::Stays;
        for (place, captions) in self.captions.iter().enumerate() {
            if self.entry(ui, view, captions, place == 0) {
                actions.ask(Action::Open(captions.path.clone()));
                then = Then::Closes;
            }
        }
        ui.add_space(SPACE);
        ui.horizontal(|ui| {
            let again = ui.button(say("existing-again"));
            let tip = say("existing-again-hint");
            if again.on_hover_text(tip).clicked() {
                actions.ask(EditorAction::AskToCaption(self.recording.clone()));
                then = Then::Closes;
            }
            if ui.button(say("button-cancel")).clicked() {
                then = Then::Closes;
            }
        });
        then
    }

    /// Shows one entry. Returns true if the user wants to open these captions.
    fn entry(&self, ui: &mut Ui, view: &View, captions: &Existing, is_first: bool) -> bool {
        let Existing { path, is_project, cues, modified } = captions;
        ui.horizontal(|ui| {
            let face = if is_first {
                primary(view, say("button-open"))
            } else {
                Button::new(say("button-open")).min_size([88.0, 30.0].into())
            };
            let open = ui.add(face).accessible_name(say_with!("existing-open", name = name(path)));
            ui.add_space(SPACE);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let is_elsewhere = path.parent() != self.recording.parent();
                let shown = if is_elsewhere { path.display().to_string() } else { name(path) };
                ui.add(Label::new(RichText::new(shown).strong()).truncate());
                let kind = say(if *is_project { "existing-project" } else { "existing-captions" });
                let cues = say_with!("cue-count", count = *cues);
                let details = format!("{kind}  ·  {cues}  ·  {}", age(*modified));
                ui.label(RichText::new(details).color(view.colors.weak));
                ui.add_space(SMALL_SPACE);
            });
            open.clicked()
        })
        .inner
    }
}

/// Returns the age as text, such as `saved 3 days ago`.
fn age(modified: SystemTime) -> String {
    let age = modified.elapsed().unwrap_or(Duration::ZERO).as_secs();
    match age {
        0..60 => say("saved-now").to_owned(),
        60..3600 => say_with!("saved-minutes", count = age / 60),
        3600..86_400 => say_with!("saved-hours", count = age / 3600),
        _ => say_with!("saved-days", count = age / 86_400),
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_told_in_the_largest_unit() {
        let age = |seconds| age(SystemTime::now() - Duration::from_secs(seconds));
        assert_eq!(age(5), "saved just now");
        assert_eq!(age(90), "saved 1 minute ago");
        assert_eq!(age(7300), "saved 2 hours ago");
        assert_eq!(age(200_000), "saved 2 days ago");
    }
}
