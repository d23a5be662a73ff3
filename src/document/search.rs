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
    /// A text, or a regular expression.
    pub pattern: String,
    /// The pattern is a regular expression, in the syntax of the crate `regex`; `^` and `$` match at line ends.
    pub is_regex: bool,
    /// Matches only whole words.
    pub whole_word: bool,
    /// Distinguishes upper and lower case.
    pub match_case: bool,
}

/// A match in a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The cue with the match.
    pub cue: CueId,
    /// Byte range of the cue's text; never splits a grapheme cluster.
    pub range: Range<usize>,
}

#[derive(Debug, Error)]
/// Why a search is not possible.
pub enum SearchError {
    #[error("there is nothing to look for")]
    /// The pattern is empty.
    Empty,
    /// The pattern is not a valid regular expression. The text says why, in one line.
    #[error("the expression cannot be read: {0}")]
    Invalid(String),
}

/// A compiled query.
#[derive(Clone, Debug)]
pub struct Finder {
    regex: Regex,
    /// Whether a replacement may refer to groups, as in `$1`.
    expands: bool,
}

impl Finder {
    /// Compiles a query. In plain text a space also matches a line break.
    ///
    /// # Errors
    /// Those of [`SearchError`].
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

    /// Returns the matches in one text, without empty ones and those that would split a grapheme cluster.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let ranges = self.regex.find_iter(text).map(|found| found.range());
        ranges.filter(|range| is_whole(text, range)).collect()
    }

    /// Returns all matches of a document in order, limited to the selected cues if there is a selection.
    pub fn find_all(&self, document: &Document, selection: Option<&HashSet<CueId>>) -> Vec<Match> {
        let matches = |cue: &Cue| {
            let cue_id = cue.id;
            self.find(&cue.text).into_iter().map(move |range| Match { cue: cue_id, range })
        };
        searched(document, selection).flat_map(matches).collect()
    }

    /// Replaces one match; `None` if the text has changed and no longer matches.
    pub fn replace(&self, document: &Document, place: &Match, with: &str) -> Option<Transaction> {
        let cue = document.cue(place.cue)?;
        let text = self.replaced(&cue.text, with, |range| *range == place.range)?;
        Some(Transaction::new("Replace", vec![Edit::Replace(with_text(cue, &text))]))
    }

    /// Replaces every match and returns their number. In a regular expression `$1` and `${name}` refer to the groups.
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

    /// Returns the text with those matches replaced for which `wanted` is true; `None` if there are none.
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

/// Returns whether a range is not empty, and begins and ends at grapheme boundaries.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let is_boundary = |at| GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(false);
    !range.is_empty() && is_boundary(range.start) && is_boundary(range.end)
}

/// Returns the essential line of an error message that shows the expression over several lines.
fn last_line(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
