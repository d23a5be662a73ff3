//! The cell of an LSTM.

use crate::kernels::FloatMode;
use crate::kernels::math::exp2;
use crate::level::Level;
use crate::simd::{Kernel, LANES, Simd, dispatch};

/// Updates the cells of one step: `gates` has four parts of `cells.len()` sums each (input, forget, candidate, output,
/// in PyTorch's order). `cells` are the states, and `out` gets the outputs.
///
/// # Panics
/// If the number of cells is not a multiple of sixteen, or the lengths do not fit.
pub fn lstm_cell(level: Level, gates: &[f32], cells: &mut [f32], out: &mut [f32]) {
    assert!(cells.len().is_multiple_of(LANES) && out.len() == cells.len(), "whole vectors of cells");
    assert!(gates.len() == 4 * cells.len(), "four gates a cell");
    let _mode = FloatMode::ieee();
    dispatch(level, Cells { gates, cells, out });
}

struct Cells<'a> {
    gates: &'a [f32],
    cells: &'a mut [f32],
    out: &'a mut [f32],
}

impl Kernel for Cells<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let count = self.cells.len();
        let (input, rest) = self.gates.split_at(count);
        let (forget, rest) = rest.split_at(count);
        let (candidate, output) = rest.split_at(count);
        for i in (0..count).step_by(LANES) {
            // SAFETY: each part has sixteen floats from here on.
            unsafe {
                let cell = self.cells.as_mut_ptr().add(i);
                let kept = s.mul(sigmoid(s, s.load(forget.as_ptr().add(i))), s.load(cell));
                let new = tanh(s, s.load(candidate.as_ptr().add(i)));
                let state = s.fma(sigmoid(s, s.load(input.as_ptr().add(i))), new, kept);
                s.store(cell, state);
                let shown = s.mul(sigmoid(s, s.load(output.as_ptr().add(i))), tanh(s, state));
                s.store(self.out.as_mut_ptr().add(i), shown);
            }
        }
    }
}

/// 1 / (1 + e^-x).
#[inline(always)]
fn sigmoid<S: Simd>(s: S, x: S::F) -> S::F {
    // The power of -x stays within what `exp2` takes: beyond 80, the result is 0 or 1 in any case.
    let steep = s.max(s.mul(x, s.splat(std::f32::consts::LOG2_E)), s.splat(-120.0));
    let power = exp2(s, s.mul(steep, s.splat(-1.0)));
    s.div(s.splat(1.0), s.add(power, s.splat(1.0)))
}

/// The hyperbolic tangent: 2 sigmoid(2x) - 1.
#[inline(always)]
fn tanh<S: Simd>(s: S, x: S::F) -> S::F {
    s.fma(s.splat(2.0), sigmoid(s, s.add(x, x)), s.splat(-1.0))
}
