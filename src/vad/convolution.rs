//! A convolution over the steps of each frame.

use super::product::{Matrix, Rows, Sums};
use super::tensors::{Tensors, VadModelError};

/// Steps that an output depends on: the previous one, its own, and the next one. Outside the frame the input is zero.
const KERNEL: usize = 3;

/// A convolution with a kernel of three steps, then ReLU.
pub(super) struct Convolution {
    /// Indexed `[kernel step][input]`.
    weight: Matrix,
    bias: Vec<f32>,
    inputs: usize,
    stride: usize,
}

impl Convolution {
    pub fn take_from(
        tensors: &mut Tensors,
        name: &str,
        inputs: usize,
        outputs: usize,
        stride: usize,
    ) -> Result<Self, VadModelError> {
        let weight = tensors.take(&format!("{name}.weight"), &[KERNEL, inputs, outputs])?;
        let weight = Matrix::new(KERNEL * inputs, outputs, |row, output| {
            weight[(output * inputs + row % inputs) * KERNEL + row / inputs]
        });
        let bias = tensors.take(&format!("{name}.bias"), &[outputs])?;
        Ok(Self { weight, bias, inputs, stride })
    }

    /// Applies it. `features` are `[frame][step][input]`; the result is `[frame][step][output]`. Returns the number of
    /// steps.
    pub fn apply(&self, features: &[f32], frames: usize, steps: usize, result: &mut Vec<f32>) -> usize {
        let steps_out = (steps - 1) / self.stride + 1;
        let outputs = self.bias.len();
        result.clear();
        (0..frames * steps_out).for_each(|_| result.extend_from_slice(&self.bias));
        for step in 0..steps_out {
            let center = step * self.stride;
            let (first, end) = (center.saturating_sub(1), (center + 2).min(steps));
            self.weight.add_product(
                Sums { values: &mut result[step * outputs..], stride: steps_out * outputs },
                Rows { values: &features[first * self.inputs..], stride: steps * self.inputs },
                frames,
                (first + 1 - center) * self.inputs,
                (end - first) * self.inputs,
            );
        }
        result.iter_mut().for_each(|sum| *sum = sum.max(0.0));
        steps_out
    }
}
