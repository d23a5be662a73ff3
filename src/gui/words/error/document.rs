//! Changes to the captions, and searching in them.

use super::InWords;
use crate::caption::RepairError;
use crate::document::EditError;
use crate::document::ops::OpError;
use crate::document::search::SearchError;
use crate::gui::words::{decimal, say, say_with};

impl InWords for OpError {
    fn in_words(&self) -> String {
        let text = match self {
            Self::ShiftTooFar { most } => {
                return say_with!("error-op-shift", most = decimal(most.as_secs_f64(), 3));
            }
            Self::NoSuchCue(_) => say("error-op-no-cue"),
            Self::NothingSelected => say("error-op-nothing-selected"),
            Self::NothingToSplit => say("error-op-nothing-to-split"),
            Self::TooShort => say("error-op-too-short"),
            Self::NoNext => say("error-op-no-next"),
            Self::OneCue => say("error-op-one-cue"),
            Self::NoRoom => say("error-op-no-room"),
            Self::NoWords => say("error-op-no-words"),
            Self::NoSuchPassage => say("error-op-no-passage"),
            Self::NoTerm => say("obstacle-no-term"),
        };
        text.to_owned()
    }
}

/// A step that does not fit the document: the user cannot fix it, and nothing was changed.
impl InWords for EditError {
    fn in_words(&self) -> String {
        match self {
            Self::NoSuchCue(_) => say_with!("error-edit", cause = say("error-edit-no-cue")),
            Self::CueExists(_) => say_with!("error-edit", cause = say("error-edit-cue-exists")),
            Self::NoSuchSegment { .. } => say_with!("error-edit", cause = say("error-edit-no-segment")),
        }
    }
}

impl InWords for RepairError {
    fn in_words(&self) -> String {
        match self {
            Self::NothingWrong => say("error-repair-nothing-wrong").to_owned(),
            Self::NoBetter => say("error-repair-no-better").to_owned(),
            Self::Op(error) => error.in_words(),
            Self::Edit(error) => error.in_words(),
        }
    }
}

impl InWords for SearchError {
    fn in_words(&self) -> String {
        match self {
            Self::Empty => say("error-search-empty").to_owned(),
            Self::Invalid(cause) => {
                say_with!("error-search-invalid", cause = cause, option = say("find-regex"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;
    use crate::document::CueId;
    use crate::gui::words::{WordsLanguage, in_language};
    use crate::time::MediaTime;

    #[test]
    fn changes() {
        check(&[
            &OpError::NoSuchCue(CueId(1)),
            &OpError::NothingSelected,
            &OpError::NothingToSplit,
            &OpError::TooShort,
            &OpError::NoNext,
            &OpError::OneCue,
            &OpError::NoRoom,
            &OpError::ShiftTooFar { most: MediaTime::from_millis(1500) },
            &OpError::NoWords,
            &OpError::NoSuchPassage,
            &EditError::NoSuchCue(CueId(1)),
            &EditError::CueExists(CueId(1)),
            &EditError::NoSuchSegment { at: 3, count: 2 },
            &RepairError::NothingWrong,
            &RepairError::NoBetter,
            &SearchError::Empty,
            &SearchError::Invalid("unclosed group".to_owned()),
        ]);
    }

    #[test]
    fn a_shift_is_told_in_seconds() {
        let error = RepairError::Op(OpError::ShiftTooFar { most: MediaTime::from_millis(-1500) });
        assert!(error.in_words().contains("-1.500 s"), "{}", error.in_words());
        in_language(WordsLanguage::German, || assert!(error.in_words().contains("-1,500 s")));
    }
}
