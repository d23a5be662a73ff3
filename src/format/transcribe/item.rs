//! The items of Amazon Transcribe's JSON: words and punctuation marks.

use serde::Serialize;

use crate::time::MediaTime;
use crate::transcript::Word;

#[derive(Clone, Serialize)]
pub(super) struct Item {
    id: usize,
    r#type: &'static str,
    alternatives: [Alternative; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker_label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_label: Option<String>,
    /// Present only if a filter tags words.
    #[serde(rename = "vocabularyFilterMatch", skip_serializing_if = "Option::is_none")]
    is_listed: Option<bool>,
}

#[derive(Clone, Serialize)]
struct Alternative {
    confidence: String,
    content: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    redactions: Option<[Redaction; 1]>,
}

/// The meaning of a label such as `[EMAIL]`.
#[derive(Clone, Serialize)]
struct Redaction {
    confidence: String,
    r#type: String,
    category: &'static str,
}

impl Item {
    /// Whether it stands for personal data that was removed.
    pub fn is_redacted(&self) -> bool {
        self.alternatives[0].redactions.is_some()
    }
}

/// Who speaks, and on which channel.
#[derive(Default)]
pub(super) struct Labels<'a> {
    pub speaker: Option<&'a str>,
    pub channel: Option<String>,
}

/// Appends a word, and each punctuation mark after it as an item of its own.
pub(super) fn push_word(items: &mut Vec<Item>, word: &Word, labels: &Labels, is_listed: Option<bool>) {
    let mut push = |r#type, content: &str, confidence, times: Option<(String, String)>| {
        let (start_time, end_time) = times.unzip();
        items.push(Item {
            id: items.len(),
            r#type,
            alternatives: [Alternative {
                redactions: redaction(content),
                confidence,
                content: content.to_owned(),
            }],
            is_listed: is_listed.filter(|_| start_time.is_some()),
            start_time,
            end_time,
            speaker_label: labels.speaker.map(str::to_owned),
            channel_label: labels.channel.clone(),
        });
    };
    let (spoken, marks) = split_marks(&word.text);
    let times = (seconds(word.span.start), seconds(word.span.end));
    let thousandths = MediaTime::from_secs_f64(f64::from(word.probability));
    push("pronunciation", spoken, seconds(thousandths), Some(times));
    for mark in marks.chars() {
        push("punctuation", mark.encode_utf8(&mut [0; 4]), "0.0".to_owned(), None);
    }
}

/// Returns the redaction that a word stands for: capitals in brackets.
fn redaction(content: &str) -> Option<[Redaction; 1]> {
    let kind = content.strip_prefix('[')?.strip_suffix(']')?;
    let is_kind = kind.len() > 2 && kind.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    is_kind.then(|| [Redaction { confidence: "1.0".to_owned(), r#type: kind.to_owned(), category: "PII" }])
}

/// Splits a word into its text and the punctuation marks at its end. Marks alone are the text.
pub(super) fn split_marks(text: &str) -> (&str, &str) {
    match text.trim_end_matches(is_punctuation) {
        "" => (text, ""),
        spoken => text.split_at(spoken.len()),
    }
}

fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | '?'
            | '!'
            | ':'
            | ';'
            | '…'
            | '。'
            | '、'
            | '，'
            | '？'
            | '！'
            | '：'
            | '；'
            | '؟'
            | '،'
            | '؛'
            | '।'
    )
}

/// Formats seconds with one to three decimals, such as `8.0` and `1.559`.
pub(super) fn seconds(time: MediaTime) -> String {
    let millis = time.as_millis();
    let decimals = format!("{}.{:03}", millis / 1000, millis % 1000);
    let longest_trim = decimals.len() - 2;
    let trimmed = decimals.trim_end_matches('0').len().max(longest_trim);
    decimals[..trimmed].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_keep_at_least_one_decimal() {
        for (millis, text) in
            [(8000, "8.0"), (1559, "1.559"), (20, "0.02"), (0, "0.0"), (360_000_500, "360000.5")]
        {
            assert_eq!(seconds(MediaTime::from_millis(millis)), text);
        }
    }

    #[test]
    fn labels_of_what_was_redacted_are_told_as_such() {
        let told = |content| redaction(content).map(|[redaction]| redaction.r#type);
        assert_eq!(told("[BANK_ROUTING]").as_deref(), Some("BANK_ROUTING"));
        assert!(["[A]", "[Applause]", "PII", "[PII"].iter().all(|content| told(content).is_none()));
    }

    #[test]
    fn marks_after_a_word_are_items_without_times() {
        let mut items = Vec::new();
        let word = |text: &str| Word {
            probability: 0.9876,
            ..Word::new(text, crate::time::TimeSpan::from_millis(100, 200))
        };
        push_word(&mut items, &word("“U.S.A.?!"), &Labels::default(), None);
        push_word(&mut items, &word("..."), &Labels::default(), None);
        let told: Vec<_> = items
            .iter()
            .map(|item| (item.alternatives[0].content.as_str(), item.alternatives[0].confidence.as_str()))
            .collect();
        assert_eq!(told, [("“U.S.A", "0.988"), (".", "0.0"), ("?", "0.0"), ("!", "0.0"), ("...", "0.988")]);
        assert_eq!((items[0].start_time.as_deref(), items[1].start_time.as_deref()), (Some("0.1"), None));
    }
}
