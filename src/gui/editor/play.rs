//! Playing the recording.

use egui::Context;

use crate::document::Cue;
use crate::gui::command::PlayCommand;
use crate::gui::editor::captions::CaptionEditor;
use crate::gui::editor::cue_list::{caret_time, cue_at};
use crate::gui::editor::soundtrack::Soundtrack;
use crate::gui::shared::Shared;
use crate::gui::words::InWords;
use crate::time::MediaTime;

/// Length of a step.
const STEP: MediaTime = MediaTime::from_millis(2000);
/// Zoom factor of a step.
const ZOOM: f32 = 1.5;

impl CaptionEditor {
    pub(in crate::gui) fn run_play(&mut self, command: PlayCommand) {
        match command {
            PlayCommand::ZoomIn => self.views.waveform.zoom(ZOOM),
            PlayCommand::ZoomOut => self.views.waveform.zoom(1.0 / ZOOM),
            PlayCommand::Follow => self.state.follows = !self.state.follows,
            PlayCommand::PlayCue => self.play_current(|soundtrack, cue, _| soundtrack.play_span(cue.span)),
            PlayCommand::PlayFromWord => self.play_current(|soundtrack, cue, caret| {
                soundtrack.play_from(caret.map_or(cue.span.start, |at| caret_time(cue, at)));
            }),
            PlayCommand::LoopCue => self.play_current(loop_cue),
            PlayCommand::PlayPause => self.with_sound(|soundtrack| soundtrack.toggle()),
            PlayCommand::Back => self.with_sound(|soundtrack| soundtrack.seek(soundtrack.position() - STEP)),
            PlayCommand::Forward => {
                self.with_sound(|soundtrack| soundtrack.seek(soundtrack.position() + STEP))
            }
            PlayCommand::Slower => self.with_sound(|soundtrack| soundtrack.change_rate(false)),
            PlayCommand::Faster => self.with_sound(|soundtrack| soundtrack.change_rate(true)),
            PlayCommand::NormalSpeed => self.set_rate(1.0),
        }
    }

    fn with_sound(&mut self, work: impl FnOnce(&mut Soundtrack)) {
        if let Some(soundtrack) = self.state.workspace.as_mut().and_then(|open| open.soundtrack.as_mut()) {
            work(soundtrack);
        }
    }

    /// Plays something of the current cue; `play` also gets the text cursor's position in it.
    fn play_current(&mut self, play: impl FnOnce(&mut Soundtrack, &Cue, Option<usize>)) {
        let current = self.state.workspace.as_ref().and_then(|open| open.current().cloned());
        let Some(cue) = current else { return };
        let caret = self.views.list.caret.filter(|(of, _)| *of == cue.id).map(|(_, at)| at);
        self.with_sound(|soundtrack| play(soundtrack, &cue, caret));
    }

    pub(super) fn seek(&mut self, time: MediaTime) {
        self.with_sound(|soundtrack| soundtrack.seek(time));
    }

    pub(super) fn set_rate(&mut self, rate: f32) {
        self.with_sound(|soundtrack| soundtrack.set_rate(rate));
    }

    /// Updates the playback position: highlights the word being played and, in follow mode, scrolls to its cue.
    pub(super) fn follow_sound(&mut self, shared: &mut Shared<'_>, ctx: &Context) {
        let Some(workspace) = self.state.workspace.as_mut() else {
            self.state.playhead = None;
            return;
        };
        let span = workspace.current().map(|cue| cue.span);
        let Some(soundtrack) = workspace.soundtrack.as_mut() else {
            self.state.playhead = None;
            return;
        };
        if soundtrack.is_looped() {
            soundtrack.set_loop(span);
        }
        if let Some(error) = soundtrack.take_error() {
            shared.notices.error(error.in_words());
        }
        let position = soundtrack.position();
        if soundtrack.is_playing() {
            ctx.request_repaint();
            let before = self.state.playhead.and_then(|time| cue_at(&workspace.document().cues, time));
            let now = cue_at(&workspace.document().cues, position);
            if self.state.follows
                && let Some(now) = now.filter(|now| before.is_none_or(|before| before.id != now.id))
            {
                self.views.list.bring_into_sight(now.id);
            }
        }
        self.state.playhead = Some(position);
    }
}

/// Starts or stops repeating the cue.
fn loop_cue(soundtrack: &mut Soundtrack, cue: &Cue, _: Option<usize>) {
    let span = (!soundtrack.is_looped()).then_some(cue.span);
    soundtrack.set_loop(span);
    if span.is_some() {
        soundtrack.play_from(cue.span.start);
    }
}
