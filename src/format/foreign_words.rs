//! Words from other programs: some lack times, and their spelling may differ from the text.

use crate::format::words;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Word;
use crate::transcript::script;

/// A word from another program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForeignWords {
    pub text: String,
    pub start: Option<MediaTime>,
    pub end: Option<MediaTime>,
    pub probability: Option<f64>,
}

/// Returns words with times. Words without times share the time between their neighbours by length. `span` is that of
/// the cue. An unknown probability is 1.
pub fn words(foreign: Vec<ForeignWords>, span: TimeSpan) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(foreign.len());
    let mut missing = String::new();
    let mut earliest = span.start;
    for ForeignWords { text, start, end, probability } in foreign {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let (Some(start), Some(end)) = (start.or(end), end.or(start)) else {
            missing.push(' ');
            missing.push_str(text);
            continue;
        };
        let start = start.max(MediaTime::ZERO);
        fill(&mut words, &mut missing, TimeSpan::new(earliest, start));
        let span = TimeSpan::new(start, end.max(start));
        let probability = probability.unwrap_or(1.0).clamp(0.0, 1.0) as f32;
        words.push(Word { probability, ..Word::new(text, span) });
        earliest = span.end;
    }
    fill(&mut words, &mut missing, TimeSpan::new(earliest, span.end));
    words
}

fn fill(words: &mut Vec<Word>, missing: &mut String, between: TimeSpan) {
    let between = TimeSpan::new(between.start, between.end.max(between.start));
    words.extend(words::estimate(missing, between));
    missing.clear();
}

/// Returns the words as the text spells them, with its punctuation and spaces. `None` if the letters or digits of the
/// text differ from those of the words.
pub fn respell(text: &str, words: &[Word]) -> Option<Vec<Word>> {
    let mut spelled: Vec<Word> = Vec::with_capacity(words.len());
    let (mut rest, mut lead) = (text, "");
    for word in words {
        let core = word.text.trim_matches(|c: char| !c.is_alphanumeric());
        if core.is_empty() {
            continue;
        }
        let letters = rest.find(char::is_alphanumeric)?;
        let (gap, after) = rest.split_at(letters);
        rest = after.strip_prefix(core)?;
        let (tail, own_lead) = divide(gap);
        match spelled.last_mut() {
            Some(previous) => previous.text.push_str(tail.trim_end()),
            None => lead = tail.trim_start(),
        }
        let space_before = gap.contains(char::is_whitespace);
        spelled.push(Word { text: format!("{own_lead}{core}"), space_before, ..word.clone() });
    }
    if rest.contains(char::is_alphanumeric) {
        return None;
    }
    spelled.last_mut()?.text.push_str(rest.trim_end());
    let first = spelled.first_mut()?;
    first.text.insert_str(0, lead);
    first.space_before = !first.text.starts_with(script::is_spaceless);
    Some(spelled)
}

/// Splits the text between two words: up to the last space it belongs to the first word, the rest to the second.
/// Without a space all of it belongs to the first.
fn divide(gap: &str) -> (&str, &str) {
    match gap.rfind(char::is_whitespace) {
        Some(at) => gap.split_at(at + gap[at..].chars().next().map_or(0, char::len_utf8)),
        None => (gap, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(text: &str, times: Option<(i64, i64)>) -> ForeignWords {
        let time = MediaTime::from_millis;
        ForeignWords {
            text: text.to_owned(),
            start: times.map(|(start, _)| time(start)),
            end: times.map(|(_, end)| time(end)),
            probability: None,
        }
    }

    #[test]
    fn words_without_times_share_what_is_left() {
        let foreign = vec![
            foreign("In", Some((100, 200))),
            foreign("1945", None),
            foreign("ab", None),
            foreign("it", Some((800, 900))),
        ];
        let words = words(foreign, TimeSpan::from_millis(0, 1000));
        let spans: Vec<_> = words.iter().map(|word| word.span).collect();
        assert_eq!(spans[1], TimeSpan::from_millis(200, 600));
        assert_eq!(spans[2], TimeSpan::from_millis(600, 800));
    }

    #[test]
    fn the_text_spells_the_words() {
        let spell = |text: &str, words: &[&str]| {
            let foreign = words.iter().map(|word| foreign(word, Some((0, 1)))).collect();
            let words = respell(text, &super::words(foreign, TimeSpan::default()))?;
            Some(words.into_iter().map(|word| word.text).collect::<Vec<_>>())
        };
        let spelled = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect());
        assert_eq!(
            spell("“Hello, (big) world.”", &["Hello", "big", "world"]),
            spelled(&["“Hello,", "(big)", "world.”"])
        );
        assert_eq!(spell("don't - stop", &["don", "t", "stop"]), spelled(&["don'", "t -", "stop"]));
        assert_eq!(spell("今日は。", &["今日", "は"]), spelled(&["今日", "は。"]));
        assert_eq!(spell("Hello world", &["Hello"]), None);
        assert_eq!(spell("Hello", &["Goodbye"]), None);
    }
}
