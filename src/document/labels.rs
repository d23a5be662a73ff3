//! Labels that show in captions who speaks.

use serde::{Deserialize, Serialize};

use super::style;
use super::{Cue, Document};

/// How captions on the screen show who speaks, whenever the speaker changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerLabels {
    /// As data if the format supports it, such as `<v Ada>` of WebVTT; otherwise as `Ada: ` in the text.
    #[default]
    Voice,
    /// `[Ada] ` in the text of every format.
    Brackets,
    /// A dash in the text of every format, without a name.
    Dash,
}

impl SpeakerLabels {
    /// Returns the label before the words of a speaker.
    pub fn before(self, name: &str) -> String {
        match self {
            Self::Voice => format!("{name}: "),
            Self::Brackets => format!("[{name}] "),
            Self::Dash => "- ".to_owned(),
        }
    }

    /// Returns the document with labels in its text. `has_place` is whether the format itself supports speakers; with
    /// [`SpeakerLabels::Voice`], the writers add them.
    pub fn in_text(self, document: &Document, has_place: bool) -> Document {
        let mut document = document.clone();
        if self != Self::Voice {
            label(&mut document.cues, self);
            let all = document.cues.iter_mut().filter(|_| !has_place);
            all.for_each(|cue| cue.speaker = None);
        }
        document
    }
}

/// Adds a label to the text of each cue whose speaker differs from that of the cue before.
pub fn label(cues: &mut [Cue], labels: SpeakerLabels) {
    let mut before = None;
    for cue in cues {
        if let Some(name) = cue.speaker.as_ref().filter(|_| cue.speaker != before) {
            let label = labels.before(name);
            cue.text.insert_str(0, &label);
            cue.styles = style::shifted(&cue.styles, label.len()).collect();
            if let Some(word) = cue.words.first_mut() {
                word.text.insert_str(0, &label);
            }
        }
        before.clone_from(&cue.speaker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_where_the_speaker_changes() {
        let cue = |speaker: Option<&str>| Cue {
            text: "So.".to_owned(),
            speaker: speaker.map(str::to_owned),
            ..Cue::default()
        };
        let cues = vec![cue(None), cue(Some("Ada")), cue(Some("Ada")), cue(Some("Bob"))];
        let document = Document { cues, ..Document::default() };
        let texts = |labels: SpeakerLabels, has_place| {
            let labelled = labels.in_text(&document, has_place);
            let named = labelled.cues.iter().any(|cue| cue.speaker.is_some());
            (labelled.cues.into_iter().map(|cue| cue.text).collect::<Vec<_>>().join("|"), named)
        };
        assert_eq!(texts(SpeakerLabels::Voice, true), ("So.|So.|So.|So.".to_owned(), true));
        assert_eq!(texts(SpeakerLabels::Brackets, true), ("So.|[Ada] So.|So.|[Bob] So.".to_owned(), true));
        assert_eq!(texts(SpeakerLabels::Dash, false), ("So.|- So.|So.|- So.".to_owned(), false));
    }
}
