//! The words of a transcript, prepared for the search: flattened, cut to the line length, in order of time, with
//! running sums for everything the search needs to know about a span of words.

use super::breaks::Pair;
use super::flatten::{Flat, flatten};
use super::join;
use super::lexicon::Lexicon;
use super::timing::{Load, Speech};
use super::token::Token;
use super::turns::Turns;
use super::wrap::columns;
use crate::document::SpeakerLabels;
use crate::time::TimeSpan;
use crate::transcript::{Segment, Word};

/// Times are limited to this, so that sums cannot overflow: a thousand years, in milliseconds.
const LATEST: i64 = 1000 * 366 * 24 * 3_600_000;
/// Nobody speaks faster than this: milliseconds per column. Words without a duration get this much.
const LEAST_TIME_PER_COLUMN: i64 = 10;
/// Longer text in brackets is not the name of a sound. Unit: words.
const LONGEST_NOTE: usize = 8;

/// Words numbered from 0; a span is given by its first and last word.
#[derive(Default)]
pub(super) struct Passage {
    /// With their times in order.
    pub(super) words: Vec<Word>,
    /// Start and end of each word in milliseconds, ascending and without overlap.
    starts: Vec<i64>,
    ends: Vec<i64>,
    /// Columns of all words before, including the spaces before them.
    widths: Vec<i64>,
    /// Number of spaces up to and including the one before this word.
    spaces: Vec<i64>,
    /// Penalty for a break after the word.
    breaks: Vec<i64>,
    /// Whether a sentence ends with the word, and how many ended before it.
    sentence_ends: Vec<bool>,
    sentences: Vec<i64>,
    /// Penalty for a cue across the boundary after the word, summed over all words before.
    joins: Vec<i64>,
    turns: Turns,
}

