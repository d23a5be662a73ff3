//! The names of languages, and how probable they are in a recording.

use serde::{Deserialize, Serialize};

use super::{Language, Segment};
use crate::time::MediaTime;

/// Those that Whisper knows: code, English name and own name on a line.
const LANGUAGES: &str = include_str!("languages.txt");

/// How probable it is that a recording is in a language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LanguageScore {
    /// The language.
    pub language: Language,
    /// From 0 to 1. Those of all languages that were asked for add up to 1.
    pub score: f32,
}

fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    LANGUAGES.lines().filter_map(|line| {
        let mut cells = line.split('|');
        Some([cells.next()?, cells.next()?, cells.next()?])
    })
}

impl Language {
    /// The language with this name in English or in itself, such as `German` or `Deutsch`, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        rows()
            .find(|names| names[1..].iter().any(|own| own.to_lowercase() == name))
            .map(|[code, ..]| Self::new(code))
    }

    /// Its name in itself, such as `Deutsch`, if it is one that Whisper knows.
    pub fn own_name(&self) -> Option<&'static str> {
        let primary = self.primary();
        // Whisper's code for Javanese is an old one.
        let primary = if primary == "jw" { "jv" } else { &primary };
        rows().find(|[code, ..]| *code == primary).map(|[.., name]| name)
    }

    /// Its own name and its tag, such as `Deutsch (de)`; the tag alone where the name is not known.
    pub fn described(&self) -> String {
        self.own_name().map_or_else(|| self.tag().to_owned(), |name| format!("{name} ({self})"))
    }
}

/// Returns how long each language is spoken, in the order in which they are first spoken. Segments that do not name
/// theirs are left out.
pub fn spoken_times(segments: &[Segment]) -> Vec<(&Language, MediaTime)> {
    let mut times: Vec<(&Language, MediaTime)> = Vec::new();
    for segment in segments {
        let Some(language) = &segment.language else { continue };
        let duration = segment.span().duration();
        match times.iter_mut().find(|(known, _)| *known == language) {
            Some((_, time)) => *time += duration,
            None => times.push((language, duration)),
        }
    }
    times
}

/// The scores of the candidates, or of the most probable languages where there are none, the highest first.
/// `detected` are all languages with their probabilities, the most probable first.
pub fn among(detected: Vec<(Language, f32)>, candidates: &[Language]) -> Vec<LanguageScore> {
    /// What a person can take in.
    const MOST: usize = 5;
    if candidates.is_empty() {
        let score = |(language, score)| LanguageScore { language, score };
        return detected.into_iter().take(MOST).map(score).collect();
    }
    let probability = |candidate: &Language| {
        let same = |(language, _): &&(Language, f32)| language.primary() == candidate.primary();
        detected.iter().find(same).map_or(0.0, |(_, probability)| *probability)
    };
    let total: f32 = candidates.iter().map(probability).sum();
    let score = |candidate: &Language| LanguageScore {
        language: candidate.clone(),
        score: if total > 0.0 { probability(candidate) / total } else { 1.0 / candidates.len() as f32 },
    };
    let mut scores: Vec<_> = candidates.iter().map(score).collect();
    scores.sort_by(|one, other| other.score.total_cmp(&one.score));
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_their_names() {
        let code = |name: &str| Language::named(name).map(|language| language.tag().to_owned());
        for (name, wanted) in [
            ("Deutsch", "de"),
            ("FRANÇAIS", "fr"),
            ("German", "de"),
            ("日本語", "ja"),
            (" haitian creole ", "ht"),
        ] {
            assert_eq!(code(name).as_deref(), Some(wanted), "{name}");
        }
        assert_eq!(code("Klingon"), None);
        assert_eq!(Language::new("pt-BR").described(), "português (pt-BR)");
        assert_eq!(Language::new("tlh").described(), "tlh");
        assert_eq!(rows().count(), LANGUAGES.lines().count());
    }

    #[test]
    fn scores_are_those_among_the_candidates() {
        let detected = || {
            [("no", 0.5), ("de", 0.3), ("nl", 0.1), ("en", 0.1)]
                .map(|(code, p)| (Language::new(code), p))
                .to_vec()
        };
        let told = |candidates: &[&str]| {
            let candidates: Vec<_> = candidates.iter().map(Language::new).collect();
            let scores = among(detected(), &candidates);
            scores.iter().map(|s| format!("{} {:.2}", s.language, s.score)).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(told(&["en-GB", "de"]), "de 0.75, en-GB 0.25");
        assert_eq!(told(&[]), "no 0.50, de 0.30, nl 0.10, en 0.10");
        assert_eq!(told(&["fr", "it"]), "fr 0.50, it 0.50", "no candidate is known");
    }
}
