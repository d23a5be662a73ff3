//! Chooses between the desktop app and the command line.

use lectern::cli::{self, Invocation};

fn main() {
    let code = match cli::invocation() {
        Invocation::Command(arguments) => cli::run(*arguments),
        Invocation::App { file, frame_stats } => open_window(file, frame_stats),
    };
    cli::leave(code)
}

#[cfg(feature = "gui")]
fn open_window(file: Option<std::path::PathBuf>, frame_stats: bool) -> u8 {
    match lectern::gui::run(file, frame_stats) {
        Ok(()) => 0,
        Err(error) => {
            eprintln!(
                "lectern: the window cannot be opened: {error}; `lectern --help` shows the commands that need none"
            );
            2
        }
    }
}

#[cfg(not(feature = "gui"))]
fn open_window(_file: Option<std::path::PathBuf>, _frame_stats: bool) -> u8 {
    eprintln!("lectern: this build has no window; `lectern --help` shows the commands");
    2
}
