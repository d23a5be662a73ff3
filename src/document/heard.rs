//! Which names and terms of a list were heard in captions, and where one may have been missed.
//!
//! A term was heard where the words of a cue have its letters. It may have been missed where doubtful words sound like it:
//! letters that are easily confused count as one, and vowels count half.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{CueId, Document, words};
use crate::time::MediaTime;
use crate::transcript::{Word, key};

/// A term is looked for in at most this many words of captions.
const MOST_WORDS: usize = 8;
/// Shorter terms sound like too much else. Unit: sounds.
const LEAST_SOUNDS: usize = 4;
/// Words that a term may hide in differ from it by at most this share of its sounds.
const MOST_DIFFERENT: f32 = 0.3;
/// At least one of these words is wrong with this probability.
const LEAST_DOUBT: f32 = 0.15;
/// What a vowel counts for if a consonant counts for two.
const VOWEL: u32 = 1;
const CONSONANT: u32 = 2;

/// What became of a name or term.
#[derive(Clone, Debug, PartialEq)]
pub struct HeardTerm {
    /// As it is listed.
    pub term: String,
    /// Where it stands in the captions.
    pub heard: Vec<TermPlace>,
    /// Where it was perhaps said but something else was recognized.
    pub perhaps: Vec<TermPlace>,
}

/// Words of captions.
#[derive(Clone, Debug, PartialEq)]
pub struct TermPlace {
    /// The cue in which they begin.
    pub cue: CueId,
    /// When they begin.
    pub time: MediaTime,
    /// As they stand there.
    pub text: String,
}

/// Looks for each term of a list, in the order of the list.
pub fn heard_terms(document: &Document, terms: &[String]) -> Vec<HeardTerm> {
    let spoken = spoken(document);
    let mut taken = vec![false; spoken.len()];
    let mut found: Vec<HeardTerm> = terms
        .iter()
        .map(|term| {
            let places = places_of(&key(term), &spoken);
            places.iter().for_each(|place| taken[place.clone()].fill(true));
            let heard = places.into_iter().map(|place| place_of(&spoken[place])).collect();
            HeardTerm { term: term.clone(), heard, perhaps: Vec::new() }
        })
        .collect();
    for (term, place) in perhaps(terms, &spoken, taken) {
        found[term].perhaps.push(place_of(&spoken[place]));
    }
    found
}

/// A word of the captions.
struct Spoken {
    cue: CueId,
    time: MediaTime,
    text: String,
    /// Its letters and digits, in small letters; empty if there are none.
    key: String,
    is_doubtful: bool,
}

fn spoken(document: &Document) -> Vec<Spoken> {
    let of_word = |cue: CueId, word: &Word| Spoken {
        cue,
        time: word.span.start,
        text: word.text.clone(),
        key: if word.text.contains(char::is_alphanumeric) { key(&word.text) } else { String::new() },
        is_doubtful: word.chance_of_error() >= LEAST_DOUBT,
    };
    let of_cue = |cue: &super::Cue| -> Vec<Spoken> {
        words::timed(cue).iter().map(|word| of_word(cue.id, word)).collect()
    };
    document.cues.iter().flat_map(of_cue).filter(|word| !word.key.is_empty()).collect()
}

fn place_of(words: &[Spoken]) -> TermPlace {
    let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let (cue, time) = words.first().map_or_else(Default::default, |word| (word.cue, word.time));
    let text = text.join(" ");
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    TermPlace { cue, time, text }
}

/// The words whose letters are those of a term, perhaps with the `s` of a plural or a genitive.
fn places_of(term: &str, spoken: &[Spoken]) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut at = 0;
    while at < spoken.len() {
        match length_of(term, &spoken[at..]) {
            Some(length) => {
                places.push(at..at + length);
                at += length;
            }
            None => at += 1,
        }
    }
    places
}

