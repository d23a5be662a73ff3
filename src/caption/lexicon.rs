//! The roles of single words in a sentence, per language, from word lists that are data.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::transcript::Language;

/// A role of a word. Words often have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Role {
    /// Joins what precedes it with what follows, or begins a clause.
    Conjunction,
    Preposition,
    /// Belongs to the verb before it as often as to what follows: *up*, *away*.
    Particle,
    /// An article or another determiner.
    Article,
    Possessive,
    /// A form of *to be* or *to have*, or a modal verb.
    Auxiliary,
    SubjectPronoun,
    Negation,
    /// Precedes an infinitive: *to*, *zu*.
    InfinitiveMarker,
    /// Precedes a name: *Dr.*, *Professor*.
    Title,
    Unit,
    /// A number written as a word.
    Number,
    /// An adjective, or an adverb of degree.
    Modifier,
    /// Belongs to the word before it and never begins a line.
    Enclitic,
    /// Ends in a full stop that does not end the sentence.
    Abbreviation,
}

/// A set of [`Role`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u16);

impl Roles {
    pub(super) fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    pub(super) fn has_any(self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    pub(super) fn add(&mut self, role: Role) {
        self.0 |= 1 << role as u8;
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The word lists of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    roles: HashMap<String, Roles>,
    /// Endings of words that contain an auxiliary: *'re*, *n't*.
    auxiliary_endings: Vec<String>,
    /// Endings of words that are probably adjectives.
    modifier_endings: Vec<String>,
    /// Whether nouns begin with a capital, so that only a capital can follow an adjective and capitals do not indicate
    /// names.
    pub(super) capital_nouns: bool,
    /// Whether a number with a full stop may be an ordinal: *3. Oktober*.
    pub(super) ordinal_stop: bool,
    /// The usual line length of the language, if it is shorter than for Latin letters. Unit: columns.
    pub(super) max_cpl: Option<usize>,
    /// Whether there are word lists for the language.
    pub(super) is_known: bool,
}

/// The contents of a language file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    tags: Vec<String>,
    max_cpl: Option<usize>,
    #[serde(default)]
    capital_nouns: bool,
    #[serde(default)]
    ordinal_stop: bool,
    #[serde(default)]
    conjunctions: Vec<String>,
    #[serde(default)]
    prepositions: Vec<String>,
    #[serde(default)]
    particles: Vec<String>,
    #[serde(default)]
    articles: Vec<String>,
    #[serde(default)]
    possessives: Vec<String>,
    #[serde(default)]
    auxiliaries: Vec<String>,
    #[serde(default)]
    auxiliary_endings: Vec<String>,
    #[serde(default)]
    subject_pronouns: Vec<String>,
    #[serde(default)]
    negations: Vec<String>,
    #[serde(default)]
    infinitive_markers: Vec<String>,
    #[serde(default)]
    titles: Vec<String>,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default)]
    numbers: Vec<String>,
    #[serde(default)]
    modifiers: Vec<String>,
    #[serde(default)]
    modifier_endings: Vec<String>,
    #[serde(default)]
    enclitics: Vec<String>,
    #[serde(default)]
    abbreviations: Vec<String>,
}

const LANGUAGES: [&str; 11] = [
    include_str!("languages/de.toml"),
    include_str!("languages/en.toml"),
    include_str!("languages/es.toml"),
    include_str!("languages/fr.toml"),
    include_str!("languages/it.toml"),
    include_str!("languages/ja.toml"),
    include_str!("languages/ko.toml"),
    include_str!("languages/nl.toml"),
    include_str!("languages/pt.toml"),
    include_str!("languages/th.toml"),
    include_str!("languages/zh.toml"),
];

/// Units that are the same in every language.
const COMMON_UNITS: &str = include_str!("languages/units.toml");

static LEXICONS: LazyLock<Vec<(Vec<String>, Lexicon)>> =
    LazyLock::new(|| LANGUAGES.iter().map(|text| read(text)).collect());

static UNKNOWN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon { is_known: false, ..read(COMMON_UNITS).1 });

