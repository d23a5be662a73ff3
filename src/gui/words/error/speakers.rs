//! Why the speakers are unknown, and other warnings of a transcription.

use super::system::cause;
use super::{InWords, shown};
use crate::gui::words::{say, say_with};
use crate::recognize::{FindError, NamingError, SpeakersError, Warning};
use crate::remembered::RememberedError;

impl InWords for Warning {
    fn in_words(&self) -> String {
        match self {
            Self::Audio(warning) => warning.in_words(),
            Self::Speakers(error) => say_with!("error-no-speakers", reason = error.in_words()),
        }
    }
}

impl InWords for SpeakersError {
    fn in_words(&self) -> String {
        match self {
            Self::Model(error) => error.in_words(),
            Self::Networks(_) => say("error-speakers-networks").to_owned(),
            Self::Thread(error) => say_with!("error-thread", cause = cause(error)),
            Self::Damaged(_) => say("error-speakers-damaged").to_owned(),
            Self::Stopped => say("error-speakers-stopped").to_owned(),
        }
    }
}

impl InWords for FindError {
    fn in_words(&self) -> String {
        match self {
            // A cancellation needs no message.
            Self::Cancelled => String::new(),
            Self::Audio(error) => error.in_words(),
            Self::Speakers(error) => error.in_words(),
        }
    }
}

impl InWords for NamingError {
    fn in_words(&self) -> String {
        match self {
            Self::NoVoices => say("error-naming-no-voices").to_owned(),
            Self::Nobody => say("error-naming-nobody").to_owned(),
            Self::Speakers(error) => error.in_words(),
            Self::OneVoice { name } => say_with!("error-naming-one-voice", name = name),
        }
    }
}

impl InWords for RememberedError {
    fn in_words(&self) -> String {
        match self {
            Self::Io { path, source } => {
                say_with!("error-voices-io", path = shown(path), cause = cause(source))
            }
            Self::Damaged { path, source } => {
                say_with!("error-voices-damaged", path = shown(path), line = source.line())
            }
            Self::TooNew { path, .. } => say_with!("error-voices-too-new", path = shown(path)),
            Self::NoFolder => say("error-voices-no-folder").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn warnings_of_speakers() {
        check(&[
            &Warning::Speakers(SpeakersError::Thread(io::ErrorKind::OutOfMemory.into())),
            &Warning::Speakers(SpeakersError::Stopped),
            &SpeakersError::Stopped,
            &NamingError::NoVoices,
            &NamingError::Nobody,
            &NamingError::OneVoice { name: "Ada".to_owned() },
        ]);
    }
}
