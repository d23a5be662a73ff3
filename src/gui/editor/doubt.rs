//! Doubtful words: the order in which they are visited, and what a second recognizer recognized instead.

use std::cmp::Ordering;
use std::ops::Range;

use super::readings::options_at;
use crate::document::words::placed;
use crate::document::{Cue, CueId};
use crate::gui::words::{say, say_with};
use crate::time::MediaTime;
use crate::transcript::{SecondOpinion, Segment, Word};

/// The position of a word in the order of doubt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rank {
    chance: f32,
    time: MediaTime,
}

impl Rank {
    fn of(word: &Word) -> Self {
        Self { chance: word.chance_of_error(), time: word.span.start }
    }

    /// Orders the most doubtful first; equally doubtful words by time.
    fn order(&self, other: &Self) -> Ordering {
        other.chance.total_cmp(&self.chance).then(self.time.cmp(&other.time))
    }
}

/// A doubtful word, as a byte range of its cue's text.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundDoubt {
    pub rank: Rank,
    pub cue: CueId,
    pub range: Range<usize>,
}

/// Returns the next (or previous) doubtful word after the one visited last, wrapping around. Words are doubtful from
/// the probability of error `from` on.
pub fn next(cues: &[Cue], from: f32, last: Option<Rank>, backwards: bool) -> Option<FoundDoubt> {
    let mut found: Vec<FoundDoubt> = cues.iter().flat_map(|cue| of_cue(cue, from)).collect();
    found.sort_by(|one, other| one.rank.order(&other.rank));
    let place = |limit: Ordering| found.partition_point(|found| is_up_to(found, last, limit));
    let place = match backwards {
        false => place(Ordering::Greater) % found.len().max(1),
        true => place(Ordering::Equal).checked_sub(1).unwrap_or(found.len().saturating_sub(1)),
    };
    found.into_iter().nth(place)
}

/// Returns whether a word comes before the last one in the order; with `Greater`, also if it is the last one.
fn is_up_to(found: &FoundDoubt, last: Option<Rank>, limit: Ordering) -> bool {
    last.is_some_and(|last| found.rank.order(&last) < limit)
}

fn of_cue(cue: &Cue, from: f32) -> Vec<FoundDoubt> {
    let found = |(range, word): (Range<usize>, &Word)| {
        let rank = Rank::of(word);
        (rank.chance >= from).then_some(FoundDoubt { rank, cue: cue.id, range })
    };
    placed(cue).into_iter().filter_map(found).collect()
}

/// Returns the doubtful words of a cue for screen readers; `None` if there are none.
pub fn in_words(cue: &Cue, from: f32) -> Option<String> {
    let words: Vec<_> = of_cue(cue, from).into_iter().map(|found| &cue.text[found.range]).collect();
    if words.is_empty() {
        return None;
    }
    let doubtful = say_with!("doubtful-count", count = words.len());
    Some(say_with!("cue-heard-doubtful", doubtful = doubtful, words = words.join(", ")))
}

/// A byte range of a cue's text, and what a second recognizer recognized there.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    pub range: Range<usize>,
    /// Empty if it recognized nothing.
    pub text: String,
}

impl Alternative {
    /// Returns the text of a cue with this put in, and its byte range there.
    pub fn put_into(&self, text: &str) -> (String, Range<usize>) {
        let (before, after) = (&text[..self.range.start], &text[self.range.end..]);
        // Replacing words by nothing must not leave two spaces.
        let before = if self.text.is_empty() { before.trim_end_matches(' ') } else { before };
        let after = if before.is_empty() { after.trim_start() } else { after };
        let end = before.len() + self.text.len();
        (format!("{before}{}{after}", self.text), before.len()..end)
    }
}

