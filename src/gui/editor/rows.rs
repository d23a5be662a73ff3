//! Which cues the list shows, and in which order: filter and sorting.

use std::collections::HashMap;

use super::checks::{Checks, reading_speed};
use super::dictionary::{Spelling, SpellingVersion};
use super::version::Version;
use crate::document::search::{Finder, Query};
use crate::document::{Cue, CueId, Document};

/// The cues that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    #[default]
    All,
    /// Those with doubtful words.
    Doubtful,
    /// Those that break a rule.
    Problems,
    /// Those with words that the dictionary does not know.
    Unknown,
}

/// The order of the cues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Time,
    /// The fastest to read first.
    Speed,
    /// The one with the word that is most likely wrong first.
    Doubt,
}

/// What the user chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub show: Show,
    pub sort: Sort,
    /// Only cues with this in their text; empty for all.
    pub text: String,
    /// Only cues of this speaker.
    pub speaker: Option<String>,
}

impl Choice {
    /// Returns whether all cues are shown in order of time.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// The rows of the list. The current cue is always among them, and rows stay in place while it is edited: they are
/// filtered and sorted again when another cue becomes current, or when the number of cues changes.
#[derive(Debug, Default)]
pub struct Rows {
    pub choice: Choice,
    /// The bar in which the choice is made is shown.
    pub is_open: bool,
    /// The cues in their order, and their places in the document; none where all are shown in order of time.
    shown: Option<(Vec<CueId>, Vec<usize>)>,
    /// What they were chosen by.
    by: Option<(Choice, Option<CueId>, Judgement, usize)>,
    version: Option<Version>,
    /// Differs where the rows differ.
    pub revision: u64,
}

/// By what cues count as doubtful or as broken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    pub with_suggestions: bool,
    pub doubtful_from: f32,
    /// The version of the dictionary.
    pub spelling: SpellingVersion,
}

impl Rows {
    /// Updates the rows. Returns whether they were filtered again.
    pub fn update(
        &mut self,
        document: &Document,
        (checks, spelling): (&Checks, &Spelling),
        current: Option<CueId>,
        judgement: Judgement,
        version: Version,
    ) -> bool {
        let cues = &document.cues;
        if self.choice.is_plain() {
            let changed = self.shown.take().is_some();
            self.by = None;
            self.revision += u64::from(changed);
            return changed;
        }
        let by = Some((self.choice.clone(), current, judgement, cues.len()));
        let is_new = self.by != by;
        if !is_new && self.version == Some(version) {
            return false;
        }
        (self.by, self.version) = (by, Some(version));
        let ids = match self.shown.take() {
            Some((ids, _)) if !is_new => ids,
            _ => self.choice.ids(cues, (checks, spelling), current, judgement),
        };
        let places: HashMap<CueId, usize> =
            cues.iter().enumerate().map(|(place, cue)| (cue.id, place)).collect();
        let places = ids.iter().filter_map(|id| places.get(id).copied()).collect();
        self.shown = Some((ids, places));
        self.revision += 1;
        is_new
    }

    /// Returns the number of rows.
    pub fn len(&self, document: &Document) -> usize {
        self.shown.as_ref().map_or(document.cues.len(), |(_, places)| places.len())
    }

    /// Returns the place of a row's cue in the document.
    pub fn place(&self, row: usize) -> Option<usize> {
        self.shown.as_ref().map_or(Some(row), |(_, places)| places.get(row).copied())
    }

    /// Returns the row of the cue at a place in the document, if it is shown.
    pub fn row(&self, place: usize) -> Option<usize> {
        match &self.shown {
            None => Some(place),
            Some((_, places)) => places.iter().position(|other| *other == place),
        }
    }

    /// Returns the cue in a row.
    pub fn cue<'a>(&self, document: &'a Document, row: usize) -> Option<&'a Cue> {
        document.cues.get(self.place(row)?)
    }

    /// Returns the cues of all rows, in their order.
    pub fn cues<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = &'a Cue> {
        (0..self.len(document)).filter_map(|row| self.cue(document, row))
    }
}

impl Choice {
    fn ids(
        &self,
        cues: &[Cue],
        (checks, spelling): (&Checks, &Spelling),
        current: Option<CueId>,
        judgement: Judgement,
    ) -> Vec<CueId> {
        let finder = Finder::new(&Query { pattern: self.text.clone(), ..Query::default() }).ok();
        let is_shown = |cue: &&Cue| {
            let is_of_kind = match self.show {
                Show::All => true,
                Show::Doubtful => checks.doubtful_words(cue.id) > 0 || checks.is_doubted(cue),
                Show::Problems => checks.of(cue.id, judgement.with_suggestions).next().is_some(),
                Show::Unknown => !spelling.unknown(&cue.text).is_empty(),
            };
            let has_text = || finder.as_ref().is_none_or(|finder| !finder.find(&cue.text).is_empty());
            let is_theirs = self.speaker.is_none() || self.speaker == cue.speaker;
            current == Some(cue.id) || is_of_kind && is_theirs && has_text()
        };
        let mut shown: Vec<&Cue> = cues.iter().filter(is_shown).collect();
        // Stable, so that among equals time decides.
        match self.sort {
            Sort::Time => {}
            Sort::Speed => shown.sort_by(|one, other| speed(other).total_cmp(&speed(one))),
            Sort::Doubt => shown.sort_by(|one, other| chance(other).total_cmp(&chance(one))),
        }
        shown.into_iter().map(|cue| cue.id).collect()
    }
}

