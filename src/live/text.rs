//! The text of a live session on the screen.

use std::collections::VecDeque;

use super::event::LiveEvent;
use crate::recognize::LiveTurn;
use crate::time::TimeSpan;
use crate::transcript::{Word, join_words};

/// Number of utterances stored for the screen; the captions have all.
const UTTERANCES: usize = 30;
/// Number of turns stored, for utterances that end after they are told.
const TURNS: usize = 100;

/// The last utterances, and the current one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveText {
    finished: VecDeque<Finished>,
    /// The number of finished utterances before the stored ones.
    forgotten: u64,
    committed: Vec<Word>,
    tentative: Vec<Word>,
    turns: VecDeque<LiveTurn>,
    /// Number of voices so far.
    voices: usize,
}

#[derive(Clone, Debug, PartialEq)]
struct Finished {
    text: String,
    span: TimeSpan,
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
            LiveEvent::Speakers(turns) => turns.iter().for_each(|turn| self.note(*turn)),
            _ => return false,
        }
        true
    }

    fn note(&mut self, turn: LiveTurn) {
        self.voices = self.voices.max(turn.voice + 1);
        self.turns.push_back(turn);
        if self.turns.len() > TURNS {
            self.turns.pop_front();
        }
    }

    fn finish(&mut self) {
        let words = std::mem::take(&mut self.committed);
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            let span = TimeSpan::new(first.span.start, last.span.end);
            self.finished.push_back(Finished { text: join_words(&words), span });
        }
        while self.finished.len() > UTTERANCES {
            self.finished.pop_front();
            self.forgotten += 1;
        }
    }

    /// Returns the finished utterances, the oldest first, each with its number.
    pub fn finished(&self) -> impl DoubleEndedIterator<Item = (u64, &str)> {
        let numbered = self.finished.iter().enumerate();
        numbered.map(|(place, line)| (self.forgotten + place as u64, line.text.as_str()))
    }

    /// Returns the number of voices that were heard so far; 0 if the speakers are not asked for.
    pub fn voices(&self) -> usize {
        self.voices
    }

    /// Returns the voice that seems to say most of a finished utterance, once it is known.
    pub fn voice_of(&self, utterance: u64) -> Option<usize> {
        let place = usize::try_from(utterance.checked_sub(self.forgotten)?).ok()?;
        let span = self.finished.get(place)?.span;
        let mut times = vec![0; self.voices];
        for LiveTurn { span: turn, voice } in &self.turns {
            let (start, end) = (span.start.max(turn.start), span.end.min(turn.end));
            times[*voice] += (end - start).as_millis().max(0);
        }
        // The first of voices with the same time.
        let (voice, time) = times.into_iter().enumerate().rev().max_by_key(|(_, time)| *time)?;
        (time > 0).then_some(voice)
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
    fn an_utterance_has_the_voice_that_says_most_of_it() {
        let mut text = LiveText::default();
        for (start, end) in [(0, 2000), (3000, 5000)] {
            let words = vec![Word::new("one", TimeSpan::from_millis(start, end))];
            text.take(&LiveEvent::Committed { utterance: 0, words, is_last: true });
        }
        assert_eq!((text.voices(), text.voice_of(0)), (0, None));
        let turn = |start, end, voice| LiveTurn { span: TimeSpan::from_millis(start, end), voice };
        text.take(&LiveEvent::Speakers(vec![turn(0, 900, 0), turn(900, 3100, 1)]));
        assert_eq!((text.voices(), text.voice_of(0), text.voice_of(1)), (2, Some(1), Some(1)));
        text.take(&LiveEvent::Speakers(vec![turn(3100, 5000, 0)]));
        assert_eq!((text.voice_of(1), text.voice_of(2)), (Some(0), None));
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
