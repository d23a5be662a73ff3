//! Divides existing cues again.

use super::compose::compose;
use super::rules::Profile;
use crate::document::{Cue, Origin, style, words};
use crate::transcript::{Language, Segment};

/// Divides the text of cues, which are in order of time, to follow the profile, as [`compose`] does with a transcript.
/// Words without times of their own share the span of their cue by length.
pub fn recompose(cues: &[Cue], language: &Language, profile: &Profile) -> Vec<Cue> {
    let segment = |cue: &Cue| Segment {
        words: words::timed(cue).into_owned(),
        speaker: cue.speaker.clone(),
        ..Segment::default()
    };
    let segments: Vec<Segment> = cues.iter().map(segment).collect();
    let mut composed = compose(&segments, language, profile);
    let is_recognized = cues.iter().all(|cue| cue.origin == Origin::Recognized);
    if !is_recognized {
        composed.iter_mut().for_each(|cue| cue.origin = Origin::Imported);
    }
    style::carry(cues, &mut composed);
    composed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    #[test]
    fn styles_and_places_stay_with_their_words() {
        let text = "This cue is far too long for one line, and it has to be divided into several of them.";
        let style = |range| style::Styled { range, style: style::Style::Italic };
        let place = Some(style::Place { anchor: 8, settings: String::new() });
        let span = TimeSpan::from_millis(1000, 7000);
        let long = Cue { span, text: text.to_owned(), styles: vec![style(24..42)], place, ..Cue::default() };
        let again = recompose(&[long], &Language::new("en"), &Profile::named("lecture").unwrap());
        let italic: Vec<_> =
            again.iter().flat_map(|cue| cue.styles.iter().map(|own| &cue.text[own.range.clone()])).collect();
        assert_eq!(italic, ["for one line,", "and"]);
        assert!(again.iter().all(|cue| cue.place.as_ref().is_some_and(|place| place.anchor == 8)));
    }

    #[test]
    fn long_cues_are_divided_and_keep_their_times() {
        let text = "This cue is far too long for one line, and it has to be divided into several of them.";
        let cue = |start, text: &str, speaker: Option<&str>| Cue {
            span: TimeSpan::from_millis(start, start + 6000),
            text: text.to_owned(),
            speaker: speaker.map(str::to_owned),
            ..Cue::default()
        };
        let cues = [cue(1000, text, Some("Ada")), cue(8000, "Why?", Some("Bob"))];
        let profile = Profile::named("lecture").unwrap();
        let again = recompose(&cues, &Language::new("en"), &profile);
        let told: Vec<_> = again
            .iter()
            .map(|cue| (cue.span.start.as_millis(), &*cue.text, cue.speaker.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                (1000, "This cue is far too long\nfor one line,", Some("Ada")),
                (3686, "and it has to be divided\ninto several of them.", Some("Ada")),
                (8000, "Why?", Some("Bob")),
            ]
        );
    }
}
