//! Playing the recording.

use egui::Context;

use crate::gui::app::App;
use crate::gui::command::Command;
use crate::gui::editor::cue_list::{caret_time, cue_at};
use crate::time::MediaTime;

/// How far a step goes.
const STEP: MediaTime = MediaTime::from_millis(2000);
/// How much closer a step brings the waveform.
const ZOOM: f32 = 1.5;

impl App {
    pub(in crate::gui) fn run_on_sound(&mut self, command: Command) {
        match command {
            Command::ZoomIn => return self.waveform.zoom(ZOOM),
            Command::ZoomOut => return self.waveform.zoom(1.0 / ZOOM),
            Command::Follow => return self.state.follows = !self.state.follows,
            _ => {}
        }
        let Some(workspace) = self.state.workspace.as_mut() else { return };
        let current = workspace.current().cloned();
        let caret = self.list.caret.filter(|(cue, _)| current.as_ref().is_some_and(|open| open.id == *cue));
        let Some(hearing) = workspace.hearing.as_mut() else { return };
        match (command, &current) {
            (Command::PlayPause, _) => hearing.toggle(),
            (Command::PlayCue, Some(cue)) => hearing.play_span(cue.span),
            (Command::PlayFromWord, Some(cue)) => {
                hearing.play_from(caret.map_or(cue.span.start, |(_, at)| caret_time(cue, at)));
            }
            (Command::LoopCue, Some(cue)) => {
                let span = (!hearing.is_looped()).then_some(cue.span);
                hearing.set_loop(span);
                if span.is_some() {
                    hearing.play_from(cue.span.start);
                }
            }
            (Command::Back, _) => hearing.seek(hearing.position() - STEP),
            (Command::Forward, _) => hearing.seek(hearing.position() + STEP),
            (Command::Slower, _) => hearing.change_rate(false),
            (Command::Faster, _) => hearing.change_rate(true),
            (Command::NormalSpeed, _) => hearing.set_rate(1.0),
            _ => {}
        }
    }

    pub(in crate::gui) fn seek(&mut self, time: MediaTime) {
        if let Some(hearing) = self.state.workspace.as_ref().and_then(|open| open.hearing.as_ref()) {
            hearing.seek(time);
        }
    }

    pub(in crate::gui) fn set_rate(&mut self, rate: f32) {
        if let Some(hearing) = self.state.workspace.as_mut().and_then(|open| open.hearing.as_mut()) {
            hearing.set_rate(rate);
        }
    }

    /// Looks where the sound is: the word that is heard is marked, and in follow mode its cue is brought into sight.
    pub(in crate::gui) fn follow_sound(&mut self, ctx: &Context) {
        let Some(workspace) = self.state.workspace.as_mut() else {
            self.state.playhead = None;
            return;
        };
        let span = workspace.current().map(|cue| cue.span);
        let Some(hearing) = workspace.hearing.as_mut() else {
            self.state.playhead = None;
            return;
        };
        if hearing.is_looped() {
            hearing.set_loop(span);
        }
        if let Some(error) = hearing.take_error() {
            self.state.notices.error(error);
        }
        let position = hearing.position();
        if hearing.is_playing() {
            ctx.request_repaint();
            let before = self.state.playhead.and_then(|time| cue_at(&workspace.document().cues, time));
            let now = cue_at(&workspace.document().cues, position);
            if self.state.follows
                && let Some(now) = now.filter(|now| before.is_none_or(|before| before.id != now.id))
            {
                self.list.bring_into_sight(now.id);
            }
        }
        self.state.playhead = Some(position);
    }
}
