//! Detects changes in the window and puts them into words. Events with a notice are announced by the notice.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::gui::editor::state::EditorState;
use crate::gui::editor::workspace::Workspace;
use crate::gui::models::Transfer;
use crate::gui::record::Phase;
use crate::gui::state::{Page, State};
use crate::gui::words::{say, say_with};

/// Number of parts: progress is announced after each of them.
const PARTS: f32 = 4.0;

/// What was seen in the last frame.
#[derive(Debug, Default)]
pub struct ScreenWatch(Seen);

#[derive(Debug, Default)]
struct Seen {
    page: Page,
    opening: Option<PathBuf>,
    /// Number of the open captions.
    open: Option<u64>,
    /// The job that captions them, and the number of parts done.
    task: Option<(u64, u32)>,
    /// Key of the state of the recording.
    recording: Option<&'static str>,
    /// Number of recordings done in the queue, while it runs.
    queue: Option<usize>,
    /// The models that are downloaded, with the number of parts done; `None` where it failed.
    downloads: BTreeMap<String, Option<u32>>,
    /// Playback speed. Unit: percent.
    rate: Option<u32>,
}

impl ScreenWatch {
    /// Returns what is new since the last call, in words.
    pub fn news(&mut self, state: &State, editor: &EditorState) -> Vec<String> {
        let before = std::mem::replace(&mut self.0, Seen::of(state, editor));
        self.0.since(&before, state, editor)
    }
}

impl Seen {
    fn of(state: &State, editor: &EditorState) -> Self {
        let workspace = editor.workspace.as_ref();
        let task = workspace.and_then(|open| open.task.as_ref());
        let soundtrack = workspace.and_then(|open| open.soundtrack.as_ref());
        let queue = &state.queue;
        Self {
            page: state.page,
            opening: editor.opening.clone(),
            open: workspace.map(|open| open.number),
            task: task.map(|task| (task.job, parts(task.fraction()))),
            recording: recording(state),
            queue: queue.is_running().then(|| queue.items.totals()).map(|totals| totals.done + totals.failed),
            downloads: state.shelf.transfers.iter().map(download).collect(),
            rate: soundtrack.map(|soundtrack| (soundtrack.rate() * 100.0).round() as u32),
        }
    }

    fn since(&self, before: &Self, state: &State, editor: &EditorState) -> Vec<String> {
        let mut news = Vec::new();
        let workspace = editor.workspace.as_ref();
        if self.page != before.page || self.open.is_none() && before.open.is_some() {
            news.push(page(self.page, workspace));
        }
        if self.opening != before.opening {
            news.extend(self.opening.as_deref().map(|path| say_with!("start-opening", name = name(path))));
        }
        if self.open != before.open && self.task.is_none() {
            news.extend(workspace.map(opened));
        }
        if self.task != before.task {
            news.extend(workspace.and_then(|open| self.progress(before, open)));
        }
        // The page says it itself.
        if self.recording != before.recording && self.page != Page::Record {
            news.push(say(self.recording.unwrap_or("said-recording-ended")).to_owned());
        }
        if let (Some(done), true) = (self.queue, self.queue != before.queue) {
            news.push(say_with!("menu-queue", done = done, all = state.queue.items.totals().all));
        }
        news.extend(self.downloads.iter().filter_map(|(name, parts)| downloaded(name, *parts, before)));
        if let (Some(rate), Some(true)) = (self.rate, before.rate.map(|before| Some(before) != self.rate)) {
            news.push(say_with!("said-rate", percent = rate));
        }
        news
    }

    fn progress(&self, before: &Self, workspace: &Workspace) -> Option<String> {
        let (task, (job, parts)) = (workspace.task.as_ref()?, self.task?);
        if before.task.is_none_or(|(before, _)| before != job) {
            return Some(say_with!("said-captioning", name = &workspace.name));
        }
        let done = part(parts)?;
        Some(match task.left() {
            Some(left) => say_with!("said-left", done = done, minutes = left.as_secs().div_ceil(60)),
            None => done.to_owned(),
        })
    }
}

/// Returns the words for a number of parts done, if there are any.
fn part(parts: u32) -> Option<&'static str> {
    match parts {
        1 => Some(say("said-quarter")),
        2 => Some(say("said-half")),
        3 => Some(say("said-three-quarters")),
        _ => None,
    }
}

fn download((name, transfer): (&String, &Transfer)) -> (String, Option<u32>) {
    let parts = match transfer {
        Transfer::Running { progress, .. } => {
            let total = progress.total.filter(|total| *total > 0);
            Some(parts(total.map(|total| progress.done as f32 / total as f32)))
        }
        Transfer::Failed(_) => None,
    };
    (name.clone(), parts)
}

/// Returns what is new of a download. Its end is in a notice.
fn downloaded(name: &str, parts: Option<u32>, before: &Seen) -> Option<String> {
    let known = before.downloads.get(name).copied();
    match (known, parts) {
        (Some(known), parts) if known == parts => None,
        (_, None) => Some(say_with!("said-download-failed", name = name)),
        (None | Some(None), Some(_)) => Some(say_with!("said-download", name = name)),
        (Some(Some(_)), Some(parts)) => {
            part(parts).map(|done| say_with!("said-downloaded", name = name, done = done))
        }
    }
}

/// Returns how many parts are done; none while that is not known.
fn parts(fraction: Option<f32>) -> u32 {
    fraction.map_or(0, |fraction| (fraction * PARTS) as u32)
}

/// Returns the key of the state of the recording, if there is one.
fn recording(state: &State) -> Option<&'static str> {
    match &state.record.phase {
        Phase::Idle | Phase::Trying { .. } => None,
        Phase::Starting => Some("record-state-starting"),
        Phase::Recording { .. } if state.record.standing.is_paused => Some("record-state-paused"),
        Phase::Recording { .. } => Some("record-state-recording"),
        Phase::Finishing { .. } => Some("record-state-finishing"),
    }
}

fn page(page: Page, workspace: Option<&Workspace>) -> String {
    match (page, workspace) {
        (Page::Captions, Some(open)) => open.name.clone(),
        (Page::Captions, None) => say("said-start").to_owned(),
        (Page::Record, _) => say("record-title").to_owned(),
        (Page::Queue, _) => say("queue-title").to_owned(),
        (Page::Models, _) => say("models-title").to_owned(),
    }
}

fn opened(workspace: &Workspace) -> String {
    say_with!("said-opened", name = &workspace.name, count = workspace.document().cues.len())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_is_told_at_its_start_after_each_quarter_and_if_it_fails() {
        let mut before = Seen::default();
        let mut said = Vec::new();
        let steps = [Some(0), Some(0), Some(1), Some(1), Some(3), Some(4), None, None, Some(2)];
        for parts in steps {
            said.extend(downloaded("small", parts, &before));
            before.downloads.insert("small".to_owned(), parts);
        }
        let (begun, failed) = ("Downloading small", "The download of small failed");
        let quarters = [say("said-quarter"), say("said-three-quarters")]
            .map(|part| format!("Download of small: {part}"));
        assert_eq!(said, [begun, &quarters[0], &quarters[1], failed, begun]);
    }
}
