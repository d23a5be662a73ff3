//! Divides cues into paragraphs and sections of a transcript.

use unicode_segmentation::UnicodeSegmentation;

use crate::document::Cue;
use crate::format::running_text;
use crate::time::{Clock, MediaTime, TimeSpan};

/// A pause that always ends a paragraph.
const BREAK: MediaTime = MediaTime::from_millis(4000);
/// A pause that ends a paragraph after a sentence, once it has `FEW_WORDS`.
const PAUSE: MediaTime = MediaTime::from_millis(1500);
const FEW_WORDS: usize = 30;
/// Number of words after which the next end of a sentence ends the paragraph.
const ENOUGH_WORDS: usize = 60;
/// Number of words after which a paragraph ends even within a sentence.
const MANY_WORDS: usize = 120;
/// Minimum length of a section.
const SECTION: MediaTime = MediaTime::from_millis(5 * 60_000);

/// Cues of one speaker that form a paragraph; never empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paragraph<'a> {
    pub cues: &'a [Cue],
    /// Whether the previous speaker was a different one, or unknown.
    pub begins_turn: bool,
}

impl<'a> Paragraph<'a> {
    pub fn speaker(&self) -> Option<&'a str> {
        self.cues.first().and_then(|cue| cue.speaker.as_deref())
    }

    /// Returns the speaker's name if a turn begins here.
    pub fn label(&self) -> Option<&'a str> {
        self.speaker().filter(|_| self.begins_turn)
    }

    pub fn span(&self) -> TimeSpan {
        let mut spans = self.cues.iter().map(|cue| cue.span);
        let first = spans.next().unwrap_or_default();
        spans.fold(first, TimeSpan::joined)
    }

    pub fn text(&self) -> String {
        running_text::join(self.cues.iter().flat_map(Cue::lines))
    }
}

/// Divides cues where the speaker changes, after long pauses, and after a sentence once there are about 60 words, at
/// the latest after 120 words. The cues must be in order of time.
pub fn paragraphs(cues: &[Cue]) -> Vec<Paragraph<'_>> {
    let mut paragraphs = Vec::new();
    let (mut start, mut words) = (0, 0);
    for (index, cue) in cues.iter().enumerate() {
        words += cue.text.unicode_words().count();
        let ends = cues.get(index + 1).is_none_or(|next| ends_paragraph(cue, next, words));
        if ends {
            let begins_turn = start == 0 || cues[start].speaker != cues[start - 1].speaker;
            paragraphs.push(Paragraph { cues: &cues[start..=index], begins_turn });
            (start, words) = (index + 1, 0);
        }
    }
    paragraphs
}

fn ends_paragraph(cue: &Cue, next: &Cue, words: usize) -> bool {
    let pause = next.span.start - cue.span.end;
    let after_sentence =
        ends_sentence(&cue.text) && (words >= ENOUGH_WORDS || words >= FEW_WORDS && pause >= PAUSE);
    next.speaker != cue.speaker || pause >= BREAK || words >= MANY_WORDS || after_sentence
}

/// Returns whether the text ends like a sentence, ignoring closing quotation marks and brackets.
pub fn ends_sentence(text: &str) -> bool {
    let closing = ['"', '\'', '”', '’', '»', ')', ']', '」', '』'];
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔'])
}

/// Groups paragraphs into sections of five minutes or slightly more; a short last one is added to its predecessor.
pub fn sections<'p, 'a>(paragraphs: &'p [Paragraph<'a>]) -> Vec<&'p [Paragraph<'a>]> {
    let end = paragraphs.last().map_or(MediaTime::ZERO, |paragraph| paragraph.span().end);
    let mut sections = Vec::new();
    let mut start = 0;
    for index in 1..paragraphs.len() {
        let here = paragraphs[index].span().start;
        if here - paragraphs[start].span().start >= SECTION && end - here >= SECTION {
            sections.push(&paragraphs[start..index]);
            start = index;
        }
    }
    if start < paragraphs.len() {
        sections.push(&paragraphs[start..]);
    }
    sections
}

/// Formats a time as `HH:MM:SS`, rounded down to a second.
pub fn stamp(time: MediaTime) -> String {
    let Clock { hours, minutes, seconds, .. } = time.clock();
    format!("{hours:02}:{minutes:02}:{seconds:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes cues of ten words and three seconds each, with the given pause before each, speaker and last character.
    fn cues(parts: &[(i64, &str, char)]) -> Vec<Cue> {
        let mut now = 0;
        let cue = |&(pause, speaker, last): &(i64, &str, char)| {
            let span = TimeSpan::from_millis(now + pause, now + pause + 3000);
            now = span.end.as_millis();
            let text = format!("one two three four five\nsix seven eight nine ten{last}");
            Cue { span, text, speaker: Some(speaker.to_owned()), ..Cue::default() }
        };
        parts.iter().map(cue).collect()
    }

    fn lengths(cues: &[Cue]) -> Vec<usize> {
        paragraphs(cues).iter().map(|paragraph| paragraph.cues.len()).collect()
    }

    #[test]
    fn paragraphs_end_at_speakers_pauses_and_sentences() {
        let speakers = [(0, "a", ','), (0, "a", ','), (0, "b", ','), (0, "a", ',')];
        assert_eq!(lengths(&cues(&speakers)), [2, 1, 1]);
        let pauses = cues(&[(0, "a", ','), (4000, "a", ','), (0, "b", ',')]);
        let labels: Vec<_> = paragraphs(&pauses).iter().map(Paragraph::label).collect();
        assert_eq!(labels, [Some("a"), None, Some("b")]);
        assert_eq!(lengths(&cues(&[(0, "a", ','), (4000, "a", ',')])), [1, 1]);
        assert_eq!(
            lengths(&cues(&[(0, "a", '.'), (2000, "a", '.')])),
            [2],
            "too few words to end at a pause"
        );
        let sentences = [[(0, "a", ','); 5].as_slice(), &[(0, "a", '.'), (0, "a", ',')]].concat();
        assert_eq!(lengths(&cues(&sentences)), [6, 1]);
        assert_eq!(lengths(&cues(&[(0, "a", ','); 25])), [12, 12, 1]);
    }

    #[test]
    fn sections_are_five_minutes_or_more() {
        let cues = cues(&[(57_000, "a", '.'); 12]);
        let paragraphs = paragraphs(&cues);
        let lengths: Vec<_> = sections(&paragraphs).iter().map(|section| section.len()).collect();
        assert_eq!(lengths, [5, 7]);
        assert!(sections(&[]).is_empty());
    }

    #[test]
    fn stamps_pass_a_hundred_hours() {
        assert_eq!(stamp(MediaTime::from_millis(83_999)), "00:01:23");
        assert_eq!(stamp(Clock::join(123, 4, 5, 999)), "123:04:05");
    }
}
