//! Errors of the operating system: a clause for use in brackets.

use std::io;

use crate::gui::words::say;

/// Words a common cause in the language of the window; otherwise returns the system's own text.
pub fn cause(error: &io::Error) -> String {
    use io::ErrorKind::{
        NotFound, OutOfMemory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull, TimedOut,
    };
    if error.get_ref().is_some() {
        // The error carries a message of its own, which says more than its kind.
        return error.to_string();
    }
    match error.kind() {
        NotFound => say("error-cause-not-found").to_owned(),
        PermissionDenied => say("error-cause-permission").to_owned(),
        StorageFull | QuotaExceeded => say("error-cause-disk-full").to_owned(),
        ReadOnlyFilesystem => say("error-cause-read-only").to_owned(),
        OutOfMemory => say("error-cause-memory").to_owned(),
        TimedOut => say("error-cause-timeout").to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::words::{Language, in_language};

    #[test]
    fn common_causes_are_told_in_the_language_of_the_window() {
        in_language(Language::German, || {
            assert_eq!(cause(&io::ErrorKind::PermissionDenied.into()), "keine Berechtigung");
            assert_eq!(cause(&io::Error::from_raw_os_error(2)), "nicht vorhanden");
            assert_eq!(cause(&io::Error::other("bad header")), "bad header");
        });
    }
}
