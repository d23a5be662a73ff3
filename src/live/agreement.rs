//! Decides which words of an utterance are certain before it has ended.
//!
//! An utterance is decoded repeatedly while it is spoken. Words that two decodings in a row agree on are committed, or
//! three, or one, as [`Stability`] says (LocalAgreement-n: Liu, Niehues and Spanakis, "Low-Latency
//! Sequence-to-Sequence Speech Recognition and Translation by Partial Hypothesis Selection", 2020). A word among them that
//! comes out differently each time is committed with them after a while. Committed words never change; the final decoding
//! only adds what follows them.

use super::stability::Stability;
use crate::time::MediaTime;
use crate::transcript::Word;

/// Audio before the uncertain words that a draft decodes again, to see them as part of a sentence.
const CONTEXT: MediaTime = MediaTime::from_millis(2500);
/// Words may start this much earlier than their time in a draft.
const BEFORE_WORD: MediaTime = MediaTime::from_millis(200);

/// The words of one utterance on the screen.
#[derive(Clone, Debug, Default)]
pub(super) struct Agreement {
    stability: Stability,
    committed: Vec<Word>,
    tentative: Vec<Word>,
    /// What followed the committed words in the drafts before the latest, the newest first.
    earlier: Vec<Vec<Word>>,
}

impl Agreement {
    pub fn new(stability: Stability) -> Self {
        Self { stability, ..Self::default() }
    }

    /// Returns where the next draft should start: some words before the uncertain ones. Zero means the start of the
    /// utterance.
    pub fn context(&self) -> MediaTime {
        let end = self.committed.last().map_or(MediaTime::ZERO, |last| last.span.end);
        let word = self.committed.iter().rev().find(|word| end - word.span.start >= CONTEXT);
        word.map_or(MediaTime::ZERO, |word| word.span.start - BEFORE_WORD)
    }

    /// Adds a draft: the words of the utterance from `since` on. Returns the words that are certain now.
    pub fn draft(&mut self, words: &[Word], since: MediaTime) -> Vec<Word> {
        // A draft without words does not take back earlier ones.
        if words.is_empty() {
            return Vec::new();
        }
        let known = self.committed.partition_point(|word| word.span.start < since);
        let tail = &words[continuation(&self.committed[known..], words)..];
        // The last word may be cut off in the middle, and its punctuation is a guess.
        let agreed = self.agreed(tail).min(tail.len().saturating_sub(1));
        let long_ago = self.long_ago(tail);
        self.remember(agreed, long_ago > agreed);
        let certain = tail[..agreed.max(long_ago)].to_vec();
        self.tentative = tail[certain.len()..].to_vec();
        self.committed.extend_from_slice(&certain);
        certain
    }

    /// Returns how many of these words enough drafts agree on.
    fn agreed(&self, words: &[Word]) -> usize {
        let needed = self.stability.earlier_drafts();
        let drafts = std::iter::once(&self.tentative).chain(&self.earlier).take(needed);
        let same =
            |draft: &Vec<Word>| draft.iter().zip(words).take_while(|(old, new)| key(old) == key(new)).count();
        let known = 1 + self.earlier.len();
        if known < needed { 0 } else { drafts.map(same).fold(words.len(), usize::min) }
    }

    /// Keeps as many drafts as must agree, without the words that are certain now. Where words became certain that these
    /// drafts do not agree on, they have nothing to say of what follows.
    fn remember(&mut self, agreed: usize, is_forced: bool) {
        let kept = self.stability.earlier_drafts().saturating_sub(1);
        if is_forced {
            self.earlier.clear();
            return;
        }
        self.earlier.insert(0, std::mem::take(&mut self.tentative));
        self.earlier.truncate(kept);
        self.earlier.iter_mut().for_each(|draft| drop(draft.drain(..agreed.min(draft.len()))));
    }

    /// Returns how many of these words were spoken long enough ago to count although drafts disagree on some of them.
    fn long_ago(&self, words: &[Word]) -> usize {
        let end = words.last().map_or(MediaTime::ZERO, |last| last.span.end);
        let old = words.partition_point(|word| end - word.span.end >= self.stability.long_ago());
        let is_drafted = |word: &Word| {
            self.tentative.iter().any(|old| key(old) == key(word) && old.span.overlaps(word.span))
        };
        words[..old].iter().rposition(is_drafted).map_or(0, |last| last + 1)
    }

