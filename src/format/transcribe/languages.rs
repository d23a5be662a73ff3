//! Languages that were identified, as the service tells them.

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::format::{clean, lenient};
use crate::time::MediaTime;
use crate::transcript::{Language, LanguageScore, spoken_times};

/// How probable a language is.
#[derive(Serialize)]
pub(super) struct Identification {
    score: String,
    code: String,
}

/// How long a language is spoken in a recording that changes it.
#[derive(Serialize)]
pub(super) struct Spoken {
    language_code: String,
    duration_in_seconds: f64,
}

/// The languages that were considered, the most probable first.
pub(super) fn identified(document: &Document) -> Vec<Identification> {
    let identification = |found: &LanguageScore| Identification {
        score: format!("{:.4}", found.score),
        code: clean::line(found.language.tag()),
    };
    document.language_scores.iter().map(identification).collect()
}

/// The languages of a recording that changes them, in the order in which they are first spoken.
pub(super) fn spoken(document: &Document) -> Vec<Spoken> {
    let spoken = |(language, time): (&Language, MediaTime)| Spoken {
        language_code: clean::line(language.tag()),
        duration_in_seconds: time.as_secs_f64(),
    };
    spoken_times(&document.segments).into_iter().map(spoken).collect()
}

/// An identification as it is read.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Identified {
    #[serde(deserialize_with = "lenient::number")]
    score: Option<f64>,
    #[serde(deserialize_with = "lenient::text")]
    code: String,
}

impl Identified {
    pub fn into_score(self) -> Option<LanguageScore> {
        let score = self.score.filter(|score| (0.0..=1.0).contains(score))? as f32;
        (!self.code.trim().is_empty()).then(|| LanguageScore { language: Language::new(self.code), score })
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Cue, Document};
    use crate::format::WriteOptions;
    use crate::format::transcribe::{read, write};
    use crate::time::TimeSpan;
    use crate::transcript::{Language, LanguageScore, Segment, Word};

    fn segment(language: &str, start: i64, end: i64) -> Segment {
        let word = Word { probability: 0.9, ..Word::new("word", TimeSpan::from_millis(start, end)) };
        Segment { words: vec![word], language: Some(Language::new(language)), ..Segment::default() }
    }

    #[test]
    fn languages_are_told_with_scores_and_times() {
        let score = |code: &str, score| LanguageScore { language: Language::new(code), score };
        let document = Document {
            language: Language::new("en-US"),
            language_scores: vec![score("en-US", 0.75), score("de-DE", 0.25)],
            segments: vec![
                segment("en-US", 0, 4000),
                segment("de-DE", 4000, 5500),
                segment("en-US", 6000, 7000),
            ],
            cues: vec![Cue {
                text: "word".to_owned(),
                span: TimeSpan::from_millis(0, 900),
                ..Cue::default()
            }],
            ..Document::default()
        };
        let bytes = write(&document, &WriteOptions::default()).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let results = &json["results"];
        assert_eq!(
            results["language_identification"][0],
            serde_json::json!({ "score": "0.7500", "code": "en-US" })
        );
        let codes = serde_json::json!([
            { "language_code": "en-US", "duration_in_seconds": 5.0 },
            { "language_code": "de-DE", "duration_in_seconds": 1.5 }
        ]);
        assert_eq!(results["language_codes"], codes);
        assert_eq!(read(&bytes).unwrap().document.language_scores, document.language_scores);
    }
}
