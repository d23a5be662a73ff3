//! Assigns speakers to words, and splits segments where the speaker changes.

use std::ops::Range;

use speakers::Turn;

use super::names::names;
use crate::recognize::request::SpeakerWish;
use crate::transcript::{Segment, Word};

/// A change of speaker within a sentence for this time or less is ignored: the edges of turns are not that exact. Unit:
/// milliseconds.
const LONGEST_SLIP: i64 = 400;
/// Words that are shown for less time cannot be read. Unit: milliseconds.
const SHORTEST_TURN: i64 = 300;

/// Splits segments where the speaker changes and names the speakers. A single voice gets no name. `rename` may give
/// voices other names; it gets all words and the voice of each.
pub(super) fn label_by(
    segments: Vec<Segment>,
    turns: &[Turn],
    wish: SpeakerWish,
    rename: impl FnOnce(&mut [Option<String>], &[&Word], &[usize]),
) -> Vec<Segment> {
    let words: Vec<&Word> = segments.iter().flat_map(|segment| &segment.words).collect();
    let count = voice_count(turns);
    if count == 0 {
        return segments;
    }
    let said_by = said_by(&words, turns);
    let mut names = match count {
        1 => vec![None],
        _ => names(&words, &said_by, count, wish),
    };
    rename(&mut names, &words, &said_by);
    divide_all(segments, said_by, &names)
}

/// Returns the number of voices in turns.
pub(super) fn voice_count(turns: &[Turn]) -> usize {
    turns.iter().map(|turn| turn.speaker + 1).max().unwrap_or(0)
}

/// Returns the voice of each word. `turns` must not be empty.
pub(super) fn said_by(words: &[&Word], turns: &[Turn]) -> Vec<usize> {
    let timetable = Timetable::new(turns);
    let mut said_by: Vec<usize> = words.iter().map(|word| timetable.of(word)).collect();
    keep_sentences_together(words, &mut said_by);
    said_by
}

/// Divides segments so that each has one speaker. `said_by` holds the voice of each word, `names` the name of each
/// voice.
pub(super) fn divide_all(
    segments: Vec<Segment>,
    said_by: Vec<usize>,
    names: &[Option<String>],
) -> Vec<Segment> {
    let mut said_by = said_by.into_iter();
    segments.into_iter().flat_map(|segment| divide(segment, &mut said_by, names)).collect()
}

/// The turns of each voice, in milliseconds.
pub(super) struct Timetable(Vec<Vec<(i64, i64)>>);

impl Timetable {
    pub fn new(turns: &[Turn]) -> Self {
        let mut voices = vec![Vec::new(); voice_count(turns)];
        for turn in turns {
            let millis = |seconds: f64| (seconds * 1000.0).round() as i64;
            voices[turn.speaker].push((millis(turn.start), millis(turn.end)));
        }
        Self(voices)
    }

    /// Returns who says a word: the speaker of most of it, otherwise the nearest one before or after.
    pub fn of(&self, word: &Word) -> usize {
        let (start, end) = (word.span.start.as_millis(), word.span.end.as_millis());
        let nearness = self.0.iter().map(|turns| nearness(turns, start, end)).enumerate();
        nearness
            .reduce(|best, other| if other.1 > best.1 { other } else { best })
            .map_or(0, |(voice, _)| voice)
    }
}

/// Returns how long turns, which are in order, overlap with a span; without overlap, the negative time to the nearest
/// one.
fn nearness(turns: &[(i64, i64)], start: i64, end: i64) -> i64 {
    let after = turns.partition_point(|turn| turn.0 < end);
    let overlapping = turns[..after].iter().rev().take_while(|turn| turn.1 > start);
    let overlap: i64 = overlapping.map(|turn| turn.1.min(end) - turn.0.max(start)).sum();
    if overlap > 0 {
        return overlap;
    }
    let before = after.checked_sub(1).map(|before| start - turns[before].1);
    let next = turns.get(after).map(|turn| turn.0 - end);
    -before.into_iter().chain(next).min().unwrap_or(i64::MAX)
}

/// Makes changes of speaker plausible: they are at the end of a sentence where one is near, and nobody has a turn that
/// is too short to be read.
fn keep_sentences_together(words: &[&Word], said_by: &mut [usize]) {
    return_slips(words, said_by);
    move_changes_to_sentence_ends(words, said_by);
    give_flashes_away(words, said_by);
}

/// The words of each turn.
fn runs(said_by: &[usize]) -> Vec<Range<usize>> {
    let mut end = 0;
    let run = |run: &[usize]| {
        end += run.len();
        end - run.len()..end
    };
    said_by.chunk_by(|one, other| one == other).map(run).collect()
}

