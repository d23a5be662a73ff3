//! Work on the columns of rows, and products of vectors.

use crate::kernels::FloatMode;
use crate::level::Level;
use crate::simd::{Kernel, LANES, Simd, dispatch};

/// Rows that are summed on their own before their sum joins the others, so that long columns keep their precision.
const BLOCK: usize = 64;
/// Added to the variance, as in PyTorch.
const EPSILON: f32 = 1e-5;

/// `max(0, x * scale + shift)` of the first `scale.len()` floats of each row of `stride` floats; `out` gets rows without
/// gaps.
///
/// # Panics
/// If the lengths do not fit.
pub fn scale_shift_relu(
    level: Level,
    rows: &[f32],
    stride: usize,
    scale: &[f32],
    shift: &[f32],
    out: &mut [f32],
) {
    struct Scale<'a>(&'a [f32], usize, &'a [f32], &'a [f32], &'a mut [f32]);
    impl Kernel for Scale<'_> {
        type Output = ();
        #[inline(always)]
        fn run<S: Simd>(self, _: S) {
            let Self(rows, stride, scale, shift, out) = self;
            for (row, out) in rows.chunks(stride).zip(out.chunks_exact_mut(scale.len())) {
                for (((out, x), scale), shift) in out.iter_mut().zip(row).zip(scale).zip(shift) {
                    *out = x.mul_add(*scale, *shift).max(0.0);
                }
            }
        }
    }
    assert!(scale.len() == shift.len() && scale.len() <= stride, "columns within a row");
    let _mode = FloatMode::ieee();
    dispatch(level, Scale(rows, stride, scale, shift, out));
}

/// The column-wise maximum of every three rows of `width` floats: one row of `out` each.
pub fn largest_of_three(level: Level, rows: &[f32], width: usize, out: &mut [f32]) {
    struct Largest<'a>(&'a [f32], usize, &'a mut [f32]);
    impl Kernel for Largest<'_> {
        type Output = ();
        #[inline(always)]
        fn run<S: Simd>(self, _: S) {
            let Self(rows, width, out) = self;
            for (three, out) in rows.chunks_exact(3 * width).zip(out.chunks_exact_mut(width)) {
                let (a, rest) = three.split_at(width);
                let (b, c) = rest.split_at(width);
                for (((out, a), b), c) in out.iter_mut().zip(a).zip(b).zip(c) {
                    let larger = if b > a { b } else { a };
                    *out = if c > larger { *c } else { *larger };
                }
            }
        }
    }
    dispatch(level, Largest(rows, width, out));
}

/// Gives every column the mean `shift` and the deviation `scale`, then divides negative values by 100.
///
/// # Panics
/// If the lengths do not fit.
pub fn normalize_columns(level: Level, rows: &mut [f32], scale: &[f32], shift: &[f32]) {
    struct Normalize<'a>(&'a mut [f32], &'a [f32], &'a [f32]);
    impl Kernel for Normalize<'_> {
        type Output = ();
        #[inline(always)]
        fn run<S: Simd>(self, _: S) {
            let Self(rows, scale, shift) = self;
            let width = scale.len();
            let count = (rows.len() / width).max(1) as f32;
            let mut mean = vec![0.0; width];
            sum_columns(rows, &vec![0.0; width], false, &mut mean);
            for mean in &mut mean {
                *mean /= count;
            }
            let mut by = vec![0.0; width];
            sum_columns(rows, &mean, true, &mut by);
            for (by, scale) in by.iter_mut().zip(scale) {
                *by = scale / (*by / count + EPSILON).sqrt();
            }
            for row in rows.chunks_exact_mut(width) {
                for (((x, mean), by), shift) in row.iter_mut().zip(&mean).zip(&by).zip(shift) {
                    let value = (*x - mean).mul_add(*by, *shift);
                    *x = if value < 0.0 { value * 0.01 } else { value };
                }
            }
        }
    }
    assert!(scale.len() == shift.len() && rows.len().is_multiple_of(scale.len()), "whole rows");
    let _mode = FloatMode::ieee();
    dispatch(level, Normalize(rows, scale, shift));
}

/// The sum of `x - from` over each column, or of its square.
#[inline(always)]
fn sum_columns(rows: &[f32], from: &[f32], square: bool, sums: &mut [f32]) {
    let width = sums.len();
    let mut some = vec![0.0; width];
    for block in rows.chunks(BLOCK * width) {
        some.fill(0.0);
        for row in block.chunks_exact(width) {
            for ((sum, x), from) in some.iter_mut().zip(row).zip(from) {
                let x = x - from;
                *sum += if square { x * x } else { x };
            }
        }
        for (sum, some) in sums.iter_mut().zip(&some) {
            *sum += some;
        }
    }
}

/// The product of `vector` with each of `rows`, which have its length.
///
/// # Panics
/// If the length of a row is not a multiple of sixteen, or `out` does not have one place per row.
pub fn dots(level: Level, rows: &[f32], vector: &[f32], out: &mut [f32]) {
    struct Dots<'a>(&'a [f32], &'a [f32], &'a mut [f32]);
    impl Kernel for Dots<'_> {
        type Output = ();
        #[inline(always)]
        fn run<S: Simd>(self, s: S) {
            let Self(rows, vector, out) = self;
            for (row, out) in rows.chunks_exact(vector.len()).zip(out) {
                let mut sums = [s.splat(0.0); 2];
                for (i, (x, y)) in
                    row.as_chunks::<LANES>().0.iter().zip(vector.as_chunks::<LANES>().0).enumerate()
                {
                    // SAFETY: sixteen floats each.
                    let (x, y) = unsafe { (s.load(x.as_ptr()), s.load(y.as_ptr())) };
                    sums[i % 2] = s.fma(x, y, sums[i % 2]);
                }
                *out = s.sum(s.add(sums[0], sums[1]));
            }
        }
    }
    assert!(vector.len().is_multiple_of(LANES) && rows.len() == vector.len() * out.len(), "whole vectors");
    let _mode = FloatMode::ieee();
    dispatch(level, Dots(rows, vector, out));
}
