//! The voices of a recording that is running: who seems to have said an utterance, and names for them.

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Sense, TextEdit, Ui, vec2};

use super::{RecordAction, RecordState};
use crate::gui::action::{Action, Actions};
use crate::gui::editor::speakers::badge;
use crate::gui::fonts;
use crate::gui::state::View;
use crate::gui::theme::SPACE;
use crate::gui::words::{say, say_with};

/// Width of a field for a name. Unit: points.
const FIELD: f32 = 130.0;

/// Shows a field for the name of each voice, once there are two.
pub(super) fn names(ui: &mut Ui, view: &View, actions: &mut Actions) {
    let record = &view.state.record;
    let count = record.standing.text.voices();
    if count < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for voice in 0..count {
            let (place, _) = ui.allocate_exact_size(vec2(badge::SIZE, badge::SIZE), Sense::hover());
            badge::paint(ui.painter(), place.min, voice);
            let mut name = record.voices.get(&voice).cloned().unwrap_or_default();
            let label = ui.label(number(voice));
            let field =
                TextEdit::singleline(&mut name).desired_width(FIELD).hint_text(say("record-voice-name"));
            let field = ui.add(field).labelled_by(label.id).on_hover_text(say("record-voice-hint"));
            if field.changed() {
                actions.ask(Action::Record(RecordAction::NameVoice(voice, name)));
            }
            ui.add_space(SPACE);
        }
    });
}

/// Adds who seems to say an utterance to its line, where that is somebody else than before.
pub(super) fn begin_line(job: &mut LayoutJob, view: &View, utterance: u64, before: &mut Option<usize>) {
    let record = &view.state.record;
    let voice = record.standing.text.voice_of(utterance);
    if record.standing.text.voices() < 2 || voice.is_none() || voice == *before {
        return;
    }
    *before = voice;
    let name = voice.map(|voice| record.voice_name(voice)).unwrap_or_default();
    let format = TextFormat {
        font_id: FontId::new(super::live::TEXT * 0.7, fonts::captions()),
        color: view.colors.accent,
        ..TextFormat::default()
    };
    job.append(&format!("{name}: "), 0.0, format);
}

fn number(voice: usize) -> String {
    say_with!("record-voice", number = voice + 1)
}

impl RecordState {
    /// Returns the name that was given to a voice, or its number.
    fn voice_name(&self, voice: usize) -> String {
        self.voices
            .get(&voice)
            .filter(|name| !name.trim().is_empty())
            .cloned()
            .unwrap_or_else(|| number(voice))
    }
}