fn speed(cue: &Cue) -> f64 {
    reading_speed(cue).unwrap_or(0.0)
}

fn chance(cue: &Cue) -> f32 {
    cue.words.iter().map(|word| word.chance_of_error()).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caption::Profile;
    use crate::time::TimeSpan;
    use crate::transcript::{DOUBTFUL_FROM, Word};

    fn document() -> Document {
        let cue = |id: u64, text: &str, seconds: i64, probability: f32| {
            let span = TimeSpan::from_millis(id as i64 * 10_000, id as i64 * 10_000 + seconds * 1000);
            let word = Word { probability, ..Word::new(text, span) };
            Cue { id: CueId(id), span, text: text.to_owned(), words: vec![word], ..Cue::default() }
        };
        let cues = vec![
            cue(1, "leaf", 2, 0.9),
            cue(2, "Leaves", 1, 0.05),
            cue(3, "light", 3, 0.3),
            cue(4, "sun", 1, 0.9),
        ];
        Document { cues, ..Document::default() }
    }

    /// The ids of the rows, after each change that `change` makes.
    fn shown(rows: &mut Rows, document: &Document, current: u64, version: u64) -> Vec<u64> {
        let checks = Checks::new(document, &Profile::named("lecture").unwrap(), DOUBTFUL_FROM);
        let (spelling, doubtful_from) = (Spelling::default(), DOUBTFUL_FROM);
        let judgement = Judgement { with_suggestions: false, doubtful_from, spelling: spelling.version() };
        rows.update(
            document,
            (&checks, &spelling),
            Some(CueId(current)),
            judgement,
            Version::new(0, version, 0),
        );
        rows.cues(document).map(|cue| cue.id.0).collect()
    }

    #[test]
    fn cues_are_filtered_and_the_current_one_is_never_hidden() {
        let (mut document, mut rows) = (document(), Rows::default());
        assert_eq!(shown(&mut rows, &document, 4, 0), [1, 2, 3, 4]);
        rows.choice.show = Show::Doubtful;
        assert_eq!(shown(&mut rows, &document, 4, 0), [2, 3, 4]);
        assert_eq!(shown(&mut rows, &document, 2, 0), [2, 3]);
        rows.choice = Choice { text: "LEA".to_owned(), ..Choice::default() };
        assert_eq!(shown(&mut rows, &document, 2, 0), [1, 2]);
        assert_eq!((rows.place(1), rows.row(1), rows.row(3)), (Some(1), Some(1), None));
        document.cues[3].speaker = Some("Ada".to_owned());
        rows.choice = Choice { speaker: Some("Ada".to_owned()), ..Choice::default() };
        assert_eq!(shown(&mut rows, &document, 2, 0), [2, 4]);
    }

    #[test]
    fn cues_are_sorted_by_speed_and_by_doubt() {
        let (document, mut rows) = (document(), Rows::default());
        rows.choice.sort = Sort::Speed;
        assert_eq!(shown(&mut rows, &document, 1, 0), [2, 4, 1, 3]);
        rows.choice.sort = Sort::Doubt;
        assert_eq!(shown(&mut rows, &document, 1, 0), [2, 3, 1, 4]);
    }

    #[test]
    fn rows_stay_where_they_are_while_the_current_cue_is_edited() {
        let (mut document, mut rows) = (document(), Rows::default());
        rows.choice = Choice { show: Show::Doubtful, sort: Sort::Doubt, ..Choice::default() };
        assert_eq!(shown(&mut rows, &document, 2, 0), [2, 3]);
        document.cues[1].words[0].probability = 1.0;
        assert_eq!(shown(&mut rows, &document, 2, 1), [2, 3], "it was corrected");
        document.cues[1].span = TimeSpan::from_millis(0, 1000);
        document.cues.sort_by_key(|cue| cue.span.start);
        assert_eq!(shown(&mut rows, &document, 2, 2), [2, 3], "it has another place now");
        assert_eq!(rows.place(0), Some(0));
        assert_eq!(shown(&mut rows, &document, 3, 2), [3], "and was left");
    }
}
