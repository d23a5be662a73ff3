//! Errors of the system: half a sentence, for the brackets of another one.

use std::io;

use crate::gui::words::say;

/// The cause in the language of the window where it is a common one, else as the system tells it.
pub fn cause(error: &io::Error) -> String {
    use io::ErrorKind::{
        NotFound, OutOfMemory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull, TimedOut,
    };
    if error.get_ref().is_some() {
        // Somebody has told more than a kind.
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
