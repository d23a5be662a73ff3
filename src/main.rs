//! Chooses between the desktop app and the command line.

use std::process::ExitCode;

use lectern::cli::{self, Invocation};

fn main() -> ExitCode {
    match cli::invocation() {
        Invocation::Command(arguments) => cli::run(*arguments),
        Invocation::App { file, frame_stats } => open_window(file, frame_stats),
    }
}

#[cfg(feature = "gui")]
fn open_window(file: Option<std::path::PathBuf>, frame_stats: bool) -> ExitCode {
    match lectern::gui::run(file, frame_stats) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "lectern: the window cannot be opened: {error}; `lectern --help` shows the commands that need none"
            );
            ExitCode::from(2)
        }
    }
}

#[cfg(not(feature = "gui"))]
fn open_window(_file: Option<std::path::PathBuf>, _frame_stats: bool) -> ExitCode {
    eprintln!("lectern: this build has no window; `lectern --help` shows the commands");
    ExitCode::from(2)
}
