//! Prepares a vocabulary for Lectern's own engine, and spells listed terms in its results.

use std::sync::Arc;

use whisper_cpu::{Model, TermMatch, TermRules, Terms};

use super::vocabulary::Vocabulary;
use super::words::Token;
use crate::time::MediaTime;
use crate::transcript::TermPart;

/// A longer prompt does not fit before a text, and the model would read only a part of the list. Unit: tokens.
const MOST_PROMPT: usize = 200;
/// The bonus of terms that are also in the prompt. With the bonus of other terms, texts leave out words
/// (`docs/vocabulary.md`).
const PER_BYTE_BESIDE_PROMPT: f32 = 0.4;

/// A vocabulary for the engine.
#[derive(Clone)]
pub(super) struct Listed {
    /// The terms for the model to read, if all of them fit.
    pub prompt: String,
    /// The terms for the search.
    pub terms: Arc<Terms>,
}

impl Listed {
    pub fn new(model: &Model, vocabulary: &Vocabulary) -> Self {
        let prompt = vocabulary.prompt();
        let fits = model.vocabulary().encode(&prompt).len() <= MOST_PROMPT;
        let rules = match fits {
            true => TermRules { per_byte: PER_BYTE_BESIDE_PROMPT, ..TermRules::default() },
            false => TermRules::default(),
        };
        let terms = Terms::new(model.vocabulary(), &vocabulary.terms(), rules);
        Self { prompt: if fits { prompt } else { String::new() }, terms: Arc::new(terms) }
    }
}

/// Returns the tokens with each listed term marked, and spelled as in the list. A term listed in lower case keeps its
/// capital letters.
pub(super) fn spelled_as_listed(tokens: Vec<Token>, terms: &Terms, end: MediaTime) -> Vec<Token> {
    let text: Vec<u8> = tokens.iter().flat_map(|token| &token.bytes).copied().collect();
    let matches = terms.matches(&text);
    let mut spelled: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut place = 0;
    let mut found = matches.iter().peekable();
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        let start = place;
        place += token.bytes.len();
        while found.next_if(|term| term.bytes.start < start).is_some() {}
        let Some(term) = found.next_if(|term| term.bytes.start < place) else {
            spelled.push(token);
            continue;
        };
        let mut parts = vec![token];
        while let Some(next) = rest.next_if(|_| place < term.bytes.end) {
            place += next.bytes.len();
            parts.push(next);
        }
        if !is_spelled_otherwise(term, &text) {
            spelled.extend(marked(parts));
            continue;
        }
        let next = rest.peek().map_or(end, |next| next.start);
        let before = &text[start..term.bytes.start];
        let after = &text[term.bytes.end.min(place)..place];
        let heard = String::from_utf8_lossy(&text[term.bytes.clone()]).into_owned();
        spelled.extend(spelled_term(&parts, next, before, (&term.written, heard), after));
    }
    spelled
}

/// The tokens of a term that is spelled as it is listed.
fn marked(mut tokens: Vec<Token>) -> Vec<Token> {
    for (at, token) in tokens.iter_mut().enumerate() {
        token.listed = match at {
            0 => Some(TermPart::FIRST),
            _ => token.bytes.starts_with(b" ").then_some(TermPart::Next),
        };
    }
    tokens
}

fn is_spelled_otherwise(term: &TermMatch, text: &[u8]) -> bool {
    let heard = &text[term.bytes.clone()];
    let is_capital = term.written.chars().any(char::is_uppercase);
    if is_capital {
        heard != term.written.as_bytes()
    } else {
        !heard.eq_ignore_ascii_case(term.written.as_bytes())
    }
}

