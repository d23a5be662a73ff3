//! Reads an export back and compares it with the document before it counts as saved.

use std::cmp::Reverse;

use thiserror::Error;

use crate::document::style::{BOTTOM, Style};
use crate::document::{Cue, Document};
use crate::format::losses::Detail;
use crate::format::{Format, ReadError, WriteError, WriteOptions, clean, cue_timing, escape, running_text};
use crate::time::MediaTime;

/// How a file that was read back differs from the document.
#[derive(Debug, Error, PartialEq)]
pub enum Mismatch {
    #[error("the file cannot be read back: {0}")]
    /// The written file cannot be read.
    Unreadable(#[from] ReadError),
    #[error("the file cannot be changed in place")]
    /// Cues cannot be located in the file again, or there is no place for a new one.
    NotInPlace,
    #[error(transparent)]
    /// The document cannot be written.
    Unwritable(#[from] WriteError),
    #[error("the file holds {read} cues where {written} were written")]
    /// The number of cues differs.
    CueCount {
        /// The number written.
        written: usize,
        /// The number read back.
        read: usize,
    },
    /// `cue` counts from 1 in the order of the file.
    #[error(
        "cue {cue} of the file has another {what}: \u{201c}{read}\u{201d}, not \u{201c}{written}\u{201d}"
    )]
    /// A cue differs.
    Cue {
        /// Its number, from 1.
        cue: usize,
        /// The part that differs.
        what: &'static str,
        /// The value written.
        written: String,
        /// The value read back.
        read: String,
    },
    #[error("the file has another {what}: \u{201c}{read}\u{201d}, not \u{201c}{written}\u{201d}")]
    /// A property of the whole document differs.
    Whole {
        /// The part that differs.
        what: &'static str,
        /// The value written.
        written: String,
        /// The value read back.
        read: String,
    },
}

/// Maximum length of quoted text in a message. Unit: characters.
const QUOTE: usize = 80;

impl Format {
    /// Reads `bytes` back and compares everything that this format claims to keep of `document`. Formats that Lectern
    /// cannot read pass.
    pub fn verify(&self, document: &Document, options: &WriteOptions, bytes: &[u8]) -> Result<(), Mismatch> {
        let Some(read) = self.read else { return Ok(()) };
        let document = &*self.labelled(document, options);
        let read = read(bytes)?.document;
        let keeps = |detail| self.keeps(detail, options);
        compare_whole(document, &read, &keeps)?;
        if keeps(Detail::EmptyCues) {
            return compare_cues(document.cues.clone(), read.cues, MediaTime::ZERO, &keeps);
        }
        if !keeps(Detail::Cues) {
            return compare_text(&cue_timing::named_cues(document, &self.shape), &read.cues);
        }
        let written = cue_timing::cues(document, &self.shape, self.title)?;
        compare_cues(written, read.cues, self.shape.step - MediaTime::from_millis(1), &keeps)
    }
}

impl Format {
    /// Reads back a file that was changed in place, and compares what such a file holds of each cue.
    pub(crate) fn verify_rewritten(&self, document: &Document, bytes: &[u8]) -> Result<(), Mismatch> {
        let Some(read) = self.read else { return Ok(()) };
        let options = WriteOptions::default();
        let keeps = |detail| detail != Detail::WordTimes && self.keeps(detail, &options);
        let step = self.shape.step - MediaTime::from_millis(1);
        compare_cues(clean::cues(document), clean::cues(&read(bytes)?.document), step, &keeps)
    }
}

fn compare_whole(
    written: &Document,
    read: &Document,
    keeps: &impl Fn(Detail) -> bool,
) -> Result<(), Mismatch> {
    let file = |document: &Document| document.media.as_ref().map(|media| media.file_name.clone());
    let parts = [
        (Detail::Title, "title", clean::line(&written.title), clean::line(&read.title)),
        (
            Detail::Language,
            "language",
            clean::language_tag(&written.language),
            clean::language_tag(&read.language),
        ),
        (Detail::Media, "recording", file(written).unwrap_or_default(), file(read).unwrap_or_default()),
        (
            Detail::Segments,
            "number of segments",
            written.segments.len().to_string(),
            read.segments.len().to_string(),
        ),
    ];
    let mut kept = parts.into_iter().filter(|(detail, ..)| keeps(*detail));
    kept.try_for_each(|(_, what, written, read)| same(what, written, read))
        .map_err(|difference| whole(&difference))
}

