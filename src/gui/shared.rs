//! What the features of the window share.

use std::sync::Arc;

use super::action::{Action, Actions, After};
use super::audience::AudienceWindow;
use super::dialogs::Dialog;
use super::heard::Announcer;
use super::keymap::Keymap;
use super::notice::Notices;
use super::services::Services;
use super::state::Page;
use super::wake::Wake;
use super::workers::{Question, Workers};
use crate::remembered::RememberedVoices;
use crate::settings::Settings;

/// What a feature may use beside its own state. What it wants of another feature it asks for by an action.
pub struct Shared<'a> {
    pub page: &'a mut Page,
    pub settings: &'a mut Settings,
    /// Voices that a user asked to remember.
    pub remembered: &'a mut RememberedVoices,
    pub notices: &'a mut Notices,
    pub dialog: &'a mut Option<Dialog>,
    pub audience: &'a mut AudienceWindow,
    pub actions: &'a mut Actions,
    pub workers: &'a Workers,
    pub services: &'a Services,
    pub keymap: &'a Keymap,
    /// Announces events to screen readers.
    pub announcer: &'a mut Announcer,
    pub wake: &'a Wake,
    /// Whether the window has the keyboard focus.
    pub is_in_front: bool,
}

impl Shared<'_> {
    /// Asks a person for a file or folder.
    pub fn ask(&self, question: Question) {
        self.workers.ask(&*self.services.dialogs, question);
    }

    /// Leaves the captions that are open, after a question where changes would be lost.
    pub fn leave(&mut self, after: After) {
        self.actions.ask(Action::Leave(after));
    }

    /// Tells outside the window that something is done, where a person does not look at it.
    pub fn tell_outside(&self, title: String, text: String) {
        if !self.is_in_front {
            self.workers.notify(Arc::clone(&self.services.notify), title, text);
        }
    }
}
