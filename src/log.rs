//! The log: what the program did and what went wrong, for finding the cause of a problem.
//!
//! Nothing is logged unless the user named a file, except by the window, which keeps a log of a few days in the user's
//! state folder. It never contains spoken words.

use std::fs::{self, OpenOptions};
use std::io;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use directories::BaseDirs;
use tracing::Level;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::fmt::MakeWriter;

/// The variable that names a log file, like `--log`. Worker processes read it.
pub const VARIABLE: &str = "LECTERN_LOG";

/// The named file, for worker processes.
static FILE: OnceLock<PathBuf> = OnceLock::new();

/// Number of files that the window keeps, one per day.
const MOST_FILES: usize = 7;

/// Logs to the end of a file, which is created if needed.
///
/// # Errors
/// If the file cannot be opened for writing.
pub fn to_file(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    start(Mutex::new(file), Level::DEBUG);
    let _ = FILE.set(path.to_owned());
    Ok(())
}

/// Logs to today's file in a folder, and removes the oldest files there.
///
/// # Errors
/// If the folder cannot be created or written to.
pub fn to_folder(folder: &Path) -> io::Result<()> {
    // The library complains on standard error about a folder that it has yet to create.
    fs::create_dir_all(folder)?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("lectern")
        .filename_suffix("log")
        .max_log_files(MOST_FILES)
        .build(folder)
        .map_err(io::Error::other)?;
    start(files, Level::INFO);
    Ok(())
}

/// Returns the file that [`to_file`] logs to, if it was called.
pub fn file() -> Option<&'static Path> {
    FILE.get().map(PathBuf::as_path)
}

/// Returns the folder for the window's log; it need not exist.
pub fn user_folder() -> Option<PathBuf> {
    let base = BaseDirs::new()?;
    Some(base.state_dir().unwrap_or(base.data_local_dir()).join("lectern").join("log"))
}

fn start(writer: impl for<'a> MakeWriter<'a> + Send + Sync + 'static, level: Level) {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .with_thread_names(true)
        .with_writer(writer)
        .finish();
    // A second log in one process would be a bug, but is no reason to end the program.
    if tracing::subscriber::set_global_default(subscriber).is_ok() {
        log_panics();
    }
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        os = std::env::consts::OS,
        arch = std::env::consts::ARCH,
        "log starts"
    );
}

/// Logs where a panic happened. Its message may contain spoken words, and is left out.
fn log_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
        before(info);
    }));
}
