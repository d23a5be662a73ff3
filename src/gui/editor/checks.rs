//! What is known to be wrong or doubtful in the captions, updated cue by cue.
//!
//! *Faults* break a hard limit of the profile. *Suggestions* are softer aims that are missed, and limits that fast
//! speech makes impossible to keep; users see them on request.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::caption::{Profile, Rule, Severity, Violation, check};
use crate::caption::{REPAIR_REACH, Repairable, repairable};
use crate::document::{Changes, Cue, CueId, Document, Origin};
use crate::time::TimeSpan;
use crate::transcript::Segment;

/// A rule looks at most this many cues to either side.
const REACH: usize = 3;
/// Above this number of changed cues, checking all of them is faster.
const MOST_TOUCHED: usize = 200;
/// Above this number of faults, the rest are assumed to be repairable without trying. Each try takes about a
/// millisecond.
const MOST_TRIED: usize = 32;

#[derive(Debug, Default)]
pub struct Checks {
    /// Faults and suggestions, of the cues that have any.
    broken: HashMap<CueId, Vec<Violation>>,
    /// The repairs computed so far; an entry is dropped when a cue near it changes.
    repairs: RefCell<HashMap<CueId, Repairable>>,
    /// The number of doubtful words, of the cues that have any.
    doubtful: HashMap<CueId, usize>,
    /// The lowest probability of error at which a word is doubtful.
    doubtful_from: f32,
    /// The spans of segments that the recognizer doubted as a whole.
    doubted: Vec<TimeSpan>,
    faults: usize,
    suggestions: usize,
    /// Number of checked cues.
    cues: usize,
}

impl Checks {
    /// Checks a document. Words are doubtful from the probability of error `doubtful_from` on.
    pub fn new(document: &Document, profile: &Profile, doubtful_from: f32) -> Self {
        let mut checks = Self { doubted: doubted(document), doubtful_from, ..Self::default() };
        for violation in
            check(&document.cues, profile).into_iter().filter(|found| is_of_use(&document.cues, found))
        {
            checks.broken.entry(violation.id).or_default().push(violation);
        }
        for cue in &document.cues {
            checks.note_doubt(cue);
        }
        checks.cues = document.cues.len();
        checks.count();
        checks
    }

    /// Checks the changed cues and their neighbours again.
    pub fn update(&mut self, document: &Document, profile: &Profile, changes: &Changes) {
        if changes.segments {
            self.doubted = doubted(document);
        }
        let is_wide = changes.cues.len() > MOST_TOUCHED;
        if is_wide || changes.order && !self.are_at_the_end(document, changes) {
            *self = Self::new(document, profile, self.doubtful_from);
            return;
        }
        self.cues = document.cues.len();
        for place in changes.cues.iter().filter_map(|id| document.position(*id)) {
            self.look_around(&document.cues, profile, place);
        }
        self.count();
    }

    /// Returns whether the only changes are cues added at the end, as during a transcription.
    fn are_at_the_end(&self, document: &Document, changes: &Changes) -> bool {
        let added = document.cues.get(self.cues..).unwrap_or_default();
        let is_new = |cue: &Cue| changes.cues.contains(&cue.id);
        changes.removed.is_empty() && added.len() == changes.cues.len() && added.iter().all(is_new)
    }

    /// Checks the cue at a place again, with the cues whose result depends on it.
    fn look_around(&mut self, cues: &[Cue], profile: &Profile, place: usize) {
        let last = cues.len();
        let (first, end) = (place.saturating_sub(REACH), (place + REACH + 1).min(last));
        // The outermost cues are only there for comparison.
        let (from, to) = (first.saturating_sub(REACH), (end + REACH).min(last));
        for cue in &cues[first..end] {
            self.broken.remove(&cue.id);
            self.note_doubt(cue);
        }
        for cue in &cues[place.saturating_sub(REPAIR_REACH)..(place + REPAIR_REACH + 1).min(last)] {
            self.repairs.get_mut().remove(&cue.id);
        }
        for mut violation in check(&cues[from..to], profile) {
            violation.index += from;
            if (first..end).contains(&violation.index) && is_of_use(cues, &violation) {
                self.broken.entry(violation.id).or_default().push(violation);
            }
        }
    }

    fn note_doubt(&mut self, cue: &Cue) {
        match cue.words.iter().filter(|word| word.chance_of_error() >= self.doubtful_from).count() {
            0 => self.doubtful.remove(&cue.id),
            count => self.doubtful.insert(cue.id, count),
        };
    }

    /// Returns the lowest probability of error at which a word is doubtful.
    pub fn doubtful_from(&self) -> f32 {
        self.doubtful_from
    }

    /// Sets the probability of error from which words are doubtful.
    pub fn doubt_from(&mut self, document: &Document, chance: f32) {
        if self.doubtful_from != chance {
            self.doubtful_from = chance;
            document.cues.iter().for_each(|cue| self.note_doubt(cue));
        }
    }

    fn count(&mut self) {
        let all = || self.broken.values().flatten();
        (self.faults, self.suggestions) = (
            all().filter(|violation| violation.is_fault()).count(),
            all().filter(|violation| !violation.is_fault()).count(),
        );
    }

    /// Returns what is wrong with a cue: its faults, and on request its suggestions.
    pub fn of(&self, id: CueId, with_suggestions: bool) -> impl Iterator<Item = &Violation> {
        let all = self.broken.get(&id).map_or(&[][..], Vec::as_slice).iter();
        all.filter(move |violation| with_suggestions || violation.is_fault())
    }

    /// Returns whether a cue has a fault.
    pub fn has_fault(&self, id: CueId) -> bool {
        self.of(id, false).next().is_some()
    }

