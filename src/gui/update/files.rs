//! Answers of file dialogs, and settings.

use std::path::{Path, PathBuf};

use crate::gui::action::After;
use crate::gui::app::App;
use crate::gui::dialogs::Dialog;
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
        match self.would_lose() {
            true => self.dialog = Some(Dialog::Unsaved(After::Open(path))),
            false => self.open(path),
        }
    }

    pub(in crate::gui) fn forget_recent(&mut self, path: &Path) {
        self.state.settings.recent.retain(|other| other != path);
    }

    pub(in crate::gui) fn change_settings(&mut self, settings: Settings) {
        if settings.no_second_opinion {
            self.cancel_second();
        }
        self.state.settings = settings;
        let from = self.state.settings.doubts.least_chance();
        self.workspace_mut().into_iter().for_each(|workspace| workspace.doubt_from(from));
    }

    /// Handles the answer of a dialog; no path if it was closed.
    pub(in crate::gui) fn answered(&mut self, question: Question, paths: Vec<PathBuf>) {
        self.dialog = self.dialog.take().and_then(Dialog::without_path);
        if paths.is_empty() && matches!(question, Question::SaveAs { .. }) {
            self.after_saving = None;
        }
        paths.into_iter().for_each(|path| self.answered_with(&question, path));
    }

    fn answered_with(&mut self, question: &Question, path: PathBuf) {
        match question {
            Question::Open => self.ask_to_open(path),
            Question::Recording => {
                self.connect(path);
            }
            Question::QueueFiles | Question::QueueFolder => {
                self.queue(|queue, shared| queue.add(shared, vec![path]));
            }
            Question::ModelFile => ModelsState::import(&mut self.shared(), path),
            Question::SaveAs { .. } => self.save_to(path),
            Question::VoicesFile { .. } => self.export_voices(path),
            Question::RecordingFolder { .. } => self.state.settings.recording.folder = Some(path),
            Question::ExportFolder { .. } => {
                if let Some(Dialog::Export(dialog)) = &mut self.dialog {
                    dialog.plan.folder = path;
                }
            }
        }
    }
}
