//! The filter on whole documents.

use lectern::document::{Cue, Document, words};
use lectern::format::{WriteOptions, by_name};
use lectern::hide::{Filter, FilterMethod, Hiding};
use lectern::time::TimeSpan;
use lectern::transcript::{Segment, join_words};

/// A document of these cues, as many seconds long as they have words, and of the segments that they come from.
pub fn document(texts: &[&str]) -> Document {
    let mut document = Document::default();
    let mut start = 0;
    for text in texts {
        let end = start + 1000 * text.split_whitespace().count() as i64;
        let span = TimeSpan::from_millis(start, end);
        let words = words::estimate(text, span);
        document.cues.push(Cue { span, text: (*text).to_owned(), words: words.clone(), ..Cue::default() });
        document.segments.push(Segment { words, ..Segment::default() });
        start = end;
    }
    document
}

/// The text of the cues, and that of the segments.
pub fn texts(document: &Document) -> (Vec<&str>, Vec<String>) {
    let cues = document.cues.iter().map(|cue| cue.text.as_str()).collect();
    (cues, document.segments.iter().map(|segment| join_words(&segment.words)).collect())
}

fn filtered(texts: &[&str], method: FilterMethod) -> Document {
    let mut document = document(texts);
    let filter = Filter::parse("darn, darned\nson of a gun\n", method);
    Hiding { filter, ..Hiding::default() }.apply(&mut document);
    document
}

#[test]
fn masks_stand_for_words_in_cues_and_segments() {
    let document = filtered(&["Well, Darn! That son", "of a gun\nhas darned it. Darns."], FilterMethod::Mask);
    let (cues, segments) = texts(&document);
    assert_eq!(cues, ["Well, ***! That ***", "has *** it. Darns."]);
    assert_eq!(segments, ["Well, ***! That ***", "has *** it. Darns."]);
}

#[test]
fn what_is_removed_leaves_sentences() {
    let document = filtered(&["Darn, that\nis it.", "Darn!"], FilterMethod::Remove);
    assert_eq!(texts(&document).0, ["that\nis it."]);
    assert_eq!(texts(&document).1, ["that is it."]);
    assert!(document.cues.iter().all(|cue| words::pieces(cue).is_some()));
}

#[test]
fn tags_are_carried_by_formats_that_can() {
    let written = filtered(&["Well, darn! That", "son of a gun left."], FilterMethod::Tag);
    assert_eq!(texts(&written).0, ["Well, darn! That", "son of a gun left."]);
    for (name, tags) in [("transcribe", 5), ("json", 2)] {
        let format = by_name(name).unwrap();
        let bytes = format.write.unwrap()(&written, &WriteOptions::default()).unwrap();
        format.verify(&written, &WriteOptions::default(), &bytes).unwrap();
        let read = format.read.unwrap()(&bytes).unwrap().document;
        assert_eq!(read.tagged.len(), tags, "{name}");
        assert_eq!(
            String::from_utf8(bytes).unwrap().matches("\"vocabularyFilterMatch\": true").count(),
            if tags == 5 { 5 } else { 0 }
        );
    }
    let srt = by_name("srt").unwrap();
    let told: Vec<_> =
        srt.losses(&written, &WriteOptions::default()).iter().map(ToString::to_string).collect();
    assert!(told.contains(&"the tags of 2 listed words".to_owned()), "{told:?}");
}
