//! Which names and terms of material a recognizer should know.

use std::collections::HashMap;

use super::Material;
use super::tokens::{Token, is_acronym, is_capital, tokens, undivided};

/// A word is rare if the pieces that a model spells it with have at most this many letters on average. In 24
/// passages with 584 rare words, 6.0 for words with capitals and 5.5 for others finds 574 of them and 45 other words; 4.5
/// for all finds 548 and 44.
const LETTERS_A_PIECE: f32 = 5.5;
const LETTERS_A_PIECE_OF_NAME: f32 = 6.0;
/// Shorter words are no terms, unless they are acronyms. Unit: letters.
const SHORTEST: usize = 4;
const SHORTEST_NAME: usize = 3;
/// Words whose pieces have this many letters count as rare as acronyms.
const RARE_PIECE: f32 = 4.5;
/// Words in capitals that stand also in small letters are no acronyms but of headings.
const HEADING: usize = 1;
/// The most words of a name.
const LONGEST_NAME: usize = 4;
/// Of more different words, those that come first are looked at.
const MOST_CANDIDATES: usize = 200_000;

/// A name or term that the user may want in a vocabulary.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// As it is written most often.
    pub written: String,
    /// How often it stands in the material.
    pub count: usize,
    /// How rare it is in the language: 0 for words that everybody knows, above 1 for those that a model must spell.
    pub rarity: f32,
}

impl Proposal {
    /// Rare terms that stand often are worth the most.
    fn worth(&self) -> f32 {
        self.rarity * (1.0 + (self.count as f32).ln())
    }
}

/// The names, terms and acronyms of material, the most valuable first. `pieces` says with how many pieces a model spells a
/// word; it knows a word of one piece without help.
pub fn propose(material: &[Material], pieces: impl Fn(&str) -> usize) -> Vec<Proposal> {
    let mut counted = Counted::default();
    for material in material {
        undivided(&material.text).lines().for_each(|line| counted.add_line(&tokens(line), &pieces));
        for name in &material.names {
            counted.add(&counted.key(name), name, 1);
        }
    }
    let mut proposals = counted.into_proposals(&pieces);
    proposals
        .sort_by(|one, other| other.worth().total_cmp(&one.worth()).then(one.written.cmp(&other.written)));
    proposals
}

/// How often each term stands in each spelling, by its letters without case.
#[derive(Default)]
struct Counted {
    spellings: HashMap<String, HashMap<String, usize>>,
    /// How often a word stands in small letters.
    small: HashMap<String, usize>,
}

impl Counted {
    fn key(&self, term: &str) -> String {
        term.to_lowercase()
    }

    fn add(&mut self, key: &str, written: &str, count: usize) {
        if self.spellings.len() < MOST_CANDIDATES || self.spellings.contains_key(key) {
            *self.spellings.entry(key.to_owned()).or_default().entry(written.to_owned()).or_default() +=
                count;
        }
    }

    fn add_line(&mut self, line: &[Token], pieces: &impl Fn(&str) -> usize) {
        let mut at = 0;
        while at < line.len() {
            let name = name_at(&line[at..], pieces);
            if name > 1 {
                let written = joined(&line[at..at + name]);
                self.add(&self.key(&written), &written, 1);
                at += name;
                continue;
            }
            let word = line[at].text;
            if !is_capital(word) {
                *self.small.entry(word.to_owned()).or_default() += 1;
            }
            if is_acronym(word) || is_rare(word, pieces(word)) {
                // At the start of a sentence a capital says nothing.
                let written = if line[at].begins && !is_acronym(word) {
                    self.known_spelling(word)
                } else {
                    word.to_owned()
                };
                self.add(&self.key(word), &written, 1);
            }
            at += 1;
        }
    }

    /// The spelling in small letters, if the word was seen so.
    fn known_spelling(&self, word: &str) -> String {
        let small = word.to_lowercase();
        if self.small.contains_key(&small) { small } else { word.to_owned() }
    }

    fn into_proposals(self, pieces: &impl Fn(&str) -> usize) -> Vec<Proposal> {
        let Self { spellings, small } = self;
        let count = |key: &str| spellings.get(key).map_or(0, |of| of.values().sum::<usize>());
        let is_plural = |key: &str| key.strip_suffix('s').is_some_and(|one| spellings.contains_key(one));
        let proposal = |(key, of): (&String, &HashMap<String, usize>)| {
            let written =
                of.iter().max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0)))?.0.clone();
            let is_heading = is_acronym(&written) && small.get(key).is_some_and(|count| *count >= HEADING);
            if is_heading || is_plural(key) {
                return None;
            }
            let count = count(key) + count(&format!("{key}s"));
            Some(Proposal { rarity: rarity(&written, pieces), written, count })
        };
        spellings.iter().filter_map(proposal).collect()
    }
}

