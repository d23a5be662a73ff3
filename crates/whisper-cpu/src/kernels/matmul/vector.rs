//! The product on vectors.

use super::{PANEL, Product};
use crate::simd::{Kernel, LANES, Simd};

/// The size of four inputs of all outputs in a panel, in bytes.
const GROUP: usize = 4 * PANEL;
/// How far ahead weights are prefetched.
const AHEAD: usize = 8 * GROUP;

impl Kernel for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self, s: S) {
        for panel in 0..self.panels() {
            let mut row = 0;
            let rows = self.rows.count;
            let blocks = rows.div_ceil(S::ROWS);
            for block in 0..blocks {
                // Blocks of nearly equal height.
                let height = (rows - row).div_ceil(blocks - block);
                block_of(s, &mut self, panel, row, height);
                row += height;
            }
        }
    }
}

/// `height` rows times a panel: as many lines of outputs at a time as there are registers for sums.
#[inline(always)]
fn block_of<S: Simd>(s: S, product: &mut Product, panel: usize, row: usize, height: usize) {
    // SAFETY: the rows and the panel are there.
    unsafe {
        if S::MANY_REGISTERS {
            match height {
                1 => rows::<S, 1, 4, 2>(s, product, panel, row),
                2 => rows::<S, 2, 4, 2>(s, product, panel, row),
                3 => rows::<S, 3, 4, 1>(s, product, panel, row),
                4 => rows::<S, 4, 4, 1>(s, product, panel, row),
                5 => rows::<S, 5, 4, 1>(s, product, panel, row),
                _ => rows::<S, 6, 4, 1>(s, product, panel, row),
            }
        } else {
            match height {
                1 => rows::<S, 1, 4, 1>(s, product, panel, row),
                2 => rows::<S, 2, 2, 1>(s, product, panel, row),
                3 if S::MEMORY_OPERANDS => rows::<S, 3, 2, 1>(s, product, panel, row),
                3 => rows::<S, 3, 1, 1>(s, product, panel, row),
                4 => rows::<S, 4, 1, 1>(s, product, panel, row),
                5 => rows::<S, 5, 1, 1>(s, product, panel, row),
                _ => rows::<S, 6, 1, 1>(s, product, panel, row),
            }
        }
    }
}

/// `R` rows times a panel, `L` lines of outputs at a time. `SETS` sets of sums hide the latency of a product if there
/// are few rows.
///
/// # Safety
/// The rows from `row` on and the panel are there.
#[inline(always)]
unsafe fn rows<S: Simd, const R: usize, const L: usize, const SETS: usize>(
    s: S,
    product: &mut Product,
    panel: usize,
    row: usize,
) {
    let outputs = (product.layer.outputs - panel * PANEL).min(PANEL);
    let (groups, stride) = (product.layer.padded / 4, product.rows.stride);
    for first in (0..outputs.div_ceil(LANES)).step_by(L) {
        let mut sums = [[[s.splat_int(0); L]; R]; SETS];
        let mut values = product.rows.row(row);
        let mut lines = product.panel(panel).wrapping_add(first * 4 * LANES);
        for _ in 0..groups / SETS {
            for sums in &mut sums {
                // SAFETY: rows and panels have `groups` groups.
                unsafe { group(s, sums, values, stride, lines) };
                values = values.wrapping_add(4);
                lines = lines.wrapping_add(GROUP);
            }
        }
        for r in 0..R {
            for l in 0..L {
                let mut sum = sums[0][r][l];
                for other in &sums[1..] {
                    sum = s.add_ints(sum, other[r][l]);
                }
                let output = panel * PANEL + (first + l) * LANES;
                if output < product.layer.outputs {
                    // SAFETY: the row and the output are there.
                    unsafe { product.finish(s, row + r, output, sum) };
                }
            }
        }
    }
}

/// Four inputs of `R` rows times `L` lines.
///
/// # Safety
/// `values` is good for four bytes in each of `R` rows, `lines` for `L` lines.
#[inline(always)]
unsafe fn group<S: Simd, const R: usize, const L: usize>(
    s: S,
    sums: &mut [[S::I; L]; R],
    values: *const i8,
    stride: usize,
    lines: *const u8,
) {
    let mut weights = [s.splat_int(0); L];
    for (l, to) in weights.iter_mut().enumerate() {
        let line = lines.wrapping_add(l * 4 * LANES);
        s.prefetch(line.wrapping_add(AHEAD).cast());
        // SAFETY: as the caller promises.
        *to = unsafe { s.load_ints(line.cast()) };
    }
    for (r, sums) in sums.iter_mut().enumerate() {
        // SAFETY: as the caller promises.
        let four = unsafe { values.wrapping_add(r * stride).cast::<i32>().read_unaligned() };
        for (sum, line) in sums.iter_mut().zip(&weights) {
            *sum = s.dot(*sum, *line, four);
        }
    }
}
