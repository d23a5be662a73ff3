//! Applies cuts to cues, to the recognizer's segments and to the names in a document.

use super::passage::{Cut, Passage, cut};
use crate::document::{Cue, words};
use crate::time::TimeSpan;
use crate::transcript::script::is_spaced;
use crate::transcript::{SecondOpinion, Segment, TermPart, Word};

/// Returns the cues as one passage.
pub(super) fn passage_of_cues(cues: &[Cue]) -> Passage {
    let mut last = None;
    Passage::of(cues.iter().map(|cue| {
        let meets = last.zip(cue.text.chars().next());
        last = cue.text.chars().next_back().or(last);
        (cue.text.as_str(), meets.is_none_or(|(last, first)| is_spaced(last, first)))
    }))
}

/// Removes other readings beside words: they may be what the words no longer show.
pub(super) fn forget_other_readings(cues: &mut [Cue], segments: &mut [Segment]) {
    for segment in segments.iter_mut() {
        segment.left_out.clear();
        segment.alternatives.clear();
    }
    let of_cues = cues.iter_mut().flat_map(|cue| &mut cue.words);
    for word in of_cues.chain(segments.iter_mut().flat_map(|segment| &mut segment.words)) {
        word.second.take_if(|second| matches!(second, SecondOpinion::Other(_)));
        if let Some(TermPart::First { instead }) = &mut word.listed {
            *instead = None;
        }
    }
}

/// Returns the words of segments as one passage.
pub(super) fn passage_of_segments(segments: &[Segment]) -> Passage {
    let words = segments.iter().flat_map(|segment| &segment.words);
    Passage::of(words.map(|word| (word.text.as_str(), word.space_before)))
}

/// Returns when the words of each cut are spoken; nothing for cuts in cues without words.
pub(super) fn times(cues: &[Cue], passage: &Passage, cuts: &[Cut]) -> Vec<Option<TimeSpan>> {
    let mut times: Vec<Option<TimeSpan>> = vec![None; cuts.len()];
    for (index, cue) in cues.iter().enumerate() {
        let start = passage.piece(index).start;
        let mut end = 0;
        for word in words::timed(cue).iter() {
            // The words spell the text, with white space between them.
            let Some(found) = cue.text[end..].find(&word.text) else { break };
            let at = start + end + found;
            end += found + word.text.len();
            for (cut, time) in cuts.iter().zip(&mut times) {
                if cut.range.start < at + word.text.len() && at < cut.range.end {
                    *time = Some(time.map_or(word.span, |time| time.joined(word.span)));
                }
            }
        }
    }
    times
}

/// Applies cuts to cues. Cues that become empty are removed; those that were empty before stay.
pub(super) fn cut_cues(cues: &mut Vec<Cue>, passage: &Passage, cuts: &[Cut]) {
    let mut index = 0;
    cues.retain_mut(|cue| {
        let here = passage.cuts_in(index, cuts);
        index += 1;
        if here.is_empty() {
            // Words left behind by a correction may contain what the text does not.
            cue.words = words::spelled(cue);
            return true;
        }
        let text = cut(&cue.text, &here);
        cue.words = words::follow(cue, &text);
        cue.text = text;
        !cue.text.is_empty()
    });
}

/// Applies cuts to segments. The replacement of several words gets their time; segments without words are removed.
pub(super) fn cut_segments(segments: &mut Vec<Segment>, passage: &Passage, cuts: &[Cut]) {
    let mut index = 0;
    segments.retain_mut(|segment| {
        let had_words = !segment.words.is_empty();
        let mut kept: Vec<Word> = Vec::with_capacity(segment.words.len());
        for word in std::mem::take(&mut segment.words) {
            let here = passage.cuts_in(index, cuts);
            let text = if here.is_empty() { word.text.clone() } else { cut(&word.text, &here) };
            match (passage.cut_into(index, cuts), kept.last_mut()) {
                (Some(whole), Some(first)) if !text.contains(char::is_alphanumeric) => {
                    extend(first, &word, &here[0], !whole.with.is_empty());
                }
                _ if text.is_empty() => {}
                _ => kept.push(Word { text, ..word }),
            }
            index += 1;
        }
        segment.words = kept;
        !had_words || !segment.words.is_empty()
    });
}

/// Adds the punctuation of the last word of a range to the replacement, and its time if there is a replacement.
fn extend(first: &mut Word, last: &Word, cut: &Cut, stands: bool) {
    let marks = &last.text[cut.range.end..];
    if !first.text.ends_with(marks) {
        first.text.push_str(marks);
    }
    if stands {
        first.span = first.span.joined(last.span);
    }
}
