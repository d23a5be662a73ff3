//! The product on tiles.

use super::{PANEL, Product};
use crate::kernels::amx::{self, Columns, TILE_ROWS, Tiles};
use crate::simd::{Kernel, LANES, Simd};

/// Fewer rows are as fast on vectors: both wait for the weights.
pub(super) const WORTH_IT: usize = 7;

/// Rows of one round.
const ROUND: usize = 2 * TILE_ROWS;

/// A product whose sums come from tiles.
pub(super) struct Tiled<'a>(pub Product<'a>);

#[repr(align(64))]
struct Sums([i32; ROUND * PANEL]);

impl Kernel for Tiled<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Self(mut product) = self;
        let tiles = Tiles::configure();
        let mut sums = Sums([0; ROUND * PANEL]);
        for panel in 0..product.panels() {
            for row in (0..product.rows.count).step_by(ROUND) {
                let rows = ROUND.min(product.rows.count - row);
                // SAFETY: activations have room for whole rounds, and panels for whole tiles.
                unsafe { sum(&tiles, &product, panel, row, rows, &mut sums) };
                let outputs = (product.layer.outputs - panel * PANEL).min(PANEL);
                for r in 0..rows {
                    for line in 0..outputs.div_ceil(LANES) {
                        let at = r * PANEL + line * LANES;
                        // SAFETY: the sums, the row and the output are there.
                        unsafe {
                            let sums = s.load_ints(sums.0.as_ptr().add(at));
                            product.finish(s, row + r, panel * PANEL + line * LANES, sums);
                        }
                    }
                }
            }
        }
    }
}

/// # Safety
/// The panel is there, and `rows` rows from `row` on; memory goes on to whole tiles.
#[inline(always)]
unsafe fn sum(tiles: &Tiles, product: &Product, panel: usize, row: usize, rows: usize, sums: &mut Sums) {
    let (values, stride) = (product.rows.row(row).cast::<u8>(), product.rows.stride);
    let (lines, steps) = (product.panel(panel), product.layer.padded / 64);
    let sums = sums.0.as_mut_ptr();
    // SAFETY: as the caller promises.
    unsafe {
        if rows <= TILE_ROWS {
            return amx::signed_by_panel(tiles, values, stride, lines, steps, sums);
        }
        for half in 0..2 {
            let columns = Columns { at: lines.add(128 * half), stride: 256, second: 64, step: 4096 };
            let out = sums.add(PANEL / 2 * half);
            amx::signed_by_unsigned(tiles, values, stride, columns, steps, out, 4 * PANEL);
        }
    }
}
