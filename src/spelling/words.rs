//! The words of a text that a dictionary can be asked about.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

/// Words of fewer letters are signs of formulas as often as words.
const LEAST_LETTERS: usize = 2;
/// Capitals alone up to this length are an abbreviation.
const LONGEST_ABBREVIATION: usize = 5;

/// The words of a text with their bytes. Numbers, abbreviations, formulas, addresses and names of files are none.
pub fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let is_word =
        |(at, word): &(usize, &str)| is_word(word) && !is_part_of_address(text, *at..at + word.len());
    text.unicode_word_indices().filter(is_word).map(|(at, word)| (at..at + word.len(), word))
}

fn is_word(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_short_capitals =
        letters <= LONGEST_ABBREVIATION && word.chars().all(|c| !c.is_alphabetic() || c.is_uppercase());
    let is_mixed = word.chars().any(|c| c.is_numeric() || c == '_');
    letters >= LEAST_LETTERS && !is_mixed && !is_short_capitals
}

/// Whether a word touches what words of a sentence do not: `lectern@example.org`, `src/main.rs`, `x=y`.
fn is_part_of_address(text: &str, word: Range<usize>) -> bool {
    let is_mark = |c: char| "@/\\_=<>#&".contains(c);
    let before = text[..word.start].chars().next_back();
    let mut after = text[word.end..].chars();
    let next = after.next();
    let goes_on = next == Some('.') && after.next().is_some_and(char::is_alphanumeric);
    let came_on = before == Some('.') && text[..word.start - 1].ends_with(char::is_alphanumeric);
    before.is_some_and(is_mark) || next.is_some_and(is_mark) || goes_on || came_on
}

/// A word as a list of terms may have it: in lower case, without an `'s`.
pub fn bare(word: &str) -> String {
    let word = word.to_lowercase().replace('’', "'");
    word.strip_suffix("'s").map_or(word.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_asked_about() {
        let asked = |text: &'static str| words(text).map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(asked("Don't stop, well-known\nPlants!"), ["Don't", "stop", "well", "known", "Plants"]);
        assert_eq!(asked("In 1945, the CPU had x = 5 and H2O."), ["In", "the", "had", "and"]);
        assert_eq!(asked("see lectern@example.org or src/main.rs now."), ["see", "or", "now"]);
        assert_eq!(asked("Die Blätter der Bäume"), ["Die", "Blätter", "der", "Bäume"]);
        let text = "Grüne Blätter";
        assert_eq!(words(text).map(|(range, word)| &text[range] == word).collect::<Vec<_>>(), [true, true]);
    }

    #[test]
    fn terms_are_compared_without_case_and_genitive() {
        assert_eq!([bare("Hoare’s"), bare("HOARE"), bare("trees")], ["hoare", "hoare", "trees"]);
    }
}
