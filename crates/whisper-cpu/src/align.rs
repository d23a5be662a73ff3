//! Finds when each token is spoken, from the decoder's attention to the audio.
//!
//! Some heads, which OpenAI published for its models, attend to the audio of the next token. Their weights over a
//! window, normalized, smoothed and averaged, form a map of tokens and times, in which dynamic time warping finds the
//! best path. The method is that of OpenAI's `timing.py`.

use crate::cancel::{Cancel, Cancelled};
use crate::decoder::{Feed, Sound, Watched, Work, step};
use crate::network::Model;

/// The length of a position, in seconds.
const POSITION: f32 = 0.02;
/// The number of positions that a median is taken over, as in OpenAI's code.
const MEDIAN: usize = 7;

/// The start of each text token and of the end, in seconds from the start of the window. The decoder processes the
/// whole text again for this. The first `sounding` positions have audio.
pub(crate) fn token_starts(
    model: &Model,
    sound: &mut Sound,
    prompt: &[u32],
    tokens: &[u32],
    sounding: usize,
    work: &mut Work,
    cancel: Cancel,
) -> Result<Vec<f32>, Cancelled> {
    let sounding = sounding.clamp(1, sound.positions());
    let end = model.vocabulary.end_of_text();
    let fed: Vec<u32> = prompt.iter().chain(tokens).copied().chain([end]).collect();
    sound.keep_rows(std::iter::empty());
    let rows: Vec<u32> = fed.iter().map(|_| sound.new_row()).collect();
    let feed = |(i, &token): (usize, &u32)| Feed { window: 0, token, rows: &rows[..=i] };
    let feeds: Vec<Feed> = fed.iter().enumerate().map(feed).collect();
    let positions = sound.positions();
    let heads = &model.alignment_heads;
    let mut watched = Watched { heads, weights: vec![Vec::new(); heads.len()] };
    step(model, &mut [sound], &feeds, work, Some(&mut watched), cancel)?;
    let mut cost = vec![0.0; (tokens.len() + 1) * sounding];
    for weights in &watched.weights {
        cancel.check()?;
        let mut map: Vec<f32> =
            weights.chunks_exact(positions).flat_map(|row| &row[..sounding]).copied().collect();
        normalize(&mut map, sounding);
        let text = map.chunks_exact(sounding).skip(prompt.len());
        for (cost, row) in cost.chunks_exact_mut(sounding).zip(text) {
            for (cost, smooth) in cost.iter_mut().zip(medians(row)) {
                *cost -= smooth / heads.len() as f32;
            }
        }
    }
    Ok(warp(&cost, sounding).into_iter().map(|position| position as f32 * POSITION).collect())
}

/// Normalizes each column to mean 0 and deviation 1 over the tokens.
fn normalize(map: &mut [f32], width: usize) {
    const NO_DEVIATION: f32 = 1e-9;
    let count = (map.len() / width) as f32;
    let (mut mean, mut variance) = (vec![0.0f32; width], vec![0.0f32; width]);
    for row in map.chunks_exact(width) {
        mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += x / count);
    }
    for row in map.chunks_exact(width) {
        for ((variance, mean), x) in variance.iter_mut().zip(&mean).zip(row) {
            *variance += (x - mean) * (x - mean) / count;
        }
    }
    for row in map.chunks_exact_mut(width) {
        for ((x, mean), variance) in row.iter_mut().zip(&mean).zip(&variance) {
            *x = (*x - mean) / (variance.sqrt() + NO_DEVIATION);
        }
    }
}

/// The median around each element; the first and the last are repeated beyond the ends.
fn medians(row: &[f32]) -> Vec<f32> {
    let (last, half) = (row.len() - 1, MEDIAN / 2);
    let median = |i: usize| {
        let mut near: [f32; MEDIAN] = std::array::from_fn(|j| row[(i + j).saturating_sub(half).min(last)]);
        // Sorted up to the middle, without branches, which would cost more than the comparisons.
        for round in 0..=half {
            for j in 0..MEDIAN - 1 - round {
                let (a, b) = (near[j], near[j + 1]);
                (near[j], near[j + 1]) = if a < b { (a, b) } else { (b, a) };
            }
        }
        near[half]
    };
    (0..row.len()).map(median).collect()
}

/// The predecessor of a cell on the cheapest path.
#[derive(Clone, Copy)]
enum From {
    Diagonal,
    Above,
    Left,
}

/// The column in which the cheapest path through the rows first enters each row.
fn warp(cost: &[f32], width: usize) -> Vec<usize> {
    let height = cost.len() / width;
    let mut came = vec![From::Diagonal; height * width];
    let (mut above, mut here) = (vec![f32::INFINITY; width], vec![0.0f32; width]);
    for row in 0..height {
        for column in 0..width {
            let diagonal = match (row, column) {
                (0, 0) => 0.0,
                (0, _) | (_, 0) => f32::INFINITY,
                _ => above[column - 1],
            };
            let up = if row > 0 { above[column] } else { f32::INFINITY };
            let left = if column > 0 { here[column - 1] } else { f32::INFINITY };
            let (best, from) = match () {
                () if diagonal < up && diagonal < left => (diagonal, From::Diagonal),
                () if up < left => (up, From::Above),
                () if left.is_finite() => (left, From::Left),
                () => (diagonal, From::Diagonal),
            };
            here[column] = best + cost[row * width + column];
            came[row * width + column] = from;
        }
        std::mem::swap(&mut above, &mut here);
    }
    let mut starts = vec![0; height];
    let (mut row, mut column) = (height - 1, width - 1);
    loop {
        starts[row] = column;
        if row == 0 && column == 0 {
            return starts;
        }
        // NaN costs may lead anywhere, but not out of the map.
        match came[row * width + column] {
            From::Diagonal if row > 0 && column > 0 => (row, column) = (row - 1, column - 1),
            From::Left if column > 0 => column -= 1,
            _ if row > 0 => row -= 1,
            _ => column -= 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_follows_what_is_cheap() {
        let (height, width) = (3, 8);
        let spoken = [0..2, 2..5, 5..8];
        let cost: Vec<f32> = (0..height * width)
            .map(|i| if spoken[i / width].contains(&(i % width)) { -1.0 } else { 1.0 })
            .collect();
        assert_eq!(warp(&cost, width), [0, 2, 5]);
    }

    #[test]
    fn costs_that_are_no_numbers_do_no_harm() {
        for (row, column) in [(0, 0), (0, 3), (2, 0), (1, 1)] {
            let mut cost = vec![0.5; 3 * 4];
            cost[row * 4 + column] = f32::NAN;
            assert_eq!(warp(&cost, 4).len(), 3);
        }
        assert_eq!(warp(&[f32::NAN; 12], 4)[0], 0);
    }

    #[test]
    fn a_single_column_holds_every_token() {
        assert_eq!(warp(&[0.5, -0.5, 0.1], 1), [0, 0, 0]);
    }

    #[test]
    fn medians_leave_out_single_peaks() {
        assert_eq!(medians(&[0.0, 0.0, 9.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0])[2], 0.0);
        assert_eq!(medians(&[3.0]), [3.0]);
    }
}
