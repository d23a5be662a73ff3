//! The queue of recordings.

use super::system::cause;
use super::{InWords, shown};
use crate::batch::{BatchError, StoreError};
use crate::gui::words::say_with;

impl InWords for StoreError {
    fn in_words(&self) -> String {
        say_with!("error-queue-store", path = shown(&self.path), cause = cause(&self.source))
    }
}

impl InWords for BatchError {
    fn in_words(&self) -> String {
        match self {
            Self::Store(error) => error.in_words(),
            Self::Unusable(cause) => say_with!("error-queue-unusable", cause = cause),
            Self::Thread(source) => say_with!("error-thread", cause = cause(source)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn batches() {
        let store = StoreError { path: "/w/.lectern".into(), source: ErrorKind::ReadOnlyFilesystem.into() };
        check(&[
            &BatchError::Store(store),
            &BatchError::Unusable("the model is gone".to_owned()),
            &BatchError::Thread(ErrorKind::OutOfMemory.into()),
        ]);
    }
}
