//! The product of rows and weights on vectors: a block of rows and a panel of outputs at a time, whose sums stay in
//! registers.

use super::dense::{Activation, Dense, PANEL, Places, Rows};
use crate::simd::{Kernel, LANES, Simd};

pub(super) struct Product<'a> {
    pub layer: &'a Dense,
    pub rows: Rows<'a>,
    pub activation: Activation,
    pub places: Places<'a>,
}

impl Product<'_> {
    fn row(&self, row: usize) -> *const f32 {
        let (line, row) = (row / self.rows.count, row % self.rows.count);
        self.rows.values.as_ptr().wrapping_add(line * self.rows.line + row * self.rows.stride)
    }

    fn place(&mut self, row: usize) -> *mut f32 {
        let (line, row) = (row / self.rows.count, row % self.rows.count);
        self.places.values.as_mut_ptr().wrapping_add(line * self.places.line + row * self.places.stride)
    }
}

impl Kernel for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self, s: S) {
        let rows = self.rows.lines * self.rows.count;
        for panel in 0..self.layer.outputs().div_ceil(PANEL) {
            let mut row = 0;
            while row < rows {
                // SAFETY: the rows and the panel are there.
                row += unsafe { block(s, &mut self, panel, row, rows - row) };
            }
        }
    }
}

/// Multiplies as many of the `left` rows with a panel as the registers hold. Returns their number.
///
/// # Safety
/// The rows and the panel are there.
#[inline(always)]
unsafe fn block<S: Simd>(s: S, product: &mut Product, panel: usize, row: usize, left: usize) -> usize {
    // SAFETY: as the caller promises.
    unsafe {
        if S::MANY_REGISTERS {
            let both = product.layer.outputs() - panel * PANEL > LANES;
            match left {
                12.. if both => tile::<S, 12, 2>(s, product, panel, 0, row),
                12.. => tile::<S, 12, 1>(s, product, panel, 0, row),
                8.. => tile::<S, 8, 2>(s, product, panel, 0, row),
                4.. => tile::<S, 4, 2>(s, product, panel, 0, row),
                2.. => tile::<S, 2, 2>(s, product, panel, 0, row),
                _ => tile::<S, 1, 2>(s, product, panel, 0, row),
            }
        } else {
            match left {
                5.. => halves::<S, 5>(s, product, panel, row),
                4.. => halves::<S, 4>(s, product, panel, row),
                2.. => halves::<S, 2>(s, product, panel, row),
                _ => tile::<S, 1, 2>(s, product, panel, 0, row),
            }
        }
    }
}

/// One vector of outputs at a time, for processors with few registers.
///
/// # Safety
/// The rows and the panel are there.
#[inline(always)]
unsafe fn halves<S: Simd, const R: usize>(s: S, product: &mut Product, panel: usize, row: usize) -> usize {
    // SAFETY: as the caller promises.
    unsafe {
        tile::<S, R, 1>(s, product, panel, 0, row);
        tile::<S, R, 1>(s, product, panel, 1, row)
    }
}

/// `R` rows times `L` vectors of a panel, from vector `first` on.
///
/// # Safety
/// The rows from `row` on and the panel are there.
#[inline(always)]
unsafe fn tile<S: Simd, const R: usize, const L: usize>(
    s: S,
    product: &mut Product,
    panel: usize,
    first: usize,
    row: usize,
) -> usize {
    let (taps, tap) = (product.rows.taps, product.rows.tap);
    let width = product.layer.inputs() / taps;
    let mut starts = [std::ptr::null(); R];
    for (r, start) in starts.iter_mut().enumerate() {
        *start = product.row(row + r);
    }
    let mut sums = [[s.splat(0.0); L]; R];
    let mut weights = product.layer.panel(panel).wrapping_add(first * LANES);
    for part in 0..taps {
        let mut from = starts;
        for from in &mut from {
            *from = from.wrapping_add(part * tap);
        }
        for input in 0..width {
            let mut lines = [s.splat(0.0); L];
            for (l, line) in lines.iter_mut().enumerate() {
                // SAFETY: a panel has a row of 32 weights for each input.
                *line = unsafe { s.load(weights.wrapping_add(l * LANES)) };
            }
            weights = weights.wrapping_add(PANEL);
            for (sums, from) in sums.iter_mut().zip(&from) {
                // SAFETY: each part of a row has `width` floats.
                let value = s.splat(unsafe { from.wrapping_add(input).read() });
                for (sum, line) in sums.iter_mut().zip(&lines) {
                    *sum = s.fma(value, *line, *sum);
                }
            }
        }
    }
    for (r, sums) in sums.into_iter().enumerate() {
        for (l, sum) in sums.into_iter().enumerate() {
            let output = panel * PANEL + (first + l) * LANES;
            if output < product.layer.outputs() {
                // SAFETY: the row and the output are there.
                unsafe { finish(s, product, row + r, output, sum) };
            }
        }
    }
    R
}

/// Writes up to sixteen outputs of a row, from `output` on.
///
/// # Safety
/// The row and the output are there.
#[inline(always)]
unsafe fn finish<S: Simd>(s: S, product: &mut Product, row: usize, output: usize, sum: S::F) {
    let place = product.place(row).wrapping_add(output);
    let count = (product.layer.outputs() - output).min(LANES);
    let (add, activation) = (product.places.add, product.activation);
    // SAFETY: the bias is padded to whole panels; only outputs that exist are read and written.
    unsafe {
        let mut lanes = [0.0; LANES];
        let mut x = s.add(sum, s.load(product.layer.bias().as_ptr().add(output)));
        if count == LANES {
            if add {
                x = s.add(x, s.load(place));
            }
            s.store(place, activated(s, activation, x));
            return;
        }
        if add {
            std::ptr::copy_nonoverlapping(place, lanes.as_mut_ptr(), count);
            x = s.add(x, s.load(lanes.as_ptr()));
        }
        s.store(lanes.as_mut_ptr(), activated(s, activation, x));
        std::ptr::copy_nonoverlapping(lanes.as_ptr(), place, count);
    }
}

#[inline(always)]
fn activated<S: Simd>(s: S, activation: Activation, x: S::F) -> S::F {
    match activation {
        Activation::None => x,
        Activation::Relu => s.max(x, s.splat(0.0)),
        Activation::LeakyRelu => s.max(x, s.mul(x, s.splat(0.01))),
        Activation::Abs => s.abs(x),
    }
}