    /// Adds the final words of the utterance, which ends at `end`. Returns those that follow the committed words. A
    /// long utterance is cut at an earlier time, so committed words may lie after its end: they belong to the next
    /// utterance, which starts here.
    pub fn finish(&mut self, words: &[Word], end: MediaTime) -> Vec<Word> {
        let is_cut = self.committed.last().is_some_and(|last| last.span.start >= end);
        let own = match is_cut {
            true if words.is_empty() => self.committed.partition_point(|word| word.span.start < end),
            true => continuation(words, &self.committed),
            false => self.committed.len(),
        };
        let carried = self.committed.split_off(own);
        let rest = words[continuation(&self.committed, words)..].to_vec();
        *self = Self { committed: carried, ..Self::new(self.stability) };
        // Otherwise the rest would appear after words of the next utterance.
        if self.committed.is_empty() { rest } else { Vec::new() }
    }

    /// Returns the words that follow the committed ones in the last draft.
    pub fn tentative(&self) -> &[Word] {
        &self.tentative
    }
}

/// Returns the index in `words` after which the committed words continue: the words before it have the smallest edit
/// distance to `committed`. Of several such indexes, the one closest in time to the end of `committed`.
fn continuation(committed: &[Word], words: &[Word]) -> usize {
    let Some(last) = committed.last() else { return 0 };
    let keys: Vec<_> = words.iter().map(key).collect();
    // costs[n]: edits that turn the committed words so far into the first n of `words`.
    let mut costs: Vec<usize> = (0..=words.len()).collect();
    for word in committed {
        let own = key(word);
        let mut diagonal = costs[0];
        costs[0] += 1;
        for (n, other) in keys.iter().enumerate() {
            let replaced = diagonal + usize::from(own != *other);
            diagonal = costs[n + 1];
            costs[n + 1] = replaced.min(diagonal + 1).min(costs[n] + 1);
        }
    }
    let end_of =
        |n: usize| n.checked_sub(1).map_or(words.first().map(|w| w.span.start), |n| Some(words[n].span.end));
    let distance = |n: &usize| end_of(*n).unwrap_or_default().abs_diff(last.span.end);
    (0..=words.len()).min_by_key(|n| (costs[*n], distance(n))).unwrap_or(0)
}

