//! Handles news from workers.

use egui::Context;

use crate::gui::app::App;
use crate::gui::dialogs::{Dialog, PathDialog};
use crate::gui::fonts;
use crate::gui::news::News;
use crate::gui::words::error::cause;
use crate::gui::words::{InWords, say_with};

impl App {
    pub(in crate::gui) fn handle_news(&mut self, ctx: &Context, news: News) {
        match news {
            News::Opened { path, result, existing } => self.opened(&path, result, existing),
            News::Answered { question, paths } => self.answered(question, paths),
            News::NoDialog(question) => {
                let below = self.dialog.take();
                self.dialog = Some(Dialog::Path(Box::new(PathDialog::new(question, below))));
            }
            News::PathTaken(path) => {
                if let Some(Dialog::Path(dialog)) = &mut self.dialog {
                    dialog.taken = Some(path);
                }
            }
            News::Transcription { job, update } => self.transcribed(job, update),
            News::Again { workspace, result } => {
                let is_open = self.state.workspace.as_ref().is_some_and(|open| open.number == workspace);
                match result {
                    Ok(heard) if is_open => self.take_over(heard),
                    Ok(_) => {}
                    Err(error) => self.state.notices.warn(error.in_words()),
                }
            }
            News::Second { workspace, result } => self.second_heard(workspace, result),
            News::Speakers { workspace, update } => self.hear_of_speakers(workspace, update),
            News::Remembered { result, is_new } => self.hear_of_remembered(result, is_new),
            News::VoicesExported(result) => self.voices_exported(result),
            News::KnownVoices { workspace, suggestions } => self.hear_suggestions(workspace, suggestions),
            News::Exported(results) => self.exported(results),
            News::SavedInPlace { workspace, revision, result } => {
                self.saved_in_place(ctx, workspace, revision, result);
            }
            News::Keeping { workspace, result } => self.keeping(workspace, result),
            News::NotKept(error) => self.not_kept(&error),
            News::Locked { workspace, path, access } => self.locked(workspace, path, access),
            News::RecordingSeen { workspace, result } => self.recording_seen(workspace, result),
            News::Recoverable(found) => self.state.recoverable = found,
            News::SettingsSaved(result) => {
                self.saves_settings = false;
                if let Err(error) = result {
                    self.state.notices.error(error.in_words());
                }
            }
            News::Fonts { families, face } => {
                self.state.font_families = families;
                ctx.set_fonts(fonts::definitions(face));
            }
            News::Dictionary { number, result } => self.hear_of_dictionary(number, result),
            News::SpellingSuggestions { word, found } => self.hear_of_suggestions(word, found),
            News::Models(models) => self.state.models = Some(models),
            News::NotShown { path, cause: error } => {
                let path = path.display().to_string();
                self.state.notices.error(say_with!(
                    "notice-folder-not-shown",
                    cause = cause(&error),
                    path = path
                ));
            }
            News::Model(news) => self.models(|models, shared| models.handle_news(shared, news)),
            News::Queue(news) => self.queue(|queue, shared| queue.handle_news(shared, news)),
            News::Record { number, news } => {
                self.record(|record, shared| record.handle_news(shared, number, news));
            }
            News::Crashed(what) => {
                self.state.notices.error(say_with!("notice-crashed", task = what));
                self.state.opening = None;
                self.workspace_mut().into_iter().for_each(|open| open.finding = None);
            }
        }
    }
}
