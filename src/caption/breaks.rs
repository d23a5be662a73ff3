//! Rates how good or bad it is to end a line or a cue between two words.
//!
//! DCMP, the BBC, Netflix and TED agree on this order of preference and this list of faults.

use serde::Serialize;

use super::lexicon::{Lexicon, Role, Roles};
use super::token::{Stop, Token};

/// What a break separates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakFault {
    /// The word itself, or a word and its punctuation.
    Word,
    /// A number and its unit: `5 / kg`.
    NumberUnit,
    /// The parts of a number: `10 / 000`.
    Number,
    /// A title and a name: `Dr. / Okafor`.
    TitleName,
    /// The parts of a name: `Ada / Lovelace`.
    Name,
    /// `to` and its verb: `to / go`.
    InfinitiveVerb,
    /// An article and its noun: `the / leaf`.
    ArticleNoun,
    /// A possessive and its noun: `my / leaf`.
    PossessiveNoun,
    /// A preposition and its object: `in / water`.
    PrepositionObject,
    /// A conjunction and its clause: `because / it rains`.
    ConjunctionClause,
    /// A pronoun and its verb: `they / grow`.
    PronounVerb,
    /// An auxiliary and its verb: `has / grown`.
    AuxiliaryVerb,
    /// A negation and its verb: `not / grow`.
    NegationVerb,
    /// A modifier and its noun: `green / leaf`.
    ModifierNoun,
    /// An operator and its operand: `x = / 5`.
    Operator,
    /// A word and its enclitic particle.
    Enclitic,
}

impl BreakFault {
    /// Returns what stands before and after the break.
    pub fn parts(self) -> &'static str {
        match self {
            Self::Word => "parts of a word",
            Self::NumberUnit => "number and unit",
            Self::Number => "number and noun",
            Self::TitleName => "title and name",
            Self::Name => "parts of a name",
            Self::InfinitiveVerb => "infinitive marker and verb",
            Self::ArticleNoun => "article and noun",
            Self::PossessiveNoun => "possessive and noun",
            Self::PrepositionObject => "preposition and object",
            Self::ConjunctionClause => "conjunction and clause",
            Self::PronounVerb => "pronoun and verb",
            Self::AuxiliaryVerb => "auxiliary and verb",
            Self::NegationVerb => "negation and verb",
            Self::ModifierNoun => "modifier and noun",
            Self::Operator => "operator and operand",
            Self::Enclitic => "word and particle",
        }
    }

    fn points(self) -> i64 {
        match self {
            Self::Word => 20_000,
            Self::NumberUnit => 6_000,
            Self::InfinitiveVerb | Self::TitleName => 3_900,
            Self::Name | Self::Number => 3_600,
            Self::ArticleNoun | Self::PossessiveNoun => 3_300,
            Self::PrepositionObject | Self::ConjunctionClause | Self::Operator | Self::Enclitic => 3_000,
            Self::PronounVerb | Self::AuxiliaryVerb | Self::NegationVerb | Self::ModifierNoun => 2_700,
        }
    }
}

/// Points for breaks, from the end of a sentence and of a clause down to ordinary words.
const AFTER_SENTENCE: i64 = 0;
const AFTER_CLAUSE: i64 = 80;
const AFTER_SPACE_IN_SPACELESS: i64 = 100;
const BEFORE_CONJUNCTION: i64 = 160;
const BEFORE_PREPOSITION: i64 = 260;
/// Before an article, an auxiliary or the like, which begins a phrase.
const BEFORE_FUNCTION_WORD: i64 = 360;
const BETWEEN_WORDS: i64 = 600;
/// A cut inside a word, but after a hyphen or slash, is better than other cuts.
const AT_HYPHEN: i64 = 6_000;
/// A break that separates a phrase in most readings.
const SUSPICIOUS: i64 = 900;

/// Two adjacent words.
pub(super) struct Pair<'a> {
    pub(super) left: &'a Token,
    pub(super) right: &'a Token,
    /// Whether there is a space between them.
    pub(super) spaced: bool,
    /// Whether the dictionary sees a word boundary here; used only without a space.
    pub(super) word_boundary: bool,
    pub(super) lexicon: &'a Lexicon,
}

