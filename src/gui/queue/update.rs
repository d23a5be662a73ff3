//! Handles actions and news of the queue.

use std::path::PathBuf;
use std::sync::Arc;

use super::items::ItemState;
use super::work::{QueueOptions, find, work};
use super::{QueueAction, QueueError, QueueNews};
use crate::asr::CancelToken;
use crate::format::{self, Format};
use crate::gui::app::App;
use crate::gui::command::QueueCommand;
use crate::gui::news::News;
use crate::gui::request::transcribe_options;
use crate::gui::state::{Page, State};
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::Question;

impl State {
    /// Returns the formats in which the queue writes captions.
    pub fn queue_formats(&self) -> Vec<&'static Format> {
        let chosen = self.settings.queue_formats.iter().filter_map(|name| format::by_name(name));
        let chosen: Vec<_> = chosen.filter(|format| format.write.is_some()).collect();
        if chosen.is_empty() {
            ["srt", "vtt"].into_iter().filter_map(format::by_name).collect()
        } else {
            chosen
        }
    }
}

impl App {
    pub(in crate::gui) fn run_on_queue(&mut self, command: QueueCommand) {
        self.state.page = Page::Queue;
        match command {
            QueueCommand::QueuePage => {}
            QueueCommand::AddToQueue => self.workers.ask(&*self.services.dialogs, Question::QueueFiles),
            QueueCommand::AddFolderToQueue => {
                self.workers.ask(&*self.services.dialogs, Question::QueueFolder);
            }
            QueueCommand::RunQueue if self.state.queue.cancel.is_some() => self.pause_queue(),
            QueueCommand::RunQueue => self.start_queue(),
        }
    }

    pub(in crate::gui) fn act_on_queue(&mut self, action: QueueAction) {
        let queue = &self.state.queue;
        match action {
            QueueAction::Shift(job, by) => {
                queue.items.shift(&job, by);
                if let Some(batch) = &queue.batch {
                    batch.arrange(&queue.items);
                }
            }
            QueueAction::Remove(job) => {
                if let Some(batch) = &queue.batch {
                    batch.queue.withdraw(&job);
                }
                queue.items.remove(|item| item.job.id == job);
            }
            QueueAction::Again { job, overwrite } => {
                queue.items.change(&job, |item| {
                    (item.overwrite, item.is_planned, item.state) = (overwrite, false, ItemState::Waiting);
                });
                if queue.cancel.is_none() && queue.items.totals().open == 1 {
                    return self.start_queue();
                }
                self.plan_new();
            }
            QueueAction::Clear => queue.items.remove(|item| !item.state.is_open()),
            QueueAction::SetFormats(formats) => self.state.settings.queue_formats = formats,
        }
    }

    /// Adds recordings to the end of the queue and shows it.
    pub(in crate::gui) fn add_to_queue(&mut self, paths: Vec<PathBuf>) {
        if !paths.is_empty() {
            self.state.page = Page::Queue;
            self.look_for_recordings(paths);
        }
    }

    /// Restores the recordings that were waiting when the window was closed.
    pub(in crate::gui) fn restore_queue(&mut self) {
        let paths = self.state.settings.queue.clone();
        if !paths.is_empty() {
            self.look_for_recordings(paths);
        }
    }

    /// Stores the waiting recordings in the settings.
    pub(in crate::gui) fn keep_queue(&mut self) {
        let State { queue, settings, .. } = &mut self.state;
        if let Some((version, open)) = queue.items.open_since(queue.kept) {
            (queue.kept, settings.queue) = (version, open);
        }
    }

    fn look_for_recordings(&mut self, paths: Vec<PathBuf>) {
        let formats = self.state.queue_formats();
        let queue = &mut self.state.queue;
        let Some(folder) = queue.state_folder.clone() else { return };
        queue.looks += 1;
        let items = Arc::clone(&queue.items);
        self.workers.start("look for recordings", move |post| {
            items.add(find(paths, &folder, &formats));
            post.tell(News::Queue(QueueNews::Looked));
        });
    }

    pub(in crate::gui) fn pause_queue(&self) {
        if let Some(cancel) = &self.state.queue.cancel {
            cancel.cancel();
        }
    }

    fn start_queue(&mut self) {
        if !self.state.queue.items.is_open() {
            return self.state.notices.hint(say("queue-empty"));
        }
        let options = QueueOptions {
            transcribe: transcribe_options(&self.state.settings, self.state.profile()),
            formats: self.state.queue_formats(),
        };
        let queue = &mut self.state.queue;
        let Some(folder) = queue.state_folder.clone() else { return };
        let cancel = CancelToken::default();
        queue.cancel = Some(cancel.clone());
        let (batch_backend, items) = (Arc::clone(&self.services.batch_backend), Arc::clone(&queue.items));
        self.workers.start("queue", move |post| {
            let begun = |batch| post.tell(News::Queue(QueueNews::Begun(batch)));
            let result = work(&*batch_backend, options, &folder, cancel, &items, begun);
            post.tell(News::Queue(QueueNews::Ended(result)));
        });
    }

    /// Adds waiting recordings that are in no batch yet to the running one.
    fn plan_new(&self) {
        if let Some(batch) = self.state.queue.batch.clone() {
            let items = Arc::clone(&self.state.queue.items);
            self.workers.start("plan the queue", move |_| batch.plan(&items));
        }
    }

    pub(in crate::gui) fn handle_queue_news(&mut self, news: QueueNews) {
        match news {
            QueueNews::Looked => {
                self.state.queue.looks -= 1;
                self.plan_new();
            }
            QueueNews::Begun(batch) => {
                self.state.queue.batch = Some(batch);
                // Recordings may have been added during planning.
                self.plan_new();
            }
            QueueNews::Ended(result) => self.queue_ended(result),
        }
    }

    fn queue_ended(&mut self, result: Result<(), QueueError>) {
        let queue = &mut self.state.queue;
        let was_paused = queue.is_stopping();
        (queue.cancel, queue.batch) = (None, None);
        let totals = queue.items.totals();
        match result {
            Err(error) => self.state.notices.error(error.in_words()),
            Ok(()) if was_paused => {}
            // Recordings were added just before it ended.
            Ok(()) if totals.open > 0 => self.start_queue(),
            Ok(()) if totals.failed > 0 => {
                let text = say_with!("queue-ended-failed", count = totals.failed);
                self.state.notices.warn(text);
            }
            Ok(()) => {
                self.state.notices.done(say_with!("queue-ended", count = totals.done));
            }
        }
    }
}
