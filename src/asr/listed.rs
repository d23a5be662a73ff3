//! Prepares a vocabulary for Lectern's own engine, and spells listed terms in its results.

use std::sync::Arc;

use whisper_cpu::{Model, TermMatch, TermRules, Terms};

use super::vocabulary::Vocabulary;
use super::words::Token;
use crate::time::MediaTime;

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

/// Returns the tokens with each listed term spelled as in the list. A term listed in lower case keeps its capital
/// letters.
pub(super) fn spelled_as_listed(tokens: Vec<Token>, terms: &Terms, end: MediaTime) -> Vec<Token> {
    let text: Vec<u8> = tokens.iter().flat_map(|token| &token.bytes).copied().collect();
    let matches = terms.matches(&text);
    let mut spelled: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut place = 0;
    let mut found = matches.iter().filter(|term| is_spelled_otherwise(term, &text)).peekable();
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
        let next = rest.peek().map_or(end, |next| next.start);
        let before = &text[start..term.bytes.start];
        let after = &text[term.bytes.end.min(place)..place];
        spelled.extend(spelled_term(&parts, next, before, &term.written, after));
    }
    spelled
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

/// Returns a token for each word of a term, over the time of the tokens it replaces.
fn spelled_term(heard: &[Token], end: MediaTime, before: &[u8], written: &str, after: &[u8]) -> Vec<Token> {
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
        Token { bytes: [lead, word.as_bytes(), tail].concat(), probability, start: start(at) }
    };
    words.iter().enumerate().map(token).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use whisper_cpu::Term;
    use whisper_cpu::model::{self, ggml};

    use super::*;

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
    fn all_that_stands_around_a_term_in_its_tokens_is_kept() {
        let found = spelled(&["(galer", "kin)", " and"], &[("Galerkin", &[])]);
        assert_eq!(found, expected(&[("(Galerkin)", 0), (" and", 20)]));
    }
}