/// Returns the alternative for the word at byte `at` of a cue's text. It includes adjacent words on which the
/// recognizers differ, since it is unknown which word corresponds to which.
pub fn alternative_at(cue: &Cue, at: usize) -> Option<Alternative> {
    let words = placed(cue);
    let here = words.iter().position(|(range, _)| range.start <= at && at <= range.end)?;
    let differs = |index: usize| words.get(index).and_then(|(_, word)| other(word)).is_some();
    if !differs(here) {
        return None;
    }
    let start = (0..here).rev().take_while(|index| differs(*index)).last().unwrap_or(here);
    let end = (here..words.len()).take_while(|index| differs(*index)).last()?;
    let run = &words[start..=end];
    let is_one_to_one = run.iter().all(|(_, word)| other(word) != Some(""));
    let run = if is_one_to_one { &words[here..=here] } else { run };
    let range = run.first()?.0.start..run.last()?.0.end;
    let text = with_marks_of(&joined(run), &cue.text[range.clone()]);
    (text != cue.text[range.clone()] && (!text.is_empty() || run.len() < words.len()))
        .then_some(Alternative { range, text })
}

/// The bytes at which the doubtful words of a cue begin.
pub fn doubtful_places(cue: &Cue, from: f32) -> impl Iterator<Item = usize> {
    of_cue(cue, from).into_iter().map(|found| found.range.start)
}

/// Describes the word at byte `at` of a cue's text, in lines, if it is doubtful or the recognizers differ.
pub fn remark(cue: &Cue, segments: &[Segment], at: usize, from: f32, keys: &str) -> Option<String> {
    let words = placed(cue);
    let (_, word) = words.iter().find(|(range, _)| range.start <= at && at <= range.end)?;
    let chance = word.chance_of_error();
    let alternative = alternative_at(cue, at);
    let second = alternative.as_ref().map(|alternative| alternative.text.clone());
    let others = options_at(cue, segments, at).into_iter().map(|option| option.text);
    let others: Vec<_> =
        others.filter(|text| Some(text) != second.as_ref()).map(|text| format!("“{text}”")).collect();
    if chance < from && alternative.is_none() {
        return None;
    }
    let chance = say_with!("doubt-chance", percent = (chance * 100.0).round() as i64);
    let second = match (alternative, &word.second) {
        (Some(Alternative { text, .. }), _) if text.is_empty() => {
            Some(say_with!("doubt-nothing-heard", keys = keys))
        }
        (Some(Alternative { text, .. }), _) => Some(say_with!("doubt-alternative", text = text, keys = keys)),
        (None, Some(SecondOpinion::Same)) => Some(say("doubt-agreed").to_owned()),
        (None, _) => None,
    };
    let others =
        (!others.is_empty()).then(|| say_with!("doubt-others", texts = others.join(", "), keys = keys));
    Some([chance].into_iter().chain(second).chain(others).collect::<Vec<_>>().join("\n"))
}

fn other(word: &Word) -> Option<&str> {
    match &word.second {
        Some(SecondOpinion::Other(text)) => Some(text),
        _ => None,
    }
}

fn joined(run: &[(Range<usize>, &Word)]) -> String {
    let mut joined = String::new();
    for (word, text) in run.iter().filter_map(|(_, word)| Some((word, other(word)?))) {
        if word.space_before && !joined.is_empty() && !text.is_empty() {
            joined.push(' ');
        }
        joined.push_str(text);
    }
    joined
}

