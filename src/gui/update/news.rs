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
            News::Models(models) => self.state.models = Some(models),
            News::NotShown { path, cause: error } => {
                let path = path.display().to_string();
                self.state.notices.error(say_with!(
                    "notice-folder-not-shown",
                    cause = cause(&error),
                    path = path
                ));
            }
            News::Editor(news) => self.editor(|editor, shared| editor.handle_news(shared, news)),
            News::Model(news) => self.models(|models, shared| models.handle_news(shared, news)),
            News::Terms(news) => self.state.terms.handle_news(news),
            News::Queue(news) => self.queue(|queue, shared| queue.handle_news(shared, news)),
            News::Record { number, news } => {
                self.record(|record, shared| record.handle_news(shared, number, news));
            }
            News::Crashed(what) => {
                self.state.notices.error(say_with!("notice-crashed", task = what));
                self.editor.worker_crashed();
            }
        }
    }
}