/// Returns a moment within a sentence to the speaker around it.
fn return_slips(words: &[&Word], said_by: &mut [usize]) {
    for run in runs(said_by) {
        let around = run.start.checked_sub(1).map(|before| said_by[before]);
        let returns = around.is_some() && said_by.get(run.end).copied() == around;
        let is_sentence =
            run.start > 0 && ends_sentence(words[run.start - 1]) && ends_sentence(words[run.end - 1]);
        if let Some(around) = around.filter(|_| returns && !is_sentence && time(words, &run) <= LONGEST_SLIP)
        {
            said_by[run].fill(around);
        }
    }
}

/// Moves changes to the end of a sentence that is one word or a moment away.
fn move_changes_to_sentence_ends(words: &[&Word], said_by: &mut [usize]) {
    let is_near = |part: &Range<usize>| part.len() == 1 || time(words, part) <= LONGEST_SLIP;
    for change in 1..words.len() {
        if said_by[change] == said_by[change - 1] || ends_sentence(words[change - 1]) {
            continue;
        }
        let mut rests = (change + 1..=words.len()).map(|end| change..end).take_while(is_near);
        let rest = rests.find(|rest| ends_sentence(words[rest.end - 1]));
        let mut starts = (1..change).rev().map(|first| first..change).take_while(is_near);
        let start = starts.find(|start| ends_sentence(words[start.start - 1]));
        if let Some(rest) = rest.filter(|rest| are_said_by_one(said_by, rest)) {
            let speaker = said_by[change - 1];
            said_by[rest].fill(speaker);
        } else if let Some(start) = start.filter(|start| are_said_by_one(said_by, start)) {
            let speaker = said_by[change];
            said_by[start].fill(speaker);
        }
    }
}

/// Gives turns that are too short to be read to the speaker of the same sentence, otherwise to the one before.
fn give_flashes_away(words: &[&Word], said_by: &mut [usize]) {
    for run in runs(said_by) {
        let until_next = words.get(run.end).map_or(i64::MAX, |next| next.span.start.as_millis());
        if until_next - words[run.start].span.start.as_millis() >= SHORTEST_TURN {
            continue;
        }
        let begins_sentence = run.start == 0 || ends_sentence(words[run.start - 1]);
        let to_next = begins_sentence && (run.start == 0 || !ends_sentence(words[run.end - 1]));
        let receiver = if to_next { said_by[run.end] } else { said_by[run.start - 1] };
        said_by[run].fill(receiver);
    }
}

/// Returns how long words last. Unit: milliseconds.
fn time(words: &[&Word], range: &Range<usize>) -> i64 {
    words[range.end - 1].span.end.as_millis() - words[range.start].span.start.as_millis()
}

fn are_said_by_one(said_by: &[usize], range: &Range<usize>) -> bool {
    said_by[range.clone()].iter().all(|voice| *voice == said_by[range.start])
}

fn ends_sentence(word: &Word) -> bool {
    word.text.ends_with(['.', '?', '!', '…', '。', '？', '！', '؟', '।'])
}

