//! Finds speakers again in captions whose voices are known: another number of them, or within one speaker.

use std::ops::Range;

use speakers::{Turn, Window, unpack, within};
use thiserror::Error;

use super::labels::{divide_all, said_by, voice_count};
use super::names::{keep_names, name_beside, names, times};
use super::recall::recall;
use super::{SpeakersError, turns_in};
use crate::caption::{Profile, compose};
use crate::document::ops::split;
use crate::document::words::{placed, timed};
use crate::document::{Cue, CueId, Document, Edit, Transaction};
use crate::recognize::request::SpeakerWish;
use crate::remembered::RememberedVoices;
use crate::time::MediaTime;
use crate::transcript::{Segment, Word};

/// A cue is not divided into parts that are shown for less time.
const SHORTEST_PART: MediaTime = MediaTime::from_millis(500);

/// Why speakers cannot be found in captions.
#[derive(Debug, Error)]
pub enum NamingError {
    /// The document does not have the voices: the recording must be listened to first.
    #[error("the voices of this recording are not known yet")]
    NoVoices,
    /// No speech was found in the recording.
    #[error("nobody is heard in this recording")]
    Nobody,
    /// The voices cannot be read, or an internal error occurred.
    #[error(transparent)]
    Speakers(#[from] SpeakersError),
    /// Everything that this speaker says sounds like one person.
    #[error("what {name} says sounds like one person")]
    OneVoice {
        /// The speaker.
        name: String,
    },
}

/// Finds the speakers of a document again. Each cue gets its speaker, and is divided where the speaker changes;
/// captions that were not edited are composed again. Names that a user chose stay with their voices. If there is only
/// one voice, it gets no name. New cues get ids from `free` on.
///
/// # Errors
/// [`NamingError::NoVoices`], [`NamingError::Nobody`], [`NamingError::Speakers`].
pub fn name_speakers(
    document: &Document,
    free: CueId,
    wish: SpeakerWish,
    profile: &Profile,
    remembered: &RememberedVoices,
) -> Result<Transaction, NamingError> {
    let windows = windows(document)?;
    let turns = turns_in(&windows, wish)?;
    if turns.is_empty() {
        return Err(NamingError::Nobody);
    }
    let segments = rejoined(&document.segments);
    let before = names_over_time(document);
    let found = |words: &[&Word], before: &[Option<&str>]| {
        let said_by = said_by(words, &turns);
        let count = voice_count(&turns);
        let mut names = match count {
            1 => vec![None],
            _ => names(words, &said_by, count, wish),
        };
        recall(&mut names, &windows, &turns, remembered);
        keep_names(&mut names, words, &said_by, before);
        (said_by, names)
    };
    let heard: Vec<&Word> = segments.iter().flat_map(|segment| &segment.words).collect();
    let heard_before: Vec<_> = heard.iter().map(|word| name_at(&before, word)).collect();
    let is_fresh = is_composed(document, profile);
    let written: Vec<Vec<Word>> = document.cues.iter().map(|cue| timed(cue).into_owned()).collect();
    let (said, names) = match is_fresh {
        true => found(&heard, &heard_before),
        false => {
            let speaker = |(cue, words): (&Cue, &Vec<Word>)| vec![cue.speaker.clone(); words.len()];
            let before: Vec<_> = document.cues.iter().zip(&written).flat_map(speaker).collect();
            let before: Vec<_> = before.iter().map(Option::as_deref).collect();
            found(&written.iter().flatten().collect::<Vec<_>>(), &before)
        }
    };
    let heard_by = if is_fresh { said.clone() } else { said_by(&heard, &turns) };
    let segments = divide_all(segments, heard_by, &names);
    let mut edits = match is_fresh {
        true => composed_anew(document, free, compose(&segments, &document.language, profile)),
        false => {
            let mut said = said.into_iter().map(|voice| names.get(voice).cloned().flatten());
            let speakers: Vec<Vec<_>> =
                written.iter().map(|words| said.by_ref().take(words.len()).collect()).collect();
            named_cues(&document.cues, &speakers, free)
        }
    };
    if segments != document.segments {
        let removed = document.segments.len();
        edits.push(Edit::SpliceSegments { at: 0, removed, inserted: segments });
    }
    Ok(Transaction::new("Find speakers", edits))
}

/// Divides the speech of one speaker between the two voices that differ most. The voice that says more keeps the name.
///
/// # Errors
/// [`NamingError::OneVoice`] if there are no two voices, [`NamingError::NoVoices`], [`NamingError::Speakers`].
pub fn split_speaker(document: &Document, free: CueId, name: &str) -> Result<Transaction, NamingError> {
    let one_voice = || NamingError::OneVoice { name: name.to_owned() };
    let two = SpeakerWish::Exactly(const { std::num::NonZeroUsize::new(2).unwrap() });
    let own: Vec<&Cue> = document.cues.iter().filter(|cue| cue.speaker.as_deref() == Some(name)).collect();
    let turns: Vec<Turn> = turns_in(&within(&windows(document)?, &spans(&own)), two)?;
    if voice_count(&turns) < 2 {
        return Err(one_voice());
    }
    let written: Vec<Vec<Word>> = own.iter().map(|cue| timed(cue).into_owned()).collect();
    let words: Vec<&Word> = written.iter().flatten().collect();
    let said = said_by(&words, &turns);
    let times = times(&words, &said, 2);
    if times.contains(&0) {
        return Err(one_voice());
    }
    let taken: Vec<&str> = document.cues.iter().filter_map(|cue| cue.speaker.as_deref()).collect();
    let other = name_beside(name, &taken);
    let mut names = [Some(name.to_owned()), Some(other)];
    if times[1] > times[0] {
        names.swap(0, 1);
    }
    let mut said = said.into_iter().map(|voice| names[voice].clone());
    let speakers: Vec<Vec<_>> =
        written.iter().map(|words| said.by_ref().take(words.len()).collect()).collect();
    let own: Vec<Cue> = own.into_iter().cloned().collect();
    Ok(Transaction::new(format!("Split speaker {name}"), named_cues(&own, &speakers, free)))
}

/// Returns the windows with the voices of a document.
pub(super) fn windows(document: &Document) -> Result<Vec<Window>, NamingError> {
    let voices = document.voices.as_ref().ok_or(NamingError::NoVoices)?;
    Ok(unpack(voices.bytes()).map_err(SpeakersError::from)?)
}

/// Returns the times of cues. Unit: seconds.
pub(super) fn spans(cues: &[&Cue]) -> Vec<Range<f64>> {
    cues.iter().map(|cue| cue.span.start.as_secs_f64()..cue.span.end.as_secs_f64()).collect()
}

/// Returns segments as they were before they were divided at changes of speaker: parts of one segment follow each other
/// and have the same mean probability.
fn rejoined(segments: &[Segment]) -> Vec<Segment> {
    let mut joined: Vec<Segment> = Vec::new();
    for segment in segments {
        match joined.last_mut() {
            Some(last) if are_parts(last, segment) => {
                last.words.extend_from_slice(&segment.words);
                last.left_out.extend_from_slice(&segment.left_out);
            }
            _ => joined.push(segment.clone()),
        }
    }
    joined
}

fn are_parts(one: &Segment, other: &Segment) -> bool {
    one.speaker.is_some()
        && other.speaker.is_some()
        && one.average_log_probability == other.average_log_probability
        && one.doubt == other.doubt
}

/// Returns whether the cues are still as composed from the segments, apart from the speakers.
fn is_composed(document: &Document, profile: &Profile) -> bool {
    let cues = compose(&document.segments, &document.language, profile);
    let is_same = |(one, other): (&Cue, &Cue)| {
        *one == Cue { id: one.id, speaker: one.speaker.clone(), ..other.clone() }
    };
    !cues.is_empty() && cues.len() == document.cues.len() && document.cues.iter().zip(&cues).all(is_same)
}

fn composed_anew(document: &Document, free: CueId, cues: Vec<Cue>) -> Vec<Edit> {
    let removed = document.cues.iter().map(|cue| Edit::Remove(cue.id));
    let numbered = (free.0..).zip(cues).map(|(id, cue)| Edit::Insert(Cue { id: CueId(id), ..cue }));
    removed.chain(numbered).collect()
}

/// Returns the current name of the speaker for each span of time.
fn names_over_time(document: &Document) -> Vec<(MediaTime, MediaTime, Option<&str>)> {
    document.cues.iter().map(|cue| (cue.span.start, cue.span.end, cue.speaker.as_deref())).collect()
}

fn name_at<'a>(names: &[(MediaTime, MediaTime, Option<&'a str>)], word: &Word) -> Option<&'a str> {
    let next = names.partition_point(|(start, ..)| *start <= word.span.start);
    let (_, end, name) = names[..next].last()?;
    name.filter(|_| word.span.start < *end)
}

