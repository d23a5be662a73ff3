//! Handles actions and news of the queue.

use std::path::PathBuf;
use std::sync::Arc;

use super::items::ItemState;
use super::work::{QueueOptions, find, work};
use super::{QueueAction, QueueError, QueueNews, QueueState};
use crate::asr::CancelToken;
use crate::format::{self, Format};
use crate::gui::command::QueueCommand;
use crate::gui::news::News;
use crate::gui::request::{hiding, profile, remembering, transcribe_options};
use crate::gui::shared::Shared;
use crate::gui::state::Page;
use crate::gui::words::{InWords, say, say_with};
use crate::gui::workers::Question;
use crate::settings::Settings;

/// The formats that captions of the queue are written in.
pub(super) fn chosen_formats(settings: &Settings) -> Vec<&'static Format> {
    let chosen = settings.queue_formats.iter().filter_map(|name| format::by_name(name));
    let chosen: Vec<_> = chosen.filter(|format| format.write.is_some()).collect();
    if chosen.is_empty() { ["srt", "vtt"].into_iter().filter_map(format::by_name).collect() } else { chosen }
}

impl QueueState {
    pub fn run(&mut self, shared: &mut Shared<'_>, command: QueueCommand) {
        *shared.page = Page::Queue;
        match command {
            QueueCommand::QueuePage => {}
            QueueCommand::AddToQueue => shared.ask(Question::QueueFiles),
            QueueCommand::AddFolderToQueue => shared.ask(Question::QueueFolder),
            QueueCommand::RunQueue if self.cancel.is_some() => self.pause(),
            QueueCommand::RunQueue => self.start(shared),
        }
    }

    pub fn act(&mut self, shared: &mut Shared<'_>, action: QueueAction) {
        match action {
            QueueAction::Shift(job, by) => {
                self.items.shift(&job, by);
                if let Some(batch) = &self.batch {
                    batch.arrange(&self.items);
                }
            }
            QueueAction::Remove(job) => {
                if let Some(batch) = &self.batch {
                    batch.queue.withdraw(&job);
                }
                self.items.remove(|item| item.job.id == job);
            }
            QueueAction::Again { job, overwrite } => {
                self.items.change(&job, |item| {
                    (item.overwrite, item.is_planned, item.state) = (overwrite, false, ItemState::Waiting);
                });
                if self.cancel.is_none() && self.items.totals().open == 1 {
                    return self.start(shared);
                }
                self.plan_new(shared);
            }
            QueueAction::Clear => self.items.remove(|item| !item.state.is_open()),
            QueueAction::SetFormats(formats) => shared.settings.queue_formats = formats,
            QueueAction::GiveWay => self.give_way(shared),
        }
    }

    /// Adds recordings to the end of the queue and shows it.
    pub fn add(&mut self, shared: &mut Shared<'_>, paths: Vec<PathBuf>) {
        if !paths.is_empty() {
            *shared.page = Page::Queue;
            self.look_for_recordings(shared, paths);
        }
    }

    /// Restores the recordings that were waiting when the window was closed.
    pub fn restore(&mut self, shared: &Shared<'_>) {
        let paths = shared.settings.queue.clone();
        if !paths.is_empty() {
            self.look_for_recordings(shared, paths);
        }
    }

    /// Stores the waiting recordings in the settings.
    pub fn keep(&mut self, settings: &mut Settings) {
        if let Some((version, open)) = self.items.open_since(self.kept) {
            (self.kept, settings.queue) = (version, open);
        }
    }

    fn look_for_recordings(&mut self, shared: &Shared<'_>, paths: Vec<PathBuf>) {
        let formats = chosen_formats(shared.settings);
        let Some(folder) = self.state_folder.clone() else { return };
        self.looks += 1;
        let items = Arc::clone(&self.items);
        shared.workers.start("look for recordings", move |post| {
            items.add(find(paths, &folder, &formats));
            post.tell(News::Queue(QueueNews::Looked));
        });
    }

    pub fn pause(&self) {
        if let Some(cancel) = &self.cancel {
            cancel.cancel();
        }
    }

    /// A lecture is recorded, which needs the computer.
    fn give_way(&self, shared: &mut Shared<'_>) {
        if self.is_running() {
            self.pause();
            shared.notices.done(say("lecture-queue-paused"));
        }
    }

    fn start(&mut self, shared: &mut Shared<'_>) {
        if !self.items.is_open() {
            return shared.notices.hint(say("queue-empty"));
        }
        let options = QueueOptions {
            transcribe: remembering(
                transcribe_options(shared.settings, profile(shared.settings)),
                shared.remembered,
            ),
            formats: chosen_formats(shared.settings),
            hiding: hiding(shared.settings),
        };
        let Some(folder) = self.state_folder.clone() else { return };
        let cancel = CancelToken::default();
        self.cancel = Some(cancel.clone());
        let (batch_backend, items) = (Arc::clone(&shared.services.batch_backend), Arc::clone(&self.items));
        shared.workers.start("queue", move |post| {
            let begun = |batch| post.tell(News::Queue(QueueNews::Begun(batch)));
            let result = work(&*batch_backend, options, &folder, cancel, &items, begun);
            post.tell(News::Queue(QueueNews::Ended(result)));
        });
    }

    /// Adds waiting recordings that are in no batch yet to the running one.
    fn plan_new(&self, shared: &Shared<'_>) {
        if let Some(batch) = self.batch.clone() {
            let items = Arc::clone(&self.items);
            shared.workers.start("plan the queue", move |_| batch.plan(&items));
        }
    }

    pub fn handle_news(&mut self, shared: &mut Shared<'_>, news: QueueNews) {
        match news {
            QueueNews::Looked => {
                self.looks -= 1;
                self.plan_new(shared);
            }
            QueueNews::Begun(batch) => {
                self.batch = Some(batch);
                // Recordings may have been added during planning.
                self.plan_new(shared);
            }
            QueueNews::Ended(result) => self.ended(shared, result),
        }
    }

    fn ended(&mut self, shared: &mut Shared<'_>, result: Result<(), QueueError>) {
        let was_paused = self.is_stopping();
        (self.cancel, self.batch) = (None, None);
        let totals = self.items.totals();
        match result {
            Err(error) => shared.notices.error(error.in_words()),
            Ok(()) if was_paused => {}
            // Recordings were added just before it ended.
            Ok(()) if totals.open > 0 => self.start(shared),
            Ok(()) if totals.failed > 0 => {
                let text = say_with!("queue-ended-failed", count = totals.failed);
                shared.notices.warn(text);
            }
            Ok(()) => {
                shared.notices.done(say_with!("queue-ended", count = totals.done));
            }
        }
    }
}
