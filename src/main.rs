//! The program: opens the window, or runs a command.

use std::path::{Path, PathBuf};

use lectern::cli::{self, Invocation};
use lectern::console::eprint_line;

fn main() {
    let code = match cli::invocation() {
        Invocation::Command(arguments) => cli::run(*arguments),
        Invocation::App { file, frame_stats, offline, log } => {
            open_window(file, frame_stats, offline, log.as_deref())
        }
    };
    cli::exit(code)
}

#[cfg(feature = "gui")]
fn open_window(file: Option<PathBuf>, frame_stats: bool, offline: bool, log: Option<&Path>) -> u8 {
    if !has_display() {
        eprint_line(
            "lectern: there is no display for the window; `lectern --help` shows the commands that work without one",
        );
        return 2;
    }
    if let Err(error) = cli::start_window_log(log) {
        eprint_line(&format!("lectern: {error:#}"));
    }
    match lectern::gui::run(file, frame_stats, offline) {
        Ok(()) => 0,
        Err(error) => {
            eprint_line(&format!(
                "lectern: the window cannot be opened: {error}; `lectern --help` shows the commands that work without it"
            ));
            2
        }
    }
}

/// Returns whether the system can show a window, as far as it reports it.
#[cfg(feature = "gui")]
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(is_set)
}

#[cfg(not(feature = "gui"))]
fn open_window(_file: Option<PathBuf>, _frame_stats: bool, _offline: bool, _log: Option<&Path>) -> u8 {
    eprint_line("lectern: this build has no window; `lectern --help` shows the commands");
    2
}
