//! Native file dialogs, awaited on a thread of their own.

use std::path::PathBuf;
use std::pin::Pin;

use rfd::{AsyncFileDialog, FileHandle};

use super::Workers;
use super::chooser::Chooser;
use crate::gui::news::News;
#[cfg(target_os = "linux")]
use crate::gui::words::say;

/// What a file dialog asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Captions, a project or a recording to open.
    Open,
    /// The recording of the open captions.
    Recording,
    /// Where to save the project, with a proposed name.
    SaveAs {
        /// The initial folder of the dialog.
        folder: Option<PathBuf>,
        /// The proposed name.
        name: String,
    },
    /// Where to write the remembered voices, with the proposed name.
    VoicesFile {
        /// The proposed name.
        name: String,
    },
    /// The folder for exported files.
    ExportFolder {
        /// The initial folder of the dialog.
        folder: Option<PathBuf>,
    },
    /// The folder for recorded lectures.
    RecordingFolder {
        /// The initial folder of the dialog.
        folder: Option<PathBuf>,
    },
    /// Recordings for the queue; several answers.
    QueueFiles,
    /// A folder with recordings for the queue.
    QueueFolder,
    /// A speech model file to import.
    ModelFile,
    /// Files with course material; several answers.
    Material,
}

impl Question {
    /// Returns the title of the dialog.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Open => say("dialog-open"),
            Self::Recording => say("dialog-recording"),
            Self::SaveAs { .. } => say("dialog-save"),
            Self::VoicesFile { .. } => say("dialog-voices"),
            Self::ExportFolder { .. } | Self::RecordingFolder { .. } => say("dialog-folder"),
            Self::QueueFiles => say("dialog-queue-files"),
            Self::QueueFolder => say("dialog-queue-folder"),
            Self::ModelFile => say("dialog-model"),
            Self::Material => say("dialog-material"),
        }
    }

    /// Returns the proposed path: a file or a folder.
    pub fn proposal(&self) -> Option<PathBuf> {
        match self {
            Self::SaveAs { folder, name } => Some(folder.clone().unwrap_or_default().join(name)),
            Self::VoicesFile { name } => Some(PathBuf::from(name)),
            Self::ExportFolder { folder } | Self::RecordingFolder { folder } => folder.clone(),
            Self::Open
            | Self::Recording
            | Self::QueueFiles
            | Self::QueueFolder
            | Self::ModelFile
            | Self::Material => None,
        }
    }
}

/// No program on this computer shows file dialogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDialog;

/// The chosen paths; none if the dialog was closed.
pub type Answer = Pin<Box<dyn Future<Output = Result<Vec<PathBuf>, NoDialog>> + Send>>;

/// Asks for paths: the system's dialogs, or a script in tests.
pub trait Dialogs {
    /// Called on the window's thread, as some systems require; awaited on another.
    fn ask(&self, question: &Question) -> Answer;
}

impl Workers {
    pub fn ask(&self, dialogs: &dyn Dialogs, question: Question) {
        let answer = dialogs.ask(&question);
        self.start("dialog", move |post| {
            post.tell(match pollster::block_on(answer) {
                Ok(paths) => News::Answered { question, paths },
                Err(NoDialog) => News::NoDialog(question),
            });
        });
    }

    /// Handles a typed path as an answer, unless it would replace a file.
    pub fn answer(&self, question: Question, path: PathBuf) {
        self.start("path", move |post| {
            let is_new = matches!(question, Question::SaveAs { .. } | Question::VoicesFile { .. });
            let replaces = is_new && path.exists();
            post.tell(match replaces {
                true => News::PathTaken(path),
                false => News::Answered { question, paths: vec![path] },
            });
        });
    }
}

/// The system's dialogs.
pub struct NativeDialogs;

impl Dialogs for NativeDialogs {
    #[cfg(target_os = "linux")]
    fn ask(&self, question: &Question) -> Answer {
        let question = question.clone();
        Box::pin(async move {
            let chooser = Chooser::find().ok_or(NoDialog)?;
            Ok(pick(&question, chooser == Chooser::Zenity).await)
        })
    }

    #[cfg(not(target_os = "linux"))]
    fn ask(&self, question: &Question) -> Answer {
        let paths = pick(question, false);
        Box::pin(async move { Ok(paths.await) })
    }
}

type Paths = Pin<Box<dyn Future<Output = Vec<PathBuf>> + Send>>;

/// Opens the dialog. `named_in_full` is for programs that accept a proposal only as one full path.
fn pick(question: &Question, named_in_full: bool) -> Paths {
    let dialog = proposing(rfd::AsyncFileDialog::new(), question, named_in_full).set_title(question.title());
    match question {
        Question::Open => {
            let dialog = dialog
                .add_filter(say("dialog-openable"), &openable())
                .add_filter(say("dialog-all-files"), &["*"]);
            one(dialog.pick_file())
        }
        Question::Recording | Question::ModelFile => one(dialog.pick_file()),
        Question::QueueFiles | Question::Material => Box::pin(async move {
            let files = dialog.pick_files().await.unwrap_or_default();
            files.into_iter().map(|file| file.path().to_owned()).collect()
        }),
        Question::QueueFolder | Question::ExportFolder { .. } | Question::RecordingFolder { .. } => {
            one(dialog.pick_folder())
        }
        Question::VoicesFile { .. } => one(dialog.save_file()),
        Question::SaveAs { .. } => one(dialog.add_filter(say("dialog-project"), &["lectern"]).save_file()),
    }
}

fn proposing(dialog: AsyncFileDialog, question: &Question, named_in_full: bool) -> AsyncFileDialog {
    let (folder, name) = match question {
        Question::SaveAs { folder, name } => (folder.as_ref(), name.as_str()),
        Question::VoicesFile { name } => (None, name.as_str()),
        Question::ExportFolder { folder } | Question::RecordingFolder { folder } => (folder.as_ref(), ""),
        Question::Open
        | Question::Recording
        | Question::QueueFiles
        | Question::QueueFolder
        | Question::ModelFile
        | Question::Material => return dialog,
    };
    if named_in_full {
        // This adds a slash to a folder; otherwise it would be taken as a name in the folder above.
        let path = folder.cloned().unwrap_or_default().join(name);
        return dialog.set_file_name(path.display().to_string());
    }
    let dialog = folder.into_iter().fold(dialog, AsyncFileDialog::set_directory);
    if name.is_empty() { dialog } else { dialog.set_file_name(name) }
}

fn one(file: impl Future<Output = Option<FileHandle>> + Send + 'static) -> Paths {
    Box::pin(async move { file.await.into_iter().map(|file| file.path().to_owned()).collect() })
}

/// Returns the extensions of all files that can be opened.
fn openable() -> Vec<&'static str> {
    let captions = crate::format::all().iter().filter(|format| format.read.is_some());
    let mut endings: Vec<_> = captions.flat_map(|format| format.extensions).copied().collect();
    endings.push("lectern");
    endings.extend(crate::exchange::RECORDING_EXTENSIONS);
    endings.sort_unstable();
    endings.dedup();
    endings
}