impl Passage {
    /// Prepares the words; those wider than `line_length` columns are cut.
    pub(super) fn new(
        segments: &[Segment],
        lexicon: &Lexicon,
        line_length: usize,
        labels: SpeakerLabels,
    ) -> Self {
        let Flat { words, boundaries, segments: origins } = flatten(segments, line_length);
        let tokens: Vec<Token> = words.iter().map(|word| Token::new(&word.text, lexicon)).collect();
        let turns = Turns::new(segments, &origins, &words, labels);
        let mut passage = Self { words, turns, ..Self::default() };
        passage.order_times();
        passage.measure_widths(line_length);
        passage.judge_breaks(&tokens, lexicon, &boundaries);
        passage
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns the width of a span on one line. Unit: columns.
    pub(super) fn width(&self, first: usize, last: usize) -> i64 {
        self.widths[last + 1] - self.widths[first] - self.lead(first)
    }

    /// Returns 1 if a space precedes the word, else 0.
    pub(super) fn lead(&self, word: usize) -> i64 {
        i64::from(self.words[word].space_before)
    }

    /// Returns the amount of text in a span; `unspaced` of its line ends replace no space.
    pub(super) fn load(&self, first: usize, last: usize, unspaced: i64) -> Load {
        let spaces = self.spaces[last] - self.spaces[first];
        Load { characters: self.width(first, last) + unspaced, words: 1 + spaces + unspaced }
    }

    pub(super) fn is_one_word(&self, first: usize, last: usize) -> bool {
        self.spaces[first] == self.spaces[last]
    }

    pub(super) fn speech(&self, first: usize, last: usize) -> Speech {
        Speech {
            start: self.starts[first],
            last_word: self.starts[last],
            end: self.ends[last],
            next: self.starts.get(last + 1).copied(),
        }
    }

    pub(super) fn break_points(&self, after: usize) -> i64 {
        self.breaks[after]
    }

    pub(super) fn ends_sentence(&self, word: usize) -> bool {
        self.sentence_ends[word]
    }

    pub(super) fn begins_sentence(&self, word: usize) -> bool {
        word == 0 || self.sentence_ends[word - 1]
    }

    /// Returns the number of sentences that end inside a span, not counting one that ends with it.
    pub(super) fn inner_sentence_ends(&self, first: usize, last: usize) -> i64 {
        self.sentences[last] - self.sentences[first]
    }

    /// Returns whether the whole span has one speaker.
    pub(super) fn is_one_turn(&self, first: usize, last: usize) -> bool {
        self.turns.of(first) == self.turns.of(last)
    }

    /// Returns whether the word begins another speaker's words, and so a line.
    pub(super) fn begins_line(&self, word: usize) -> bool {
        self.turns.begins_line(word)
    }

    pub(super) fn speaker(&self, word: usize) -> Option<&str> {
        self.turns.speaker(word)
    }

    /// Returns the penalty for keeping a span together in one cue.
    pub(super) fn join_points(&self, first: usize, last: usize) -> i64 {
        self.joins[last] - self.joins[first]
    }

    /// Puts times in order, and gives words without a duration a little.
    fn order_times(&mut self) {
        let mut earliest = 0;
        for word in &self.words {
            let start = word.span.start.as_millis().clamp(earliest, LATEST.max(earliest));
            let least = columns(&word.text) as i64 * LEAST_TIME_PER_COLUMN;
            self.starts.push(start);
            self.ends.push(word.span.end.as_millis().clamp(start + least, LATEST.max(start + least)));
            earliest = start + least.max(1);
        }
        for (end, next) in self.ends.iter_mut().zip(self.starts.iter().skip(1)) {
            *end = (*end).min(*next);
        }
        for (word, (start, end)) in self.words.iter_mut().zip(self.starts.iter().zip(&self.ends)) {
            word.span = TimeSpan::from_millis(*start, *end);
        }
    }

    /// Some formats put the speaker's name into the text, so the first line must have space for it too.
    fn measure_widths(&mut self, line_length: usize) {
        let (mut width, mut spaces) = (0, 0);
        self.widths.push(0);
        for (index, word) in self.words.iter().enumerate() {
            let lead = i64::from(word.space_before);
            // Words without width count too, which limits the number of words in a line.
            let own = columns(&word.text).max(1);
            let label = self.turns.label_width(index).min(line_length.saturating_sub(own));
            width += lead + (label + own) as i64;
            spaces += lead;
            self.widths.push(width);
            self.spaces.push(spaces);
        }
    }

    fn judge_breaks(&mut self, tokens: &[Token], lexicon: &Lexicon, boundaries: &[bool]) {
        let notes = sound_notes(&self.words);
        let (mut joins, mut sentences) = (0, 0);
        for (after, left) in tokens.iter().enumerate() {
            self.joins.push(joins);
            self.sentences.push(sentences);
            let Some(right) = tokens.get(after + 1) else { break };
            let spaced = self.words[after + 1].space_before;
            let pair = Pair { left, right, spaced, word_boundary: boundaries[after], lexicon };
            let pause = self.starts[after + 1] - self.ends[after];
            let (points, ends_sentence, join) = match (notes[after], notes[after + 1]) {
                _ if self.begins_line(after + 1) => (0, true, 0),
                (None, None) => (pair.points(pause), pair.ends_sentence(), 0),
                (left, right) if left == right => (join::INSIDE_NOTE, false, 0),
                _ => (0, true, join::JOINED_NOTE),
            };
            self.breaks.push(points);
            self.sentence_ends.push(ends_sentence);
            sentences += i64::from(ends_sentence);
            joins += join + join::points(pause);
        }
        // Ending where the transcript ends costs nothing.
        self.breaks.push(0);
        self.sentence_ends.push(true);
    }
}

/// Returns for each word the first word of its sound note, such as `[door slams]`, if it is in one.
fn sound_notes(words: &[Word]) -> Vec<Option<usize>> {
    let mut notes = vec![None; words.len()];
    for first in 0..words.len() {
        if words[first].text.starts_with('[') && notes[first].is_none() {
            let within = &words[first..words.len().min(first + LONGEST_NOTE)];
            let is_sound = |word: &Word| !word.text.chars().any(char::is_numeric);
            let end =
                within.iter().take_while(|word| is_sound(word)).position(|word| word.text.contains(']'));
            if let Some(end) = end {
                notes[first..=first + end].fill(Some(first));
            }
        }
    }
    notes
}