/// How many of these words spell a term.
fn length_of(term: &str, spoken: &[Spoken]) -> Option<usize> {
    let mut rest = term;
    for (length, word) in (1..=MOST_WORDS).zip(spoken) {
        if let Some(after) = rest.strip_prefix(word.key.as_str()) {
            rest = after;
        } else {
            let is_last = !rest.is_empty() && word.key.strip_suffix('s') == Some(rest);
            return is_last.then_some(length);
        }
        if rest.is_empty() {
            return Some(length);
        }
    }
    None
}

/// Where each term may hide, by its index; no word is given to two terms.
fn perhaps(terms: &[String], spoken: &[Spoken], mut taken: Vec<bool>) -> Vec<(usize, Range<usize>)> {
    let sounds: Vec<(usize, Vec<char>)> = terms.iter().map(|term| sounds(term)).enumerate().collect();
    let sounds: Vec<_> = sounds.into_iter().filter(|(_, sounds)| sounds.len() >= LEAST_SOUNDS).collect();
    let mut candidates: Vec<(f32, usize, Range<usize>)> = Vec::new();
    for start in 0..spoken.len() {
        let mut heard = String::new();
        for end in start + 1..=(start + MOST_WORDS).min(spoken.len()) {
            if taken[end - 1] {
                break;
            }
            heard.push_str(&spoken[end - 1].key);
            if !spoken[start..end].iter().any(|word| word.is_doubtful) {
                continue;
            }
            let heard = self::sounds(&heard);
            if sounds.iter().all(|(_, term)| heard.len() > 2 * term.len()) {
                break;
            }
            let near = sounds.iter().filter_map(|(term, sounds)| Some((*term, difference(sounds, &heard)?)));
            candidates.extend(near.map(|(term, difference)| (difference, term, start..end)));
        }
    }
    candidates.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.2.start.cmp(&other.2.start)));
    let mut found = Vec::new();
    for (_, term, place) in candidates {
        if !taken[place.clone()].contains(&true) {
            taken[place.clone()].fill(true);
            found.push((term, place));
        }
    }
    found.sort_by_key(|(_, place)| place.start);
    found
}

/// What a text sounds like: one letter for those that are easily confused, each once.
fn sounds(text: &str) -> Vec<char> {
    let mut sounds: Vec<char> = Vec::new();
    let plain = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut letters = plain.filter(|c| c.is_alphanumeric()).peekable();
    while let Some(letter) = letters.next() {
        let sound = match letter {
            'c' if letters.peek().is_some_and(|next| "eiy".contains(*next)) => 's',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' => 'a',
            'p' | 'b' => 'p',
            't' | 'd' => 't',
            'k' | 'c' | 'q' | 'g' | 'x' => 'k',
            's' | 'z' | 'ß' => 's',
            'f' | 'v' | 'w' => 'f',
            'm' | 'n' => 'n',
            'h' if sounds.last() == Some(&'p') => {
                sounds.pop();
                'f'
            }
            'h' => continue,
            other => other,
        };
        if sounds.last() != Some(&sound) {
            sounds.push(sound);
        }
    }
    sounds
}

