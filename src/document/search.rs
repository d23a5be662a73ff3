//! Find and replace.

use std::collections::HashSet;
use std::ops::Range;

use regex::{Regex, RegexBuilder};
use thiserror::Error;
use unicode_segmentation::GraphemeCursor;

use super::ops::with_text;
use super::{Cue, CueId, Document, Edit, Transaction};

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What is searched for: a text, or a regular expression.
    pub pattern: String,
    /// The pattern is a regular expression, in the syntax of the crate `regex`; `^` and `$` match at line ends.
    pub is_regex: bool,
    /// Only where it is not part of a longer word.
    pub whole_word: bool,
    /// Upper and lower case differ.
    pub match_case: bool,
}

/// A place in a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The cue that it is in.
    pub cue: CueId,
    /// Bytes of the cue's text; never inside a character as people see it.
    pub range: Range<usize>,
}

#[derive(Debug, Error)]
/// Why a search cannot begin.
pub enum SearchError {
    #[error("there is nothing to look for")]
    /// The pattern is empty.
    Empty,
    /// The text says what is wrong in one line.
    #[error("the expression cannot be read: {0}")]
    Invalid(String),
}

/// A query made ready.
#[derive(Clone, Debug)]
pub struct Finder {
    regex: Regex,
    /// Whether a replacement may name groups, as in `$1`.
    expands: bool,
}

impl Finder {
    /// In plain text a space also finds a line break.
    ///
    /// # Errors
    /// [`SearchError`].
    pub fn new(query: &Query) -> Result<Self, SearchError> {
        if query.pattern.is_empty() {
            return Err(SearchError::Empty);
        }
        let pattern = match query.is_regex {
            true => query.pattern.clone(),
            false => query.pattern.split(' ').map(regex::escape).collect::<Vec<_>>().join(r"\s"),
        };
        let pattern = match query.whole_word {
            true => format!(r"\b{{start-half}}(?:{pattern})\b{{end-half}}"),
            false => pattern,
        };
        let regex = RegexBuilder::new(&pattern).case_insensitive(!query.match_case).multi_line(true).build();
        let regex = regex.map_err(|error| SearchError::Invalid(last_line(&error)))?;
        Ok(Self { regex, expands: query.is_regex })
    }

    /// The matches in one text. Empty ones are left out, and those that would cut a character in two.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let ranges = self.regex.find_iter(text).map(|found| found.range());
        ranges.filter(|range| is_whole(text, range)).collect()
    }

    /// The matches of a document in order, in the selected cues alone where there is a selection.
    pub fn find_all(&self, document: &Document, selection: Option<&HashSet<CueId>>) -> Vec<Match> {
        let matches = |cue: &Cue| {
            let cue_id = cue.id;
            self.find(&cue.text).into_iter().map(move |range| Match { cue: cue_id, range })
        };
        searched(document, selection).flat_map(matches).collect()
    }

    /// Replaces one match; `None` where the text is no longer what was found.
    pub fn replace(&self, document: &Document, place: &Match, with: &str) -> Option<Transaction> {
        let cue = document.cue(place.cue)?;
        let text = self.replaced(&cue.text, with, |range| *range == place.range)?;
        Some(Transaction::new("Replace", vec![Edit::Replace(with_text(cue, &text))]))
    }

    /// Replaces every match, and says how many there were. In a regular expression `$1` and `${name}` stand for what
    /// the groups matched.
    pub fn replace_all(
        &self,
        document: &Document,
        selection: Option<&HashSet<CueId>>,
        with: &str,
    ) -> (Transaction, usize) {
        let mut count = 0;
        let mut edits = Vec::new();
        for cue in searched(document, selection) {
            let count_one = |_: &Range<usize>| {
                count += 1;
                true
            };
            if let Some(text) = self.replaced(&cue.text, with, count_one) {
                edits.push(Edit::Replace(with_text(cue, &text)));
            }
        }
        (Transaction::new("Replace all", edits), count)
    }

    /// The text with those matches replaced that `wanted` is true of; `None` where there are none.
    fn replaced(
        &self,
        text: &str,
        with: &str,
        mut wanted: impl FnMut(&Range<usize>) -> bool,
    ) -> Option<String> {
        let mut new = String::with_capacity(text.len());
        let mut end = 0;
        for groups in self.regex.captures_iter(text) {
            let range = groups.get_match().range();
            if !is_whole(text, &range) || !wanted(&range) {
                continue;
            }
            new.push_str(&text[end..range.start]);
            match self.expands {
                true => groups.expand(with, &mut new),
                false => new.push_str(with),
            }
            end = range.end;
        }
        if end == 0 {
            return None;
        }
        new.push_str(&text[end..]);
        Some(new)
    }
}

fn searched<'a>(
    document: &'a Document,
    selection: Option<&'a HashSet<CueId>>,
) -> impl Iterator<Item = &'a Cue> {
    document.cues.iter().filter(move |cue| selection.is_none_or(|ids| ids.contains(&cue.id)))
}

/// Whether a range is something, and begins and ends between characters as people see them.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let is_boundary = |at| GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(false);
    !range.is_empty() && is_boundary(range.start) && is_boundary(range.end)
}

/// The gist of a message that draws the expression over several lines.
fn last_line(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
