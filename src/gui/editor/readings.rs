//! What else may have been said in the place of a word: the second opinion, and the other texts of the search.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::doubt::{Alternative, alternative_at, doubtful_places, with_marks_of};
use crate::document::words::placed;
use crate::document::{Cue, CueId};
use crate::transcript::{Alternatives, OtherReading, Segment, Word, key};

/// What may stand at the text cursor, the likeliest first; at the first doubtful word of the cue for which there is
/// anything, where there is nothing at the cursor.
pub fn options(cue: &Cue, segments: &[Segment], at: Option<usize>, from: f32) -> Vec<Alternative> {
    let places = at.into_iter().chain(doubtful_places(cue, from));
    places.map(|at| options_at(cue, segments, at)).find(|options| !options.is_empty()).unwrap_or_default()
}

/// What may stand at byte `at` of a cue's text.
pub fn options_at(cue: &Cue, segments: &[Segment], at: usize) -> Vec<Alternative> {
    let mut options: Vec<Alternative> = alternative_at(cue, at).into_iter().collect();
    for other in others(cue, segments, at) {
        if !options.iter().any(|known| known.text == other.text && known.range == other.range) {
            options.push(other);
        }
    }
    options
}

/// Whether the search has other texts for any words of a cue.
pub fn has_others(cue: &Cue, segments: &[Segment]) -> bool {
    let overlaps = |own: &&Segment| {
        let span = own.span();
        span.start < cue.span.end && cue.span.start < span.end
    };
    let mut own = segments.iter().filter(overlaps).flat_map(|segment| &segment.alternatives);
    own.any(|own| own.readings.len() > 1)
}

fn others(cue: &Cue, segments: &[Segment], at: usize) -> Vec<Alternative> {
    let words = placed(cue);
    let here = words.iter().position(|(range, _)| range.start <= at && at <= range.end);
    let Some((here, (segment, own, place))) =
        here.and_then(|here| Some((here, recognized(words[here].1, segments)?)))
    else {
        return Vec::new();
    };
    let spoken = &segment.words[own.words.clone()];
    let other = |reading: &OtherReading| {
        let tokens: Vec<&str> = reading.text.split_whitespace().collect();
        let (old, new) = difference(spoken, &tokens, place)?;
        let first = (here + old.start).checked_sub(place)?;
        let run = words.get(first..first + old.len())?;
        let is_unchanged = run.iter().zip(&spoken[old]).all(|((_, word), spoken)| word.text == spoken.text);
        let range = run.first()?.0.start..run.last()?.0.end;
        let text = with_marks_of(&tokens[new].join(" "), &cue.text[range.clone()]);
        let is_other = is_unchanged && !text.is_empty() && text != cue.text[range.clone()];
        is_other.then_some(Alternative { range, text })
    };
    own.readings.iter().skip(1).filter_map(other).collect()
}

/// Where a word of a cue was recognized: its segment, the sentence with its readings, and its place in that.
fn recognized<'a>(word: &Word, segments: &'a [Segment]) -> Option<(&'a Segment, &'a Alternatives, usize)> {
    segments.iter().filter(|segment| !segment.alternatives.is_empty()).find_map(|segment| {
        let is_it = |spoken: &Word| spoken.span.start == word.span.start && spoken.text == word.text;
        let index = segment.words.iter().position(is_it)?;
        let own = segment.alternatives.iter().find(|own| own.words.contains(&index))?;
        (own.words.end <= segment.words.len()).then(|| (segment, own, index - own.words.start))
    })
}

/// The words around a place that differ, and those of the other text in their place.
fn difference(words: &[Word], others: &[&str], place: usize) -> Option<(Range<usize>, Range<usize>)> {
    let old: Vec<String> = words.iter().map(|word| key(&word.text)).collect();
    let new: Vec<String> = others.iter().map(|word| key(word)).collect();
    let differences = capture_diff_slices(Algorithm::Myers, &old, &new);
    let found = differences.iter().find(|difference| difference.old_range().contains(&place))?;
    match found {
        DiffOp::Equal { .. } => None,
        _ if found.old_range().len() == found.new_range().len() => {
            let other = found.new_range().start + place - found.old_range().start;
            Some((place..place + 1, other..other + 1))
        }
        _ => Some((found.old_range(), found.new_range())),
    }
}

