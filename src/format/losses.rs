//! What a document would lose in a format.

use std::fmt;

use crate::document::style::{BOTTOM, Style};
use crate::document::{Cue, Document};
use crate::format::clean;
use crate::time::TimeSpan;
use crate::transcript::Word;

/// A part of a document that only some formats keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Detail {
    /// How the text is divided into cues, and when each begins.
    Cues,
    /// When each cue ends.
    EndTimes,
    /// Times finer than hundredths of a second.
    Milliseconds,
    /// Cues on screen at the same time.
    Overlaps,
    /// Cues without text.
    EmptyCues,
    /// The line breaks in cues.
    LineBreaks,
    /// Invisible characters: controls, bidirectional overrides, word joiners and the like.
    HiddenCharacters,
    /// Italics, bold and underlining.
    Styles,
    /// Colours and strikethrough.
    Colors,
    /// Markup that only the original file's format knows.
    OwnMarkup,
    /// The positions of cues on the picture.
    Places,
    /// Speakers as separate data.
    Speakers,
    /// When each word begins.
    WordTimes,
    /// When each word ends, if that is not the start of the next.
    WordEnds,
    /// The recognizer's confidence in each word.
    Probabilities,
    /// The recognizer's result before corrections.
    Segments,
    /// Which words a filter tags.
    Tags,
    /// The language of the captions.
    Language,
    /// The title.
    Title,
    /// The recording that the captions belong to.
    Media,
}

impl Detail {
    /// Every detail, the most important ones first.
    pub const ALL: [Self; 20] = [
        Self::Cues,
        Self::EndTimes,
        Self::Milliseconds,
        Self::Overlaps,
        Self::EmptyCues,
        Self::LineBreaks,
        Self::HiddenCharacters,
        Self::Styles,
        Self::Colors,
        Self::OwnMarkup,
        Self::Places,
        Self::Speakers,
        Self::WordTimes,
        Self::WordEnds,
        Self::Probabilities,
        Self::Segments,
        Self::Tags,
        Self::Language,
        Self::Title,
        Self::Media,
    ];

    /// Counts the cues, words or other parts of the document that a format without this detail would change.
    fn count(self, document: &Document) -> usize {
        let cues = |test: fn(&Cue) -> bool| document.cues.iter().filter(|cue| test(cue)).count();
        let words = |test: fn(&Word) -> bool| {
            document.cues.iter().flat_map(|cue| &cue.words).filter(|word| test(word)).count()
        };
        match self {
            Self::Cues | Self::EndTimes => document.cues.len(),
            Self::Milliseconds => {
                cues(|cue| [cue.span.start, cue.span.end].iter().any(|t| t.as_millis() % 10 != 0))
            }
            Self::Overlaps => overlaps(&document.cues),
            Self::EmptyCues => cues(|cue| clean::text(&cue.text).is_empty()),
            Self::LineBreaks => cues(|cue| clean::text(&cue.text).contains('\n')),
            Self::HiddenCharacters => cues(|cue| clean::drops_characters(&cue.text)),
            Self::Styles => cues(|cue| has_style(cue, &[Style::Italic, Style::Bold, Style::Underline])),
            Self::Colors => cues(|cue| {
                has_style(cue, &[Style::Strike])
                    || cue.styles.iter().any(|own| matches!(own.style, Style::Color(_)))
            }),
            Self::OwnMarkup => {
                cues(|cue| cue.styles.iter().any(|own| matches!(own.style, Style::Foreign { .. })))
            }
            Self::Places => cues(|cue| cue.place.as_ref().is_some_and(|place| place.anchor != BOTTOM)),
            Self::Speakers => cues(|cue| cue.speaker.is_some()),
            Self::WordTimes => words(|_| true),
            Self::WordEnds => word_gaps(&document.cues),
            Self::Probabilities => words(|word| word.probability < 1.0),
            Self::Segments => document.segments.len(),
            Self::Tags => document.tagged.len(),
            Self::Language => usize::from(document.language.tag() != "und"),
            Self::Title => usize::from(!document.title.is_empty()),
            Self::Media => usize::from(document.media.is_some()),
        }
    }

