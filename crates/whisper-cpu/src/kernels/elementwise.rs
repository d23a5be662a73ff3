//! Sums, norms and softmaxes of rows, in an order of operations that is the same at every level.

use super::attention::HEAD;
use super::math::{exp2, ln};
use crate::level::Level;
use crate::simd::{Kernel, LANES, Simd, dispatch};

/// Adds `y` to `x`.
pub(crate) fn add(level: Level, x: &mut [f32], y: &[f32]) {
    struct Add<'a>(&'a mut [f32], &'a [f32]);
    impl Kernel for Add<'_> {
        type Output = ();
        #[inline(always)]
        fn run<S: Simd>(self, _: S) {
            for (x, y) in self.0.iter_mut().zip(self.1) {
                *x += y;
            }
        }
    }
    dispatch(level, Add(x, y));
}

/// Layer normalization: a gain and a bias for each column.
pub(crate) struct Norm {
    pub gain: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Norm {
    /// Normalizes rows of `x` to mean 0 and deviation 1, then scales and shifts them.
    pub fn apply(&self, level: Level, x: &[f32], out: &mut [f32]) {
        struct Normalize<'a>(&'a Norm, &'a [f32], &'a mut [f32]);
        impl Kernel for Normalize<'_> {
            type Output = ();
            #[inline(always)]
            fn run<S: Simd>(self, s: S) {
                let Self(norm, x, out) = self;
                let width = norm.gain.len();
                for (x, out) in x.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
                    normalize(s, norm, x, out);
                }
            }
        }
        dispatch(level, Normalize(self, x, out));
    }
}

#[inline(always)]
fn normalize<S: Simd>(s: S, norm: &Norm, x: &[f32], out: &mut [f32]) {
    /// The same as in OpenAI's model.
    const EPSILON: f32 = 1e-5;
    let width = x.len() as f32;
    let (chunks, rest) = x.as_chunks::<LANES>();
    debug_assert!(rest.is_empty(), "layers are multiples of 64 wide");
    let mut sums = [s.splat(0.0); 2];
    for (i, chunk) in chunks.iter().enumerate() {
        // SAFETY: sixteen floats.
        sums[i % 2] = s.add(sums[i % 2], unsafe { s.load(chunk.as_ptr()) });
    }
    let mean = s.sum(s.add(sums[0], sums[1])) / width;
    let mut squares = [s.splat(0.0); 2];
    for (i, chunk) in chunks.iter().enumerate() {
        // SAFETY: sixteen floats.
        let off = s.sub(unsafe { s.load(chunk.as_ptr()) }, s.splat(mean));
        squares[i % 2] = s.add(squares[i % 2], s.mul(off, off));
    }
    let variance = s.sum(s.add(squares[0], squares[1])) / width;
    let scale = 1.0 / (variance + EPSILON).sqrt();
    for (i, out) in out.iter_mut().enumerate() {
        *out = ((x[i] - mean) * scale) * norm.gain[i] + norm.bias[i];
    }
}

/// The largest element; the least float if there is none.
#[inline(always)]
fn largest<S: Simd>(s: S, x: &[f32]) -> f32 {
    let (chunks, rest) = x.as_chunks::<LANES>();
    let mut most = [s.splat(f32::MIN); 2];
    for (i, chunk) in chunks.iter().enumerate() {
        // SAFETY: sixteen floats.
        let x = unsafe { s.load(chunk.as_ptr()) };
        most[i % 2] = s.max(most[i % 2], x);
    }
    let most = s.largest(s.max(most[0], most[1]));
    rest.iter().fold(most, |most, &x| if x > most { x } else { most })
}

