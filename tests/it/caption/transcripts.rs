//! Ten transcripts that are hard to caption.

use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{Segment, Word};

use super::speech::{Dice, Voice, speak, speak_tokens};

const ENGLISH: &str = include_str!("../../data/caption/lecture_en.txt");
const GERMAN: &str = include_str!("../../data/caption/lecture_de.txt");
const JAPANESE: &str = include_str!("../../data/caption/lecture_ja.txt");
const ARABIC: &str = include_str!("../../data/caption/lecture_ar.txt");
const CODE: &str = include_str!("../../data/caption/lecture_code.txt");

/// A transcript with a name and the language of its words.
pub struct Case {
    pub name: &'static str,
    pub language: &'static str,
    pub segments: Vec<Segment>,
}

pub fn all() -> Vec<Case> {
    let case = |name, language, segments| Case { name, language, segments };
    vec![
        case("fast", "en", speak(ENGLISH, Voice { rate: 255.0, ..Voice::LECTURER })),
        case("long_words", "en", speak(&long_words(), Voice { rate: 120.0, ..Voice::LECTURER })),
        case("unpunctuated", "en", speak(&without_marks(ENGLISH), Voice::LECTURER)),
        case("german", "de", speak(GERMAN, Voice { rate: 150.0, ..Voice::LECTURER })),
        case("japanese", "ja", speak_tokens(JAPANESE, Voice { rate: 380.0, ..Voice::LECTURER })),
        case("arabic", "ar", speak(ARABIC, Voice { rate: 140.0, ..Voice::LECTURER })),
        case("code", "en", speak(CODE, Voice { rate: 130.0, ..Voice::LECTURER })),
        case("long_sentences", "en", speak(&sentences_of(200), Voice::LECTURER)),
        case("single_words", "en", single_words()),
        case("three_hours", "en", three_hours()),
    ]
}

fn long_words() -> String {
    let words = [
        "Pneumonoultramicroscopicsilicovolcanoconiosis",
        "is",
        "not",
        "https://www.example.org/a/very/long/path/to/some/page.html?with=query&and=more#fragment,",
        "and",
        "antidisestablishmentarianism",
        "a",
        "state-of-the-art-multi-purpose-general-relativity-simulation",
        "of",
        "floccinaucinihilipilification.",
        "Methionylthreonylthreonylglutaminylarginylisoleucylserylleucylmethionylthreonine",
        "/usr/local/share/applications/configuration/default/settings.toml",
    ];
    let mut dice = Dice(3);
    (0..200).map(|_| words[dice.below(words.len() as u64) as usize]).collect::<Vec<_>>().join(" ")
}

fn without_marks(text: &str) -> String {
    text.replace(['.', ',', '?', '!', ':', ';'], "").to_lowercase()
}

fn sentences_of(length: usize) -> String {
    let words: Vec<String> = without_marks(ENGLISH).split_whitespace().map(str::to_owned).collect();
    let sentence =
        |n: usize| words.iter().cycle().skip(n * 37).take(length).cloned().collect::<Vec<_>>().join(" ");
    (0..5).map(|n| format!("{}. ", sentence(n))).collect()
}

/// Answers in a quick exchange, pauses of all lengths between them.
fn single_words() -> Vec<Segment> {
    let answers =
        ["Yes.", "No.", "Right.", "Three.", "Why?", "Exactly.", "I", "see.", "Okay.", "Photosynthesis."];
    let mut dice = Dice(11);
    let mut now = 0;
    let mut words = Vec::new();
    for _ in 0..400 {
        let text = answers[dice.below(answers.len() as u64) as usize].to_owned();
        let end = now + 150 + 25 * text.len() as i64;
        words.push(Word { probability: 0.8, ..Word::new(text, TimeSpan::from_millis(now, end)) });
        now = end + [0, 80, 300, 700, 1500, 4000, 20_000][dice.below(7) as usize];
    }
    vec![Segment { words, ..Segment::default() }]
}

/// The English lecture over and over, by speakers of different speed.
fn three_hours() -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut start = MediaTime::ZERO;
    let mut dice = Dice(5);
    while start < MediaTime::from_millis(3 * 3_600_000) {
        let rate = 130.0 + dice.below(60) as f64;
        let mut part = speak(ENGLISH, Voice { rate, ..Voice::LECTURER });
        for word in part.iter_mut().flat_map(|segment| &mut segment.words) {
            word.span = word.span.shifted(start);
        }
        start = part.last().map_or(start, |segment| segment.span().end) + MediaTime::from_millis(2500);
        segments.append(&mut part);
    }
    segments
}
