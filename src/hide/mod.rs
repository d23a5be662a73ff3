//! Hides what must not appear in captions: listed words, and personal data.
//!
//! A [`Hiding`] works on a document just before it is written. The project keeps every word, so that a list can change
//! without recognizing again, and nothing hidden by mistake is lost.

mod filter;
mod passage;
mod personal;
mod redaction;
mod rewrite;

use serde::{Deserialize, Serialize};

pub use filter::{Filter, FilterMethod, MASK, UnknownMethod};
pub use personal::{Kind, PersonalPassage, UnknownKind, find, kinds};
pub use redaction::{Label, Redaction, UnknownLabel};

use crate::document::Document;
use crate::time::TimeSpan;
use passage::{Cut, cut, in_order};

/// What to hide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hiding {
    /// Listed words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// Personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redaction: Option<Redaction>,
}

/// Something that was hidden or tagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The kind of content.
    pub what: What,
    /// When it is spoken, as far as the times of its words are known.
    pub span: TimeSpan,
}

/// What was hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// A listed word.
    Listed,
    /// Personal data.
    Personal(Kind),
}

impl What {
    /// Returns its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Personal(kind) => kind.name(),
        }
    }
}

impl Hiding {
    /// Returns whether recognized words are hidden: a filter that tags hides none.
    pub fn hides_words(&self) -> bool {
        let Self { filter, redaction } = self;
        redaction.is_some() || filter.as_ref().is_some_and(|filter| filter.method != FilterMethod::Tag)
    }

    /// Hides it everywhere in the document, and returns what was hidden and when it is spoken.
    pub fn apply(&self, document: &mut Document) -> Vec<Hidden> {
        let mut hidden = Vec::new();
        if let Some(redaction) = &self.redaction {
            hidden.extend(redaction.apply(document));
        }
        if let Some(filter) = &self.filter {
            hidden.extend(filtered(document, filter));
        }
        hidden
    }
}

fn filtered(document: &mut Document, filter: &Filter) -> Vec<Hidden> {
    let with = if filter.method == FilterMethod::Mask { MASK } else { "" };
    let cuts = |text: &str| {
        let found = filter.find(text).into_iter();
        in_order(found.map(|range| Cut { range, with: with.to_owned() }).collect())
    };
    let passage = rewrite::passage_of_cues(&document.cues);
    let spans = rewrite::times(&document.cues, &passage, &cuts(&passage.text));
    let spans: Vec<_> = spans.into_iter().flatten().collect();
    match filter.method {
        FilterMethod::Tag => document.tagged.clone_from(&spans),
        FilterMethod::Mask | FilterMethod::Remove => cut_everywhere(document, cuts),
    }
    spans.into_iter().map(|span| Hidden { what: What::Listed, span }).collect()
}

/// Applies the cuts that `cuts` finds to all texts of a document.
fn cut_everywhere(document: &mut Document, cuts: impl Fn(&str) -> Vec<Cut>) {
    // Without `..`, so that a new text does not compile until it is cut here.
    let Document { title, language: _, language_scores: _, media, cues, segments, tagged: _, voices: _ } =
        document;
    let passage = rewrite::passage_of_cues(cues);
    rewrite::cut_cues(cues, &passage, &cuts(&passage.text));
    let passage = rewrite::passage_of_segments(segments);
    rewrite::cut_segments(segments, &passage, &cuts(&passage.text));
    rewrite::forget_other_readings(cues, segments);
    let names = media.iter_mut().map(|media| &mut media.file_name).chain([title]);
    let speakers = cues.iter_mut().filter_map(|cue| cue.speaker.as_mut());
    let speakers = speakers.chain(segments.iter_mut().filter_map(|segment| segment.speaker.as_mut()));
    for name in names.chain(speakers) {
        *name = cut(name, &cuts(name));
    }
}
