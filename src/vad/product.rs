//! Products of rows of numbers with a matrix, with the same bits on every processor and for any number of rows.
//!
//! Each sum adds its products in the order of the inputs, and each product and each sum is rounded: there is no fused
//! multiply-add. The number of sums computed side by side, and the instructions used, do not change the results.

/// Number of outputs stored side by side in a matrix.
const PANEL: usize = 8;

type Panel = [f32; PANEL];

/// Weights from inputs to outputs.
pub(super) struct Matrix {
    inputs: usize,
    /// Indexed `[output / PANEL][input][output % PANEL]`.
    panels: Vec<Panel>,
}

/// Rows of numbers, with starts `stride` apart.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub values: &'a [f32],
    pub stride: usize,
}

impl<'a> Rows<'a> {
    fn row(&self, number: usize, length: usize) -> &'a [f32] {
        &self.values[number * self.stride..][..length]
    }
}

/// The sums of consecutive rows, with starts `stride` apart.
pub(super) struct Sums<'a> {
    pub values: &'a mut [f32],
    pub stride: usize,
}

impl Matrix {
    /// The number of outputs must be a multiple of 64.
    pub fn new(inputs: usize, outputs: usize, weight: impl Fn(usize, usize) -> f32) -> Self {
        assert!(outputs.is_multiple_of(8 * PANEL));
        let panel = |first: usize, input| std::array::from_fn(|lane| weight(input, first + lane));
        let panels = (0..outputs)
            .step_by(PANEL)
            .flat_map(|first| (0..inputs).map(move |input| (first, input)))
            .map(|(first, input)| panel(first, input))
            .collect();
        Self { inputs, panels }
    }

    /// Adds to the sums of `count` rows their products with `length` rows of the matrix, from number `first` on.
    pub fn add_product(&self, sums: Sums, rows: Rows, count: usize, first: usize, length: usize) {
        let product = Product { matrix: self, rows, count, first, length };
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            #[expect(unsafe_code, reason = "calls the same code, compiled for instructions that are there")]
            // SAFETY: the processor has these instructions.
            return unsafe { product.add_with_avx2(sums) };
        }
        product.add(sums);
    }
}

struct Product<'a> {
    matrix: &'a Matrix,
    rows: Rows<'a>,
    count: usize,
    first: usize,
    length: usize,
}

/// Number of rows whose sums are computed side by side.
const BLOCK: usize = 4;

impl Product<'_> {
    fn add(&self, sums: Sums) {
        self.add_with::<1, 4>(sums);
    }

    /// Does the same, with registers of twice the width.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn add_with_avx2(&self, sums: Sums) {
        self.add_with::<2, 8>(sums);
    }

    /// Computes the product. `SHORT` and `LONG` are the numbers of panels that fit the registers for a block of rows
    /// and for a single row.
    #[inline(always)]
    fn add_with<const SHORT: usize, const LONG: usize>(&self, mut sums: Sums) {
        let whole = self.count / BLOCK * BLOCK;
        for row in (0..whole).step_by(BLOCK) {
            self.add_rows::<BLOCK, SHORT>(row, &mut sums);
        }
        for row in whole..self.count {
            self.add_rows::<1, LONG>(row, &mut sums);
        }
    }

    #[inline(always)]
    fn add_rows<const ROWS: usize, const PANELS: usize>(&self, row: usize, sums: &mut Sums) {
        let rows = std::array::from_fn(|n| self.rows.row(row + n, self.length));
        let panels = self.matrix.panels.chunks_exact(self.matrix.inputs * PANELS);
        for (number, panels) in panels.enumerate() {
            let panels: [&[Panel]; PANELS] =
                std::array::from_fn(|n| &panels[n * self.matrix.inputs + self.first..][..self.length]);
            let place = |n: usize| {
                let start = (row + n) * sums.stride + number * PANELS * PANEL;
                start..start + PANELS * PANEL
            };
            let mut block = [[[0.0; PANEL]; PANELS]; ROWS];
            for (n, block) in block.iter_mut().enumerate() {
                block.as_flattened_mut().copy_from_slice(&sums.values[place(n)]);
            }
            let block = self.add_block(&rows, &panels, block);
            for (n, block) in block.iter().enumerate() {
                sums.values[place(n)].copy_from_slice(block.as_flattened());
            }
        }
    }

    /// Computes a block of rows, which stays in registers. This loop takes most of the time.
    #[inline(always)]
    fn add_block<const ROWS: usize, const PANELS: usize>(
        &self,
        rows: &[&[f32]; ROWS],
        panels: &[&[Panel]; PANELS],
        mut block: [[Panel; PANELS]; ROWS],
    ) -> [[Panel; PANELS]; ROWS] {
        for input in 0..self.length {
            for (sums, row) in block.iter_mut().zip(rows) {
                for (sums, panel) in sums.iter_mut().zip(panels) {
                    for (sum, weight) in sums.iter_mut().zip(&panel[input]) {
                        *sum += weight * row[input];
                    }
                }
            }
        }
        block
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OUTPUTS: usize = 64;

    /// Returns numbers of very different sizes, whose sums depend on the order.
    fn values(seed: u32, count: usize) -> Vec<f32> {
        let next = |seed: &u32| Some(seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
        let value = |bits: u32| (bits >> 8) as f32 / (1 << (8 + bits % 16)) as f32 - 100.0;
        std::iter::successors(Some(seed), next).map(value).take(count).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn sums_are_added_in_order_however_they_are_computed(
            seed in any::<u32>(),
            count in 0_usize..11,
            first in 0_usize..20,
            length in 0_usize..50,
            gaps in (0_usize..3, 0_usize..3),
        ) {
            let weights = values(seed, (first + length + 1) * OUTPUTS);
            let matrix = Matrix::new(first + length + 1, OUTPUTS, |input, output| weights[input * OUTPUTS + output]);
            let (row_stride, sum_stride) = (length + gaps.0, OUTPUTS + gaps.1);
            let inputs = values(seed ^ 1, count * row_stride);
            let before = values(seed ^ 2, count * sum_stride);

            let mut wanted = before.clone();
            for row in 0..count {
                for output in 0..OUTPUTS {
                    for input in 0..length {
                        let weight = weights[(first + input) * OUTPUTS + output];
                        wanted[row * sum_stride + output] += weight * inputs[row * row_stride + input];
                    }
                }
            }
            let rows = Rows { values: &inputs, stride: row_stride };
            let (mut chosen, mut plain) = (before.clone(), before);
            matrix.add_product(Sums { values: &mut chosen, stride: sum_stride }, rows, count, first, length);
            let product = Product { matrix: &matrix, rows, count, first, length };
            product.add(Sums { values: &mut plain, stride: sum_stride });
            let bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&chosen), bits(&wanted));
            prop_assert_eq!(bits(&plain), bits(&wanted));
        }
    }
}
