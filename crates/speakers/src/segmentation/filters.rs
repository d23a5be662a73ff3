//! The first layer: filters over the samples.

use whisper_cpu::float::{Activation, Dense, Places, Rows};

use crate::weights::{Weights, WeightsError};

/// The filters, their samples, and the samples from one place to the next.
pub(super) const FILTERS: usize = 80;
const FILTER: usize = 251;
const STEP: usize = 10;
/// Samples before the middle of a filter.
const HALF: usize = FILTER / 2;

/// The first half of the filters are the same forwards and backwards, the others change their sign. Samples at the same
/// distance from the middle are therefore added or subtracted before they are multiplied, which halves the products.
pub(super) struct Filters {
    even: Dense,
    odd: Dense,
}

impl Filters {
    pub fn new(weights: &Weights<'_>) -> Result<Self, WeightsError> {
        let all = weights.floats("filt", FILTER * FILTERS)?;
        let half = |first: usize, inputs: usize| {
            let rows = all.chunks_exact(FILTERS).take(inputs);
            let rows: Vec<f32> = rows.flat_map(|row| &row[first..][..FILTERS / 2]).copied().collect();
            Dense::new(weights.level, &rows, &[0.0; FILTERS / 2])
        };
        Ok(Self { even: half(0, HALF + 1), odd: half(FILTERS / 2, HALF) })
    }

    /// The number of places in so many samples.
    pub fn places(samples: usize) -> usize {
        (samples - FILTER) / STEP + 1
    }

    /// The absolute outputs of all filters at `out.len() / FILTERS` places from the place `first` on. `folded` is reused.
    pub fn apply(&self, samples: &[f32], first: usize, folded: &mut Vec<f32>, out: &mut [f32]) {
        let places = out.len() / FILTERS;
        let samples = &samples[first * STEP..][..(places - 1) * STEP + FILTER];
        fold(samples, places, folded);
        for (half, inputs, first) in [(&self.even, 0, 0), (&self.odd, HALF + 1, FILTERS / 2)] {
            let read = Rows::overlapping(&folded[inputs..], places, FILTER);
            half.apply(read, Activation::Abs, Places::of(&mut out[first..], FILTERS));
        }
    }
}

/// For each place the sums of its samples with those at the same distance from the middle, the middle, and the
/// differences.
fn fold(samples: &[f32], places: usize, folded: &mut Vec<f32>) {
    let backwards: Vec<f32> = samples.iter().rev().copied().collect();
    folded.resize(places * FILTER, 0.0);
    for (place, row) in folded.chunks_exact_mut(FILTER).enumerate() {
        let before = &samples[place * STEP..][..HALF];
        let after = &backwards[samples.len() - FILTER - place * STEP..][..HALF];
        let (sums, differences) = row.split_at_mut(HALF + 1);
        for (((sum, difference), x), y) in sums.iter_mut().zip(differences).zip(before).zip(after) {
            (*sum, *difference) = (x + y, x - y);
        }
        sums[HALF] = samples[place * STEP + HALF];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_at_the_same_distance_from_the_middle_are_added_and_subtracted() {
        let samples: Vec<f32> = (0..FILTER + 2 * STEP).map(|i| (i * i % 97) as f32).collect();
        let mut folded = Vec::new();
        fold(&samples, 3, &mut folded);
        for place in 0..3 {
            let (row, first) = (&folded[place * FILTER..][..FILTER], place * STEP);
            for i in [0, 1, 77, 124] {
                let (x, y) = (samples[first + i], samples[first + 250 - i]);
                assert_eq!((row[i], row[126 + i]), (x + y, x - y), "{place} {i}");
            }
            assert_eq!(row[125], samples[first + 125]);
        }
    }
}
