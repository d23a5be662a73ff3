//! The editor: it owns the captions that are open and changes them itself.

use std::path::PathBuf;

use egui::Context;

use super::clip::Clip;
use super::state::EditorState;
use super::views::EditorViews;
use super::workspace::Workspace;
use crate::document::CueId;
use crate::gui::action::After;
use crate::gui::shared::Shared;
use crate::project::Recoverable;
use crate::settings::Settings;

/// The captions that are open, the views that show them, and the work that they wait for.
#[derive(Default)]
pub struct CaptionEditor {
    pub state: EditorState,
    pub views: EditorViews,
    /// The cues that were copied last.
    pub(super) clip: Clip,
    /// Number of the last transcription.
    pub(super) last_job: u64,
    /// Number of the last workspace.
    pub(super) last_workspace: u64,
    /// What to do once the captions are saved.
    pub(super) after_saving: Option<After>,
    /// The recovered changes being opened.
    pub(super) recovering: Option<Recoverable>,
    /// A lecture that was just recorded, whose speakers will be found when it is open.
    pub(super) unnamed: Option<PathBuf>,
}

impl CaptionEditor {
    /// Follows playback and the thread that saves, once per frame.
    pub fn follow(&mut self, shared: &mut Shared<'_>, ctx: &Context) {
        self.follow_sound(shared, ctx);
        self.follow_picture(shared, ctx);
        self.keep_spelling(shared);
        self.keep(shared, ctx);
    }

    /// Updates rows and matches after actions.
    pub fn update_views(&mut self, with_suggestions: bool) {
        if let Some(workspace) = &mut self.state.workspace {
            workspace.update_rows(with_suggestions, &self.state.spelling);
            self.views.find.update(workspace);
        }
        self.state.found = self.views.find.found();
    }

    /// Applies settings that the user has changed.
    pub fn follow_settings(&mut self, settings: &Settings) {
        if settings.no_second_opinion {
            self.cancel_second();
        }
        let from = settings.doubts.least_chance();
        self.workspace_mut().into_iter().for_each(|workspace| workspace.doubt_from(from));
    }

    /// Forgets what was to be done after saving: the user has dropped the question.
    pub fn drop_plans(&mut self) {
        self.after_saving = None;
    }

    /// Handles a panic in a worker, which may have been opening a file or finding speakers.
    pub fn worker_crashed(&mut self) {
        self.state.opening = None;
        self.workspace_mut().into_iter().for_each(|open| open.finding = None);
    }

    pub(super) fn workspace_mut(&mut self) -> Option<&mut Workspace> {
        self.state.workspace.as_mut()
    }

    /// Returns the workspace with this number, unless the window shows another by now.
    pub(super) fn numbered(&mut self, number: u64) -> Option<&mut Workspace> {
        self.workspace_mut().filter(|workspace| workspace.number == number)
    }

    pub(super) fn current(&self) -> Option<CueId> {
        self.state.workspace.as_ref()?.selection.current()
    }

    /// Returns the selected cues in order.
    pub(super) fn chosen(&self) -> Vec<CueId> {
        self.state.workspace.as_ref().map(Workspace::chosen).unwrap_or_default()
    }

    /// Scrolls the list to the current cue.
    pub(super) fn show_current(&mut self) {
        if let Some(current) = self.current() {
            self.views.list.bring_into_sight(current);
        }
    }
}
