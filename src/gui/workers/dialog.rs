//! Native file dialogs, which wait on a thread of their own.

use std::path::PathBuf;
use std::pin::Pin;

use super::{News, Workers};

/// What a file dialog is opened for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Captions, a project or a recording to open.
    Open,
    /// The recording of the captions that are open.
    Recording,
    /// Where to save the project; with the name that is proposed.
    SaveAs { folder: Option<PathBuf>, name: String },
    /// The folder for exported files.
    ExportFolder { folder: Option<PathBuf> },
    /// The folder for lectures that are recorded.
    RecordingFolder { folder: Option<PathBuf> },
    /// Recordings for the queue; the one question with several answers.
    QueueFiles,
    /// A folder with recordings for the queue.
    QueueFolder,
}

/// No path where the dialog was closed without an answer.
pub type Answer = Pin<Box<dyn Future<Output = Vec<PathBuf>> + Send>>;

/// Where paths come from: the system's dialogs, or a script in tests.
pub trait Dialogs {
    /// Called on the window's thread, because some systems want that; awaited on another.
    fn ask(&self, question: &Question) -> Answer;
}

impl Workers {
    pub fn ask(&self, dialogs: &dyn Dialogs, question: Question) {
        let answer = dialogs.ask(&question);
        self.start("dialog", move |post| {
            let paths = pollster::block_on(answer);
            post.tell(News::Answered { question, paths });
        });
    }
}

/// The dialogs of the system.
pub struct NativeDialogs;

impl Dialogs for NativeDialogs {
    fn ask(&self, question: &Question) -> Answer {
        let dialog = rfd::AsyncFileDialog::new();
        let path = |file: Option<rfd::FileHandle>| -> Vec<PathBuf> {
            file.into_iter().map(|file| file.path().to_owned()).collect()
        };
        match question {
            Question::Open => {
                let dialog = dialog
                    .set_title("Open captions or a recording")
                    .add_filter("Captions and recordings", &openable())
                    .add_filter("All files", &["*"]);
                Box::pin(async move { path(dialog.pick_file().await) })
            }
            Question::QueueFiles => {
                let dialog = dialog.set_title("Add recordings to the queue");
                Box::pin(async move {
                    let files = dialog.pick_files().await.unwrap_or_default();
                    files.into_iter().map(|file| file.path().to_owned()).collect()
                })
            }
            Question::QueueFolder => {
                let dialog = dialog.set_title("Add a folder with recordings to the queue");
                Box::pin(async move { path(dialog.pick_folder().await) })
            }
            Question::Recording => {
                let dialog = dialog.set_title("Choose the recording of these captions");
                Box::pin(async move { path(dialog.pick_file().await) })
            }
            Question::SaveAs { folder, name } => {
                let mut dialog =
                    dialog.set_title("Save").set_file_name(name).add_filter("Lectern project", &["lectern"]);
                if let Some(folder) = folder {
                    dialog = dialog.set_directory(folder);
                }
                Box::pin(async move { path(dialog.save_file().await) })
            }
            Question::ExportFolder { folder } | Question::RecordingFolder { folder } => {
                let mut dialog = dialog.set_title("Choose a folder for the files");
                if let Some(folder) = folder {
                    dialog = dialog.set_directory(folder);
                }
                Box::pin(async move { path(dialog.pick_folder().await) })
            }
        }
    }
}

/// Endings of all that can be opened.
fn openable() -> Vec<&'static str> {
    let captions = crate::format::all().iter().filter(|format| format.read.is_some());
    let mut endings: Vec<_> = captions.flat_map(|format| format.extensions).copied().collect();
    endings.push("lectern");
    endings.extend(crate::session::RECORDING_EXTENSIONS);
    endings.sort_unstable();
    endings.dedup();
    endings
}