/// Returns the part of a word that must agree: not its case, and not the punctuation around it.
fn key(word: &Word) -> String {
    let letters = word.text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if letters.is_empty() { word.text.clone() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;
    use crate::transcript::join_words;

    /// Makes words that are spoken a quarter of a second apart.
    fn words(text: &str) -> Vec<Word> {
        let word = |(n, text): (usize, &str)| {
            Word::new(text, TimeSpan::from_millis(n as i64 * 250, n as i64 * 250 + 250))
        };
        text.split_whitespace().enumerate().map(word).collect()
    }

    /// Checks the words committed after each draft, and after the final text.
    #[track_caller]
    fn check(drafts: &[&str], last: &str, expected: &[&str]) {
        let mut agreement = Agreement::default();
        let mut committed: Vec<_> =
            drafts.iter().map(|text| join_words(&agreement.draft(&words(text), MediaTime::ZERO))).collect();
        committed.push(join_words(&agreement.finish(&words(last), MediaTime::MAX)));
        assert_eq!(committed, expected);
    }

    #[test]
    fn two_drafts_that_agree_commit_all_but_the_last_word() {
        check(
            &["Good", "Good morn", "Good morning.", "Good morning, every", "Good morning everyone to"],
            "Good morning, everyone. Today",
            &["", "Good", "", "morning,", "", "everyone. Today"],
        );
    }

    #[test]
    fn stability_decides_how_many_drafts_must_agree() {
        let drafts =
            ["a leaf takes", "a leaf takes in", "a leaf takes in light", "a leaf takes in light and"];
        let committed = |stability| -> Vec<String> {
            let mut agreement = Agreement::new(stability);
            drafts.map(|text| join_words(&agreement.draft(&words(text), MediaTime::ZERO))).to_vec()
        };
        assert_eq!(committed(Stability::Low), ["", "", "a leaf takes", "in"]);
        assert_eq!(committed(Stability::Medium), ["", "a leaf takes", "in", "light"]);
        assert_eq!(committed(Stability::High), ["a leaf", "takes", "in", "light"]);
    }

    #[test]
    fn drafts_that_differ_are_not_certain_where_three_must_agree() {
        let mut agreement = Agreement::new(Stability::Low);
        for (text, expected) in [
            ("a leaf takes in", ""),
            ("a leave takes in", ""),
            ("a leaf takes in", "a"),
            ("a leaf takes in", ""),
            ("a leaf takes in light", "leaf takes in"),
        ] {
            assert_eq!(join_words(&agreement.draft(&words(text), MediaTime::ZERO)), expected, "{text}");
        }
    }

    #[test]
    fn drafts_that_differ_commit_nothing_after_the_difference() {
        check(&["a leaf takes in", "a leave takes in"], "a leaf takes in", &["", "a", "leaf takes in"]);
    }

    #[test]
    fn a_word_that_differs_in_each_draft_does_not_hold_back_others_forever() {
        // Three seconds of speech follow "stacks".
        let rest = "of flat disks and each disk is a thylakoid in the membrane";
        check(
            &[&format!("Chloroplus contains stacks {rest}"), &format!("Chloroplast contains stacks {rest}")],
            &format!("Chloroplasts contain stacks {rest}"),
            &["", "Chloroplast contains stacks", rest],
        );
        check(&["a leave takes in", "a leaf takes in"], "a leaf takes in", &["", "a", "leaf takes in"]);
    }

    #[test]
    fn committed_words_stay_though_the_final_text_differs() {
        check(
            &["the photo synthesis of plants", "the photo synthesis of plants is"],
            "the photosynthesis of plants is slow",
            &["", "the photo synthesis of plants", "is slow"],
        );
    }

    #[test]
    fn words_that_come_twice_are_distinguished_by_time() {
        let mut agreement = Agreement::default();
        agreement.draft(&words("very very very good"), MediaTime::ZERO);
        assert_eq!(agreement.draft(&words("very very very good"), MediaTime::ZERO).len(), 3);
        assert_eq!(
            join_words(&agreement.finish(&words("very very very very good"), MediaTime::MAX)),
            "very good"
        );
    }

    #[test]
    fn an_empty_draft_takes_nothing_back() {
        let mut agreement = Agreement::default();
        agreement.draft(&words("one two three"), MediaTime::ZERO);
        assert_eq!(agreement.draft(&words("one two three four"), MediaTime::ZERO).len(), 3);
        assert_eq!(agreement.draft(&[], MediaTime::ZERO), []);
        assert_eq!(join_words(agreement.tentative()), "four");
        assert_eq!(join_words(&agreement.finish(&words("one two three four"), MediaTime::MAX)), "four");
    }

    #[test]
    fn words_beyond_a_cut_belong_to_the_next_utterance() {
        let mut agreement = Agreement::default();
        agreement.draft(&words("one two. Three four five"), MediaTime::ZERO);
        assert_eq!(agreement.draft(&words("one two. Three four five six"), MediaTime::ZERO).len(), 5);
        // The cut is at half a second, after two words.
        assert_eq!(agreement.finish(&words("One two."), MediaTime::from_millis(500)), []);
        let later = words("x x Three four five six seven")[2..].to_vec();
        assert_eq!(join_words(&agreement.finish(&later, MediaTime::MAX)), "six seven");
    }

    #[test]
    fn drafts_of_long_utterances_begin_before_what_is_not_certain() {
        let mut agreement = Agreement::default();
        let text = "a b c d e f g h i j k l m n o p";
        agreement.draft(&words(text), MediaTime::ZERO);
        assert_eq!(agreement.context(), MediaTime::ZERO);
        assert_eq!(agreement.draft(&words(text), MediaTime::ZERO).len(), 15);
        // The last certain word ends at 3.75 s.
        let context = agreement.context();
        assert_eq!(context.as_millis(), 1250 - 200);
        let later = words("x x x x x f g h i j k l m n o p q r")[5..].to_vec();
        assert_eq!(join_words(&agreement.draft(&later, context)), "p");
        assert_eq!(join_words(&agreement.draft(&later, context)), "q");
    }
}
