//! Why there is no picture, in words.

use super::InWords;
use crate::gui::words::{say, say_with};
use crate::picture::PictureError;

impl InWords for PictureError {
    fn in_words(&self) -> String {
        match self {
            Self::NotInstalled => say("error-picture-not-installed").to_owned(),
            Self::NoThread(message) => say_with!("error-picture-no-thread", message = message),
            Self::Said(message) => say_with!("error-picture-said", message = message),
            Self::Garbage => say("error-picture-garbage").to_owned(),
            Self::Silent(seconds) => say_with!("error-picture-silent", seconds = seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::words::error::tests::check;

    #[test]
    fn each_error_has_its_words() {
        let said = PictureError::Said("Invalid data".to_owned());
        let none = PictureError::NoThread("Resource busy".to_owned());
        check(&[
            &none,
            &PictureError::NotInstalled,
            &said,
            &PictureError::Garbage,
            &PictureError::Silent(20),
        ]);
    }
}