/// The sum of `e^(x - shift)`.
#[inline(always)]
fn sum_of_powers<S: Simd>(s: S, x: &[f32], shift: f32) -> f32 {
    let shift = s.splat(shift);
    let (chunks, rest) = x.as_chunks::<LANES>();
    let mut sums = [s.splat(0.0); 2];
    for (i, chunk) in chunks.iter().enumerate() {
        // SAFETY: sixteen floats.
        let x = unsafe { s.load(chunk.as_ptr()) };
        sums[i % 2] = s.add(sums[i % 2], power(s, x, shift));
    }
    if !rest.is_empty() {
        let mut last = [f32::MIN; LANES];
        last[..rest.len()].copy_from_slice(rest);
        // SAFETY: sixteen floats.
        let x = unsafe { s.load(last.as_ptr()) };
        sums[0] = s.add(sums[0], s.first(rest.len(), power(s, x, shift), s.splat(0.0)));
    }
    s.sum(s.add(sums[0], sums[1]))
}

/// `e^(x - shift)`. Not a closure: those are compiled without the level's instructions.
#[inline(always)]
fn power<S: Simd>(s: S, x: S::F, shift: S::F) -> S::F {
    exp2(s, s.mul(s.sub(x, shift), s.splat(std::f32::consts::LOG2_E)))
}

/// The natural logarithm of the sum of `e^x`, which turns logits into log-probabilities when subtracted.
pub(crate) fn log_sum_exp(level: Level, x: &[f32]) -> f32 {
    struct LogSumExp<'a>(&'a [f32]);
    impl Kernel for LogSumExp<'_> {
        type Output = f32;
        #[inline(always)]
        fn run<S: Simd>(self, s: S) -> f32 {
            let shift = largest(s, self.0);
            shift + ln(sum_of_powers(s, self.0, shift))
        }
    }
    dispatch(level, LogSumExp(x))
}

/// Replaces each element by `e^((x - largest) * by)`.
pub(crate) fn powers(level: Level, x: &[f32], by: f32, out: &mut Vec<f32>) {
    struct Powers<'a>(&'a [f32], f32, &'a mut Vec<f32>);
    impl Kernel for Powers<'_> {
        type Output = ();
        #[inline(always)]
        fn run<S: Simd>(self, s: S) {
            let Self(x, by, out) = self;
            let (by, shift) = (s.splat(by * std::f32::consts::LOG2_E), s.splat(largest(s, x)));
            out.clear();
            out.resize(x.len().next_multiple_of(LANES), 0.0);
            for (out, x) in out.as_chunks_mut::<LANES>().0.iter_mut().zip(x.chunks(LANES)) {
                let mut lanes = [f32::MIN; LANES];
                lanes[..x.len()].copy_from_slice(x);
                // SAFETY: sixteen floats each.
                unsafe {
                    let x = s.sub(s.load(lanes.as_ptr()), shift);
                    s.store(out.as_mut_ptr(), exp2(s, s.mul(x, by)));
                }
            }
            out.truncate(x.len());
        }
    }
    dispatch(level, Powers(x, by, out));
}

/// The `count` largest elements and their places, the largest first. Of equal elements, the first comes first.
pub(crate) fn top(level: Level, x: &[f32], count: usize) -> Vec<(f32, usize)> {
    struct Top<'a>(&'a [f32], usize);
    impl Kernel for Top<'_> {
        type Output = Vec<(f32, usize)>;
        #[inline(always)]
        fn run<S: Simd>(self, s: S) -> Vec<(f32, usize)> {
            /// Elements that are skipped together.
            const BLOCK: usize = 8 * LANES;
            let Self(x, count) = self;
            let mut best: Vec<(f32, usize)> = Vec::with_capacity(count + 1);
            for (block, values) in x.chunks(BLOCK).enumerate() {
                let least = if best.len() < count { f32::MIN } else { best[count - 1].0 };
                if best.len() == count && largest(s, values) <= least {
                    continue;
                }
                for (i, &value) in values.iter().enumerate() {
                    if best.len() < count || value > best[count - 1].0 {
                        let at = best.partition_point(|other| other.0 >= value);
                        best.insert(at, (value, block * BLOCK + i));
                        best.truncate(count);
                    }
                }
            }
            best
        }
    }
    dispatch(level, Top(x, count))
}