impl Pair<'_> {
    /// Returns whether a sentence ends here. A full stop before a lower-case letter is more likely an abbreviation's.
    pub(super) fn ends_sentence(&self) -> bool {
        self.left.stop == Stop::Sentence && !self.right.is_lower && !self.is_inside_word()
    }

    /// Returns what a break here would separate, if anything.
    pub(super) fn fault(&self) -> Option<BreakFault> {
        if self.is_inside_word() {
            return Some(BreakFault::Word);
        }
        if self.left.stop != Stop::None {
            return None;
        }
        let (left, right) = (self.left, self.right);
        if left.is_operator || (right.is_operator && left.is_number) {
            return Some(BreakFault::Operator);
        }
        if right.roles.has(Role::Enclitic) {
            return Some(BreakFault::Enclitic);
        }
        self.number_fault().or_else(|| self.name_fault()).or_else(|| self.function_word_fault())
    }

    /// Returns the penalty for a break here; 0 is best. `pause` is the silence between the words in milliseconds.
    pub(super) fn points(&self, pause: i64) -> i64 {
        if let Some(fault) = self.fault() {
            let at_hyphen = fault == BreakFault::Word && self.left.ends_in_hyphen;
            return if at_hyphen { AT_HYPHEN } else { fault.points() };
        }
        let plain = if self.ends_sentence() {
            AFTER_SENTENCE
        } else if self.left.stop != Stop::None {
            AFTER_CLAUSE
        } else if self.left.is_spaceless && self.right.is_spaceless {
            self.spaceless_points()
        } else {
            self.phrase_points()
        };
        // A pause marks a phrase: nearly a second of silence is as good as a comma.
        plain - plain * pause.clamp(0, 900) / 1100
    }

    fn is_inside_word(&self) -> bool {
        let broken_word = !self.spaced && !self.word_boundary;
        broken_word || self.right.is_closing || self.left.is_opening
    }

    fn number_fault(&self) -> Option<BreakFault> {
        let is_number = |token: &Token| token.is_number || token.roles.has(Role::Number);
        if !is_number(self.left) {
            return None;
        }
        if self.right.roles.has(Role::Unit) || is_number(self.right) {
            return Some(BreakFault::NumberUnit);
        }
        let counts =
            !self.right.roles.has_any(&FUNCTION_WORDS) && (self.right.is_lower || self.right.is_capital);
        counts.then_some(BreakFault::Number)
    }

    fn name_fault(&self) -> Option<BreakFault> {
        if !self.right.is_capital {
            return None;
        }
        if self.left.roles.has(Role::Title) {
            return Some(BreakFault::TitleName);
        }
        let is_name =
            self.left.is_capital && !self.lexicon.capital_nouns && self.left.roles == Roles::default();
        is_name.then_some(BreakFault::Name)
    }

    fn function_word_fault(&self) -> Option<BreakFault> {
        let left = self.left.roles;
        let faults = [
            (Role::InfinitiveMarker, BreakFault::InfinitiveVerb),
            (Role::Article, BreakFault::ArticleNoun),
            (Role::Possessive, BreakFault::PossessiveNoun),
            (Role::Preposition, BreakFault::PrepositionObject),
            (Role::Conjunction, BreakFault::ConjunctionClause),
            (Role::SubjectPronoun, BreakFault::PronounVerb),
            (Role::Negation, BreakFault::NegationVerb),
        ];
        if let Some((_, fault)) = faults.iter().find(|(role, _)| left.has(*role)) {
            return Some(*fault);
        }
        if left.has(Role::Auxiliary) && !self.right.roles.has_any(&COMPLEMENT_OPENERS) {
            return Some(BreakFault::AuxiliaryVerb);
        }
        self.is_modifier().then_some(BreakFault::ModifierNoun)
    }

    /// Returns whether the left word is an adjective or adverb of degree with something after it.
    fn is_modifier(&self) -> bool {
        let may_be = self.left.roles.has(Role::Modifier) || self.left.looks_like_modifier;
        let is_noun_like = if self.lexicon.capital_nouns {
            self.left.is_lower && (self.right.is_capital || self.right.looks_like_modifier)
        } else {
            !self.right.roles.has_any(&FUNCTION_WORDS)
        };
        may_be && is_noun_like
    }

    fn phrase_points(&self) -> i64 {
        let right = self.right.roles.join(self.right.opening);
        if self.left.roles.has(Role::Auxiliary) || right.has(Role::Particle) {
            return SUSPICIOUS;
        }
        if right.has(Role::Conjunction) || self.right.begins_quoted {
            return BEFORE_CONJUNCTION;
        }
        if right.has(Role::Preposition) {
            return BEFORE_PREPOSITION;
        }
        if right.has_any(&PHRASE_OPENERS) {
            return BEFORE_FUNCTION_WORD;
        }
        let leans = !self.lexicon.is_known && self.left.is_tiny;
        if leans { SUSPICIOUS } else { BETWEEN_WORDS }
    }

    /// Japanese phrases end in hiragana and begin in another script; Chinese and Thai have no such sign.
    fn spaceless_points(&self) -> i64 {
        if self.spaced {
            return AFTER_SPACE_IN_SPACELESS;
        }
        let right = self.right.roles;
        if self.left.ends_hiragana && !self.right.begins_hiragana {
            BEFORE_PREPOSITION
        } else if self.right.begins_hiragana {
            SUSPICIOUS
        } else if right.has(Role::Conjunction) {
            BEFORE_CONJUNCTION
        } else if right.has(Role::Preposition) {
            BEFORE_PREPOSITION
        } else {
            BETWEEN_WORDS
        }
    }
}

