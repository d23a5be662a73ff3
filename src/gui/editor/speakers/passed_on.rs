//! Remembered voices that are passed on with a project: only if the user ticks it.

use egui::{RichText, Ui};

use super::SpeakerAction;
use super::remember::change_remembered;
use crate::gui::action::{Action, Actions};
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::editor::workspace::Workspace;
use crate::gui::shared::Shared;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::{say, say_with};
use crate::gui::workers::VoicesChange;
use crate::remembered::RememberedVoices;

/// Shows the tick, where a speaker has a remembered voice, and offers to remember voices that came with the project.
pub(super) fn ui(ui: &mut Ui, view: &View, workspace: &Workspace, actions: &mut Actions) {
    let (remembered, passed) = (&view.state.remembered, workspace.passed_on());
    let is_passed = !passed.is_empty();
    if !is_passed && of_speakers(remembered, workspace).is_empty() {
        return;
    }
    ui.add_space(SPACE);
    let mut ask = |action| actions.ask(Action::Speakers(action));
    let mut ticked = is_passed;
    let tick = ui.checkbox(&mut ticked, say("speakers-pass-on")).on_hover_text(say("speakers-pass-on-hint"));
    if tick.changed() {
        ask(SpeakerAction::PassOn(ticked));
    }
    let is_new = |name: &str| !remembered.iter().any(|known| known.name == name);
    let new: Vec<&str> = passed.iter().map(|voice| voice.name.as_str()).filter(|name| is_new(name)).collect();
    if !new.is_empty() {
        let text = say_with!("speakers-came-with", names = new.join(", "));
        ui.label(RichText::new(text).color(view.colors.weak));
        if ui.button(say("speakers-remember-passed")).on_hover_text(say("speakers-remember-hint")).clicked() {
            ask(SpeakerAction::RememberPassed);
        }
    }
}

/// Returns the remembered voices of those who speak in the captions.
fn of_speakers(remembered: &RememberedVoices, workspace: &Workspace) -> RememberedVoices {
    let speaks = |name: &str| workspace.speakers().place(name).is_some();
    remembered.iter().filter(|voice| speaks(&voice.name)).cloned().collect()
}

impl CaptionEditor {
    pub(super) fn pass_on(&mut self, shared: &Shared<'_>, is_ticked: bool) {
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let voices = match is_ticked {
            true => of_speakers(shared.remembered, workspace),
            false => RememberedVoices::default(),
        };
        workspace.pass_on(voices);
    }

    pub(super) fn remember_passed(&self, shared: &mut Shared<'_>) {
        let Some(workspace) = &self.state.workspace else { return };
        change_remembered(shared, VoicesChange::Add(workspace.passed_on().clone()));
    }

    /// Returns the voices that are known in the open captions: those of this user, and those that came with the project.
    pub(super) fn known_voices(&self, shared: &Shared<'_>) -> RememberedVoices {
        let passed = self.state.workspace.iter().flat_map(|workspace| workspace.passed_on().iter());
        passed.chain(shared.remembered.iter()).cloned().collect()
    }
}
