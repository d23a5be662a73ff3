//! Who speaks when.

use super::wrap::columns;
use crate::document::SpeakerLabels;
use crate::transcript::{Segment, Word};

/// Marks that begin another, unnamed speaker's words: a dash, or the arrows of live captions.
const DIALOGUE_MARKS: [&str; 4] = ["-", "–", "—", ">>"];

/// Returns whether `word` begins another speaker's words: it is a dialogue mark after `previous`, which ends a
/// sentence, or after nothing.
pub(super) fn is_dialogue(previous: Option<&str>, word: &str) -> bool {
    let after_sentence = previous.is_none_or(|previous| previous.ends_with(['.', '?', '!', '…']));
    after_sentence && DIALOGUE_MARKS.contains(&word)
}

/// The turns of a conversation: runs of words by one speaker.
#[derive(Default)]
pub(super) struct Turns {
    /// The turn of each word, counted from 0.
    turns: Vec<usize>,
    /// The speaker of each turn.
    speakers: Vec<Option<String>>,
    /// Whether a line begins with the word because another person says it.
    begins_line: Vec<bool>,
    labels: SpeakerLabels,
}

impl Turns {
    /// Finds the turns; `origins` are the segments that the words come from.
    pub(super) fn new(
        segments: &[Segment],
        origins: &[usize],
        words: &[Word],
        labels: SpeakerLabels,
    ) -> Self {
        let mut turns = Self { labels, ..Self::default() };
        let mut previous: Option<&str> = None;
        for (word, &origin) in words.iter().zip(origins) {
            let speaker = &segments[origin].speaker;
            let changes = turns.speakers.last() != Some(speaker);
            if changes {
                turns.speakers.push(speaker.clone());
            }
            turns.turns.push(turns.speakers.len() - 1);
            turns.begins_line.push(changes || is_dialogue(previous, &word.text));
            previous = Some(&word.text);
        }
        turns
    }

    pub(super) fn of(&self, word: usize) -> usize {
        self.turns[word]
    }

    pub(super) fn speaker(&self, word: usize) -> Option<&str> {
        self.speakers[self.of(word)].as_deref()
    }

    pub(super) fn begins_line(&self, word: usize) -> bool {
        self.begins_line[word]
    }

    /// Returns the width of the label before the first word of a turn. Unit: columns.
    pub(super) fn label_width(&self, word: usize) -> usize {
        let begins_turn = word == 0 || self.of(word) != self.of(word - 1);
        self.speaker(word).filter(|_| begins_turn).map_or(0, |name| columns(&self.labels.before(name)))
    }
}
