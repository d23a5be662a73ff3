//! Changes the names and terms.

use std::path::PathBuf;

use super::{HeardDialog, MaterialDialog, MaterialStanding, TermsAction, TermsNews, TermsState};
use crate::gui::dialogs::Dialog;
use crate::gui::editor::workspace::Workspace;
use crate::gui::request::{engine_request, terms};
use crate::gui::shared::Shared;
use crate::gui::words::say_with;
use crate::gui::workers::Question;

impl TermsState {
    pub fn act(shared: &mut Shared<'_>, action: &TermsAction) {
        match action {
            TermsAction::AskMaterial => shared.ask(Question::Material),
            TermsAction::Take(chosen) => take_terms(shared, chosen),
        }
    }

    pub fn handle_news(&mut self, news: TermsNews) {
        match news {
            TermsNews::Read(found) => self.material = MaterialStanding::Found(found),
            TermsNews::Heard { workspace, found } => {
                if self.searched == Some(workspace) {
                    self.heard = Some(found);
                }
            }
        }
    }

    /// Shows the dialog for course material, and asks for its files.
    pub fn open_material(&mut self, shared: &mut Shared<'_>) {
        self.material = MaterialStanding::Nothing;
        *shared.dialog = Some(Dialog::Material(MaterialDialog::default()));
        shared.ask(Question::Material);
    }

    pub fn read_material(&mut self, shared: &Shared<'_>, paths: Vec<PathBuf>) {
        self.material = MaterialStanding::Reading;
        shared.workers.read_material(paths, engine_request(shared.settings).model);
    }

    /// Looks for the terms of the open captions, or those of the settings if these captions have none.
    pub fn open_heard(&mut self, shared: &mut Shared<'_>, open: &Workspace) {
        let own = open.vocabulary().to_vec();
        let wanted = if own.is_empty() { terms(shared.settings) } else { own };
        (self.searched, self.heard) = (Some(open.number), None);
        shared.workers.look_for_terms(open.number, open.document().clone(), wanted);
        *shared.dialog = Some(Dialog::Heard(HeardDialog));
    }
}

fn take_terms(shared: &mut Shared<'_>, chosen: &[String]) {
    let known = terms(shared.settings);
    let new: Vec<&String> = chosen.iter().filter(|term| !known.contains(term)).collect();
    let vocabulary = &mut shared.settings.vocabulary;
    for term in &new {
        if !vocabulary.is_empty() && !vocabulary.ends_with('\n') {
            vocabulary.push('\n');
        }
        vocabulary.push_str(term);
    }
    shared.notices.done(say_with!("material-added", count = new.len()));
}
