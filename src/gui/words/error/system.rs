//! Errors of the operating system: a clause for use in brackets.

use std::io::{self, ErrorKind};

use crate::gui::words::say;

/// Words a known kind of error in the language of the window; otherwise returns the system's own text.
pub fn cause(error: &io::Error) -> String {
    of_kind(error.kind()).map_or_else(|| error.to_string(), str::to_owned)
}

/// Words a kind of error, if it says enough by itself.
pub(super) fn of_kind(kind: ErrorKind) -> Option<&'static str> {
    use ErrorKind::{
        AddrInUse, AddrNotAvailable, AlreadyExists, BrokenPipe, ConnectionAborted, ConnectionRefused,
        ConnectionReset, DirectoryNotEmpty, FileTooLarge, HostUnreachable, InvalidFilename, IsADirectory,
        NetworkDown, NetworkUnreachable, NotADirectory, NotConnected, NotFound, OutOfMemory,
        PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, ResourceBusy, StaleNetworkFileHandle,
        StorageFull, TimedOut, UnexpectedEof, Unsupported, WouldBlock,
    };
    Some(match kind {
        NotFound => say("error-cause-not-found"),
        PermissionDenied => say("error-cause-permission"),
        AlreadyExists => say("error-cause-exists"),
        StorageFull => say("error-cause-disk-full"),
        QuotaExceeded => say("error-cause-quota"),
        FileTooLarge => say("error-cause-too-large"),
        ReadOnlyFilesystem => say("error-cause-read-only"),
        ResourceBusy => say("error-cause-busy"),
        IsADirectory => say("error-cause-folder"),
        NotADirectory => say("error-cause-no-folder"),
        DirectoryNotEmpty => say("error-cause-not-empty"),
        InvalidFilename => say("error-cause-name"),
        UnexpectedEof => say("error-cause-cut-short"),
        OutOfMemory => say("error-cause-memory"),
        WouldBlock => say("error-cause-resources"),
        Unsupported => say("error-cause-unsupported"),
        TimedOut => say("error-cause-timeout"),
        AddrInUse => say("error-cause-address-in-use"),
        AddrNotAvailable => say("error-cause-no-address"),
        ConnectionRefused => say("error-cause-refused"),
        ConnectionReset | ConnectionAborted | BrokenPipe | NotConnected => say("error-cause-connection-lost"),
        HostUnreachable | NetworkUnreachable | NetworkDown => say("error-cause-no-network"),
        StaleNetworkFileHandle => say("error-cause-network-folder"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::gui::words::{WordsLanguage, in_language};

    /// One of each kind with words of its own.
    const KNOWN: [ErrorKind; 23] = [
        ErrorKind::NotFound,
        ErrorKind::PermissionDenied,
        ErrorKind::AlreadyExists,
        ErrorKind::StorageFull,
        ErrorKind::QuotaExceeded,
        ErrorKind::FileTooLarge,
        ErrorKind::ReadOnlyFilesystem,
        ErrorKind::ResourceBusy,
        ErrorKind::IsADirectory,
        ErrorKind::NotADirectory,
        ErrorKind::DirectoryNotEmpty,
        ErrorKind::InvalidFilename,
        ErrorKind::UnexpectedEof,
        ErrorKind::OutOfMemory,
        ErrorKind::WouldBlock,
        ErrorKind::Unsupported,
        ErrorKind::TimedOut,
        ErrorKind::AddrInUse,
        ErrorKind::AddrNotAvailable,
        ErrorKind::ConnectionRefused,
        ErrorKind::BrokenPipe,
        ErrorKind::NetworkDown,
        ErrorKind::StaleNetworkFileHandle,
    ];

    #[test]
    fn each_known_kind_has_words_of_its_own_in_each_language() {
        let words = |language| in_language(language, || KNOWN.map(|kind| cause(&kind.into())));
        let (english, german) = (words(WordsLanguage::English), words(WordsLanguage::German));
        for texts in [&english, &german] {
            assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), KNOWN.len(), "{texts:#?}");
        }
        for (one, other) in english.iter().zip(&german) {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn causes_are_worded_in_the_language_of_the_window() {
        in_language(WordsLanguage::German, || {
            assert_eq!(cause(&ErrorKind::PermissionDenied.into()), "keine Berechtigung");
            assert_eq!(cause(&io::Error::from_raw_os_error(2)), "nicht gefunden");
            let with_message = io::Error::new(ErrorKind::PermissionDenied, "permission denied at path /w");
            assert_eq!(cause(&with_message), "keine Berechtigung");
            assert_eq!(cause(&io::Error::other("bad header")), "bad header");
        });
    }
}
