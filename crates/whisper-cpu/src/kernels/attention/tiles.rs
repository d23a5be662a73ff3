//! Attention on tiles: the same sums as on vectors, and so the same bits.

use super::{Attention, HEAD, KeyValues, Query, score, units, weigh};
use crate::kernels::amx::{self, Columns, TILE_ROWS, Tiles};
use crate::kernels::buffer::Lines;
use crate::simd::{Kernel, LANES, Simd};

/// Queries of one round.
const ROUND: usize = 2 * TILE_ROWS;
/// Fewer queries are as fast on vectors.
pub(super) const WORTH_IT: usize = ROUND;

/// Attention whose sums come from tiles.
pub(super) struct Tiled<'a>(pub Attention<'a>);

#[repr(align(64))]
struct Queries([[i8; HEAD]; ROUND]);

#[repr(align(64))]
struct Sums([i32; ROUND * HEAD]);

impl Kernel for Tiled<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Self(attention) = self;
        let (kv, head, width) = (attention.kv, attention.head, attention.width());
        // Tiles are read whole: 32 keys, 64 positions of values.
        let (keys, positions) = (kv.padded.next_multiple_of(32), kv.padded.next_multiple_of(64));
        let (score_stride, weight_stride) = (keys + LANES, ((positions / 64) | 1) * 64);
        let scratch = attention.scratch;
        if scratch.scores.len() < ROUND * score_stride {
            scratch.scores.resize(ROUND * score_stride, 0.0);
        }
        // Weights past the last position must stay zero.
        scratch.weights = Lines::of_bytes(ROUND * weight_stride);
        units(s, kv, head, &mut scratch.units);
        let (scores, weights) = (scratch.scores.as_mut_ptr(), scratch.weights.as_mut_ptr());
        let tiles = Tiles::configure();
        let (mut bytes, mut sums) = (Queries([[0; HEAD]; ROUND]), Sums([0; ROUND * HEAD]));
        for first in (0..attention.count).step_by(ROUND) {
            let rows = ROUND.min(attention.count - first);
            let mut queries = [Query::ZERO; ROUND];
            for (r, query) in queries.iter_mut().enumerate().take(rows) {
                let at = (first + r) * attention.stride + head * HEAD;
                *query = Query::of(s, &attention.queries[at..][..HEAD]);
                bytes.0[r] = query.bytes;
            }
            // SAFETY: the scratch has room for a round, and keys and values have a margin for whole tiles.
            unsafe {
                score_keys(&tiles, kv, head, &bytes, scores.cast(), score_stride);
                let mut scale = [0.0; ROUND];
                for (r, scale) in scale.iter_mut().enumerate().take(rows) {
                    let scores = scores.add(r * score_stride);
                    let largest = finish_scores(s, kv, head, scores, queries[r].offset);
                    let weights = weights.add(r * weight_stride);
                    *scale = weigh(
                        s,
                        scores,
                        queries[r].scale,
                        largest,
                        &scratch.units,
                        weights,
                        kv.largest[head],
                    );
                }
                sum_values(&tiles, kv, head, weights, weight_stride, positions / 64, &mut sums);
                for (r, scale) in scale.into_iter().enumerate().take(rows) {
                    let out = &mut attention.out[(first + r) * width + head * HEAD..][..HEAD];
                    for (line, to) in out.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                        let sums = s.load_ints(sums.0.as_ptr().add(r * HEAD + line * LANES));
                        s.store(to.as_mut_ptr(), s.mul(s.to_floats(sums), s.splat(scale)));
                    }
                }
            }
        }
    }
}

/// The sums of all keys with a round of queries.
///
/// # Safety
/// `out` is good for a round of rows of `stride` integers, at least the positions filled up to whole tiles.
#[inline(always)]
unsafe fn score_keys(
    tiles: &Tiles,
    kv: &KeyValues,
    head: usize,
    queries: &Queries,
    out: *mut i32,
    stride: usize,
) {
    let keys = kv.keys.as_ptr().wrapping_add(head * kv.padded * HEAD);
    for block in (0..kv.padded).step_by(32) {
        let columns = Columns { at: keys.wrapping_add(block * HEAD), stride: 64, second: 16 * HEAD, step: 0 };
        // SAFETY: as the caller promises.
        unsafe {
            let queries = queries.0.as_ptr().cast();
            amx::signed_by_unsigned(tiles, queries, HEAD, columns, 1, out.add(block), 4 * stride);
        }
    }
}

/// Turns the sums of a query into scores, in place. Returns the largest score.
///
/// # Safety
/// `scores` is good for the positions filled up to whole vectors.
#[inline(always)]
unsafe fn finish_scores<S: Simd>(s: S, kv: &KeyValues, head: usize, scores: *mut f32, offset: i32) -> f32 {
    let mut largest = s.splat(f32::MIN);
    for from in (0..kv.padded).step_by(LANES) {
        // SAFETY: as the caller promises; there is a scale for each position.
        unsafe {
            let sums = s.sub_ints(s.load_ints(scores.add(from).cast()), s.splat_int(offset));
            let scale = s.load(kv.key_scale.as_ptr().add(head * kv.padded + from));
            let score = score(s, sums, scale, kv.positions - from);
            largest = s.max(largest, score);
            s.store(scores.add(from), score);
        }
    }
    s.largest(largest)
}

/// # Safety
/// `weights` is good for a round of rows, `stride` bytes apart, of `steps` times 64 bytes.
#[inline(always)]
unsafe fn sum_values(
    tiles: &Tiles,
    kv: &KeyValues,
    head: usize,
    weights: *const u8,
    stride: usize,
    steps: usize,
    sums: &mut Sums,
) {
    let values = kv.values.as_ptr().wrapping_add(head * kv.padded * HEAD);
    for half in 0..2 {
        let columns = Columns { at: values.wrapping_add(128 * half), stride: 256, second: 64, step: 4096 };
        // SAFETY: as the caller promises.
        unsafe {
            let out = sums.0.as_mut_ptr().add(HEAD / 2 * half);
            amx::unsigned_by_signed(tiles, weights, stride, columns, steps, out, 4 * HEAD);
        }
    }
}
