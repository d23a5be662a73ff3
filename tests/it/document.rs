//! Editing: what holds for any document and any row of edits.

mod operations;
mod properties;
mod searching;

use lectern::document::words::estimate;
use lectern::document::{Cue, CueId, Document, Editor};
use lectern::time::TimeSpan;

/// A cue with words that share its time.
fn cue(id: u64, start: i64, end: i64, text: &str) -> Cue {
    let span = TimeSpan::from_millis(start, end);
    let words = estimate(text, span);
    Cue { id: CueId(id), span, text: text.to_owned(), words, ..Cue::default() }
}

/// Three cues, the first two without a gap.
fn lecture() -> Editor {
    let cues = vec![
        cue(1, 1000, 3000, "Good morning everyone"),
        cue(2, 3000, 5000, "we begin\nwith sorting"),
        cue(3, 8000, 9000, "Thank you"),
    ];
    Editor::new(Document { cues, ..Document::default() })
}

/// Each cue as `START-END TEXT`.
fn lines(document: &Document) -> Vec<String> {
    let line = |cue: &Cue| {
        format!("{}-{} {}", cue.span.start.as_millis(), cue.span.end.as_millis(), cue.text.replace('\n', "/"))
    };
    document.cues.iter().map(line).collect()
}

/// The words of a cue as `TEXT START-END`.
fn words(cue: &Cue) -> Vec<String> {
    let word = |word: &lectern::transcript::Word| {
        format!("{} {}-{}", word.text, word.span.start.as_millis(), word.span.end.as_millis())
    };
    cue.words.iter().map(word).collect()
}
