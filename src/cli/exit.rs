//! Ends the process.

use std::io::{self, Write};

/// Ends the process with this exit code. A cancelled recognizer may still run on its thread; returning from `main`
/// would unload libraries that it uses and crash.
pub fn exit(code: u8) -> ! {
    // The reader of the output may have closed it.
    let _ = io::stdout().flush();
    exit_now(code)
}

/// Does the same, without waiting for a thread that is writing to the output.
pub(super) fn exit_now(code: u8) -> ! {
    end(code.into())
}

#[cfg(unix)]
fn end(code: i32) -> ! {
    signal_hook::low_level::exit(code)
}

/// Ends the process: other systems stop all threads first.
#[cfg(not(unix))]
fn end(code: i32) -> ! {
    std::process::exit(code)
}
