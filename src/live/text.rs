//! The text of a live session on the screen.

use std::collections::VecDeque;

use super::event::LiveEvent;
use crate::transcript::{Word, join_words};

/// Number of utterances stored for the screen; the captions have all.
const UTTERANCES: usize = 30;

/// The last utterances, and the current one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveText {
    finished: VecDeque<String>,
    /// The number of finished utterances before the stored ones.
    forgotten: u64,
    committed: Vec<Word>,
    tentative: Vec<Word>,
}

impl LiveText {
    /// Applies an event. Returns true if the text has changed.
    pub fn take(&mut self, event: &LiveEvent) -> bool {
        match event {
            LiveEvent::Tentative { words, .. } => self.tentative.clone_from(words),
            LiveEvent::Committed { words, is_last, .. } => {
                self.committed.extend_from_slice(words);
                self.tentative.clear();
                if *is_last {
                    self.finish();
                }
            }
            _ => return false,
        }
        true
    }

    fn finish(&mut self) {
        let words = std::mem::take(&mut self.committed);
        if !words.is_empty() {
            self.finished.push_back(join_words(&words));
        }
        while self.finished.len() > UTTERANCES {
            self.finished.pop_front();
            self.forgotten += 1;
        }
    }

    /// Returns the finished utterances, the oldest first, each with its number.
    pub fn finished(&self) -> impl DoubleEndedIterator<Item = (u64, &str)> {
        let numbered = self.finished.iter().enumerate();
        numbered.map(|(place, text)| (self.forgotten + place as u64, text.as_str()))
    }

    /// Returns the number of the current utterance.
    pub fn current(&self) -> u64 {
        self.forgotten + self.finished.len() as u64
    }

    /// Returns the words of the current utterance that will not change.
    pub fn committed(&self) -> String {
        join_words(&self.committed)
    }

    /// Returns the words after the committed ones, which may still change.
    pub fn tentative(&self) -> &[Word] {
        &self.tentative
    }

    /// Returns whether nothing has been said yet.
    pub fn is_empty(&self) -> bool {
        self.current() == 0 && self.committed.is_empty() && self.tentative.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    fn words(text: &str) -> Vec<Word> {
        let word = |text: &str| Word::new(text, TimeSpan::default());
        text.split_whitespace().map(word).collect()
    }

    fn committed(text: &str, is_last: bool) -> LiveEvent {
        LiveEvent::Committed { utterance: 0, words: words(text), is_last }
    }

    #[test]
    fn committed_words_replace_what_was_tentative() {
        let mut text = LiveText::default();
        assert!(text.take(&LiveEvent::Tentative { utterance: 0, words: words("good mourning") }));
        assert_eq!((text.committed(), text.tentative().len()), (String::new(), 2));
        text.take(&committed("Good", false));
        text.take(&committed("morning.", true));
        assert!(text.tentative().is_empty() && text.committed().is_empty());
        assert_eq!(text.finished().collect::<Vec<_>>(), [(0, "Good morning.")]);
        assert!(!text.take(&LiveEvent::DiskLow { minutes: 5 }));
    }

    #[test]
    fn utterances_keep_their_numbers_when_old_ones_are_dropped() {
        let mut text = LiveText::default();
        for number in 0..UTTERANCES + 5 {
            text.take(&committed(&number.to_string(), true));
        }
        text.take(&committed("", true));
        assert_eq!(text.finished().next(), Some((5, "5")));
        assert_eq!(text.finished().next_back(), Some((UTTERANCES as u64 + 4, "34")));
        assert_eq!(text.current(), UTTERANCES as u64 + 5);
    }
}
