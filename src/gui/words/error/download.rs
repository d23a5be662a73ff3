//! Downloading, importing and removing models.

use super::model::flaw;
use super::system::{cause, of_kind};
use super::{InWords, shown};
use crate::gui::words::{file_size, say, say_with};
use crate::models::{
    DownloadError, ImportError, ModelSourceError, NetworkFault, PublishedError, RemoveError,
};

impl InWords for ModelSourceError {
    fn in_words(&self) -> String {
        match self {
            Self::NoFile { .. } => say("error-source-no-file").to_owned(),
            Self::Mirror(mirror) => say_with!("error-source-mirror", address = mirror),
            Self::Proxy(proxy) => say_with!("error-source-proxy", address = proxy),
        }
    }
}

impl InWords for DownloadError {
    fn in_words(&self) -> String {
        match self {
            Self::Cancelled => say("error-cancelled").to_owned(),
            Self::Busy { .. } => say("error-download-busy").to_owned(),
            Self::DiskFull { free, needed, .. } => no_room(*free, *needed),
            Self::Unwritable { path, cause: source } => {
                say_with!("error-file", path = shown(path), cause = cause(source))
            }
            Self::Network { host, cause } => {
                say_with!("error-download-network", host = host, cause = fault(cause))
            }
            Self::Refused { host, status } => {
                say_with!("error-download-refused", host = host, status = *status)
            }
            Self::WrongFile { host, .. } => say_with!("error-download-wrong", host = host),
        }
    }
}

/// Words why a server cannot be reached: a clause for use in brackets.
fn fault(fault: &NetworkFault) -> String {
    match fault {
        NetworkFault::UnknownHost => say("error-network-host").to_owned(),
        NetworkFault::NoConnection => say("error-cause-refused").to_owned(),
        NetworkFault::Connection(kind) => of_kind(*kind).map_or_else(|| kind.to_string(), str::to_owned),
        NetworkFault::Timeout => say("error-cause-timeout").to_owned(),
        NetworkFault::Encryption(_) => say("error-network-encryption").to_owned(),
        NetworkFault::Redirects => say("error-network-redirects").to_owned(),
        NetworkFault::Status(status) => say_with!("error-network-status", status = *status),
        NetworkFault::OtherPart => say("error-network-other-part").to_owned(),
        NetworkFault::CutOff => say("error-cause-connection-lost").to_owned(),
        NetworkFault::Other(message) => message.clone(),
    }
}

fn no_room(free: u64, needed: u64) -> String {
    say_with!("error-download-disk", free = file_size(free), needed = file_size(needed))
}

impl InWords for ImportError {
    fn in_words(&self) -> String {
        match self {
            Self::Unreadable { path, cause: source } | Self::Unwritable { path, cause: source } => {
                say_with!("error-file", path = shown(path), cause = cause(source))
            }
            Self::Flawed { path, flaw: found } => {
                say_with!("error-import-flawed", path = shown(path), flaw = flaw(found))
            }
            Self::Unconverted(PublishedError::Unreadable { path, cause: source }) => {
                say_with!("error-file", path = shown(path), cause = cause(source))
            }
            Self::Unconverted(PublishedError::Unwritable(source)) => cause(source),
            Self::Unconverted(
                PublishedError::Foreign { path } | PublishedError::Flawed { folder: path, .. },
            ) => {
                say_with!("error-import-published", path = shown(path))
            }
            Self::WrongKind { path } => say_with!("error-import-kind", path = shown(path)),
            Self::NoModel { folder, missing } => {
                say_with!("error-import-missing", path = shown(folder), missing = missing.join(", "))
            }
            Self::Exists { path } => say_with!("error-import-exists", path = shown(path)),
            Self::DiskFull { free, needed, .. } => no_room(*free, *needed),
        }
    }
}

impl InWords for RemoveError {
    fn in_words(&self) -> String {
        match self {
            Self::Model(error) => error.in_words(),
            Self::NotYours { path } => say_with!("error-remove-not-yours", path = shown(path)),
            Self::Io { path, cause: source } => {
                say_with!("error-remove", path = shown(path), cause = cause(source))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::PathBuf;

    use super::super::tests::check;
    use super::*;
    use crate::asr::ggml::Flaw;
    use crate::asr::model::ModelError;

    fn path() -> PathBuf {
        PathBuf::from("/w/base.bin")
    }

    /// Some sentences begin with the server, and all must begin with no small letter.
    fn host() -> String {
        "192.0.2.1".to_owned()
    }

    #[test]
    fn downloads() {
        check(&[
            &ModelSourceError::NoFile { name: "small".to_owned(), weights: host() },
            &ModelSourceError::Mirror(host()),
            &ModelSourceError::Proxy(host()),
            &DownloadError::Cancelled,
            &DownloadError::Busy { name: "small".to_owned() },
            &DownloadError::DiskFull { folder: path(), free: 1_000_000, needed: 2_000_000 },
            &DownloadError::Unwritable { path: path(), cause: ErrorKind::PermissionDenied.into() },
            &DownloadError::Refused { host: host(), status: 404 },
            &DownloadError::WrongFile { host: host(), name: "small".to_owned() },
        ]);
    }

    #[test]
    fn faults_of_the_network() {
        let faults = [
            NetworkFault::UnknownHost,
            NetworkFault::NoConnection,
            NetworkFault::Connection(ErrorKind::NetworkUnreachable),
            NetworkFault::Timeout,
            NetworkFault::Encryption("bad certificate".to_owned()),
            NetworkFault::Redirects,
            NetworkFault::Status(503),
            NetworkFault::OtherPart,
            NetworkFault::CutOff,
            NetworkFault::Other("bad header".to_owned()),
        ];
        let errors = faults.map(|cause| DownloadError::Network { host: host(), cause });
        check(&errors.iter().map(|error| error as &dyn InWords).collect::<Vec<_>>());
    }

    #[test]
    fn files_of_models() {
        check(&[
            &ImportError::Unreadable { path: path(), cause: ErrorKind::NotFound.into() },
            &ImportError::Unwritable { path: path(), cause: ErrorKind::StorageFull.into() },
            &ImportError::Flawed { path: path(), flaw: Flaw::Empty },
            &ImportError::Unconverted(PublishedError::Foreign { path: path() }),
            &ImportError::WrongKind { path: path() },
            &ImportError::NoModel { folder: path(), missing: vec!["config.json"] },
            &ImportError::Exists { path: path() },
            &ImportError::DiskFull { folder: path(), free: 1_000_000, needed: 2_000_000 },
            &RemoveError::Model(ModelError::Missing { path: path() }),
            &RemoveError::NotYours { path: path() },
            &RemoveError::Io { path: path(), cause: ErrorKind::PermissionDenied.into() },
        ]);
    }
}
