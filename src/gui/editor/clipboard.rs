//! Cuts, copies and pastes cues. In the clipboard they are SubRip text, which other programs read and write.

use egui::{Context, ViewportCommand};

use crate::document::ops::{self, Spot};
use crate::document::{Cue, Document};
use crate::format::{self, WriteOptions};
use crate::gui::app::App;
use crate::gui::editor::cue_list::{cue_at, list_id};
use crate::gui::editor::selection::Choosing;
use crate::gui::editor::workspace::Workspace;
use crate::gui::words::{say, say_with};

/// The cues copied last. The text in the clipboard does not hold their words with times and their speakers.
#[derive(Debug, Default)]
pub struct Clip {
    text: String,
    cues: Vec<Cue>,
}

impl Clip {
    fn of(cues: Vec<Cue>) -> Option<Self> {
        let document = Document { cues, ..Document::default() };
        let bytes = format::srt::write(&document, &WriteOptions::default()).ok()?;
        Some(Self { text: String::from_utf8(bytes).ok()?, cues: document.cues })
    }

    /// Returns the cues of a text from the clipboard; none if the text is not captions.
    fn cues(&self, text: &str) -> Vec<Cue> {
        if !self.cues.is_empty() && text.trim() == self.text.trim() {
            return self.cues.clone();
        }
        let read = format::detect(None, text.as_bytes()).and_then(|format| format.read);
        read.and_then(|read| read(text.as_bytes()).ok()).map(|read| read.document.cues).unwrap_or_default()
    }
}

impl App {
    /// Copies the selected cues. Returns whether there are any.
    pub(in crate::gui) fn copy_cues(&mut self, ctx: &Context) -> bool {
        let Some(workspace) = &self.state.workspace else { return false };
        let chosen = workspace.chosen();
        let cues = chosen.iter().filter_map(|id| workspace.document().cue(*id).cloned()).collect();
        let Some(clip) = Clip::of(cues).filter(|clip| !clip.cues.is_empty()) else { return false };
        ctx.copy_text(clip.text.clone());
        self.state.notices.done(say_with!("notice-copied", count = clip.cues.len()));
        self.clip = clip;
        true
    }

    pub(in crate::gui) fn cut_cues(&mut self, ctx: &Context) {
        if !self.copy_cues(ctx) {
            return;
        }
        let chosen = self.state.workspace.as_ref().map(Workspace::chosen).unwrap_or_default();
        if self.operate(|document, _| ops::cut(document, &chosen))
            && let Some(current) = self.current()
        {
            self.list.bring_into_sight(current);
        }
    }

    /// Requests the content of the clipboard, which arrives as a paste into the list.
    pub(in crate::gui) fn ask_for_clipboard(&self, ctx: &Context) {
        ctx.memory_mut(|memory| memory.request_focus(list_id()));
        ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
    }

    /// Pastes cues at the playback position if no cue is there, otherwise after the last selected cue.
    pub(in crate::gui) fn paste_cues(&mut self, text: &str) {
        let cues = self.clip.cues(text);
        if cues.is_empty() {
            self.state.notices.hint(say("notice-no-cues-in-clipboard").to_owned());
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
        let done = self.operate(|document, free| {
            ids = Some((free, cues.len() as u64));
            ops::paste(document, free, cues, spot, gap)
        });
        if let Some((first, count)) = ids.filter(|_| done) {
            self.go_to(first);
            self.choose(crate::document::CueId(first.0 + count - 1), Choosing::Range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    #[test]
    fn own_cues_come_back_whole_and_those_of_others_as_they_are_read() {
        let span = TimeSpan::from_millis(1000, 2000);
        let speaker = Some("Ada".to_owned());
        let cue = Cue { span, text: "Good morning.".to_owned(), speaker, ..Cue::default() };
        let clip = Clip::of(vec![cue.clone()]).unwrap();
        assert_eq!(clip.text, "1\n00:00:01,000 --> 00:00:02,000\nAda: Good morning.\n\n");
        assert_eq!(clip.cues(clip.text.trim_end()), [cue]);
        let other = "WEBVTT\n\n00:03.000 --> 00:04.000\n<i>Hello</i>\n";
        let read = clip.cues(other);
        assert_eq!((read.len(), &*read[0].text, read[0].styles.len()), (1, "Hello", 1));
        assert!(clip.cues("Only words.").is_empty());
        assert!(Clip::default().cues("").is_empty());
    }
}