/// Compares cue by cue; times may differ by `slack`. Of cues that begin together the longer comes first, because some
/// formats order them so.
fn compare_cues(
    mut written: Vec<Cue>,
    mut read: Vec<Cue>,
    slack: MediaTime,
    keeps: &impl Fn(Detail) -> bool,
) -> Result<(), Mismatch> {
    if written.len() != read.len() {
        return Err(Mismatch::CueCount { written: written.len(), read: read.len() });
    }
    for cues in [&mut written, &mut read] {
        cues.sort_by_key(|cue| (cue.span.start, Reverse(cue.span.end)));
    }
    written.iter().zip(&read).enumerate().try_for_each(|(index, (written, read))| {
        compare_cue(written, read, slack, keeps).map_err(|(what, written, read)| {
            let (written, read) = quoted(&written, &read);
            Mismatch::Cue { cue: index + 1, what, written, read }
        })
    })
}

/// What differs, its written value and its value as read.
type Difference = (&'static str, String, String);

fn compare_cue(
    written: &Cue,
    read: &Cue,
    slack: MediaTime,
    keeps: &impl Fn(Detail) -> bool,
) -> Result<(), Difference> {
    let same_time = |what, written: MediaTime, read: MediaTime| match written.abs_diff(read) <= slack {
        true => Ok(()),
        false => Err((what, written.to_string(), read.to_string())),
    };
    same_time("start", written.span.start, read.span.start)?;
    if keeps(Detail::EndTimes) {
        same_time("end", written.span.end, read.span.end)?;
    }
    let text = |cue: &Cue| match keeps(Detail::LineBreaks) {
        true => shown(&cue.text),
        false => running_text::unwrap_lines(&shown(&cue.text)),
    };
    same("text", text(written), text(read))?;
    if keeps(Detail::Styles) {
        compare_styles(written, read)?;
    }
    if keeps(Detail::Places) {
        let anchor = |cue: &Cue| cue.place.as_ref().map_or(BOTTOM, |place| place.anchor).to_string();
        same("place", anchor(written), anchor(read))?;
    }
    if keeps(Detail::Speakers) {
        let name = |cue: &Cue| cue.speaker.as_deref().map(single_spaced).unwrap_or_default();
        same("speaker", name(written), name(read))?;
    }
    if keeps(Detail::WordTimes) { compare_timed_words(written, read, slack) } else { Ok(()) }
}

/// Compares which letters are italic, bold and underlined; white space is ignored.
fn compare_styles(written: &Cue, read: &Cue) -> Result<(), Difference> {
    for (style, what) in
        [(Style::Italic, "italic text"), (Style::Bold, "bold text"), (Style::Underline, "underlined text")]
    {
        let letters = |cue: &Cue| -> String {
            let own = |at: usize| cue.styles.iter().any(|own| own.style == style && own.range.contains(&at));
            let styled = cue.text.char_indices().filter(|(at, c)| own(*at) && !c.is_whitespace());
            styled.map(|(_, c)| c).collect()
        };
        same(what, letters(written), letters(read))?;
    }
    Ok(())
}

/// Checks that every written word time is the start of a word that was read. Times count if they ascend and are inside
/// the cue.
fn compare_timed_words(written: &Cue, read: &Cue, slack: MediaTime) -> Result<(), Difference> {
    let mut latest = written.span.start;
    let mut starts = read.words.iter().map(|word| word.span.start);
    for word in &written.words {
        let start = word.span.start;
        if latest < start && start < written.span.end {
            latest = start;
            if !starts.any(|other| other.abs_diff(start) <= slack) {
                return Err(("word time", format!("{} at {start}", word.text), "none".to_owned()));
            }
        }
    }
    Ok(())
}

/// Compares the text of all cues, regardless of their division.
fn compare_text(written: &[Cue], read: &[Cue]) -> Result<(), Mismatch> {
    let letters = |cues: &[Cue]| -> String {
        cues.iter().map(|cue| shown(&cue.text).replace(char::is_whitespace, "")).collect()
    };
    same("text", letters(written), letters(read)).map_err(|difference| whole(&difference))
}

fn same(what: &'static str, written: String, read: String) -> Result<(), Difference> {
    if written == read { Ok(()) } else { Err((what, written, read)) }
}

/// Returns text without what no format needs to keep.
fn shown(text: &str) -> String {
    clean::text(&escape::unescape(text))
}

/// Returns a name with single spaces.
fn single_spaced(name: &str) -> String {
    shown(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns excerpts of both texts, starting a little before the first difference.
fn quoted(written: &str, read: &str) -> (String, String) {
    let alike = written.chars().zip(read.chars()).take_while(|(a, b)| a == b).count();
    let from = alike.saturating_sub(QUOTE / 4);
    let quote = |text: &str| text.chars().skip(from).take(QUOTE).collect();
    (quote(written), quote(read))
}

fn whole((what, written, read): &Difference) -> Mismatch {
    let (written, read) = quoted(written, read);
    Mismatch::Whole { what, written, read }
}