/// Returns the edits that give cues their speakers. `speakers` holds the speaker of each word of each cue; a cue is
/// divided where that changes.
fn named_cues(cues: &[Cue], speakers: &[Vec<Option<String>>], free: CueId) -> Vec<Edit> {
    let (mut edits, mut free) = (Vec::new(), free);
    for (cue, speakers) in cues.iter().zip(speakers) {
        let parts = divided(cue, speakers, &mut free);
        let (first, rest) = parts.split_first().map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
        edits.extend(first.filter(|first| *first != cue).cloned().map(Edit::Replace));
        edits.extend(rest.iter().cloned().map(Edit::Insert));
    }
    edits
}

/// Divides a cue into parts with one speaker each, in order of time, none of them too short to be read.
fn divided(cue: &Cue, speakers: &[Option<String>], free: &mut CueId) -> Vec<Cue> {
    let as_spelled = Cue { words: timed(cue).into_owned(), ..cue.clone() };
    let starts: Vec<usize> = placed(&as_spelled).iter().map(|(bytes, _)| bytes.start).collect();
    let changes = (1..speakers.len()).filter(|&word| speakers[word] != speakers[word - 1]);
    let (mut head, mut end, mut tails) = (cue.clone(), speakers.len(), Vec::new());
    // From last to first, so that the positions of earlier changes stay valid.
    for word in changes.collect::<Vec<_>>().into_iter().rev() {
        let Some(&at) = starts.get(word) else { continue };
        let parts =
            in_two(&head, *free, at).filter(|(first, second)| is_readable(first) && is_readable(second));
        if let Some((first, second)) = parts {
            free.0 += 1;
            tails.push(Cue { speaker: most(&speakers[word..end], &as_spelled.words[word..end]), ..second });
            (head, end) = (first, word);
        }
    }
    if end > 0 {
        head.speaker = most(&speakers[..end], &as_spelled.words[..end]);
    }
    tails.push(head);
    tails.reverse();
    tails
}

