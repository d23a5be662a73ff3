//! What the window knows to be wrong or doubtful, kept up to date cue by cue.

use std::collections::HashMap;

use crate::caption::{Profile, Severity, Violation, check};
use crate::document::{Changes, Cue, CueId, Document};
use crate::time::TimeSpan;
use crate::transcript::{Segment, Word};

/// A rule looks at most this many cues to either side.
const REACH: usize = 3;
/// With more cues touched than this, looking at all of them is quicker.
const MOST_TOUCHED: usize = 200;
/// With more faults than this, some are taken to be repairable without a trial. Each takes about a millisecond.
const MOST_TRIED: usize = 32;

#[derive(Debug, Default)]
pub struct Checks {
    /// Broken rules of the cues that break any.
    broken: HashMap<CueId, Vec<Violation>>,
    /// The number of doubtful words in the cues that have any.
    doubtful: HashMap<CueId, usize>,
    /// Where the recognizer doubted whole segments.
    doubted: Vec<TimeSpan>,
    faults: usize,
    warnings: usize,
    /// Number of cues that were looked at.
    cues: usize,
}

impl Checks {
    pub fn new(document: &Document, profile: &Profile) -> Self {
        let mut checks = Self { doubted: doubted(document), ..Self::default() };
        for violation in check(&document.cues, profile) {
            checks.broken.entry(violation.id).or_default().push(violation);
        }
        for cue in &document.cues {
            checks.note_doubt(cue);
        }
        checks.cues = document.cues.len();
        checks.count();
        checks
    }

    /// Looks again at what changed, and at its neighbours.
    pub fn update(&mut self, document: &Document, profile: &Profile, changes: &Changes) {
        if changes.segments {
            self.doubted = doubted(document);
        }
        let is_wide = changes.cues.len() > MOST_TOUCHED;
        if is_wide || changes.order && !self.are_at_the_end(document, changes) {
            *self = Self::new(document, profile);
            return;
        }
        self.cues = document.cues.len();
        for place in changes.cues.iter().filter_map(|id| document.position(*id)) {
            self.look_around(&document.cues, profile, place);
        }
        self.count();
    }

    /// Whether the changes are cues that were added behind all others, as while a recording is transcribed.
    fn are_at_the_end(&self, document: &Document, changes: &Changes) -> bool {
        let added = document.cues.get(self.cues..).unwrap_or_default();
        let is_new = |cue: &Cue| changes.cues.contains(&cue.id);
        changes.removed.is_empty() && added.len() == changes.cues.len() && added.iter().all(is_new)
    }

    /// Checks anew the cue at a place and those whose judgement depends on it.
    fn look_around(&mut self, cues: &[Cue], profile: &Profile, place: usize) {
        let last = cues.len();
        let (first, end) = (place.saturating_sub(REACH), (place + REACH + 1).min(last));
        // The outermost are there to be compared with only.
        let (from, to) = (first.saturating_sub(REACH), (end + REACH).min(last));
        for cue in &cues[first..end] {
            self.broken.remove(&cue.id);
            self.note_doubt(cue);
        }
        for mut violation in check(&cues[from..to], profile) {
            violation.index += from;
            if (first..end).contains(&violation.index) {
                self.broken.entry(violation.id).or_default().push(violation);
            }
        }
    }

    fn note_doubt(&mut self, cue: &Cue) {
        match cue.words.iter().filter(|word| word.is_doubtful()).count() {
            0 => self.doubtful.remove(&cue.id),
            count => self.doubtful.insert(cue.id, count),
        };
    }

    fn count(&mut self) {
        let all = || self.broken.values().flatten();
        (self.faults, self.warnings) = (
            all().filter(|violation| violation.is_fault()).count(),
            all().filter(|violation| !violation.is_fault()).count(),
        );
    }

    pub fn of(&self, id: CueId) -> &[Violation] {
        self.broken.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Whether a cue breaks a rule in a way that a person ought to mend.
    pub fn has_fault(&self, id: CueId) -> bool {
        self.of(id).iter().any(Violation::is_fault)
    }

    /// The worst that a cue breaks.
    pub fn severity(&self, id: CueId) -> Option<Severity> {
        let severity =
            |violation: &Violation| if violation.is_fault() { Severity::Hard } else { Severity::Soft };
        self.of(id).iter().map(severity).max()
    }

    pub fn doubtful_words(&self, id: CueId) -> usize {
        self.doubtful.get(&id).copied().unwrap_or(0)
    }

    /// Whether the recognizer doubted all that it heard there.
    pub fn is_doubted(&self, cue: &Cue) -> bool {
        self.doubted.iter().any(|span| span.overlaps(cue.span))
    }

    /// Broken rules that a person ought to mend.
    pub fn faults(&self) -> usize {
        self.faults
    }

    /// Broken rules that are only not as good as the profile aims for, or that the speech forces.
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    pub fn all_doubtful_words(&self) -> usize {
        self.doubtful.values().sum()
    }
}

/// Where the recognizer doubted whole segments.
fn doubted(document: &Document) -> Vec<TimeSpan> {
    let doubted = document.segments.iter().filter(|segment| segment.doubt.is_some());
    doubted.map(Segment::span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ops;
    use crate::time::TimeSpan;

    fn cue(n: u64) -> Cue {
        let start = 1500 * n as i64;
        let text =
            if n.is_multiple_of(3) { "A line that is much longer than any profile allows." } else { "Fine." };
        let span = TimeSpan::from_millis(start, start + 1400);
        Cue { id: CueId(n), span, text: text.to_owned(), ..Cue::default() }
    }

    /// What is kept up to date step by step is what a look at the whole finds.
    fn assert_same(checks: &Checks, document: &Document, profile: &Profile) {
        let whole = Checks::new(document, profile);
        for cue in &document.cues {
            assert_eq!(checks.of(cue.id), whole.of(cue.id), "{cue:?}");
        }
        assert_eq!((checks.faults(), checks.warnings()), (whole.faults(), whole.warnings()));
    }

    #[test]
    fn checks_follow_additions_and_edits() {
        let profile = Profile::named("lecture").unwrap();
        let mut document = Document::default();
        let mut checks = Checks::new(&document, &profile);
        for n in 0..40 {
            let free = CueId(document.cues.len() as u64 + 1);
            let step = ops::append(&document, free, vec![cue(2 * n), cue(2 * n + 1)], Vec::new());
            let (_, changes) = document.apply(step).unwrap();
            checks.update(&document, &profile, &changes);
            assert_same(&checks, &document, &profile);
        }
        for id in [1, 17, 40, 80] {
            let step = ops::set_text(&document, CueId(id), "Another line that is as long as the others are.");
            let (_, changes) = document.apply(step.unwrap()).unwrap();
            checks.update(&document, &profile, &changes);
            assert_same(&checks, &document, &profile);
            let step = ops::delete(&document, &[CueId(id)]);
            let (_, changes) = document.apply(step.unwrap()).unwrap();
            checks.update(&document, &profile, &changes);
            assert_same(&checks, &document, &profile);
        }
    }
}
