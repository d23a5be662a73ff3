//! Cuts, copies and pastes cues. In the clipboard they are SubRip text, which other programs read and write.

use egui::{Context, ViewportCommand};

use crate::document::CueId;
use crate::document::ops::{self, Spot};
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::editor::clip::Clip;
use crate::gui::editor::cue_list::{cue_at, focus_list};
use crate::gui::editor::selection::Choosing;
use crate::gui::editor::state::EditorState;
use crate::gui::shared::Shared;
use crate::gui::words::{say, say_with};

impl CaptionEditor {
    /// Copies the selected cues. Returns whether there are any.
    pub(super) fn copy_cues(&mut self, shared: &mut Shared<'_>, ctx: &Context) -> bool {
        let Some(workspace) = &self.state.workspace else { return false };
        let chosen = workspace.chosen();
        let cues = chosen.iter().filter_map(|id| workspace.document().cue(*id).cloned()).collect();
        let Some(clip) = Clip::of(cues).filter(|clip| !clip.is_empty()) else { return false };
        ctx.copy_text(clip.text().to_owned());
        shared.notices.done(say_with!("notice-copied", count = clip.len()));
        self.clip = clip;
        true
    }

    pub(super) fn cut_cues(&mut self, shared: &mut Shared<'_>, ctx: &Context) {
        if !self.copy_cues(shared, ctx) {
            return;
        }
        let chosen = self.chosen();
        if self.operate(shared, |document, _| ops::cut(document, &chosen)) {
            self.show_current();
        }
    }

    /// Requests the content of the clipboard, which arrives as a paste into the list.
    pub(super) fn ask_for_clipboard(&self, ctx: &Context) {
        focus_list(ctx);
        ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
    }

    /// Pastes cues at the playback position if no cue is there, otherwise after the last selected cue.
    pub(in crate::gui) fn paste_cues(&mut self, shared: &mut Shared<'_>, text: &str) {
        let cues = self.clip.cues(text);
        if cues.is_empty() {
            shared.notices.hint(say("notice-no-cues-in-clipboard").to_owned());
            return;
        }
        let Some(workspace) = &self.state.workspace else { return };
        let gap = workspace.profile().min_gap;
        let document = workspace.document();
        let empty = self.state.playhead.filter(|time| cue_at(&document.cues, *time).is_none());
        let last = workspace.chosen().last().copied();
        let spot = match (empty, last) {
            (Some(time), _) => Spot::At(time),
            (None, Some(last)) => Spot::After(last),
            (None, None) => Spot::At(self.state.playhead.unwrap_or_default()),
        };
        let mut ids = None;
        let done = self.operate(shared, |document, free| {
            ids = Some((free, cues.len() as u64));
            ops::paste(document, free, cues, spot, gap)
        });
        if let Some((first, count)) = ids.filter(|_| done) {
            self.go_to(first);
            let with_suggestions = shared.settings.suggestions;
            let EditorState { workspace, spelling, .. } = &mut self.state;
            workspace.iter_mut().for_each(|open| open.update_rows(with_suggestions, spelling));
            self.choose(CueId(first.0 + count - 1), Choosing::Range);
        }
    }
}
