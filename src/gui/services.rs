//! What the window takes from outside.

use std::path::PathBuf;
use std::sync::Arc;

use super::models::{ModelBackend, ModelsHere};
use super::queue::{BatchBackend, Processes};
use super::record::{RecordingBackend, ThisComputer};
use super::workers::{Dialogs, Engines, NativeDialogs, Notify, notify_on_desktop};
use crate::audio::decoded_copy;
use crate::batch;
use crate::live::page;
use crate::picture;
use crate::project;
use crate::remembered;
use crate::settings;
use crate::spelling;

/// What the app takes from outside, so that tests can replace it.
pub struct Services {
    /// Loads models for recordings.
    pub engines: Engines,
    /// Asks for files and folders.
    pub dialogs: Box<dyn Dialogs>,
    /// Notifies a user who is in another program that work is done.
    pub notify: Notify,
    /// The settings file. `None` keeps nothing on disk, here and below.
    pub settings_file: Option<PathBuf>,
    /// The folder for unsaved changes.
    pub recovery_folder: Option<PathBuf>,
    /// The folder for decoded recordings.
    pub sound_folder: Option<PathBuf>,
    /// The program that decodes pictures.
    pub ffmpeg: PathBuf,
    /// The folders of dictionaries.
    pub dictionary_folders: Vec<PathBuf>,
    /// The file that remembers the address of the browser page for a day.
    pub page_file: Option<PathBuf>,
    /// The file of remembered voices.
    pub voices_file: Option<PathBuf>,
    /// Microphones and models for recording lectures.
    pub backend: Arc<dyn RecordingBackend>,
    /// The folder for recorded lectures, unless the user chooses another.
    pub recording_folder: Option<PathBuf>,
    /// Runs the queue.
    pub batch_backend: Arc<dyn BatchBackend>,
    /// The folder where the queue remembers finished work.
    pub queue_folder: Option<PathBuf>,
    /// Finds, measures and downloads models.
    pub model_backend: Arc<dyn ModelBackend>,
    /// Never use the network, whatever the settings say.
    pub offline: bool,
    /// Language tag of the desktop, such as `de-DE`.
    pub system_language: Option<String>,
}

impl Default for Services {
    /// The services for the user of this computer.
    fn default() -> Self {
        Self {
            engines: Engines::of_models(),
            dialogs: Box::new(NativeDialogs),
            notify: Arc::new(notify_on_desktop),
            settings_file: settings::user_file(),
            // Without a home folder, changes are kept until the temporary folder is cleared.
            recovery_folder: Some(
                project::user_folder().unwrap_or_else(|| std::env::temp_dir().join("lectern-recovery")),
            ),
            sound_folder: decoded_copy::user_folder(),
            ffmpeg: picture::PROGRAM.into(),
            dictionary_folders: spelling::folders(),
            page_file: page::user_file(),
            voices_file: remembered::user_file(),
            backend: Arc::new(ThisComputer),
            recording_folder: settings::documents_folder().map(|documents| documents.join("Lectern")),
            batch_backend: Arc::new(Processes),
            queue_folder: batch::user_folder(),
            model_backend: Arc::new(ModelsHere),
            offline: false,
            system_language: sys_locale::get_locale(),
        }
    }
}
