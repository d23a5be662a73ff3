//! The memory of the network: a long short-term memory cell.

use super::math::{sigmoid, tanh};
use super::product::{Matrix, Rows, Sums};
use super::tensors::{Tensors, VadModelError};

pub(super) const HIDDEN: usize = 128;
const GATES: usize = 4;
const OUTPUTS: usize = GATES * HIDDEN;

/// Input, forget, cell and output gate of each hidden unit.
pub(super) type Gates = [[f32; HIDDEN]; GATES];

pub(super) struct Lstm {
    input: Matrix,
    hidden: Matrix,
    bias: Gates,
}

/// The state of the cell for one stream.
#[derive(Clone)]
pub(super) struct Memory {
    hidden: [f32; HIDDEN],
    cell: [f32; HIDDEN],
}

impl Default for Memory {
    fn default() -> Self {
        Self { hidden: [0.0; HIDDEN], cell: [0.0; HIDDEN] }
    }
}

impl Lstm {
    pub fn take_from(tensors: &mut Tensors) -> Result<Self, VadModelError> {
        let mut matrix = |name| {
            let rows = tensors.take(&format!("_model.decoder.rnn.{name}"), &[HIDDEN, OUTPUTS])?;
            Ok(Matrix::new(HIDDEN, OUTPUTS, |input, gate| rows[gate * HIDDEN + input]))
        };
        let (input, hidden) = (matrix("weight_ih")?, matrix("weight_hh")?);
        let input_bias = tensors.take("_model.decoder.rnn.bias_ih", &[OUTPUTS])?;
        let hidden_bias = tensors.take("_model.decoder.rnn.bias_hh", &[OUTPUTS])?;
        let mut bias = [[0.0; HIDDEN]; GATES];
        let sums = input_bias.iter().zip(hidden_bias).map(|(a, b)| a + b);
        bias.as_flattened_mut().iter_mut().zip(sums).for_each(|(bias, sum)| *bias = sum);
        Ok(Self { input, hidden, bias })
    }

    /// Computes what the inputs of consecutive steps contribute to the gates, which does not depend on the state.
    pub fn gates(&self, inputs: &[f32], gates: &mut Vec<Gates>) {
        let count = inputs.len() / HIDDEN;
        gates.clear();
        gates.resize(count, self.bias);
        let sums = Sums { values: gates.as_flattened_mut().as_flattened_mut(), stride: OUTPUTS };
        self.input.add_product(sums, Rows { values: inputs, stride: HIDDEN }, count, 0, HIDDEN);
    }

    /// Performs one step with its gates; returns the hidden units after it.
    pub fn step<'a>(&self, gates: &mut Gates, memory: &'a mut Memory) -> &'a [f32; HIDDEN] {
        let sums = Sums { values: gates.as_flattened_mut(), stride: OUTPUTS };
        self.hidden.add_product(sums, Rows { values: &memory.hidden, stride: HIDDEN }, 1, 0, HIDDEN);
        for (unit, (hidden, cell)) in memory.hidden.iter_mut().zip(&mut memory.cell).enumerate() {
            let [input, forget, new, output] = gates.each_ref().map(|gate| gate[unit]);
            *cell = sigmoid(forget) * *cell + sigmoid(input) * tanh(new);
            *hidden = sigmoid(output) * tanh(*cell);
        }
        &memory.hidden
    }
}
