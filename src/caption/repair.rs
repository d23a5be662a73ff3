//! Repairs cues that break the rules of a profile, by composing their words again.

use std::collections::HashSet;
use std::ops::Range;

use thiserror::Error;

use super::{Profile, Violation, check, compose};
use crate::document::ops::{self, OpError};
use crate::document::words::{estimate, spelled};
use crate::document::{Cue, CueId, Document, Edit, EditError, Origin, Transaction, style};
use crate::transcript::Segment;

/// Cues to either side of a broken one that matter for its repair: neighbours that give or take words, the cue after
/// them, and those needed to check them.
pub const REPAIR_REACH: usize = 8;

/// Cues to either side that are checked along, so that the rules about neighbours apply to the cues between them.
const CHECK_REACH: usize = 3;

/// What a repair would improve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repairable {
    /// Nothing: no other layout breaks fewer rules.
    No,
    /// Only soft limits: the cues come closer to the profile's aims.
    Aims,
    /// Fewer hard limits are broken.
    Faults,
}

#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
/// Why a cue was not repaired.
pub enum RepairError {
    #[error("this cue breaks no rule")]
    /// The cue breaks no rule.
    NothingWrong,
    #[error("can't be fixed automatically; shorten the text or lengthen the caption")]
    /// Every other layout breaks as many rules.
    NoBetter,
    #[error(transparent)]
    /// The operation is not possible.
    Op(#[from] OpError),
    #[error(transparent)]
    /// The new cues do not fit the document.
    Edit(#[from] EditError),
}

/// Repairs a cue: alone if that helps, otherwise together with its neighbours, whose words may then move from one cue
/// to another. No word changes. New cues get ids from `free` on.
///
/// # Errors
/// [`RepairError::NothingWrong`], [`RepairError::NoBetter`] if every layout breaks as many rules.
pub fn repair(
    document: &Document,
    free: CueId,
    id: CueId,
    profile: &Profile,
) -> Result<Transaction, RepairError> {
    let place = document.position(id).ok_or(OpError::NoSuchCue(id))?;
    let around = around(place, document.cues.len());
    let (document, place) = (part(document, around.clone()), place - around.start);
    repair_within(&document, free, place, profile).map(|(_, transaction)| transaction)
}

/// Returns what [`repair`] would improve in a cue.
pub fn repairable(document: &Document, id: CueId, profile: &Profile) -> Repairable {
    let Some(place) = document.position(id) else { return Repairable::No };
    let around = around(place, document.cues.len());
    let near = part(document, around.clone());
    // The edit is discarded, so any unused ids will do.
    let free = CueId(near.cues.iter().map(|cue| cue.id.0 + 1).max().unwrap_or(0));
    match repair_within(&near, free, place - around.start, profile) {
        Err(_) => Repairable::No,
        Ok((gain, _)) if gain.faults < 0 => Repairable::Faults,
        Ok(_) => Repairable::Aims,
    }
}

/// Returns the range of cues that matter for the repair of one cue.
fn around(place: usize, count: usize) -> Range<usize> {
    place.saturating_sub(REPAIR_REACH)..(place + 1 + REPAIR_REACH).min(count)
}

/// Copies some cues into a document of their own, so that the work does not grow with the document.
fn part(document: &Document, range: Range<usize>) -> Document {
    let language = document.language.clone();
    Document { cues: document.cues[range].to_vec(), language, ..Document::default() }
}

/// Returns the repair and its gain.
fn repair_within(
    document: &Document,
    free: CueId,
    place: usize,
    profile: &Profile,
) -> Result<(Weight, Transaction), RepairError> {
    let count = document.cues.len();
    let (before, after) = (place.saturating_sub(1), (place + 2).min(count));
    let broken = weigh(document, place..place + 1, profile);
    if broken == Weight::default() {
        return Err(RepairError::NothingWrong);
    }
    let mut best: Option<(Weight, Transaction)> = None;
    for range in [place..place + 1, place..after, before..place + 1, before..after] {
        if !is_of_one_speaker(&document.cues[range.clone()]) {
            continue;
        }
        let (transaction, gain) = relaid(document, free, range, profile)?;
        if gain.is_better_than(best.as_ref().map_or(Weight::default(), |(gain, _)| *gain)) {
            let is_enough = if broken.faults > 0 {
                gain.faults <= -broken.faults
            } else {
                gain.warnings <= -broken.warnings
            };
            best = Some((gain, transaction));
            if is_enough {
                break;
            }
        }
    }
    let (gain, mut transaction) = best.ok_or(RepairError::NoBetter)?;
    transaction.label = "Repair cue".into();
    Ok((gain, transaction))
}

/// Repairs every cue with a fault if that helps, and returns the number of repaired cues.
pub fn repair_all(document: &Document, free: CueId, profile: &Profile) -> (Transaction, usize) {
    let (mut work, mut free) = (part(document, 0..document.cues.len()), free);
    let (mut edits, mut repaired) = (Vec::new(), 0);
    let faulty: Vec<CueId> = check(&document.cues, profile)
        .iter()
        .filter(|found| found.is_fault())
        .map(|found| found.id)
        .collect();
    let mut seen = HashSet::new();
    for id in faulty.into_iter().filter(|id| seen.insert(*id)) {
        let Some(place) = work.position(id) else { continue };
        let around = around(place, work.cues.len());
        let mut near = part(&work, around.clone());
        let Ok((gain, step)) = repair_within(&near, free, place - around.start, profile) else { continue };
        if gain.faults >= 0 {
            continue;
        }
        let inserted = step.edits.iter().filter(|edit| matches!(edit, Edit::Insert(_))).count() as u64;
        if near.apply(step.clone()).is_ok() {
            work.cues.splice(around, near.cues);
            free.0 += inserted;
            repaired += 1;
            edits.extend(step.edits);
        }
    }
    (Transaction::new(format!("Repair {repaired} cues"), edits), repaired)
}

/// The number of faults and warnings, or a change in it (negative is better).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    faults: i64,
    warnings: i64,
}

impl Weight {
    fn is_better_than(self, other: Self) -> bool {
        (self.faults, self.warnings) < (other.faults, other.warnings)
    }
}

/// Counts the violations of the cues in a range, checked with their neighbours.
fn weigh(document: &Document, range: Range<usize>, profile: &Profile) -> Weight {
    let from = range.start.saturating_sub(CHECK_REACH);
    let to = (range.end + CHECK_REACH).min(document.cues.len());
    let inside = |violation: &&Violation| range.contains(&(violation.index + from));
    let found = check(&document.cues[from..to], profile);
    let count = |fault| found.iter().filter(inside).filter(|found| found.is_fault() == fault).count() as i64;
    Weight { faults: count(true), warnings: count(false) }
}

/// Returns the text of cues without white space.
fn said(cues: &[Cue]) -> String {
    cues.iter().flat_map(|cue| cue.text.split_whitespace()).collect()
}

fn is_of_one_speaker(cues: &[Cue]) -> bool {
    cues.windows(2).all(|pair| pair[0].speaker == pair[1].speaker)
}

/// Composes the words of some cues again. Returns the edit and the change in violations, including the following cue.
fn relaid(
    document: &Document,
    free: CueId,
    range: Range<usize>,
    profile: &Profile,
) -> Result<(Transaction, Weight), RepairError> {
    let old = &document.cues[range.clone()];
    let words = |cue: &Cue| if cue.words.is_empty() { estimate(&cue.text, cue.span) } else { spelled(cue) };
    let known = old.iter().all(|cue| !cue.words.is_empty());
    let segment = Segment { words: old.iter().flat_map(words).collect(), ..Segment::default() };
    let mut cues = compose(&[segment], &document.language, profile);
    let origin =
        if old.iter().any(|cue| cue.origin == Origin::Edited) { Origin::Edited } else { old[0].origin };
    for cue in &mut cues {
        (cue.speaker, cue.origin) = (old[0].speaker.clone(), origin);
        if !known {
            cue.words.clear();
        }
    }
    style::carry(old, &mut cues);
    let ids: Vec<CueId> = old.iter().map(|cue| cue.id).collect();
    let transaction = ops::replace_cues(document, free, &ids, cues)?;
    let with_next = |range: Range<usize>, count: usize| range.start..(range.end + 1).min(count);
    let before = weigh(document, with_next(range.clone(), document.cues.len()), profile);
    let mut after = document.clone();
    let inserted = transaction.edits.iter().filter(|edit| matches!(edit, Edit::Insert(_))).count();
    after.apply(transaction.clone())?;
    let new = range.start..range.start + inserted;
    if said(&after.cues[new.clone()]) != said(old) {
        // A new cue without enough time was dropped with its words: no gain.
        return Ok((transaction, Weight::default()));
    }
    let weight = weigh(&after, with_next(new, after.cues.len()), profile);
    let gain = Weight { faults: weight.faults - before.faults, warnings: weight.warnings - before.warnings };
    Ok((transaction, gain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    fn document(list: &[(i64, i64, &str)]) -> Document {
        let cue = |(n, (start, end, text)): (usize, &(i64, i64, &str))| Cue {
            id: CueId(n as u64 + 1),
            span: TimeSpan::from_millis(*start, *end),
            text: (*text).to_owned(),
            ..Cue::default()
        };
        Document { cues: list.iter().enumerate().map(cue).collect(), ..Document::default() }
    }

    fn repaired(document: &Document, id: u64) -> Vec<(i64, String)> {
        let profile = Profile::named("lecture").unwrap();
        let transaction = repair(document, CueId(100), CueId(id), &profile).unwrap();
        let mut document = document.clone();
        document.apply(transaction).unwrap();
        assert!(!check(&document.cues, &profile).iter().any(Violation::is_fault), "{:?}", document.cues);
        document.cues.iter().map(|cue| (cue.span.start.as_millis(), cue.text.clone())).collect()
    }

    #[test]
    fn a_long_line_is_broken() {
        let text = "This line is much longer than the profile allows it.";
        let document = document(&[(0, 4000, text), (5000, 7000, "And another one.")]);
        let cues = repaired(&document, 1);
        assert_eq!(cues.len(), 2);
        assert_eq!(cues[0].1.replace('\n', " "), text);
        assert!(cues[0].1.contains('\n'));
    }

    #[test]
    fn a_cue_that_is_too_fast_gets_time() {
        let document = document(&[(0, 700, "Much too fast to be read."), (6000, 8000, "Later on.")]);
        assert_eq!(repaired(&document, 1).len(), 2);
    }

    #[test]
    fn what_is_fine_is_left_alone_and_an_empty_cue_goes() {
        let profile = Profile::named("lecture").unwrap();
        let fine = document(&[(0, 3000, "A line of twenty-two.")]);
        let repair = |document: &Document| repair(document, CueId(100), CueId(1), &profile);
        assert_eq!(repair(&fine), Err(RepairError::NothingWrong));
        assert_eq!(repairable(&fine, CueId(1), &profile), Repairable::No);
        let empty = document(&[(0, 3000, "")]);
        assert_eq!(repair(&empty).map(|found| found.edits), Ok(vec![Edit::Remove(CueId(1))]));
    }

    #[test]
    fn what_cannot_be_repaired_is_known_before() {
        let profile = Profile::named("lecture").unwrap();
        let repairable = |list: &[(i64, i64, &str)], id| repairable(&document(list), CueId(id), &profile);
        let long = "This line is much longer than the profile allows it.";
        assert_eq!(repairable(&[(0, 4000, long), (5000, 7000, "And another one.")], 1), Repairable::Faults);
        let full = "There is no room at all\nfor these many words.";
        let mut packed = document(&[(0, 3200, full), (3200, 3500, full), (3500, 6700, full)]);
        packed.cues[1].speaker = Some("Bob".to_owned());
        let found = super::repairable(&packed, CueId(2), &profile);
        assert_eq!(found, Repairable::No, "between what two others say no layout makes time");
        let (transaction, repaired) = repair_all(&packed, CueId(9), &profile);
        assert_eq!((transaction.edits.len(), repaired), (0, 0));
    }

    #[test]
    fn all_are_repaired_in_a_long_document_as_they_are_alone() {
        let text = "This line is much longer than the profile allows it.";
        let cue = |n: i64| (n * 8000, n * 8000 + 4000, if n % 3 == 0 { text } else { "Fine." });
        let cues: Vec<_> = (0..400).map(cue).collect();
        let mut document = document(&cues);
        let profile = Profile::named("lecture").unwrap();
        let (transaction, repaired) = repair_all(&document, CueId(1000), &profile);
        assert_eq!(repaired, 134);
        document.apply(transaction).unwrap();
        assert!(!check(&document.cues, &profile).iter().any(Violation::is_fault));
        let words = |text: &str| text.split_whitespace().count();
        let all: usize = document.cues.iter().map(|cue| words(&cue.text)).sum();
        assert_eq!(all, 134 * words(text) + 266);
    }

    #[test]
    fn neighbours_are_left_alone_where_the_cue_can_be_repaired_by_itself() {
        let text = "This line is much longer than the profile allows it.";
        let document = document(&[(0, 2500, "Short."), (2500, 6500, text), (6500, 8600, "And another one.")]);
        let cues = repaired(&document, 2);
        let others = [(0, "Short.".to_owned()), (6500, "And another one.".to_owned())];
        assert_eq!([&cues[0], &cues[cues.len() - 1]], [&others[0], &others[1]]);
    }
}
