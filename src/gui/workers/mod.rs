//! Threads for slow work: files, models, dialogs.
//!
//! Work gets what it needs by value and answers with [`News`] through a bounded channel, which the window empties at
//! the start of each frame.

mod again;
#[cfg(target_os = "linux")]
mod chooser;
mod dialog;
mod export;
mod find_speakers;
mod fonts;
mod notification;
mod open;
mod project;
mod second;
mod spelling;
mod transcription;
mod voices;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam::channel::{Receiver, bounded, never};

pub use again::{Again, AgainJob, NotAgain};
pub use dialog::{Answer, Dialogs, NativeDialogs, NoDialog, Question};
pub use export::{ExportJob, ExportResult};
pub use find_speakers::{FoundSpeakers, NotFound, SpeakersJob, SpeakersTask, SpeakersUpdate};
pub use notification::{Notify, notify_on_desktop};
pub use second::SecondJob;
pub use spelling::DictionaryJob;
pub use transcription::{CaptioningJob, Captions, Ended, Engines, NotTranscribed, Update};
pub use voices::{NotRemembered, VoicesChange};

use crate::gui::news::{News, Post};
use crate::gui::wake::Wake;
use crate::gui::words;

/// Maximum number of unread news; faster workers wait.
const MOST_NEWS: usize = 256;
/// How long the program waits for its workers when it exits.
const LAST_WAIT: Duration = Duration::from_secs(5);

pub struct Workers {
    post: Post,
    news: Receiver<News>,
    running: Mutex<Vec<JoinHandle<()>>>,
}

impl Workers {
    pub fn new(wake: Wake) -> Self {
        let (sender, news) = bounded(MOST_NEWS);
        Self { post: Post { news: sender, wake }, news, running: Mutex::default() }
    }

    /// Returns the next news, if there are any.
    pub fn news(&self) -> Option<News> {
        self.news.try_recv().ok()
    }

    /// Runs `work` on a new thread; `name` is the user's word for it.
    pub fn start(&self, name: &'static str, work: impl FnOnce(&Post) + Send + 'static) {
        let (post, language) = (self.post.clone(), words::language());
        let run = move || {
            words::set_language(language);
            if catch_unwind(AssertUnwindSafe(|| work(&post))).is_err() {
                post.tell(News::Crashed(name));
            }
        };
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|thread| !thread.is_finished());
        match thread::Builder::new().name(name.to_owned()).spawn(run) {
            Ok(thread) => running.push(thread),
            // The channel may be full, and this is the thread that empties it.
            Err(_) => drop(self.post.news.try_send(News::Crashed(name))),
        }
    }

    /// Waits for cancelled workers without reading their news. Otherwise the recognizer's libraries could be unloaded
    /// while they are still running.
    pub fn finish(&mut self) {
        // Workers that wait for space in the channel can continue.
        self.news = never();
        let running = self.running.get_mut().unwrap_or_else(PoisonError::into_inner);
        let end = Instant::now() + LAST_WAIT;
        while running.iter().any(|thread| !thread.is_finished()) && Instant::now() < end {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn the_end_waits_for_a_worker_that_has_more_to_say_than_anybody_reads() {
        let mut workers = Workers::new(Arc::new(|| ()));
        let is_done = Arc::new(AtomicBool::new(false));
        let done = Arc::clone(&is_done);
        workers.start("talk", move |post| {
            for _ in 0..=MOST_NEWS {
                post.tell(News::Models(Vec::new()));
            }
            thread::sleep(Duration::from_millis(50));
            done.store(true, Ordering::SeqCst);
        });
        workers.finish();
        assert!(is_done.load(Ordering::SeqCst));
    }
}