/// The share of a term's sounds in which others differ; `None` if it is too large.
fn difference(term: &[char], heard: &[char]) -> Option<f32> {
    let weight = |sound: &char| if *sound == 'a' { VOWEL } else { CONSONANT };
    let total: u32 = term.iter().map(weight).sum();
    let most = (MOST_DIFFERENT * total as f32) as u32;
    // Each sound more or less counts for at least a vowel.
    if term.len().abs_diff(heard.len()) as u32 * VOWEL > most {
        return None;
    }
    let mut costs: Vec<u32> = std::iter::once(0)
        .chain(heard.iter().scan(0, |sum, sound| {
            *sum += weight(sound);
            Some(*sum)
        }))
        .collect();
    for own in term {
        let mut diagonal = costs[0];
        costs[0] += weight(own);
        for (at, other) in heard.iter().enumerate() {
            let changed = if own == other { 0 } else { weight(own).max(weight(other)) };
            let cost = (diagonal + changed).min(costs[at + 1] + weight(own)).min(costs[at] + weight(other));
            diagonal = std::mem::replace(&mut costs[at + 1], cost);
        }
        if costs.iter().all(|cost| *cost > most) {
            return None;
        }
    }
    let cost = *costs.last()?;
    (cost <= most).then(|| cost as f32 / total.max(1) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Cue;
    use crate::document::words::estimate;
    use crate::time::TimeSpan;

    /// A cue each second; words in brackets are doubtful.
    fn document(texts: &[&str]) -> Document {
        let cue = |(number, text): (i64, &&str)| {
            let span = TimeSpan::from_millis(number * 1000, number * 1000 + 1000);
            let is_doubtful = |word: &str| word.starts_with('[');
            let doubts: Vec<bool> = text.split_whitespace().map(is_doubtful).collect();
            let text = text.replace(['[', ']'], "");
            let mut words = estimate(&text, span);
            for (word, is_doubtful) in words.iter_mut().zip(doubts) {
                word.probability = if is_doubtful { 0.3 } else { 0.99 };
            }
            Cue { id: CueId(number as u64), span, text, words, ..Cue::default() }
        };
        Document { cues: (0..).zip(texts).map(cue).collect(), ..Document::default() }
    }

    fn told(texts: &[&str], terms: &[&str]) -> Vec<(String, Vec<String>, Vec<String>)> {
        let terms: Vec<String> = terms.iter().map(|term| (*term).to_owned()).collect();
        let texts_of = |places: &[TermPlace]| places.iter().map(|place| place.text.clone()).collect();
        heard_terms(&document(texts), &terms)
            .into_iter()
            .map(|found| (found.term, texts_of(&found.heard), texts_of(&found.perhaps)))
            .collect()
    }

    #[test]
    fn terms_are_heard_in_any_case_across_hyphens_spaces_and_cues() {
        let found = told(
            &["The lax Milgram lemma, and Lax-", "Milgram again.", "Galerkin's method; galerkin", "DNA"],
            &["Lax-Milgram", "Galerkin", "DNA", "NADP"],
        );
        let heard: Vec<Vec<String>> = found.into_iter().map(|(_, heard, _)| heard).collect();
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(heard[0], texts(&["lax Milgram", "Lax- Milgram"]));
        assert_eq!(heard[1], texts(&["Galerkin's", "galerkin"]));
        assert_eq!(heard[2], texts(&["DNA"]));
        assert!(heard[3].is_empty());
    }

    #[test]
    fn doubtful_words_that_sound_like_a_term_are_likely_misses() {
        let found = told(
            &["the [gallery] kin method", "by [lacks] [mill] gram", "a gallery can be seen", "a [house]"],
            &["Galerkin", "Lax-Milgram", "podocyte"],
        );
        let misses: Vec<Vec<String>> = found.into_iter().map(|(_, _, perhaps)| perhaps).collect();
        assert_eq!(misses[0], ["gallery kin"]);
        assert_eq!(misses[1], ["lacks mill gram"]);
        assert!(misses[2].is_empty(), "{misses:?}");
    }

    #[test]
    fn a_place_tells_its_cue_and_time() {
        let found = heard_terms(&document(&["one two", "three podocyte"]), &["podocyte".to_owned()]);
        let place = &found[0].heard[0];
        assert_eq!((place.cue, place.text.as_str()), (CueId(1), "podocyte"));
        assert!(place.time > MediaTime::from_millis(1000));
    }

    #[test]
    fn accents_and_letters_that_sound_alike_make_no_difference() {
        for (one, other) in [("Céa", "sea"), ("phase", "face"), ("Kolmogorow", "colmogoroff")] {
            assert_eq!(sounds(one), sounds(other));
        }
        assert!(difference(&sounds("Nédélec"), &sounds("needle eck")).unwrap() < 0.1);
        assert_eq!(difference(&sounds("podocyte"), &sounds("house")), None);
    }
}
