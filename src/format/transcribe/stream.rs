//! The events of Amazon Transcribe's streaming service.
//!
//! Unlike in batch files, keys are in PascalCase and numbers are JSON numbers.

use serde_json::{Value, json};

use super::item::split_marks;
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::{Language, Word, join_words};

/// An utterance as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamResult<'a> {
    /// The same for every event of an utterance.
    pub id: &'a str,
    /// The language, once it is known.
    pub language: Option<&'a Language>,
    /// Words that are final.
    pub stable: &'a [Word],
    /// Words that may change; empty if the result is not partial.
    pub unstable: &'a [Word],
    /// Whether the words may still change.
    pub is_partial: bool,
}

/// Returns a `TranscriptEvent` with one result.
pub fn event(result: &StreamResult) -> Value {
    let words = || result.stable.iter().chain(result.unstable);
    let span = words().map(|word| word.span).reduce(TimeSpan::joined).unwrap_or_default();
    let mut items = Vec::new();
    result.stable.iter().for_each(|word| push_items(&mut items, word, true));
    result.unstable.iter().for_each(|word| push_items(&mut items, word, false));
    let mut object = json!({
        "ResultId": result.id, "StartTime": seconds(span.start), "EndTime": seconds(span.end),
        "IsPartial": result.is_partial,
        "Alternatives": [{ "Transcript": join_words(words()), "Items": items }],
    });
    if let Some(language) = result.language {
        object["LanguageCode"] = language.tag().into();
    }
    json!({ "Transcript": { "Results": [object] } })
}

/// Appends a word, and each punctuation mark after it as an item of its own at the word's end.
fn push_items(items: &mut Vec<Value>, word: &Word, stable: bool) {
    let (spoken, marks) = split_marks(&word.text);
    let TimeSpan { start, end } = word.span;
    items.push(json!({
        "Content": spoken, "Type": "pronunciation", "StartTime": seconds(start), "EndTime": seconds(end),
        "Confidence": (f64::from(word.probability) * 1000.0).round() / 1000.0,
        "Stable": stable, "VocabularyFilterMatch": false,
    }));
    items.extend(marks.chars().map(|mark| {
        json!({
            "Content": mark, "Type": "punctuation", "StartTime": seconds(end), "EndTime": seconds(end),
            "Stable": stable, "VocabularyFilterMatch": false,
        })
    }));
}

fn seconds(time: MediaTime) -> f64 {
    time.as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_the_shape_of_the_service() {
        let word = |text: &str, start| Word {
            probability: 0.98765,
            ..Word::new(text, TimeSpan::from_millis(start, start + 300))
        };
        let language = Language::new("en");
        let (stable, unstable) = ([word("Good", 100), word("morning.", 450)], [word("Sit", 900)]);
        let result = StreamResult {
            id: "a-0",
            language: Some(&language),
            stable: &stable,
            unstable: &unstable,
            is_partial: true,
        };
        let event = event(&result);
        let result = &event["Transcript"]["Results"][0];
        assert_eq!((&result["StartTime"], &result["EndTime"]), (&json!(0.1), &json!(1.2)));
        assert_eq!((&result["IsPartial"], &result["LanguageCode"]), (&json!(true), &json!("en")));
        let alternative = &result["Alternatives"][0];
        assert_eq!(alternative["Transcript"], "Good morning. Sit");
        let items = alternative["Items"].as_array().unwrap();
        let told: Vec<_> = items.iter().map(|i| (i["Content"].as_str().unwrap(), &i["Stable"])).collect();
        assert_eq!(
            told,
            [("Good", &json!(true)), ("morning", &json!(true)), (".", &json!(true)), ("Sit", &json!(false))]
        );
        assert_eq!(items[2]["StartTime"], json!(0.75));
        assert_eq!(items[0]["Confidence"], json!(0.988));
    }
}
