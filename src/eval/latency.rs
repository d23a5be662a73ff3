//! Measures how soon live captions show words after they were spoken.

use super::align::{Step, align};
use super::normalize::normalize;
use super::timing::Sentence;
use crate::time::MediaTime;
use crate::transcript::{Language, Word};

/// A spoken word, normalized.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenWord {
    /// The word as it was shown.
    pub text: String,
    /// The end of its sound.
    pub end: MediaTime,
}

/// Returns the words of the sentences and when each ended. The last word of a sentence ends with it, exactly; the
/// others end where a recognizer with the whole recording `recognized` them, but inside their sentence. Words that it did
/// not understand are left out.
pub fn spoken_words(sentences: &[Sentence], recognized: &[Word], language: &Language) -> Vec<SpokenWord> {
    let said: Vec<(String, &Sentence, bool)> = sentences
        .iter()
        .flat_map(|sentence| {
            let words = normalize(&sentence.text, language);
            let count = words.len();
            words.into_iter().enumerate().map(move |(n, word)| (word, sentence, n + 1 == count))
        })
        .collect();
    let recognized = recognized_words(recognized, language);
    let keys = |words: &[SpokenWord]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
    let said_keys: Vec<_> = said.iter().map(|(word, ..)| word.clone()).collect();
    matches(&said_keys, &keys(&recognized))
        .map(|(i, j)| {
            let (text, sentence, is_last) = &said[i];
            let span = sentence.span;
            let end = if *is_last { span.end } else { recognized[j].end.clamp(span.start, span.end) };
            SpokenWord { text: text.clone(), end }
        })
        .collect()
}

/// Returns the words of a recognizer, as if it were always right.
pub fn recognized_words(words: &[Word], language: &Language) -> Vec<SpokenWord> {
    let spoken = |word: &Word| {
        let end = word.span.end;
        normalize(&word.text, language).into_iter().map(move |text| SpokenWord { text, end })
    };
    words.iter().flat_map(spoken).collect()
}

/// Returns the indexes of matching words.
fn matches(a: &[String], b: &[String]) -> impl Iterator<Item = (usize, usize)> {
    let (mut i, mut j) = (0, 0);
    align(a, b).into_iter().filter_map(move |step| {
        let at = (i, j);
        i += usize::from(step != Step::Insert);
        j += usize::from(step != Step::Delete);
        (step == Step::Match).then_some(at)
    })
}

/// Follows the screen, word by word. Times are those of the recording at which something was shown.
#[derive(Clone, Debug, Default)]
pub struct SimulatedScreen {
    committed: Vec<ShownWord>,
    /// Tentative words, and since when each has been shown.
    tentative: Vec<(String, MediaTime)>,
    /// Number of tentative words that were replaced or withdrawn.
    changed: usize,
}

#[derive(Clone, Debug)]
struct ShownWord {
    text: String,
    seen: MediaTime,
    committed: MediaTime,
}

/// The delays of words on a screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Latencies {
    /// From the end of each word until it was first shown, in ascending order.
    pub seen: Vec<MediaTime>,
    /// From the end of each word until it was final, in ascending order.
    pub committed: Vec<MediaTime>,
    /// Number of final words.
    pub committed_words: usize,
    /// Number of tentative words that changed.
    pub changed: usize,
}

impl Latencies {
    /// Returns the value that `percent` % do not exceed (nearest rank).
    pub fn percentile(sorted: &[MediaTime], percent: usize) -> Option<MediaTime> {
        let rank = (sorted.len() * percent).div_ceil(100);
        sorted.get(rank.saturating_sub(1)).copied()
    }
}

impl SimulatedScreen {
    /// Replaces the tentative words.
    pub fn tentative(&mut self, at: MediaTime, words: &[Word]) {
        let stay = self.that_stay(words);
        let since = self.since(at, words, &stay);
        let is_same = |&&(old, new): &&(usize, usize)| self.tentative[old].0 == words[new].text;
        self.changed += self.tentative.len() - stay.iter().filter(is_same).count();
        self.tentative = words.iter().map(|word| word.text.clone()).zip(since).collect();
    }

    /// Makes words final: they came first among the tentative ones, or are new.
    pub fn commit(&mut self, at: MediaTime, words: &[Word]) {
        let stay = self.that_stay(words);
        let since = self.since(at, words, &stay);
        self.tentative.drain(..stay.last().map_or(0, |(old, _)| old + 1));
        let shown = |(word, seen): (&Word, _)| ShownWord { text: word.text.clone(), seen, committed: at };
        self.committed.extend(words.iter().zip(since).map(shown));
    }

    /// Returns since when each of the words has been on the screen: now, unless it was there before.
    fn since(&self, at: MediaTime, words: &[Word], stay: &[(usize, usize)]) -> Vec<MediaTime> {
        let mut since = vec![at; words.len()];
        stay.iter().for_each(|&(old, new)| since[new] = self.tentative[old].1);
        since
    }

