//! The end of the process.

use std::io::{self, Write};

/// Ends the process with this exit code. Recognition that was cancelled may still compute on a thread of its own: an
/// end that takes down the libraries under it, as `return` from `main` does, would crash there.
pub fn exit(code: u8) -> ! {
    // Whoever read the output may have left.
    let _ = io::stdout().flush();
    exit_now(code)
}

/// The same without a wait for a thread that is writing to the output.
pub(super) fn exit_now(code: u8) -> ! {
    end(code.into())
}

#[cfg(unix)]
fn end(code: i32) -> ! {
    signal_hook::low_level::exit(code)
}

/// Elsewhere the system stops all other threads first.
#[cfg(not(unix))]
fn end(code: i32) -> ! {
    std::process::exit(code)
}
