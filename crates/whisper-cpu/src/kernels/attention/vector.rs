//! Attention on vectors.

use super::{AHEAD, Attention, GROUP, HEAD, KeyValues, Query, Scratch, score, units, weigh};
use crate::kernels::elementwise::softmax;
use crate::simd::{Kernel, LANES, Simd};

impl Kernel for Attention<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self, s: S) {
        let padded = self.kv.padded;
        units(s, self.kv, self.head, &mut self.scratch.units);
        if self.scratch.scores.len() < GROUP * padded {
            self.scratch.scores.resize(GROUP * padded, 0.0);
        }
        self.scratch.weights.reserve(GROUP * padded);
        for first in (0..self.count).step_by(GROUP) {
            let group = &mut self;
            match (group.count - first).min(GROUP) {
                1 => rows::<S, 1>(s, group, first),
                2 => rows::<S, 2>(s, group, first),
                3 => rows::<S, 3>(s, group, first),
                4 => rows::<S, 4>(s, group, first),
                5 => rows::<S, 5>(s, group, first),
                _ => rows::<S, GROUP>(s, group, first),
            }
        }
    }
}

/// `R` queries from `first` on.
#[inline(always)]
fn rows<S: Simd, const R: usize>(s: S, attention: &mut Attention, first: usize) {
    let (kv, head, padded) = (attention.kv, attention.head, attention.kv.padded);
    let mut queries = [Query::ZERO; R];
    for (r, query) in queries.iter_mut().enumerate() {
        *query = Query::of(s, attention.query(first + r));
    }
    let Scratch { scores, weights, units } = &mut *attention.scratch;
    // SAFETY: the scratch has room for a group.
    let largest = unsafe {
        if S::MANY_REGISTERS {
            score_keys::<S, R, 4>(s, kv, head, &queries, scores.as_mut_ptr())
        } else {
            score_keys::<S, R, 1>(s, kv, head, &queries, scores.as_mut_ptr())
        }
    };
    let mut scale = [0.0; R];
    for r in 0..R {
        let (scores, weights) =
            (scores[r * padded..].as_ptr(), weights.as_mut_ptr().wrapping_add(r * padded));
        // SAFETY: rows of `padded` scores and weights.
        scale[r] =
            unsafe { weigh(s, scores, queries[r].scale, largest[r], units, weights, kv.largest[head]) };
    }
    let width = kv.heads * HEAD;
    let out = &mut attention.out[first * width + head * HEAD..];
    // SAFETY: the weights are rows of `padded` bytes, and `out` has R rows.
    unsafe {
        if S::MANY_REGISTERS {
            sum_values::<S, R, 4>(s, kv, head, weights.as_ptr(), &scale, out, width);
        } else {
            sum_values::<S, R, 1>(s, kv, head, weights.as_ptr(), &scale, out, width);
        }
    }
    if let Some(kept) = attention.weights.as_mut() {
        for r in 0..R {
            softmax(s, &mut scores[r * padded..][..padded], queries[r].scale, largest[r]);
            kept.extend(&scores[r * padded..][..kv.positions]);
        }
    }
}

/// Writes rows of `padded` scores, `B` blocks of sixteen keys at a time. Returns the largest score of each row.
///
/// # Safety
/// `scores` is good for R rows.
#[inline(always)]
unsafe fn score_keys<S: Simd, const R: usize, const B: usize>(
    s: S,
    kv: &KeyValues,
    head: usize,
    queries: &[Query; R],
    scores: *mut f32,
) -> [f32; R] {
    let (padded, at) = (kv.padded, head * kv.padded);
    let keys = kv.keys.as_ptr().wrapping_add(at * HEAD).cast::<i8>();
    let blocks = padded / LANES;
    let mut largest = [s.splat(f32::MIN); R];
    for round in (0..blocks).step_by(B) {
        // The last round may reach back over blocks that are done.
        let first = round.min(blocks.saturating_sub(B));
        let mut sums = [[s.splat_int(0); R]; B];
        for four in 0..HEAD / 4 {
            for (b, sums) in sums.iter_mut().enumerate() {
                let line = keys.wrapping_add(((first + b) * 16 + four) * 64);
                s.prefetch(line.wrapping_add(AHEAD));
                // SAFETY: the keys go on for a margin after the last head's blocks.
                let line = unsafe { s.load_ints(line.cast()) };
                for (sum, query) in sums.iter_mut().zip(queries) {
                    // SAFETY: a query has 64 bytes.
                    let query = unsafe { query.bytes.as_ptr().add(four * 4).cast::<i32>().read_unaligned() };
                    *sum = s.dot(*sum, line, query);
                }
            }
        }
        for (b, sums) in sums.iter().enumerate() {
            let from = (first + b) * LANES;
            if from >= padded {
                break;
            }
            // SAFETY: there is a scale for each position, and room for each score.
            unsafe {
                let scale = s.load(kv.key_scale.as_ptr().add(at + from));
                for r in 0..R {
                    let sum = s.sub_ints(sums[r], s.splat_int(queries[r].offset));
                    let score = score(s, sum, scale, kv.positions - from);
                    largest[r] = s.max(largest[r], score);
                    s.store(scores.add(r * padded + from), score);
                }
            }
        }
    }
    let mut found = [0.0; R];
    for r in 0..R {
        found[r] = s.largest(largest[r]);
    }
    found
}

/// Sums of weighted values: `L` lines of sixteen dimensions at a time.
///
/// # Safety
/// `weights` is good for R rows of `padded` bytes; `out` has R rows `width` apart.
#[inline(always)]
unsafe fn sum_values<S: Simd, const R: usize, const L: usize>(
    s: S,
    kv: &KeyValues,
    head: usize,
    weights: *const u8,
    scale: &[f32; R],
    out: &mut [f32],
    width: usize,
) {
    let padded = kv.padded;
    let values = kv.values.as_ptr().wrapping_add(head * padded * HEAD).cast::<i8>();
    for first in (0..HEAD / LANES).step_by(L) {
        let mut sums = [[s.splat_int(0); L]; R];
        for four in 0..padded / 4 {
            let mut lines = [s.splat_int(0); L];
            for (l, to) in lines.iter_mut().enumerate() {
                let line = values.wrapping_add((four * 4 + first + l) * 64);
                s.prefetch(line.wrapping_add(AHEAD));
                // SAFETY: the head has `padded` positions.
                *to = unsafe { s.load_ints(line.cast()) };
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                // SAFETY: as the caller promises.
                let weights = unsafe { weights.add(r * padded + four * 4).cast::<i32>().read_unaligned() };
                for l in 0..L {
                    sums[l] = s.dot_weights(sums[l], weights, lines[l]);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            for (l, sum) in sums.iter().enumerate() {
                let place = (first + l) * LANES;
                let to = &mut out[r * width + place..][..LANES];
                // SAFETY: there is an offset for each dimension, and `to` is sixteen floats.
                unsafe {
                    let offset = s.load_ints(kv.offset[head].as_ptr().add(place));
                    let sum = if S::SIGNED_LINES { s.add_ints(*sum, offset) } else { *sum };
                    s.store(to.as_mut_ptr(), s.mul(s.to_floats(sum), s.splat(scale[r])));
                }
            }
        }
    }
}
