//! Personal data in running text, written or spoken: numbers by their form, their check digits and the words around
//! them; addresses and names by rules.

mod address;
mod check_digits;
mod email;
mod kind;
mod name;
mod numbers;
mod phone;
mod runs;
mod spoken;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

pub use kind::{Kind, UnknownKind, kinds};

use crate::transcript::Language;
use numbers::{Place, of_code, of_digits};
use runs::{Run, code_runs, digit_runs};
use words::{Tongue, Words};

/// Shorter numbers are too common to be searched for without words that announce them. Unit: digits.
const LEAST_KNOWN: usize = 5;

/// A range of a text with personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalPassage {
    /// Byte range.
    pub range: Range<usize>,
    /// The kind of data.
    pub kind: Kind,
}

/// What was found in one text, for finding it in others.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Digits and letters of numbers.
    codes: BTreeMap<String, Kind>,
    /// Whole matches in lower case.
    texts: BTreeMap<String, Kind>,
    /// Parts of names, in their original case.
    names: BTreeMap<String, Kind>,
}

/// Returns the ranges of personal data in a text, in order.
pub fn find(text: &str, language: &Language) -> Vec<PersonalPassage> {
    let words = Words::of(text, Tongue::of(language));
    let mut found = Vec::new();
    let mut add = |kind, ranges: Vec<Range<usize>>| {
        found.extend(ranges.into_iter().map(|range| PersonalPassage { range, kind }));
    };
    add(Kind::Email, email::find(&words));
    add(Kind::Name, name::find(text));
    add(Kind::Address, address::find(text));
    found.extend(windows(&words, &code_runs(&words), of_code));
    found.extend(windows(&words, &digit_runs(&words), of_digits));
    in_order(found)
}

/// Examines the parts of each run, the longest first.
fn windows(words: &Words, runs: &[Run], judge: impl Fn(&Place) -> Option<Kind>) -> Vec<PersonalPassage> {
    let mut found = Vec::new();
    for run in runs {
        let all = run.groups.len();
        let mut start = 0;
        while start < all {
            let part = (start + 1..=all).rev().find_map(|end| {
                let part = run.part(start..end);
                let range = part.range(words);
                let place = Place { code: part.code(), run: part, words, is_whole: end - start == all };
                Some((end, PersonalPassage { range, kind: judge(&place)? }))
            });
            start = part.as_ref().map_or(start + 1, |(end, _)| *end);
            found.extend(part.map(|(_, part)| part));
        }
    }
    found
}

/// Sorts matches; if several overlap, the kind of the first applies to all.
fn in_order(mut found: Vec<PersonalPassage>) -> Vec<PersonalPassage> {
    found.sort_by_key(|found| found.range.start);
    let mut joined: Vec<PersonalPassage> = Vec::with_capacity(found.len());
    for next in found {
        match joined.last_mut().filter(|last| next.range.start < last.range.end) {
            Some(last) => last.range.end = last.range.end.max(next.range.end),
            None => joined.push(next),
        }
    }
    joined
}

impl Known {
    /// Remembers what was found in a text.
    pub fn remember(&mut self, text: &str, found: &[PersonalPassage], language: &Language) {
        for PersonalPassage { range, kind } in found {
            let text = &text[range.clone()];
            self.texts.insert(text.to_lowercase(), *kind);
            self.codes.extend(code_of(text, language).map(|code| (code, *kind)));
            if *kind == Kind::Name {
                self.names.extend(name::parts(text).map(|part| (part.to_owned(), *kind)));
            }
        }
    }

    /// Returns where known data occurs in a text, even without words that announce it.
    pub fn find(&self, text: &str, language: &Language) -> Vec<PersonalPassage> {
        let words = Words::of(text, Tongue::of(language));
        let known = |place: &Place| self.codes.get(&place.code).copied();
        let mut found = windows(&words, &digit_runs(&words), known);
        found.extend(windows(&words, &code_runs(&words), known));
        let lower = text.to_lowercase();
        // Lower case may have another length, which would move all positions.
        if lower.len() == text.len() {
            found.extend(self.texts.iter().flat_map(|(known, kind)| whole(&lower, known, *kind)));
        }
        found.extend(self.names.iter().flat_map(|(known, kind)| whole(text, known, *kind)));
        in_order(found)
    }
}

/// Returns the digits and letters of a number that is long enough to be searched for.
fn code_of(text: &str, language: &Language) -> Option<String> {
    let words = Words::of(text, Tongue::of(language));
    let code = digit_runs(&words).iter().chain(&code_runs(&words)).map(Run::code).max_by_key(String::len)?;
    (code.len() >= LEAST_KNOWN).then_some(code)
}

/// Returns where `known` occurs in a text as a whole word.
fn whole<'a>(text: &'a str, known: &'a str, kind: Kind) -> impl Iterator<Item = PersonalPassage> + 'a {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let ranges = text.match_indices(known).map(|(at, _)| at..at + known.len());
    ranges
        .filter(move |range| {
            is_edge(text[..range.start].chars().next_back()) && is_edge(text[range.end..].chars().next())
        })
        .map(move |range| PersonalPassage { range, kind })
}
