//! Redaction: labels in place of personal data.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::passage::{Cut, in_order};
use super::personal::{Kind, Known, PersonalPassage, find};
use super::{Hidden, What, cut_everywhere, rewrite};
use crate::document::Document;
use crate::time::TimeSpan;
use crate::transcript::Language;

/// The label that replaces personal data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// The kind, such as `[EMAIL]`.
    #[default]
    Kind,
    /// `[PII]` for all, as Amazon Transcribe writes.
    Pii,
}

impl Label {
    fn of(self, kind: Kind) -> String {
        match self {
            Self::Kind => format!("[{}]", kind.name()),
            Self::Pii => "[PII]".to_owned(),
        }
    }
}

/// There is no label with this name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there is no label \"{0}\"; choose kind or pii")]
pub struct UnknownLabel(
    /// The name.
    pub String,
);

impl FromStr for Label {
    type Err = UnknownLabel;

    fn from_str(name: &str) -> Result<Self, UnknownLabel> {
        match name.to_ascii_lowercase().as_str() {
            "kind" => Ok(Self::Kind),
            "pii" => Ok(Self::Pii),
            _ => Err(UnknownLabel(name.to_owned())),
        }
    }
}

/// Which personal data are redacted, and their label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// The kinds.
    pub kinds: BTreeSet<Kind>,
    /// The label for each.
    pub label: Label,
}

impl Redaction {
    /// Redacts a document. What is found in one place is redacted everywhere, even without words that announce it.
    pub(super) fn apply(&self, document: &mut Document) -> Vec<Hidden> {
        let cues = rewrite::passage_of_cues(&document.cues);
        let segments = rewrite::passage_of_segments(&document.segments);
        let language = document.language.clone();
        let mut known = Known::default();
        for text in [&cues.text, &segments.text, &document.title] {
            known.remember(text, &self.find(text, &language), &language);
        }
        let all = |text: &str| {
            let mut found = self.find(text, &language);
            found.extend(known.find(text, &language));
            found
        };
        let hidden = hidden(document, &all(&cues.text));
        cut_everywhere(document, |text| self.cuts(all(text)));
        hidden
    }

    fn find(&self, text: &str, language: &Language) -> Vec<PersonalPassage> {
        let mut found = find(text, language);
        found.retain(|found| self.kinds.contains(&found.kind));
        found
    }

    fn cuts(&self, found: Vec<PersonalPassage>) -> Vec<Cut> {
        in_order(found.into_iter().map(|f| Cut { with: self.label.of(f.kind), range: f.range }).collect())
    }
}

/// Returns what is about to be hidden in the cues, and when it is spoken.
fn hidden(document: &Document, found: &[PersonalPassage]) -> Vec<Hidden> {
    let passage = rewrite::passage_of_cues(&document.cues);
    let cuts: Vec<_> = found.iter().map(|f| Cut { range: f.range.clone(), with: String::new() }).collect();
    let times = rewrite::times(&document.cues, &passage, &cuts);
    let hidden = |(found, span): (&PersonalPassage, Option<TimeSpan>)| {
        Some(Hidden { what: What::Personal(found.kind), span: span? })
    };
    let mut hidden: Vec<_> = found.iter().zip(times).filter_map(hidden).collect();
    hidden.sort_by_key(|hidden| (hidden.span.start, hidden.span.end));
    hidden.dedup_by_key(|hidden| hidden.span);
    hidden
}
