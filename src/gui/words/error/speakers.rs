//! Why the speakers are unknown, and other warnings of a transcription.

use super::InWords;
use super::system::cause;
use crate::gui::words::{say, say_with};
use crate::recognize::{SpeakersError, Warning};

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
            Self::Stopped => say("error-speakers-stopped").to_owned(),
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
        ]);
    }
}