/// Returns a token for each word of a term, over the time of the tokens it replaces. `texts` are the term as it is written and as
/// it was heard.
fn spelled_term(
    heard: &[Token],
    end: MediaTime,
    before: &[u8],
    texts: (&str, String),
    after: &[u8],
) -> Vec<Token> {
    let (written, instead) = texts;
    let words: Vec<&str> = written.split_whitespace().collect();
    let starts: Vec<MediaTime> = heard
        .iter()
        .enumerate()
        .filter(|(at, token)| *at == 0 || token.bytes.first() == Some(&b' '))
        .map(|(_, token)| token.start)
        .collect();
    let probability = heard.iter().map(|token| token.probability).product();
    let (first, count) = (heard[0].start.as_millis(), words.len() as i64);
    let start = |word: usize| match starts.len() == words.len() {
        true => starts[word],
        false => MediaTime::from_millis(first + (end.as_millis() - first) * word as i64 / count),
    };
    let token = |(at, word): (usize, &&str)| {
        let lead: &[u8] = if at == 0 { before } else { b" " };
        let tail: &[u8] = if at + 1 == words.len() { after } else { b"" };
        let first = || TermPart::First { instead: Some(instead.clone()) };
        let listed = Some(if at == 0 { first() } else { TermPart::Next });
        Token { bytes: [lead, word.as_bytes(), tail].concat(), probability, start: start(at), listed }
    };
    words.iter().enumerate().map(token).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use whisper_cpu::Term;
    use whisper_cpu::model::{self, ggml};

    use super::*;
    use crate::asr::words::words_of;

    static VOCABULARY: LazyLock<model::Vocabulary> = LazyLock::new(|| {
        let bytes = std::fs::read("models/ggml-base-q8_0.bin").unwrap();
        ggml::read(&bytes).unwrap().vocabulary.clone()
    });

    /// Respells pieces that are spoken a tenth of a second apart; returns them with the tenths.
    fn spelled(pieces: &[&str], terms: &[(&str, &[&str])]) -> Vec<(String, i64)> {
        let terms: Vec<Term> = terms
            .iter()
            .map(|(written, heard)| Term {
                written: (*written).to_owned(),
                heard: heard.iter().map(|&heard| heard.to_owned()).collect(),
            })
            .collect();
        let terms = Terms::new(&VOCABULARY, &terms, TermRules::default());
        let token = |(at, piece): (usize, &&str)| Token {
            bytes: piece.as_bytes().to_vec(),
            probability: 0.5,
            start: MediaTime::from_millis(100 * at as i64),
            listed: None,
        };
        let tokens = pieces.iter().enumerate().map(token).collect();
        spelled_as_listed(tokens, &terms, MediaTime::from_millis(100 * pieces.len() as i64))
            .into_iter()
            .map(|token| (String::from_utf8(token.bytes).unwrap(), token.start.as_millis() / 10))
            .collect()
    }

    fn expected(tokens: &[(&str, i64)]) -> Vec<(String, i64)> {
        tokens.iter().map(|&(text, at)| (text.to_owned(), at)).collect()
    }

    #[test]
    fn names_get_their_capital_letters_and_marks() {
        let found = spelled(&[" The", " lem", "ma", " of", " gron", "wall", "."], &[("Grönwall", &[])]);
        let wanted = [(" The", 0), (" lem", 10), ("ma", 20), (" of", 30), (" Grönwall", 40), (".", 60)];
        assert_eq!(found, expected(&wanted));
    }

    #[test]
    fn other_words_are_replaced_by_what_is_written_for_them() {
        let terms: [(&str, &[&str]); 2] =
            [("etcd", &["et see dee"]), ("Lax-Milgram lemma", &["lacks mill gram"])];
        assert_eq!(spelled(&[" et", " see", " dee", ","], &terms), expected(&[(" etcd", 0), (",", 30)]));
        let found = spelled(&[" lacks", " mill", " gram"], &terms);
        assert_eq!(found, expected(&[(" Lax-Milgram", 0), (" lemma", 15)]), "the time is shared out");
    }

    #[test]
    fn terms_in_lower_case_keep_the_capital_of_a_sentence() {
        let pieces = [" D", "rum", "lins", " are", " hills"];
        let unchanged: Vec<_> =
            pieces.iter().enumerate().map(|(at, &piece)| (piece, 10 * at as i64)).collect();
        assert_eq!(spelled(&pieces, &[("drumlin", &[])]), expected(&unchanged));
    }

    #[test]
    fn everyday_words_stay_as_the_model_writes_them() {
        let terms: [(&str, &[&str]); 5] =
            [("Still", &[]), ("IT", &[]), ("Rust", &[]), ("Lie group", &[]), ("Styll", &["still"])];
        let pieces = [" it", " still", " is", " a", " lie", ".", " Still", " and", " IT"];
        let unchanged: Vec<_> =
            pieces.iter().enumerate().map(|(at, &piece)| (piece, 10 * at as i64)).collect();
        assert_eq!(spelled(&pieces, &terms[..4]), expected(&unchanged));
        let found = spelled(&[" rust", " in", " a", " lie", " group"], &terms);
        assert_eq!(found, expected(&[(" Rust", 0), (" in", 10), (" a", 20), (" Lie", 30), (" group", 40)]));
        assert_eq!(spelled(&[" still"], &terms[4..]), expected(&[(" Styll", 0)]), "another word is heard");
    }

    #[test]
    fn words_of_terms_are_marked_with_what_was_heard() {
        let terms = [("etcd", &["et see dee"][..]), ("Lax-Milgram lemma", &[][..]), ("Galerkin", &[][..])];
        let terms: Vec<Term> = terms
            .map(|(written, heard)| Term {
                written: written.to_owned(),
                heard: heard.iter().map(|&heard| heard.to_owned()).collect(),
            })
            .to_vec();
        let terms = Terms::new(&VOCABULARY, &terms, TermRules::default());
        let pieces = [
            " et", " see", " dee", ",", " L", "ax", "-", "Mil", "gram", " lem", "ma", " (", "galer", "kin",
            "-", "like", ").",
        ];
        let token = |(at, piece): (usize, &&str)| Token {
            bytes: piece.as_bytes().to_vec(),
            probability: 0.5,
            start: MediaTime::from_millis(100 * at as i64),
            listed: None,
        };
        let tokens = pieces.iter().enumerate().map(token).collect();
        let end = MediaTime::from_millis(2000);
        let words = words_of(&spelled_as_listed(tokens, &terms, end), end);
        let found: Vec<_> = words.into_iter().map(|word| (word.text, word.listed)).collect();
        let first = |instead: &str| Some(TermPart::First { instead: Some(instead.to_owned()) });
        let wanted = [
            ("etcd,", first("et see dee")),
            ("Lax-Milgram", Some(TermPart::FIRST)),
            ("lemma", Some(TermPart::Next)),
            ("(Galerkin-like).", first("galerkinlike")),
        ];
        assert_eq!(found, wanted.map(|(text, listed)| (text.to_owned(), listed)));
    }

    #[test]
    fn all_that_stands_around_a_term_in_its_tokens_is_kept() {
        let found = spelled(&["(galer", "kin)", " and"], &[("Galerkin", &[])]);
        assert_eq!(found, expected(&[("(Galerkin)", 0), (" and", 20)]));
    }
}