/// Gives a text the final punctuation of another: the first recognizer's punctuation is better.
pub(super) fn with_marks_of(text: &str, old: &str) -> String {
    let is_mark = |c: char| !c.is_alphanumeric();
    let bare = text.trim_end_matches(is_mark);
    let marks = &old[old.trim_end_matches(is_mark).len()..];
    if bare.is_empty() { String::new() } else { format!("{bare}{marks}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::editor::readings::options;
    use crate::time::TimeSpan;

    /// Makes a cue of words with their probability and the second recognizer's text: `=` for the same.
    fn cue(id: u64, words: &[(&str, f32, &str)]) -> Cue {
        let word = |(n, (text, probability, second)): (usize, &(&str, f32, &str))| Word {
            probability: *probability,
            second: Some(match *second {
                "=" => SecondOpinion::Same,
                other => SecondOpinion::Other(other.to_owned()),
            }),
            ..Word::new(
                *text,
                TimeSpan::from_millis(id as i64 * 1000 + n as i64, id as i64 * 1000 + n as i64 + 1),
            )
        };
        let text = words.iter().map(|(text, ..)| *text).collect::<Vec<_>>().join(" ");
        Cue { id: CueId(id), text, words: words.iter().enumerate().map(word).collect(), ..Cue::default() }
    }

    #[test]
    fn the_worst_word_comes_first_and_each_comes_once() {
        let cues = [
            cue(1, &[("some", 0.9, "="), ("wrong", 0.05, "="), ("words", 0.01, "=")]),
            cue(2, &[("and", 0.05, "="), ("more", 0.03, "=")]),
        ];
        let mut last = None;
        let mut go = |backwards| {
            let found = next(&cues, 0.3, last, backwards).unwrap();
            last = Some(found.rank);
            let cue = cues.iter().find(|cue| cue.id == found.cue).unwrap();
            cue.text[found.range].to_owned()
        };
        assert_eq!([false; 4].map(&mut go), ["words", "more", "wrong", "and"]);
        assert_eq!([false, true, true].map(&mut go), ["words", "and", "wrong"], "it goes round at both ends");
        assert_eq!(next(&cues, 0.99, None, false), None);
    }

    #[test]
    fn doubtful_words_are_named_in_order() {
        let cue = cue(1, &[("some", 0.05, "="), ("good", 0.9, "="), ("words,", 0.01, "=")]);
        assert_eq!(in_words(&cue, 0.3).as_deref(), Some("2 doubtful words: some, words,"));
        assert_eq!(in_words(&cue, 0.999), None);
    }

    #[test]
    fn a_word_that_was_corrected_does_not_stop_the_round() {
        let before = [cue(1, &[("a", 0.01, "="), ("b", 0.1, "="), ("c", 0.2, "=")])];
        let worst = next(&before, 0.3, None, false).unwrap();
        let after = [cue(1, &[("a", 1.0, "="), ("b", 0.1, "="), ("c", 0.2, "=")])];
        assert_eq!(next(&after, 0.3, Some(worst.rank), false).unwrap().range, 2..3);
    }

    fn taken(cue: &Cue, at: usize) -> Option<String> {
        alternative_at(cue, at).map(|alternative| alternative.put_into(&cue.text).0)
    }

    #[test]
    fn words_give_way_to_the_second_opinion() {
        let names = cue(1, &[("Tony", 0.9, "="), ("Whore,", 0.2, "Hoare"), ("who", 0.9, "=")]);
        assert_eq!(taken(&names, 7).as_deref(), Some("Tony Hoare, who"));
        assert_eq!(taken(&names, 2), None);
        let joined = cue(1, &[("a", 0.9, "="), ("quick", 0.4, "Quicksort."), ("sort", 0.4, "")]);
        assert_eq!(taken(&joined, 9).as_deref(), Some("a Quicksort"), "from either word");
        let apart = cue(1, &[("in", 0.4, "and"), ("a", 0.4, "the"), ("house", 0.9, "=")]);
        assert_eq!(taken(&apart, 3).as_deref(), Some("in the house"), "each has its own");
    }

    #[test]
    fn words_that_the_second_did_not_recognize_go_but_not_the_last_ones() {
        let one = cue(1, &[("well", 0.4, ""), ("then", 0.9, "=")]);
        assert_eq!(taken(&one, 1).as_deref(), Some("then"));
        let middle = cue(1, &[("go", 0.9, "="), ("the", 0.4, ""), ("on", 0.9, "=")]);
        assert_eq!(taken(&middle, 4).as_deref(), Some("go on"));
        assert_eq!(taken(&cue(1, &[("well", 0.4, "")]), 1), None);
    }

    #[test]
    fn away_from_the_text_cursor_the_first_doubtful_word_is_meant() {
        let cue = cue(1, &[("sure", 0.99, "shore"), ("Whore", 0.2, "Hoare")]);
        let text = |at| options(&cue, &[], at, 0.3).first().map(|alternative| alternative.text.clone());
        assert_eq!((text(Some(2)).as_deref(), text(None).as_deref()), (Some("shore"), Some("Hoare")));
    }
}