/// Words that an adjective or a number does not modify.
const FUNCTION_WORDS: [Role; 6] = [
    Role::Conjunction,
    Role::Preposition,
    Role::Article,
    Role::Auxiliary,
    Role::SubjectPronoun,
    Role::Possessive,
];

/// Words that begin a phrase, besides conjunctions and prepositions.
const PHRASE_OPENERS: [Role; 5] =
    [Role::Article, Role::Possessive, Role::Auxiliary, Role::SubjectPronoun, Role::InfinitiveMarker];

/// Words after which an auxiliary may end a line: *is
/// a leaf*.
const COMPLEMENT_OPENERS: [Role; 4] =
    [Role::Article, Role::Possessive, Role::Preposition, Role::SubjectPronoun];

#[cfg(test)]
mod tests {
    use super::BreakFault::*;
    use super::*;
    use crate::transcript::Language;

    fn pair<T>(language: &str, text: &str, ask: impl Fn(&Pair) -> T) -> T {
        let lexicon = Lexicon::of(&Language::new(language));
        let (left, right) = text.split_once(" | ").expect(text);
        let token = |word: Option<&str>| Token::new(word.unwrap_or_default(), lexicon);
        let (left, right) = (token(left.split(' ').next_back()), token(right.split(' ').next()));
        ask(&Pair { left: &left, right: &right, spaced: true, word_boundary: true, lexicon })
    }

    #[test]
    fn faults() {
        let cases = [
            ("en", "look at the | leaf", Some(ArticleNoun)),
            ("en", "because of | rain", Some(PrepositionObject)),
            ("en", "of her | mother", Some(PossessiveNoun)),
            ("en", "want to | see", Some(InfinitiveVerb)),
            ("en", "we saw because | it", Some(ConjunctionClause)),
            ("en", "and they | grow", Some(PronounVerb)),
            ("en", "it has | grown", Some(AuxiliaryVerb)),
            ("en", "they’re | growing", Some(AuxiliaryVerb)),
            ("en", "it never | ends", Some(NegationVerb)),
            ("en", "a famous | proof", Some(ModifierNoun)),
            ("en", "is famous | for", None),
            ("en", "Dr. | Marsh", Some(TitleName)),
            ("en", "by Gregory | Chaitin", Some(Name)),
            ("en", "about 3.5 | kg", Some(NumberUnit)),
            ("en", "seventy | four", Some(NumberUnit)),
            ("en", "about 16 | registers", Some(Number)),
            ("en", "x = | 7", Some(Operator)),
            ("en", "what is this | ?", Some(Word)),
            ("en", "of it, | and", None),
            ("en", "the leaf | is", None),
            ("de", "auf die | Zelle", Some(ArticleNoun)),
            ("de", "eine schnelle | Zelle", Some(ModifierNoun)),
            ("de", "eine Zelle | Wasser", None),
            ("de", "ohne zu | fragen", Some(InfinitiveVerb)),
            ("de", "etwa 40 | Prozent", Some(NumberUnit)),
            ("fr", "dans la | cellule", Some(ArticleNoun)),
            ("fr", "et nous | voyons", Some(PronounVerb)),
            ("fr", "il ne | voit", Some(NegationVerb)),
            ("es", "de la | célula", Some(ArticleNoun)),
            ("pt", "não | vemos", Some(NegationVerb)),
            ("it", "sono | arrivati", Some(AuxiliaryVerb)),
            ("nl", "van het | blad", Some(ArticleNoun)),
            ("ja", "1950 | 年", Some(NumberUnit)),
            ("zh", "植物 | 的", Some(Enclitic)),
            ("fi", "suuri | talo", None),
        ];
        for (language, text, expected) in cases {
            assert_eq!(pair(language, text, |pair| pair.fault()), expected, "{text}");
        }
    }

    #[test]
    fn better_places_cost_less() {
        let ranking = [
            ("en", "ended. | Then"),
            ("en", "ended, | then"),
            ("en", "leaf | which"),
            ("en", "leaf | in"),
            ("en", "leaf | the"),
            ("en", "leaf | grows"),
            ("en", "is | a"),
            ("en", "the | leaf"),
            ("en", "3 | kg"),
        ];
        let points = ranking.map(|(language, text)| pair(language, text, |pair| pair.points(0)));
        assert!(points.is_sorted_by(|one, other| one < other), "{points:?}");
        assert!(pair("en", "leaf | grows", |pair| pair.points(800)) < points[4]);
    }

    #[test]
    fn elided_words_begin_phrases() {
        let points = |text| pair("fr", text, |pair| pair.points(0));
        assert!(points("verre | d'eau") < points("verre | propre"));
        assert!(points("pense | qu’elle") < points("verre | d'eau"));
    }
}
