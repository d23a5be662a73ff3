//! Recognizes voices that a user asked to remember.

use std::ops::Range;

use speakers::{Turn, Window, likeness, mean_voice};

use super::assign::{spans, windows};
use super::{NamingError, names::is_automatic};
use crate::document::{Cue, Document};
use crate::remembered::RememberedVoices;

/// From this cosine on, a voice is called by its name. Measured in other recordings: the same person has at least 0.56,
/// even with one of them distorted, and different people have at most 0.36.
const NAMED: f32 = 0.50;
/// From this cosine on, a name is suggested.
const SUGGESTED: f32 = 0.42;

/// A remembered voice that a speaker may have.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The name of the speaker in the captions.
    pub speaker: String,
    /// The remembered name.
    pub name: String,
}

/// Gives remembered names to voices that are certain, each to the most similar one. A single voice gets none.
pub(super) fn recall(
    names: &mut [Option<String>],
    windows: &[Window],
    turns: &[Turn],
    remembered: &RememberedVoices,
) {
    if remembered.is_empty() || names.len() < 2 {
        return;
    }
    let voices: Vec<_> = (0..names.len()).map(|voice| mean_voice(windows, &spans_of(turns, voice))).collect();
    for (voice, name, _) in matches(&voices, remembered, NAMED) {
        names[voice] = Some(name);
    }
}

/// Returns when a voice speaks. Unit: seconds.
fn spans_of(turns: &[Turn], voice: usize) -> Vec<Range<f64>> {
    turns.iter().filter(|turn| turn.speaker == voice).map(|turn| turn.start..turn.end).collect()
}

/// Returns pairs of voices and names that are at least this similar, the most similar first. Each voice and each name
/// is in at most one pair.
fn matches(
    voices: &[Option<Vec<f32>>],
    remembered: &RememberedVoices,
    least: f32,
) -> Vec<(usize, String, f32)> {
    let mut pairs = Vec::new();
    for (voice, numbers) in voices.iter().enumerate() {
        let Some(numbers) = numbers else { continue };
        for known in remembered.iter() {
            let alike = likeness(numbers, &known.numbers);
            if alike >= least {
                pairs.push((voice, known.name.clone(), alike));
            }
        }
    }
    pairs.sort_by(|one, other| other.2.total_cmp(&one.2));
    let mut chosen: Vec<(usize, String, f32)> = Vec::new();
    for pair in pairs {
        if !chosen.iter().any(|other| other.0 == pair.0 || other.1 == pair.1) {
            chosen.push(pair);
        }
    }
    chosen
}

/// Returns remembered names for the speakers of a document who have no name that a user chose.
///
/// # Errors
/// [`NamingError::NoVoices`], [`NamingError::Speakers`].
pub fn suggest_names(
    document: &Document,
    remembered: &RememberedVoices,
) -> Result<Vec<Suggestion>, NamingError> {
    let windows = windows(document)?;
    let mut speakers: Vec<&str> = document.cues.iter().filter_map(|cue| cue.speaker.as_deref()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let is_taken = |name: &str| speakers.contains(&name);
    let free = remembered.iter().filter(|known| !is_taken(&known.name)).cloned().collect();
    let unnamed: Vec<&str> = speakers.iter().copied().filter(|name| is_automatic(name)).collect();
    let voices: Vec<_> = unnamed.iter().map(|name| voice_in(document, &windows, name)).collect();
    let found = matches(&voices, &free, SUGGESTED).into_iter();
    Ok(found.map(|(voice, name, _)| Suggestion { speaker: unnamed[voice].to_owned(), name }).collect())
}

/// Returns the description of the voice of a speaker of a document, to be remembered.
///
/// # Errors
/// [`NamingError::NoVoices`], [`NamingError::Speakers`]; [`NamingError::Nobody`] if the speaker is not heard.
pub fn voice_of(document: &Document, speaker: &str) -> Result<Vec<f32>, NamingError> {
    voice_in(document, &windows(document)?, speaker).ok_or(NamingError::Nobody)
}

fn voice_in(document: &Document, windows: &[Window], speaker: &str) -> Option<Vec<f32>> {
    let own = document.cues.iter().filter(|cue| cue.speaker.as_deref() == Some(speaker));
    mean_voice(windows, &spans(&own.collect::<Vec<&Cue>>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remembered::{NUMBERS, RememberedVoice};

    /// Returns a voice between those of two people.
    fn between(one: usize, other: usize, part: f32) -> Vec<f32> {
        let mut numbers = vec![0.0; NUMBERS];
        (numbers[one], numbers[other]) = ((1.0 - part * part).sqrt(), part);
        numbers
    }

    #[test]
    fn each_name_is_given_once_to_the_likest_voice() {
        let known = |name: &str, person| RememberedVoice {
            name: name.to_owned(),
            since: "2026-11-30".to_owned(),
            numbers: between(person, 50, 0.0),
        };
        let remembered = [known("Ada", 3), known("Bob", 4)].into_iter().collect();
        let voices = [Some(between(10, 3, 0.6)), Some(between(11, 3, 0.8)), Some(between(12, 4, 0.45)), None];
        let found = |least| {
            let found = matches(&voices, &remembered, least).into_iter();
            found.map(|(voice, name, _)| (voice, name)).collect::<Vec<_>>()
        };
        assert_eq!(found(NAMED), [(1, "Ada".to_owned())]);
        assert_eq!(found(SUGGESTED), [(1, "Ada".to_owned()), (2, "Bob".to_owned())]);
    }
}
