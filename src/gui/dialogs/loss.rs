//! What a format cannot represent, in the language of the window.

use crate::format::{Detail, Loss};
use crate::gui::words::{say, say_with};

/// Describes a [`Loss`] in the language of the window.
pub fn text(loss: &Loss) -> String {
    let counted = |key| say_with!(key, count = loss.count);
    match loss.detail {
        Detail::Cues => counted("loss-cues"),
        Detail::EndTimes => counted("loss-end-times"),
        Detail::Milliseconds => counted("loss-milliseconds"),
        Detail::Overlaps => counted("loss-overlaps"),
        Detail::EmptyCues => counted("loss-empty-cues"),
        Detail::LineBreaks => counted("loss-line-breaks"),
        Detail::HiddenCharacters => counted("loss-hidden"),
        Detail::Styles => counted("loss-styles"),
        Detail::Colors => counted("loss-colors"),
        Detail::OwnMarkup => counted("loss-own-markup"),
        Detail::Places => counted("loss-places"),
        Detail::Speakers => counted("loss-speakers"),
        Detail::WordTimes => counted("loss-word-times"),
        Detail::WordEnds => counted("loss-word-ends"),
        Detail::Probabilities => counted("loss-probabilities"),
        Detail::Segments => counted("loss-segments"),
        Detail::Tags => counted("loss-tags"),
        Detail::Language => say("loss-language").to_owned(),
        Detail::Title => say("loss-title").to_owned(),
        Detail::Media => say("loss-media").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_says_in_english_what_the_format_says() {
        for detail in Detail::ALL {
            for count in [1, 12] {
                let loss = Loss { detail, count };
                assert_eq!(text(&loss), loss.to_string());
            }
        }
    }
}