fn read(text: &str) -> (Vec<String>, Lexicon) {
    let lists: Lists = toml::from_str(text).expect("language files are checked by the tests");
    let tags = lists.tags.clone();
    (tags, Lexicon::from_lists(lists))
}

impl Lexicon {
    /// Returns the lists for a language; without a file, only what applies to all languages.
    pub(super) fn of(language: &Language) -> &'static Self {
        let primary = language.primary();
        let known = LEXICONS.iter().find(|(tags, _)| tags.contains(&primary));
        known.map_or(&*UNKNOWN, |(_, lexicon)| lexicon)
    }

    fn from_lists(lists: Lists) -> Self {
        let mut roles: HashMap<String, Roles> = HashMap::new();
        let common: Vec<String> =
            toml::from_str::<Lists>(COMMON_UNITS).map(|common| common.units).unwrap_or_default();
        let all = [
            (Role::Conjunction, &lists.conjunctions),
            (Role::Preposition, &lists.prepositions),
            (Role::Particle, &lists.particles),
            (Role::Article, &lists.articles),
            (Role::Possessive, &lists.possessives),
            (Role::Auxiliary, &lists.auxiliaries),
            (Role::SubjectPronoun, &lists.subject_pronouns),
            (Role::Negation, &lists.negations),
            (Role::InfinitiveMarker, &lists.infinitive_markers),
            (Role::Title, &lists.titles),
            (Role::Unit, &lists.units),
            (Role::Unit, &common),
            (Role::Number, &lists.numbers),
            (Role::Modifier, &lists.modifiers),
            (Role::Enclitic, &lists.enclitics),
            (Role::Abbreviation, &lists.abbreviations),
        ];
        for (role, words) in all {
            for word in words {
                roles.entry(word.clone()).or_default().add(role);
            }
        }
        Self {
            roles,
            auxiliary_endings: lists.auxiliary_endings,
            modifier_endings: lists.modifier_endings,
            capital_nouns: lists.capital_nouns,
            ordinal_stop: lists.ordinal_stop,
            max_cpl: lists.max_cpl,
            is_known: true,
        }
    }

    /// Returns the roles of a word, given in lower case and without surrounding punctuation.
    pub(super) fn roles(&self, word: &str) -> Roles {
        let mut roles = self.roles.get(word).copied().unwrap_or_default();
        if self.auxiliary_endings.iter().any(|ending| word.ends_with(ending.as_str())) {
            roles.add(Role::Auxiliary);
        }
        roles
    }

    /// Returns whether a word, given in lower case, ends like an adjective.
    pub(super) fn looks_like_modifier(&self, word: &str) -> bool {
        let ends = |ending: &String| word.len() >= ending.len() + 3 && word.ends_with(ending.as_str());
        self.modifier_endings.iter().any(ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_file_is_read_and_in_lower_case() {
        for (tags, lexicon) in LEXICONS.iter() {
            assert!(!tags.is_empty());
            for word in lexicon.roles.keys() {
                assert_eq!(*word, word.to_lowercase(), "{tags:?}");
                assert!(!word.is_empty() && !word.contains(char::is_whitespace), "{tags:?} {word:?}");
            }
        }
    }

    #[test]
    fn languages_are_found_by_their_primary_tag() {
        let german = Lexicon::of(&Language::new("de-AT"));
        assert!(german.roles("und").has(Role::Conjunction));
        assert!(german.capital_nouns);
        assert!(!Lexicon::of(&Language::new("fi")).is_known);
        assert!(Lexicon::of(&Language::new("fi")).roles("kg").has(Role::Unit));
    }

    #[test]
    fn words_have_several_roles() {
        let english = Lexicon::of(&Language::new("en"));
        assert!(
            english.roles("to").has(Role::InfinitiveMarker) && english.roles("to").has(Role::Preposition)
        );
        assert!(english.roles("they're").has(Role::Auxiliary));
        assert!(english.looks_like_modifier("famous"));
        assert_eq!(english.roles("photosynthesis"), Roles::default());
    }
}