/// What was offered last, so that the same key brings the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    cue: CueId,
    start: usize,
    texts: Vec<String>,
    shown: usize,
}

impl Offered {
    /// Offers the first of several texts, after the last of which what stands there now comes back. `None` where there is
    /// nothing to choose.
    pub fn new(cue: &Cue, options: &[Alternative]) -> Option<Self> {
        let first = options.first().filter(|first| !first.text.is_empty())?;
        let same = options.iter().filter(|option| option.range == first.range && !option.text.is_empty());
        let mut texts: Vec<String> = same.map(|option| option.text.clone()).collect();
        texts.push(cue.text[first.range.clone()].to_owned());
        Some(Self { cue: cue.id, start: first.range.start, texts, shown: 0 })
    }

    /// The next text in the place of the one that was offered last, if it still stands there.
    pub fn next(&mut self, cue: &Cue) -> Option<Alternative> {
        let shown = &self.texts[self.shown];
        let stands = cue.id == self.cue
            && cue.text.get(self.start..).is_some_and(|text| text.starts_with(shown.as_str()));
        let range = self.start..self.start + shown.len();
        self.shown = (self.shown + 1) % self.texts.len();
        stands.then(|| Alternative { range, text: self.texts[self.shown].clone() })
    }

    /// Which of how many texts is shown, counted from 1; 0 for what stood there at first.
    pub fn place(&self) -> (usize, usize) {
        let count = self.texts.len() - 1;
        (if self.shown == count { 0 } else { self.shown + 1 }, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::words::estimate;
    use crate::time::TimeSpan;

    fn captions() -> (Cue, Vec<Segment>) {
        let span = TimeSpan::from_millis(0, 4000);
        let words = estimate("Then Tony whore said it. Good.", span);
        let reading = |text: &str, confidence| OtherReading { text: text.to_owned(), confidence };
        let readings = vec![
            reading("Then Tony whore said it.", 0.5),
            reading("Then Tony Hoare said it.", 0.3),
            reading("Then Tony horror said it.", 0.1),
            reading("Then Tony who are said it.", 0.05),
        ];
        let alternatives = vec![Alternatives { words: 0..5, readings }];
        let text = "Tony whore\nsaid it.".to_owned();
        let cue = Cue { id: CueId(1), span, text, words: words[1..5].to_vec(), ..Cue::default() };
        (cue, vec![Segment { words, alternatives, ..Segment::default() }])
    }

    #[test]
    fn other_texts_of_the_search_are_offered_in_place_of_a_word() {
        let (cue, segments) = captions();
        let texts =
            |at| options_at(&cue, &segments, at).into_iter().map(|option| option.text).collect::<Vec<_>>();
        assert_eq!(texts(7), ["Hoare", "horror", "who are"]);
        assert!(texts(1).is_empty() && has_others(&cue, &segments));
        let mut changed = cue.clone();
        changed.respell("Tony typed\nsaid it.".to_owned());
        changed.words = crate::document::words::follow(&cue, &changed.text);
        assert!(options_at(&changed, &segments, 7).is_empty(), "nobody doubts what a person typed");
    }

    #[test]
    fn the_same_key_goes_round() {
        let (mut cue, segments) = captions();
        let options = options_at(&cue, &segments, 7);
        let mut offered = Offered::new(&cue, &options).unwrap();
        cue.text = options[0].put_into(&cue.text).0;
        let mut seen = vec![cue.text.clone()];
        for _ in 0..3 {
            cue.text = offered.next(&cue).unwrap().put_into(&cue.text).0;
            seen.push(cue.text.clone());
        }
        let wanted = ["Hoare", "horror", "who are", "whore"].map(|word| format!("Tony {word}\nsaid it."));
        assert_eq!(seen, wanted);
        assert_eq!(offered.place(), (0, 3));
        cue.text = "Something else".to_owned();
        assert_eq!(offered.next(&cue), None);
    }
}
