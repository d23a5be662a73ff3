//! How the speech models of a catalogue would perform on this computer, and which of them suit it.

use std::cmp::Ordering;

use super::speed::{ComputerSpeed, keeps_up_live, speech_models};
use crate::asr::catalog::{CatalogEntry, Languages};

/// Maximum acceptable time for captioning, as a fraction of the length of a lecture.
const BEARABLE: f64 = 0.5;

/// A model and how it would perform here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer<'a> {
    /// Its catalog entry.
    pub entry: &'a CatalogEntry,
    /// Captioning time divided by the length of the lecture.
    pub rtf: f64,
    /// Whether it fits into memory.
    pub fits: bool,
}

impl Offer<'_> {
    /// Returns whether live captions keep up with speech.
    pub fn keeps_up(&self) -> bool {
        self.fits && keeps_up_live(self.rtf)
    }

    /// Returns whether recordings are captioned in acceptable time.
    pub fn is_bearable(&self) -> bool {
        self.fits && self.rtf <= BEARABLE
    }
}

/// Returns the models that know a language, from the fastest to the slowest, on this number of threads; `has_room`
/// returns whether a number of bytes fits into memory.
pub fn offers(
    entries: &[CatalogEntry],
    is_english: bool,
    (speed, threads): (ComputerSpeed, usize),
    has_room: impl Fn(u64) -> bool,
) -> Vec<Offer<'_>> {
    let known = speech_models(entries).into_iter();
    let known = known.filter(|(entry, _)| is_english || entry.languages == Languages::Multilingual);
    known
        .map(|(entry, shape)| Offer {
            entry,
            rtf: speed.rtf(shape, threads),
            fits: has_room(u64::from(entry.memory_mb) * 1_000_000),
        })
        .collect()
}

/// Returns the models with the fewest expected errors for recordings and for live captions, if any are suitable.
pub fn recommended<'a, 'b>(offers: &'b [Offer<'a>]) -> (Option<&'b Offer<'a>>, Option<&'b Offer<'a>>) {
    let best = |suits: fn(&Offer<'a>) -> bool| {
        offers.iter().filter(|offer| suits(offer)).min_by(|a, b| by_errors(a, b))
    };
    (best(Offer::is_bearable), best(Offer::keeps_up))
}

/// Orders by expected errors, the fewest first. Of equals the larger network comes first, and of two files of one network
/// the smaller one.
fn by_errors(a: &Offer<'_>, b: &Offer<'_>) -> Ordering {
    let errors = |offer: &Offer<'_>| offer.entry.expected_errors().unwrap_or(f64::INFINITY);
    let bytes = |offer: &Offer<'_>| offer.entry.about_bytes();
    errors(a).total_cmp(&errors(b)).then(b.rtf.total_cmp(&a.rtf)).then(bytes(a).cmp(&bytes(b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asr::catalog::Catalog;

    fn names(speed: f64, room: u64) -> (Option<&'static str>, Option<&'static str>) {
        let speed = (ComputerSpeed::of(speed), 2);
        let offers = offers(Catalog::builtin().models(), false, speed, |bytes| bytes <= room);
        assert!(offers.iter().all(|offer| offer.entry.languages == Languages::Multilingual));
        let (recordings, live) = recommended(&offers);
        let name = |offer: Option<&Offer<'static>>| offer.map(|offer| offer.entry.name.as_str());
        (name(recordings), name(live))
    }

    #[test]
    fn a_faster_computer_and_more_memory_allow_better_models() {
        assert_eq!(names(1.0, u64::MAX), (None, None));
        let (slow, fast) = (names(60.0, u64::MAX), names(2000.0, u64::MAX));
        assert_ne!(slow, fast);
        assert_eq!(fast.0, fast.1);
        // Both are chosen among those that fit into memory.
        let (recordings, live) = names(2000.0, 400_000_000);
        assert_eq!((recordings, live), (Some("base-q8_0"), Some("base-q8_0")));
        assert_eq!(names(2000.0, 0), (None, None));
    }

    #[test]
    fn the_model_with_the_fewest_errors_is_recommended_in_its_smallest_file() {
        assert_eq!(names(2000.0, u64::MAX).0, Some("large-v3-turbo-q5_0"), "not the slower large-v3");
        assert_eq!(names(2000.0, 1_000_000_000).0, Some("small-q8_0"));
    }

    #[test]
    fn live_captions_never_get_a_slower_model_than_recordings() {
        for speed in [20.0, 50.0, 100.0, 200.0, 400.0, 800.0] {
            let speed = (ComputerSpeed::of(speed), 1);
            let offers = offers(Catalog::builtin().models(), true, speed, |_| true);
            let (recordings, live) = recommended(&offers);
            assert!(live.map(|offer| offer.rtf) <= recordings.map(|offer| offer.rtf), "{speed:?}");
        }
    }
}
