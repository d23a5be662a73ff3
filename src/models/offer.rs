//! What the speech models of a catalogue would be on this computer, and which of them suit it.

use super::speed::{ComputerSpeed, keeps_up_live, speech_models};
use crate::asr::catalog::{CatalogEntry, Languages};

/// Somebody waits for an hour of lecture as long as this at most. Unit: part of its length.
const BEARABLE: f64 = 0.5;

/// A model and what it would be here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer<'a> {
    /// What the catalogue says of it.
    pub entry: &'a CatalogEntry,
    /// The part of a lecture's length that captioning takes.
    pub rtf: f64,
    /// Whether the memory has room for it.
    pub fits: bool,
}

impl Offer<'_> {
    /// Whether live captions keep up with speech.
    pub fn keeps_up(&self) -> bool {
        self.fits && keeps_up_live(self.rtf)
    }

    /// Whether captions of recordings are made in bearable time.
    pub fn is_bearable(&self) -> bool {
        self.fits && self.rtf <= BEARABLE
    }
}

/// The models that know a language, from the quickest to the slowest, on this number of threads; `has_room` tells
/// whether so many bytes fit into the memory.
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

/// The most accurate models for recordings and for live captions, as far as any suits.
pub fn recommended<'a, 'b>(offers: &'b [Offer<'a>]) -> (Option<&'b Offer<'a>>, Option<&'b Offer<'a>>) {
    let last = |suits: fn(&Offer<'a>) -> bool| offers.iter().rev().find(|offer| suits(offer));
    (last(Offer::is_bearable), last(Offer::keeps_up))
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
        // Both are chosen among those that fit.
        let (recordings, live) = names(2000.0, 400_000_000);
        assert_eq!((recordings, live), (Some("base"), Some("base")));
        assert_eq!(names(2000.0, 0), (None, None));
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