/// Attention of one query of a text to the tokens before it. These are rows of the keys and then the values of all
/// heads, selected from `store` by index. `scores` is working memory.
pub(crate) struct SelfAttention<'a> {
    /// All heads.
    pub query: &'a [f32],
    pub store: &'a [f32],
    pub rows: &'a [u32],
    pub out: &'a mut [f32],
    pub scores: &'a mut Vec<f32>,
}

impl SelfAttention<'_> {
    pub fn run(self, level: Level) {
        let width = self.query.len();
        assert!(width.is_multiple_of(HEAD) && self.out.len() == width && !self.rows.is_empty());
        let last = self.rows.iter().max().copied().unwrap_or(0) as usize;
        assert!((last + 1) * 2 * width <= self.store.len());
        dispatch(level, self);
    }
}

impl Kernel for SelfAttention<'_> {
    type Output = ();

    /// Reads the rows in memory order, all heads at a time; one head at a time would jump between rows.
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Self { query, store, rows, out, scores } = self;
        let width = query.len();
        let padded = rows.len().next_multiple_of(LANES);
        scores.clear();
        scores.resize(width / HEAD * padded, f32::MIN);
        for (i, &row) in rows.iter().enumerate() {
            let keys = &store[row as usize * 2 * width..][..width];
            for (head, (query, key)) in query.chunks_exact(HEAD).zip(keys.chunks_exact(HEAD)).enumerate() {
                // SAFETY: a head has 64 floats.
                scores[head * padded + i] = unsafe { dot(s, query.as_ptr(), key.as_ptr()) };
            }
        }
        for scores in scores.chunks_exact_mut(padded) {
            let most = largest(s, scores);
            softmax(s, scores, 0.125 * std::f32::consts::LOG2_E, most);
        }
        for (head, out) in out.chunks_exact_mut(HEAD).enumerate() {
            let weights = &scores[head * padded..][..rows.len()];
            let mut sums = [s.splat(0.0); HEAD / LANES];
            for (&row, &weight) in rows.iter().zip(weights) {
                let values = &store[(row as usize * 2 + 1) * width + head * HEAD..][..HEAD];
                for (line, sum) in sums.iter_mut().enumerate() {
                    // SAFETY: a head has 64 floats.
                    let value = unsafe { s.load(values.as_ptr().add(line * LANES)) };
                    *sum = s.fma(s.splat(weight), value, *sum);
                }
            }
            for (sum, out) in sums.iter().zip(out.as_chunks_mut::<LANES>().0) {
                // SAFETY: sixteen floats.
                unsafe { s.store(out.as_mut_ptr(), *sum) };
            }
        }
    }
}

/// # Safety
/// The pointers are good for a head's floats.
#[inline(always)]
unsafe fn dot<S: Simd>(s: S, a: *const f32, b: *const f32) -> f32 {
    // SAFETY: as the caller promises.
    unsafe {
        let mut sums = [s.mul(s.load(a), s.load(b)), s.mul(s.load(a.add(LANES)), s.load(b.add(LANES)))];
        for (line, sum) in (2..).zip(&mut sums) {
            *sum = s.fma(s.load(a.add(line * LANES)), s.load(b.add(line * LANES)), *sum);
        }
        s.sum(s.add(sums[0], sums[1]))
    }
}

