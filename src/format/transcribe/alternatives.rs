//! Readings of sentences, as the service tells them: a segment with several alternatives.

use serde::Serialize;

use super::item::{seconds, split_marks};
use crate::document::words::follow;
use crate::document::{Cue, Document};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Alternatives, OtherReading, Segment as Recognized, Word, join_words};

#[derive(Serialize)]
pub(super) struct Segment {
    start_time: String,
    end_time: String,
    alternatives: Vec<Alternative>,
}

#[derive(Serialize)]
struct Alternative {
    transcript: String,
    items: Vec<Item>,
}

/// Its content stands in the item itself here.
#[derive(Serialize)]
struct Item {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<String>,
    confidence: String,
    r#type: &'static str,
    content: String,
}

/// A segment a sentence that has readings, each word of them with the time of the one that it stands for.
pub(super) fn segments(document: &Document) -> Vec<Segment> {
    let of = |recognized: &Recognized| -> Vec<Segment> {
        recognized.alternatives.iter().filter_map(|own| segment(own, &recognized.words)).collect()
    };
    document.segments.iter().flat_map(of).collect()
}

fn segment(own: &Alternatives, words: &[Word]) -> Option<Segment> {
    let words = words.get(own.words.clone())?;
    let span = TimeSpan::new(words.first()?.span.start, words.last()?.span.end);
    let cue = Cue { span, text: join_words(words), words: words.to_vec(), ..Cue::default() };
    let alternative = |(at, reading): (usize, &OtherReading)| {
        // The words that were taken have a probability each, those of other readings only all together.
        let confidence = |word: &Word| if at == 0 { word.probability } else { reading.confidence };
        let words = if at == 0 { cue.words.clone() } else { follow(&cue, &reading.text) };
        let items = words.iter().flat_map(|word| items(word, confidence(word))).collect();
        Alternative { transcript: reading.text.clone(), items }
    };
    let alternatives = own.readings.iter().enumerate().map(alternative).collect();
    Some(Segment { start_time: seconds(span.start), end_time: seconds(span.end), alternatives })
}

/// A word and the punctuation marks after it.
fn items(word: &Word, confidence: f32) -> Vec<Item> {
    let (spoken, marks) = split_marks(&word.text);
    let spoken = Item {
        start_time: Some(seconds(word.span.start)),
        end_time: Some(seconds(word.span.end)),
        confidence: seconds(MediaTime::from_secs_f64(f64::from(confidence))),
        r#type: "pronunciation",
        content: spoken.to_owned(),
    };
    let mark = |mark: char| Item {
        start_time: None,
        end_time: None,
        confidence: "0.0".to_owned(),
        r#type: "punctuation",
        content: mark.to_string(),
    };
    std::iter::once(spoken).chain(marks.chars().map(mark)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::words::estimate;

    #[test]
    fn each_reading_has_words_with_times() {
        let words = estimate("Tony whore said it.", TimeSpan::from_millis(0, 1600));
        let reading = |text: &str, confidence| OtherReading { text: text.to_owned(), confidence };
        let readings = vec![reading("Tony whore said it.", 0.6), reading("Tony Hoare said.", 0.4)];
        let alternatives =
            vec![Alternatives { words: 0..4, readings }, Alternatives { words: 3..9, readings: Vec::new() }];
        let recognized = Recognized { words, alternatives, ..Recognized::default() };
        let found = segments(&Document { segments: vec![recognized.clone()], ..Document::default() });
        assert_eq!(found.len(), 1, "words that are not there have no segment");
        let other = &found[0].alternatives[1];
        let told: Vec<_> =
            other.items.iter().map(|item| (item.content.as_str(), item.confidence.as_str())).collect();
        assert_eq!(told, [("Tony", "0.4"), ("Hoare", "0.4"), ("said", "0.4"), (".", "0.0")]);
        assert_eq!(other.items[1].start_time.as_deref(), Some(&*seconds(recognized.words[1].span.start)));
        assert_eq!(found[0].alternatives[0].items[0].confidence, "1.0");
    }
}
