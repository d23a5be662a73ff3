//! Redaction of whole documents: nothing personal is left in any format.

use lectern::document::{Document, Media, words};
use lectern::format::{WriteOptions, all, by_name};
use lectern::hide::{Hiding, Label, Redaction, What, kinds};
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{Language, LeftOut, SecondOpinion, TermPart};

use super::filter::{document, texts};

/// Personal data of [`lecture`], none of which may be left.
const PERSONAL: [&str; 11] = [
    "Lovelace",
    "alice",
    "example dot",
    "4111",
    "020 7946",
    "0958",
    "79460958",
    "78-05",
    "4321",
    "Baker Street",
    "NW1 6XE",
];

/// Cues in which personal data lie across cues and lines, stand again without what announced them, and are in other
/// places of the document.
pub fn lecture() -> Document {
    let mut document = document(&[
        "Hello, my name is Ada\nLovelace. Today we look",
        "at arrays. Write to alice dot",
        "lovelace at example dot com, or call 020",
        "7946 0958. My card is 4111 1111 1111\n1111, with PIN 4321.",
        "Again: 020 7946 0958, or 02079460958. And 4321!",
        "I live at 221B Baker Street, London NW1 6XE.",
        "My social security number is 078-05-1120.",
        "Ada was here; Lovelace too.",
    ]);
    document.language = Language::new("en");
    document.title = "Lecture of Ada Lovelace".to_owned();
    document.media = Some(Media {
        file_name: "ada 020 7946 0958.wav".to_owned(),
        duration: MediaTime::from_millis(90_000),
    });
    document.cues[1].speaker = Some("Ada Lovelace".to_owned());
    document.segments[1].speaker = Some("Ada Lovelace".to_owned());
    // A cue whose words are not known, and one whose text was corrected after it was recognized.
    document.cues[4].words.clear();
    document.cues[7].text = "Ada was here, Lovelace also.".to_owned();
    document
}

fn redaction(names: &[&str], label: Label) -> Hiding {
    let kinds = kinds(names.iter().copied()).unwrap();
    Hiding { redaction: Some(Redaction { kinds, label }), ..Hiding::default() }
}

#[test]
fn labels_stand_where_personal_data_stood() {
    let mut document = lecture();
    redaction(&["all"], Label::Kind).apply(&mut document);
    let cues = [
        "Hello, my name is [NAME]. Today we look",
        "at arrays. Write to [EMAIL]",
        "or call [PHONE]",
        "My card is [CREDIT_DEBIT_NUMBER], with PIN [PIN].",
        "Again: [PHONE], or [PHONE]. And [PIN]!",
        "I live at [ADDRESS].",
        "My social security number is [SSN].",
        "[NAME] was here, [NAME] also.",
    ];
    assert_eq!(texts(&document).0, cues);
    assert_eq!(document.title, "Lecture of [NAME]");
    assert_eq!(document.cues[1].speaker.as_deref(), Some("[NAME]"));
}

#[test]
fn no_format_holds_what_was_redacted() {
    for label in [Label::Kind, Label::Pii] {
        let mut document = lecture();
        redaction(&["all"], label).apply(&mut document);
        for format in all() {
            let Some(write) = format.write else { continue };
            let bytes =
                write(&document, &WriteOptions { word_times: true, ..WriteOptions::default() }).unwrap();
            format
                .verify(&document, &WriteOptions { word_times: true, ..WriteOptions::default() }, &bytes)
                .unwrap();
            let text = String::from_utf8_lossy(&bytes);
            for personal in PERSONAL {
                assert!(!text.contains(personal), "{}: {personal} in {text}", format.name);
            }
        }
    }
}

#[test]
fn what_else_was_heard_is_not_left_behind() {
    let mut document = lecture();
    let other = || Some(SecondOpinion::Other("Lovelace".to_owned()));
    let listed = || Some(TermPart::First { instead: Some("Lovelace".to_owned()) });
    for word in document.segments.iter_mut().flat_map(|segment| &mut segment.words) {
        (word.second, word.listed) = (other(), listed());
    }
    document.cues[0].words = document.segments[0].words.clone();
    let left_out = LeftOut { span: TimeSpan::default(), text: "by Ada Lovelace".to_owned() };
    document.segments[0].left_out.push(left_out);
    redaction(&["name"], Label::Kind).apply(&mut document);
    let json = by_name("json").unwrap().write.unwrap()(&document, &WriteOptions::default()).unwrap();
    assert!(!String::from_utf8(json).unwrap().contains("Lovelace"));
}

#[test]
fn what_was_hidden_is_told_with_its_time() {
    let mut document = lecture();
    let hidden = redaction(&["phone", "pin"], Label::Pii).apply(&mut document);
    let told: Vec<_> =
        hidden.iter().map(|hidden| (hidden.what.name(), hidden.span.start.as_millis() / 1000)).collect();
    assert_eq!(told, [("PHONE", 22), ("PIN", 33), ("PHONE", 36), ("PHONE", 39), ("PIN", 42)]);
    assert!(hidden.iter().all(|hidden| matches!(hidden.what, What::Personal(_))));
    assert!(texts(&document).0.concat().contains("[PII]") && document.title.contains("Lovelace"));
    assert_eq!(document.segments[2].words.last().unwrap().text, "[PII]");
    assert!(document.cues.iter().all(|cue| cue.words.is_empty() || words::pieces(cue).is_some()));
}

#[test]
fn transcribe_files_tell_what_was_redacted_and_keep_names_of_speakers() {
    let mut document = lecture();
    document.cues[0].speaker = Some("Guest".to_owned());
    redaction(&["email", "phone"], Label::Pii).apply(&mut document);
    let transcribe = by_name("transcribe").unwrap();
    let bytes = transcribe.write.unwrap()(&document, &WriteOptions::default()).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains("\"isRedacted\": true") && text.contains("\"category\": \"PII\""), "{text}");
    let read = transcribe.read.unwrap()(&bytes).unwrap().document;
    let speakers: Vec<_> = read.cues.iter().filter_map(|cue| cue.speaker.as_deref()).collect();
    assert_eq!(speakers, ["Guest", "Ada Lovelace"]);
}

#[test]
fn words_that_a_correction_left_behind_are_redacted_too() {
    let mut document = document(&["My PIN is 4321."]);
    document.cues[0].text = "My secret is mine.".to_owned();
    redaction(&["pin"], Label::Kind).apply(&mut document);
    let left = format!("{document:?}");
    assert!(!left.contains("4321") && left.contains("[PIN]"), "{left}");
}