    /// Returns whether a repair would improve a cue. The first answer for a cue takes about a millisecond.
    pub fn can_repair(
        &self,
        document: &Document,
        profile: &Profile,
        id: CueId,
        with_suggestions: bool,
    ) -> bool {
        let try_it = || repairable(document, id, profile);
        let is_wrong = self.of(id, with_suggestions).next().is_some();
        is_wrong
            && match *self.repairs.borrow_mut().entry(id).or_insert_with(try_it) {
                Repairable::No => false,
                Repairable::Aims => with_suggestions,
                Repairable::Faults => true,
            }
    }

    /// Returns whether a repair would help with any fault.
    pub fn can_repair_any(&self, document: &Document, profile: &Profile) -> bool {
        let is_faulty = |(_, found): &(&CueId, &Vec<Violation>)| found.iter().any(Violation::is_fault);
        let mut faulty = self.broken.iter().filter(is_faulty).map(|(id, _)| *id);
        let can = |id| self.can_repair(document, profile, id, false);
        self.faults > 0 && (faulty.by_ref().take(MOST_TRIED).any(can) || faulty.next().is_some())
    }

    pub fn doubtful_words(&self, id: CueId) -> usize {
        self.doubtful.get(&id).copied().unwrap_or(0)
    }

    /// Returns whether the recognizer doubted everything in this cue.
    pub fn is_doubted(&self, cue: &Cue) -> bool {
        self.doubted.iter().any(|span| span.overlaps(cue.span))
    }

    /// Returns the number of faults.
    pub fn faults(&self) -> usize {
        self.faults
    }

    /// Returns the number of suggestions.
    pub fn suggestions(&self) -> usize {
        self.suggestions
    }

    pub fn all_doubtful_words(&self) -> usize {
        self.doubtful.values().sum()
    }
}

/// Returns whether the user can act on a violation. The layout of recognized words already weighs these aims against
/// each other; only what shorter text would improve is left to the user.
fn is_of_use(cues: &[Cue], violation: &Violation) -> bool {
    let is_layout = matches!(
        violation.rule,
        Rule::LineLength | Rule::Balance | Rule::MinDuration | Rule::ShortGap | Rule::Break(_)
    );
    let is_chosen =
        cues[violation.index].origin == Origin::Recognized && violation.severity == Severity::Soft;
    !(is_layout && is_chosen)
}

/// Returns the spans of segments that the recognizer doubted as a whole.
fn doubted(document: &Document) -> Vec<TimeSpan> {
    let doubted = document.segments.iter().filter(|segment| segment.doubt.is_some());
    doubted.map(Segment::span).collect()
}

/// Returns characters per second, as the rules count them.
pub fn reading_speed(cue: &Cue) -> Option<f64> {
    let seconds = cue.span.duration().as_secs_f64();
    let lines = cue.lines().map(str::trim).filter(|line| !line.is_empty());
    let widths: Vec<usize> = lines.map(crate::caption::columns).collect();
    let characters = widths.iter().sum::<usize>() + widths.len().saturating_sub(1);
    (seconds > 0.0).then(|| characters as f64 / seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ops;
    use crate::time::{MediaTime, TimeSpan};
    use crate::transcript::DOUBTFUL_FROM;

    fn cue(n: u64) -> Cue {
        let start = 1500 * n as i64;
        let text =
            if n.is_multiple_of(3) { "A line that is much longer than any profile allows." } else { "Fine." };
        let span = TimeSpan::from_millis(start, start + 1400);
        Cue { id: CueId(n), span, text: text.to_owned(), ..Cue::default() }
    }

    /// Asserts that updating step by step gives the same result as checking everything.
    fn assert_same(checks: &Checks, document: &Document, profile: &Profile) {
        let whole = Checks::new(document, profile, DOUBTFUL_FROM);
        for cue in &document.cues {
            assert!(checks.of(cue.id, true).eq(whole.of(cue.id, true)), "{cue:?}");
            let can = |checks: &Checks| checks.can_repair(document, profile, cue.id, true);
            assert_eq!(can(checks), can(&whole), "{cue:?}");
        }
        assert_eq!((checks.faults(), checks.suggestions()), (whole.faults(), whole.suggestions()));
    }

    #[test]
    fn checks_follow_additions_and_edits() {
        let profile = Profile::named("lecture").unwrap();
        let mut document = Document::default();
        let mut checks = Checks::new(&document, &profile, DOUBTFUL_FROM);
        for n in 0..40 {
            let free = CueId(document.cues.len() as u64 + 1);
            let step =
                ops::append(&document, free, vec![cue(2 * n), cue(2 * n + 1)], MediaTime::ZERO, Vec::new());
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

    #[test]
    fn aims_that_the_layout_has_weighed_are_no_suggestions() {
        let profile = Profile::named("lecture").unwrap();
        let suggestions = |origin| {
            // A line of 34 columns (aim: 32) at 185 words per minute (aim: 160).
            let text = "four of the many words in one line".to_owned();
            let cue =
                Cue { id: CueId(1), span: TimeSpan::from_millis(0, 2600), text, origin, ..Cue::default() };
            let document = Document { cues: vec![cue], ..Document::default() };
            let checks = Checks::new(&document, &profile, DOUBTFUL_FROM);
            assert_eq!((checks.faults(), checks.of(CueId(1), false).count()), (0, 0));
            checks.of(CueId(1), true).map(|found| found.rule).collect::<Vec<_>>()
        };
        assert_eq!(suggestions(Origin::Imported), [Rule::LineLength, Rule::WordRate]);
        assert_eq!(suggestions(Origin::Recognized), [Rule::WordRate]);
    }
}
