//! Answers of file dialogs, and settings.

use std::path::PathBuf;

use crate::gui::action::After;
use crate::gui::app::App;
use crate::gui::dialogs::Dialog;
use crate::gui::editor::speakers::export_voices;
use crate::gui::models::ModelsState;
use crate::gui::words::say_with;
use crate::gui::workers::Question;
use crate::settings::Settings;

impl App {
    /// Opens a file, after a question if changes would be lost.
    pub(in crate::gui) fn ask_to_open(&mut self, path: PathBuf) {
        if self.state.record.is_busy() {
            let path = path.display().to_string();
            return self.state.notices.hint(say_with!("notice-recording-first", path = path));
        }
        match self.editor.state.would_lose() {
            true => self.dialog = Some(Dialog::Unsaved(After::Open(path))),
            false => self.editor(|editor, shared| editor.open(shared, path)),
        }
    }

    pub(in crate::gui) fn change_settings(&mut self, settings: Settings) {
        self.editor.follow_settings(&settings);
        self.state.settings = settings;
    }

    /// Handles the answer of a dialog; no path if it was closed.
    pub(in crate::gui) fn answered(&mut self, question: Question, paths: Vec<PathBuf>) {
        self.dialog = self.dialog.take().and_then(Dialog::without_path);
        if paths.is_empty() && matches!(question, Question::SaveAs { .. }) {
            self.editor.drop_plans();
        }
        // Only files for the queue and course material can be several.
        let Some(path) = paths.first().cloned() else { return };
        match question {
            Question::Open => self.ask_to_open(path),
            Question::Recording => {
                self.editor(|editor, shared| editor.connect(shared, path));
            }
            Question::QueueFiles | Question::QueueFolder => {
                self.queue(|queue, shared| queue.add(shared, paths));
            }
            Question::ModelFile => ModelsState::import(&mut self.shared(), path),
            Question::Material => self.terms(|terms, _, shared| terms.read_material(shared, paths)),
            Question::SaveAs { .. } => self.editor(|editor, shared| editor.save_to(shared, path)),
            Question::VoicesFile { .. } => export_voices(&self.shared(), path),
            Question::RecordingFolder { .. } => self.state.settings.recording.folder = Some(path),
            Question::ExportFolder { .. } => {
                if let Some(Dialog::Export(dialog)) = &mut self.dialog {
                    dialog.plan.folder = path;
                }
            }
        }
    }
}