/// Returns the parts of a segment, one per speaker.
fn divide(
    segment: Segment,
    said_by: &mut impl Iterator<Item = usize>,
    names: &[Option<String>],
) -> Vec<Segment> {
    let speakers: Vec<Option<&String>> =
        said_by.take(segment.words.len()).map(|voice| names.get(voice).and_then(Option::as_ref)).collect();
    let changes: Vec<usize> = (1..speakers.len()).filter(|&at| speakers[at] != speakers[at - 1]).collect();
    let firsts: Vec<usize> = std::iter::once(0).chain(changes.iter().copied()).collect();
    let named = |(part, first): (Segment, usize)| Segment {
        speaker: speakers.get(first).copied().flatten().cloned(),
        ..part
    };
    segment.divided(&changes).into_iter().zip(firsts).map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    /// Makes words of 400 ms, each 500 ms after the previous one.
    fn segments(texts: &[&str]) -> Vec<Segment> {
        let mut start = 0;
        let mut word = |text: &str| {
            start += 500;
            let span = TimeSpan::from_millis(start - 500, start - 100);
            Word::new(text, span)
        };
        let mut segment = |text: &&str| Segment {
            words: text.split(' ').map(&mut word).collect(),
            average_log_probability: -0.5,
            ..Segment::default()
        };
        texts.iter().map(&mut segment).collect()
    }

    /// Makes turns with their starts and ends given in words.
    fn turns(turns: &[(usize, f64, f64)]) -> Vec<Turn> {
        let turn =
            |&(speaker, start, end): &(usize, f64, f64)| Turn { start: start / 2.0, end: end / 2.0, speaker };
        turns.iter().map(turn).collect()
    }

    fn labelled(texts: &[&str], turns: &[Turn]) -> Vec<String> {
        let line = |segment: &Segment| {
            let words: Vec<&str> = segment.words.iter().map(|word| word.text.as_str()).collect();
            format!("{}: {}", segment.speaker.as_deref().unwrap_or("-"), words.join(" "))
        };
        label_by(segments(texts), turns, SpeakerWish::Any, |_, _, _| ()).iter().map(line).collect()
    }

    #[test]
    fn segments_are_divided_where_the_speaker_changes() {
        let turns = turns(&[(0, 0.0, 6.0), (1, 6.0, 8.0), (0, 8.0, 11.0)]);
        let found = labelled(&["a b c d e f. Why so?", "g h i."], &turns);
        assert_eq!(found, ["Lecturer: a b c d e f.", "Audience: Why so?", "Lecturer: g h i."]);
    }

    #[test]
    fn without_a_lecturer_speakers_have_numbers_as_they_appear() {
        let turns = turns(&[(1, 0.0, 3.0), (0, 3.0, 6.0), (2, 6.0, 9.0)]);
        let found = labelled(&["a b c. d e f. g h i."], &turns);
        assert_eq!(found, ["Speaker 1: a b c.", "Speaker 2: d e f.", "Speaker 3: g h i."]);
    }

    #[test]
    fn one_voice_has_no_name_and_no_turns_change_nothing() {
        assert_eq!(labelled(&["a b."], &turns(&[(0, 0.0, 2.0)])), ["-: a b."]);
        assert_eq!(labelled(&["a b."], &[]), ["-: a b."]);
    }

    #[test]
    fn a_change_moves_to_the_end_of_the_sentence() {
        let late = turns(&[(0, 0.0, 4.9), (1, 4.9, 9.0)]);
        let early = turns(&[(0, 0.0, 3.1), (1, 3.1, 9.0)]);
        let expected = ["Speaker 1: a b c d.", "Speaker 2: e f g h."];
        assert_eq!(labelled(&["a b c d. e f g h."], &late), expected);
        assert_eq!(labelled(&["a b c d. e f g h."], &early), expected);
    }

    #[test]
    fn a_moment_within_a_sentence_is_nobody_elses() {
        let turns = turns(&[(0, 0.0, 2.1), (1, 2.1, 2.7), (0, 2.7, 5.0), (1, 5.0, 8.0)]);
        let found = labelled(&["a b c d e. f g h."], &turns);
        assert_eq!(found[0], "Lecturer: a b c d e.");
    }

    #[test]
    fn a_change_moves_over_several_short_words_to_the_end_of_the_sentence() {
        let word = |(text, start, end): (&str, i64, i64)| Word::new(text, TimeSpan::from_millis(start, end));
        let said = [
            ("Well.", 0, 900),
            ("So", 1000, 1150),
            ("the", 1150, 1300),
            ("next", 1300, 1700),
            ("is.", 1700, 2400),
        ];
        let words = said.map(word);
        let turns =
            [(0, 0.0, 1.28), (1, 1.28, 2.4)].map(|(speaker, start, end)| Turn { start, end, speaker });
        assert_eq!(said_by(&words.each_ref(), &turns), [0, 1, 1, 1, 1]);
    }

    #[test]
    fn a_turn_too_short_to_be_read_joins_its_sentence_or_what_was_said_before() {
        let word = |(text, start, end): (&str, i64, i64)| Word::new(text, TimeSpan::from_millis(start, end));
        let turns = [(0, 0.0, 1.0), (1, 1.0, 1.2), (2, 1.2, 3.0)].map(|(speaker, start, end)| Turn {
            start,
            end,
            speaker,
        });
        let found = |texts: [&'static str; 3], until_next| {
            let said =
                [(texts[0], 0, 1000), (texts[1], 1000, 1200), (texts[2], until_next, until_next + 900)];
            said_by(&said.map(word).each_ref(), &turns)
        };
        assert_eq!(found(["Well then.", "Yes.", "Good."], 1200), [0, 0, 2]);
        assert_eq!(found(["Well then.", "Yes.", "Good."], 1400), [0, 1, 2], "there is time to read it");
        assert_eq!(found(["Well, so", "then,", "no"], 1200), [0, 0, 2]);
        let begins = [(0, 0.0, 0.2), (1, 0.2, 3.0)].map(|(speaker, start, end)| Turn { start, end, speaker });
        let words = [("Yes.", 0, 200), ("Good, we", 200, 900), ("begin.", 900, 1500)].map(word);
        assert_eq!(said_by(&words.each_ref(), &begins), [1, 1, 1], "nothing is before it");
    }

    #[test]
    fn words_between_turns_go_to_the_nearest() {
        let voices = Timetable::new(&turns(&[(0, 0.0, 2.0), (1, 6.0, 8.0)]));
        let of = |start, end| {
            let span = TimeSpan::from_millis(start, end);
            voices.of(&Word::new("a", span))
        };
        assert_eq!((of(1100, 1400), of(2500, 2900), of(3900, 4000), of(900, 1200)), (0, 1, 1, 0));
    }
}
