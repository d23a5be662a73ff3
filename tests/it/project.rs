//! Project files: whole, found again, and safe from crashes.

mod crash;
mod files;
mod media;
mod saving;

use lectern::document::{Cue, CueId, Document, Media, Origin};
use lectern::project::{Project, ProjectSettings};
use lectern::remembered::RememberedVoices;
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{Doubt, Language, Segment, Word};

/// A project with something in every place, and `cues` cues.
fn project(cues: u64) -> Project {
    let word = |start, text: &str| Word {
        probability: 0.1 + start as f32 / 1e7,
        space_before: start % 800 != 0,
        ..Word::new(text, TimeSpan::from_millis(start, start + 400))
    };
    let cue = |n: u64| {
        let start = n as i64 * 1000;
        Cue {
            id: CueId(n + 1),
            span: TimeSpan::from_millis(start, start + 900),
            text: format!("word {n}\n\"line\" 講義"),
            speaker: n.is_multiple_of(3).then(|| "Ada".to_owned()),
            words: vec![word(start, "word"), word(start + 400, "講義")],
            origin: [Origin::Imported, Origin::Recognized, Origin::Edited][n as usize % 3],
            ..Cue::default()
        }
    };
    let cues: Vec<Cue> = (0..cues).map(cue).collect();
    let segment = |cue: &Cue| Segment {
        words: cue.words.clone(),
        average_log_probability: -0.25,
        doubt: Some(Doubt::Repetition),
        speaker: cue.speaker.clone(),
        ..Segment::default()
    };
    let document = Document {
        title: "Sorting".to_owned(),
        language: Language::new("en"),
        language_scores: Vec::new(),
        media: Some(Media {
            file_name: "sorting.flac".to_owned(),
            duration: MediaTime::from_millis(192_340),
        }),
        segments: cues.iter().map(segment).collect(),
        cues,
        tagged: vec![TimeSpan::from_millis(500, 900)],
        voices: None,
    };
    Project {
        document,
        media: None,
        settings: ProjectSettings { profile: Some("bbc".to_owned()), ..ProjectSettings::default() },
        vocabulary: vec!["quicksort".to_owned()],
        speakers: vec!["Ada".to_owned(), "Audience".to_owned()],
        recognized_until: None,
        remembered: RememberedVoices::default(),
    }
}