/// Turns scores into weights that add up to 1: powers of 2 of the scores times `by`. `largest` is the largest score.
/// Scores are padded to whole vectors with the least float.
#[inline(always)]
pub(super) fn softmax<S: Simd>(s: S, scores: &mut [f32], by: f32, largest: f32) {
    let (by, shift) = (s.splat(by), s.splat(-(largest * by)));
    let mut sum = s.splat(0.0);
    for chunk in scores.as_chunks_mut::<LANES>().0 {
        // SAFETY: sixteen floats.
        unsafe {
            let weight = exp2(s, s.fma(s.load(chunk.as_ptr()), by, shift));
            sum = s.add(sum, weight);
            s.store(chunk.as_mut_ptr(), weight);
        }
    }
    let inverse = s.splat(1.0 / s.sum(sum));
    for chunk in scores.as_chunks_mut::<LANES>().0 {
        // SAFETY: sixteen floats.
        unsafe { s.store(chunk.as_mut_ptr(), s.mul(s.load(chunk.as_ptr()), inverse)) };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn floats(len: std::ops::Range<usize>) -> impl Strategy<Value = Vec<f32>> {
        proptest::collection::vec(-30f32..30.0, len)
    }

    fn bits(x: &[f32]) -> Vec<u32> {
        x.iter().map(|x| x.to_bits()).collect()
    }

    proptest! {
        #[test]
        fn every_level_gives_the_same_bits(x in floats(1..400), count in 1usize..8, by in 0.5f32..5.0) {
            let all = |level| {
                let (mut sum, mut weights) = (x.clone(), Vec::new());
                add(level, &mut sum, &x[x.len() / 2..]);
                powers(level, &x, by, &mut weights);
                (log_sum_exp(level, &x).to_bits(), top(level, &x, count), bits(&sum), bits(&weights))
            };
            let plain = all(Level::Scalar);
            for level in Level::available() {
                prop_assert_eq!(&all(level), &plain, "{}", level);
            }
        }

        #[test]
        fn the_largest_come_first(x in floats(1..300), count in 1usize..8) {
            let mut sorted: Vec<_> = x.iter().copied().enumerate().map(|(i, x)| (x, i)).collect();
            sorted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            sorted.truncate(count);
            prop_assert_eq!(top(Level::Scalar, &x, count), sorted);
        }

        #[test]
        fn probabilities_add_up_to_one(x in floats(1..300)) {
            let sum = log_sum_exp(Level::Scalar, &x);
            let total: f64 = x.iter().map(|&x| f64::from(x - sum).exp()).sum();
            prop_assert!((total - 1.0).abs() < 1e-4);
        }

        #[test]
        fn powers_are_right(x in floats(1..100), by in 0.5f32..5.0) {
            let mut weights = Vec::new();
            powers(Level::Scalar, &x, by, &mut weights);
            let most = x.iter().copied().fold(f32::MIN, f32::max);
            prop_assert_eq!(weights.len(), x.len());
            for (x, weight) in x.iter().zip(weights) {
                let exact = (f64::from(x - most) * f64::from(by)).exp();
                prop_assert!((f64::from(weight) - exact).abs() < 1e-4 * exact + 1e-30, "{weight} {exact}");
            }
        }

        #[test]
        fn norms_are_the_same_and_right((heads, rows) in (1usize..5, 1usize..5), x in floats(1024..1025)) {
            let width = heads * HEAD;
            let x = &x[..rows * width];
            let norm = Norm { gain: vec![2.0; width], bias: vec![1.0; width] };
            let normalized = |level| {
                let mut out = vec![0.0; x.len()];
                norm.apply(level, x, &mut out);
                out
            };
            let plain = normalized(Level::Scalar);
            for level in Level::available() {
                prop_assert_eq!(bits(&normalized(level)), bits(&plain), "{}", level);
            }
            for row in plain.chunks(width) {
                let mean: f32 = row.iter().sum::<f32>() / width as f32;
                prop_assert!((mean - 1.0).abs() < 1e-3);
            }
        }

        #[test]
        fn text_attends_the_same_way_at_every_level(
            heads in 1usize..4, numbers in floats(4032..4033), rows in proptest::collection::vec(0u32..10, 1..40),
        ) {
            let width = heads * HEAD;
            // Ten rows of keys and values.
            let (query, store) = (&numbers[..width], &numbers[width..][..20 * width]);
            let attend = |level| {
                let mut out = vec![0.0; width];
                SelfAttention { query, store, rows: &rows, out: &mut out, scores: &mut Vec::new() }.run(level);
                out
            };
            let plain = attend(Level::Scalar);
            for level in Level::available() {
                prop_assert_eq!(bits(&attend(level)), bits(&plain), "{}", level);
            }
        }
    }
}