    fn words_for(self, count: usize) -> String {
        let of =
            |one: &str, many: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
        let cues = || of("cue", "cues");
        match self {
            Self::Cues => format!("the division into {}, and their times", cues()),
            Self::EndTimes => format!("the end times of {}", cues()),
            Self::Milliseconds => format!("milliseconds: {} rounded to hundredths of a second", cues()),
            Self::Overlaps => format!("overlaps: {} cut short or joined", cues()),
            Self::EmptyCues => of("cue without text", "cues without text"),
            Self::LineBreaks => format!("the line breaks of {}", cues()),
            Self::HiddenCharacters => format!("control and other hidden characters in {}", cues()),
            Self::Styles => format!("the italics, bold and underlining of {}", cues()),
            Self::Colors => format!("the colours and struck-through text of {}", cues()),
            Self::OwnMarkup => match count {
                1 => "the markup of 1 cue that only its original format knows".to_owned(),
                _ => format!("the markup of {count} cues that only their original format knows"),
            },
            Self::Places => format!("the position of {} on the picture", cues()),
            Self::Speakers => format!("the speakers of {} as separate data", cues()),
            Self::WordTimes => format!("the times of {}", of("word", "words")),
            Self::WordEnds => format!("the end times of {}", of("word", "words")),
            Self::Probabilities => format!("the probabilities of {}", of("word", "words")),
            Self::Segments => format!("{} of the recognizer's own words", of("segment", "segments")),
            Self::Tags => format!("the tags of {}", of("listed word", "listed words")),
            Self::Language => "the language".to_owned(),
            Self::Title => "the title".to_owned(),
            Self::Media => "the name and length of the recording".to_owned(),
        }
    }
}

/// Something in a document that a format cannot keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What is lost.
    pub detail: Detail,
    /// The number of cues, words or segments affected.
    pub count: usize,
}

impl fmt::Display for Loss {
    /// Writes a phrase that continues "This format does not keep".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail.words_for(self.count))
    }
}

/// Returns what the document has of each detail that is not kept. A detail that is part of a lost one is not listed
/// again.
pub(crate) fn losses(document: &Document, keeps: impl Fn(Detail) -> bool) -> Vec<Loss> {
    let tells = |&detail: &Detail| match detail {
        detail if keeps(detail) => false,
        Detail::EndTimes
        | Detail::Milliseconds
        | Detail::Overlaps
        | Detail::EmptyCues
        | Detail::LineBreaks => keeps(Detail::Cues),
        Detail::WordEnds => keeps(Detail::WordTimes),
        _ => true,
    };
    let loss = |detail: Detail| Loss { detail, count: detail.count(document) };
    Detail::ALL.into_iter().filter(tells).map(loss).filter(|loss| loss.count > 0).collect()
}

fn has_style(cue: &Cue, any: &[Style]) -> bool {
    cue.styles.iter().any(|own| any.contains(&own.style))
}

/// Counts the cues that begin before an earlier one has ended.
fn overlaps(cues: &[Cue]) -> usize {
    let mut spans: Vec<_> = cues.iter().map(|cue| cue.span).collect();
    spans.sort_by_key(|span| span.start);
    let mut latest = spans.first().map(|span| span.end);
    let early = |span: &TimeSpan| {
        let overlaps = latest.is_some_and(|end| span.start < end);
        latest = latest.max(Some(span.end));
        overlaps
    };
    spans.iter().skip(1).copied().filter(early).count()
}

/// Counts the words that end before the next one begins, or before their cue ends.
fn word_gaps(cues: &[Cue]) -> usize {
    let gaps = |cue: &Cue| {
        let next = cue.words.iter().skip(1).map(|word| word.span.start).chain([cue.span.end]);
        cue.words.iter().zip(next).filter(|(word, next)| word.span.end != *next).count()
    };
    cues.iter().map(gaps).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_of_what_the_document_does_not_have() {
        assert_eq!(losses(&Document::default(), |_| false), []);
    }

    #[test]
    fn losses_are_counted() {
        let cue = |start, end, text: &str| Cue {
            span: TimeSpan::from_millis(start, end),
            text: text.to_owned(),
            ..Cue::default()
        };
        let cues = vec![cue(0, 3000, "a\nb"), cue(1000, 2000, "c\0"), cue(2005, 4000, " ")];
        let document = Document { title: "T".to_owned(), cues, ..Document::default() };
        let told: Vec<_> = losses(&document, |d| d == Detail::Cues).iter().map(Loss::to_string).collect();
        assert_eq!(
            told,
            [
                "the end times of 3 cues",
                "milliseconds: 1 cue rounded to hundredths of a second",
                "overlaps: 2 cues cut short or joined",
                "1 cue without text",
                "the line breaks of 1 cue",
                "control and other hidden characters in 1 cue",
                "the title",
            ]
        );
        assert_eq!(losses(&document, |_| false)[0].to_string(), "the division into 3 cues, and their times");
    }
}