    /// Returns the tentative words that are among the following ones, each with its index there; others may come
    /// between them.
    fn that_stay(&self, words: &[Word]) -> Vec<(usize, usize)> {
        let old: Vec<_> = self.tentative.iter().map(|(text, _)| letters(text)).collect();
        let new: Vec<_> = words.iter().map(|word| letters(&word.text)).collect();
        matches(&old, &new).collect()
    }

    /// Returns the committed text.
    pub fn text(&self) -> String {
        self.committed.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Compares with the spoken words; those that were shown differently are left out.
    pub fn latencies(&self, spoken: &[SpokenWord], language: &Language) -> Latencies {
        let mut latencies = Latencies {
            committed_words: self.committed.len(),
            changed: self.changed,
            ..Latencies::default()
        };
        let key = |word: &ShownWord| normalize(&word.text, language);
        let shown: Vec<_> = self
            .committed
            .iter()
            .flat_map(|word| key(word).into_iter().map(move |key| (key, word)))
            .collect();
        let keys: Vec<_> = shown.iter().map(|(key, _)| key.clone()).collect();
        let said: Vec<_> = spoken.iter().map(|word| word.text.clone()).collect();
        for (i, j) in matches(&said, &keys) {
            let (end, word) = (spoken[i].end, shown[j].1);
            latencies.seen.push(word.seen - end);
            latencies.committed.push(word.committed - end);
        }
        latencies.seen.sort_unstable();
        latencies.committed.sort_unstable();
        latencies
    }
}

/// Returns what makes two words the same to a reader: case and punctuation may differ.
fn letters(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    fn words(texts: &[&str]) -> Vec<Word> {
        let word = |(n, text): (usize, &&str)| {
            Word::new(*text, TimeSpan::from_millis(n as i64 * 500, n as i64 * 500 + 500))
        };
        texts.iter().enumerate().map(word).collect()
    }

    #[test]
    fn a_word_is_seen_when_it_first_stands_where_it_stays() {
        let mut screen = SimulatedScreen::default();
        let at = MediaTime::from_millis;
        screen.tentative(at(1000), &words(&["a", "leave"]));
        screen.tentative(at(2000), &words(&["a", "leaf", "takes"]));
        screen.commit(at(3000), &words(&["A", "leaf,"]));
        screen.commit(at(4000), &words(&["takes", "in."]));
        let english = Language::new("en");
        let spoken = recognized_words(&words(&["a", "leaf", "takes", "in"]), &english);
        let latencies = screen.latencies(&spoken, &english);
        let millis = |times: &[MediaTime]| times.iter().map(|time| time.as_millis()).collect::<Vec<_>>();
        assert_eq!(millis(&latencies.seen), [500, 500, 1000, 2000]);
        assert_eq!(millis(&latencies.committed), [2000, 2000, 2500, 2500]);
        assert_eq!((latencies.changed, latencies.committed_words), (1, 4));
        assert_eq!(screen.text(), "A leaf, takes in.");
        assert_eq!(Latencies::percentile(&latencies.seen, 50), Some(at(500)));
        assert_eq!(Latencies::percentile(&latencies.seen, 95), Some(at(2000)));
    }

    #[test]
    fn a_word_is_seen_though_the_words_before_it_change() {
        let mut screen = SimulatedScreen::default();
        let at = MediaTime::from_millis;
        screen.tentative(at(1000), &words(&["photo", "synthesis", "of", "plants"]));
        screen.tentative(at(2000), &words(&["photosynthesis", "of", "plants", "is"]));
        screen.commit(at(3000), &words(&["Photosynthesis", "of"]));
        assert_eq!(
            screen.tentative.iter().map(|(_, since)| since.as_millis()).collect::<Vec<_>>(),
            [1000, 2000]
        );
        let seen: Vec<_> = screen.committed.iter().map(|word| word.seen.as_millis()).collect();
        assert_eq!((seen, screen.changed), (vec![2000, 1000], 2));
    }

    #[test]
    fn sentences_tell_when_their_last_word_ended() {
        let sentence = |start, end, text: &str| Sentence {
            span: TimeSpan::from_millis(start, end),
            text: text.to_owned(),
        };
        let sentences = [sentence(100, 900, "A leaf."), sentence(1200, 1900, "It's green.")];
        let recognized = words(&["A", "leaf", "it", "is", "grey"]);
        let spoken = spoken_words(&sentences, &recognized, &Language::new("en"));
        let ends: Vec<_> = spoken.iter().map(|word| (word.text.as_str(), word.end.as_millis())).collect();
        assert_eq!(ends, [("a", 500), ("leaf", 900), ("it", 1500), ("is", 1900)]);
    }
}
