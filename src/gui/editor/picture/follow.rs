//! Keeps the picture at the playhead.

use egui::Context;

use crate::gui::editor::captions::CaptionEditor;
use crate::gui::shared::Shared;
use crate::gui::state::Page;

impl CaptionEditor {
    /// Shows the picture at the playhead, or lets it rest while nobody sees it.
    pub(in crate::gui::editor) fn follow_picture(&mut self, shared: &Shared<'_>, ctx: &Context) {
        let is_seen = self.state.shows_picture(shared.settings) && *shared.page == Page::Captions;
        let playhead = self.state.playhead;
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let is_playing = workspace.soundtrack.as_ref().is_some_and(|soundtrack| soundtrack.is_playing());
        let Some(picture) = &mut workspace.picture else { return };
        match playhead.filter(|_| is_seen) {
            Some(playhead) => picture.follow(ctx, playhead, is_playing),
            None => picture.rest(),
        }
    }
}
