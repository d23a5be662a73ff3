//! Why course material gives no names and terms.

use super::{InWords, cause, shown};
use crate::exchange::MaterialFileError;
use crate::gui::terms::{MaterialFault, NotRead};
use crate::gui::words::{say, say_with};
use crate::material::MaterialError;

impl InWords for MaterialError {
    fn in_words(&self) -> String {
        match self {
            Self::TooLarge => say("error-material-large"),
            Self::Unpacks | Self::TooDeep => say("error-material-harm"),
            Self::TooMuch | Self::TooMany => say("error-material-much"),
            Self::Encrypted => say("error-material-password"),
            Self::DocumentType | Self::Damaged(_) => say("error-material-damaged"),
            Self::Unknown => say("error-material-unknown"),
            Self::NoText => say("error-material-no-text"),
        }
        .to_owned()
    }
}

impl InWords for NotRead {
    fn in_words(&self) -> String {
        let why = match &self.cause {
            MaterialFault::File(MaterialFileError::Unreadable(error)) => {
                say_with!("error-material-unreadable", cause = cause(error))
            }
            MaterialFault::File(MaterialFileError::Unusable(error)) => error.in_words(),
            MaterialFault::NoModel(error) => error.in_words(),
            MaterialFault::WrongModel(error) => error.in_words(),
        };
        say_with!("error-material", path = shown(&self.path), cause = why)
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn every_fault_says_what_helps() {
        let of = |error| NotRead { path: "/home/a/slides.pptx".into(), cause: MaterialFault::File(error) };
        let damaged = MaterialError::Damaged("it ends".to_owned());
        let faults = [
            of(MaterialFileError::Unreadable(io::ErrorKind::PermissionDenied.into())),
            of(MaterialFileError::Unusable(MaterialError::TooLarge)),
            of(MaterialFileError::Unusable(MaterialError::TooDeep)),
            of(MaterialFileError::Unusable(MaterialError::TooMuch)),
            of(MaterialFileError::Unusable(MaterialError::Encrypted)),
            of(MaterialFileError::Unusable(damaged)),
            of(MaterialFileError::Unusable(MaterialError::Unknown)),
            of(MaterialFileError::Unusable(MaterialError::NoText)),
        ];
        let faults: Vec<&dyn InWords> = faults.iter().map(|fault| fault as &dyn InWords).collect();
        check(&faults);
    }
}