/// How many words a name has that begins here, such as `Peter Lax` or `Lax-Milgram`: words with capitals, of which one is
/// rare, that do not begin a sentence.
fn name_at(line: &[Token], pieces: &impl Fn(&str) -> usize) -> usize {
    let is_part =
        |token: &Token| is_capital(token.text) && !is_acronym(token.text) && token.text.chars().count() > 1;
    let follows =
        line.iter().enumerate().take_while(|(at, token)| is_part(token) && (*at == 0 || token.follows));
    let length = follows.count().min(LONGEST_NAME);
    let name = &line[..length];
    // The first word of a sentence has a capital of its own, so it is of a name only if it is rare.
    let has_rare = name.iter().any(|token| is_rare(token.text, pieces(token.text)));
    let begins_plain =
        name.first().is_some_and(|first| first.begins && !is_rare(first.text, pieces(first.text)));
    if has_rare && !begins_plain { length } else { 0 }
}

fn joined(name: &[Token]) -> String {
    let mut written = String::new();
    for (at, token) in name.iter().enumerate() {
        if at > 0 {
            written.push(token.joint);
        }
        written.push_str(token.text);
    }
    written
}

fn is_rare(word: &str, pieces: usize) -> bool {
    let letters = word.chars().count();
    let (shortest, a_piece) = match is_capital(word) {
        true => (SHORTEST_NAME, LETTERS_A_PIECE_OF_NAME),
        false => (SHORTEST, LETTERS_A_PIECE),
    };
    letters >= shortest && pieces > 1 && letters as f32 / pieces as f32 <= a_piece
}

/// That of its rarest word.
fn rarity(term: &str, pieces: &impl Fn(&str) -> usize) -> f32 {
    let of_word = |word: &str| {
        let (letters, pieces) = (word.chars().count().max(1) as f32, pieces(word) as f32);
        if is_acronym(word) { 1.0 } else { (pieces - 1.0) * RARE_PIECE / letters }
    };
    term.split([' ', '-', '‑']).map(of_word).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known words are one piece, others have a piece for three letters.
    fn pieces(word: &str) -> usize {
        let known =
            "the method of is a good in and peter shows cells we see this lemma introduction new holds";
        match known.split(' ').any(|known| known == word.to_lowercase()) {
            true => 1,
            false => word.chars().count().div_ceil(3),
        }
    }

    fn proposed(text: &str) -> Vec<(String, usize)> {
        let material = Material { text: text.to_owned(), ..Material::default() };
        propose(&[material], pieces).into_iter().map(|found| (found.written, found.count)).collect()
    }

    fn has(found: &[(String, usize)], term: &str, count: usize) -> bool {
        found.contains(&(term.to_owned(), count))
    }

    #[test]
    fn names_terms_and_acronyms_are_found_as_they_are_spelled() {
        let text = "INTRODUCTION\nThe Galerkin method of Peter Galerkin. The Lax-Milgram lemma holds.\n\
            Podocytes: we see podocytes in cells. A podocyte is new. DNA and mRNA.\nThe introduction shows 42.";
        let found = proposed(text);
        for (term, count) in [
            ("Galerkin", 1),
            ("Peter Galerkin", 1),
            ("Lax-Milgram", 1),
            ("podocyte", 3),
            ("DNA", 1),
            ("mRNA", 1),
        ] {
            assert!(has(&found, term, count), "{term}: {found:?}");
        }
        assert_eq!(found.len(), 6, "{found:?}");
    }

    #[test]
    fn the_rare_and_the_frequent_come_first() {
        let found = proposed("we see mitochondria, mitochondria and mitochondria in a stoma");
        assert_eq!(found.first().map(|(term, _)| term.as_str()), Some("mitochondria"), "{found:?}");
        let names = Material { names: vec!["Kurt Gödel".to_owned()], ..Material::default() };
        assert_eq!(propose(&[names], pieces)[0].written, "Kurt Gödel");
        assert!(propose(&[], pieces).is_empty());
    }
}