fn in_two(cue: &Cue, free: CueId, at: usize) -> Option<(Cue, Cue)> {
    let document = Document { cues: vec![cue.clone()], ..Document::default() };
    let mut edits = split(&document, free, cue.id, at).ok()?.edits.into_iter();
    match (edits.next()?, edits.next()?) {
        (Edit::Replace(first), Edit::Insert(second)) => Some((first, second)),
        _ => None,
    }
}

fn is_readable(cue: &Cue) -> bool {
    cue.span.duration() >= SHORTEST_PART
}

/// Returns the speaker who says most of the words.
fn most(speakers: &[Option<String>], words: &[Word]) -> Option<String> {
    let time = |speaker: &Option<String>| -> i64 {
        let own = speakers.iter().zip(words).filter(|(other, _)| *other == speaker);
        own.map(|(_, word)| word.span.duration().as_millis().max(1)).sum()
    };
    // The first of speakers with the same time.
    speakers.iter().rev().max_by_key(|speaker| time(speaker)).cloned().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::words::estimate;
    use crate::time::TimeSpan;

    fn cue(text: &str) -> Cue {
        let span = TimeSpan::from_millis(1000, 9000);
        Cue { id: CueId(7), span, text: text.to_owned(), words: estimate(text, span), ..Cue::default() }
    }

    fn speakers(initials: &str) -> Vec<Option<String>> {
        initials.chars().map(|c| (c != '-').then(|| c.to_string())).collect()
    }

    fn parts(cue: &Cue, initials: &str) -> Vec<(String, String, i64)> {
        let parts = divided(cue, &speakers(initials), &mut CueId(20));
        let part = |cue: &Cue| {
            (cue.speaker.clone().unwrap_or_default(), cue.text.clone(), cue.span.start.as_millis())
        };
        parts.iter().map(part).collect()
    }

    #[test]
    fn cues_are_divided_where_the_speaker_changes() {
        let of = |speaker: &str, text: &str, start| (speaker.to_owned(), text.to_owned(), start);
        let known = cue("one two\nsix ten");
        assert_eq!(parts(&known, "AAAA"), [of("A", "one two\nsix ten", 1000)]);
        assert_eq!(parts(&known, "AABB"), [of("A", "one two", 1000), of("B", "six ten", 5000)]);
        assert_eq!(
            parts(&known, "ABBC"),
            [of("A", "one", 1000), of("B", "two\nsix", 3000), of("C", "ten", 7000)]
        );
        assert_eq!(parts(&known, "----"), [of("", "one two\nsix ten", 1000)]);
        let untimed = Cue { words: Vec::new(), ..known };
        assert_eq!(parts(&untimed, "AAAB"), [of("A", "one two\nsix", 1000), of("B", "ten", 7285)]);
        let ids: Vec<_> =
            divided(&untimed, &speakers("ABAB"), &mut CueId(20)).iter().map(|cue| cue.id.0).collect();
        assert_eq!(ids, [7, 22, 21, 20]);
    }

    #[test]
    fn no_part_is_too_short_to_be_read() {
        let words = [("Well,", 1000, 1400), ("he", 1400, 1700), ("said", 1700, 3000), ("so", 8800, 9000)];
        let words = words.map(|(text, start, end)| Word::new(text, TimeSpan::from_millis(start, end)));
        let known = Cue { words: words.to_vec(), ..cue("Well, he said so") };
        let whole = |speaker: &str| vec![(speaker.to_owned(), known.text.clone(), 1000)];
        assert_eq!(parts(&known, "AAAB"), whole("A"));
        assert_eq!(parts(&known, "ABBB"), whole("B"));
        assert_eq!(parts(&known, "AABB").len(), 2);
    }

    #[test]
    fn parts_of_a_segment_are_joined_and_others_are_not() {
        let words = estimate("one two six ten", TimeSpan::from_millis(0, 4000));
        let part = |words: &[Word], speaker: &str, probability| Segment {
            words: words.to_vec(),
            average_log_probability: probability,
            speaker: Some(speaker.to_owned()),
            ..Segment::default()
        };
        let segments =
            [part(&words[..1], "A", -0.25), part(&words[1..3], "B", -0.25), part(&words[3..], "A", -0.5)];
        let joined = rejoined(&segments);
        assert_eq!(joined.len(), 2);
        assert_eq!(joined[0].words, words[..3]);
    }
}
