//! A recurrent layer: an LSTM that runs over the frames in both directions.

use whisper_cpu::Level;
use whisper_cpu::float::{Activation, Dense, Places, Rows, lstm_cell};

use super::INNER;
use crate::weights::{Weights, WeightsError};

/// Sums of a step: four gates for each cell.
const GATES: usize = 4 * INNER;

pub(super) struct Recurrent {
    level: Level,
    forward: Direction,
    backward: Direction,
}

struct Direction {
    inputs: Dense,
    remembered: Dense,
}

impl Recurrent {
    pub fn new(weights: &Weights<'_>, layer: usize, inputs: usize) -> Result<Self, WeightsError> {
        let direction = |i: usize| {
            let name = |tensor| format!("l{layer}.{i}.{tensor}");
            Ok(Direction {
                inputs: weights.dense(&name("wi"), Some(&name("b")), [inputs, GATES])?,
                remembered: weights.dense(&name("wh"), None, [INNER, GATES])?,
            })
        };
        Ok(Self { level: weights.level, forward: direction(0)?, backward: direction(1)? })
    }

    /// Applies the layer to frames, each of which has a row for each of `count` windows.
    pub fn apply(&self, rows: &[f32], count: usize) -> Vec<f32> {
        let frames = rows.len() / self.forward.inputs.inputs() / count.max(1);
        let mut out = vec![0.0; frames * count * 2 * INNER];
        self.forward.apply(self.level, rows, count, 0..frames, &mut out);
        if !out.is_empty() {
            self.backward.apply(self.level, rows, count, (0..frames).rev(), &mut out[INNER..]);
        }
        out
    }
}

impl Direction {
    fn apply(
        &self,
        level: Level,
        rows: &[f32],
        count: usize,
        frames: impl Iterator<Item = usize>,
        out: &mut [f32],
    ) {
        let mut gates = vec![0.0; rows.len() / self.inputs.inputs() * GATES];
        self.inputs.apply(
            Rows::of(rows, self.inputs.inputs()),
            Activation::None,
            Places::of(&mut gates, GATES),
        );
        let (mut cells, mut last) = (vec![0.0; count * INNER], vec![0.0; count * INNER]);
        for frame in frames {
            let gates = &mut gates[frame * count * GATES..][..count * GATES];
            let places = Places { add: true, ..Places::of(gates, GATES) };
            self.remembered.apply(Rows::of(&last, INNER), Activation::None, places);
            for i in 0..count {
                let (cells, last) = (&mut cells[i * INNER..][..INNER], &mut last[i * INNER..][..INNER]);
                lstm_cell(level, &gates[i * GATES..][..GATES], cells, last);
                out[(frame * count + i) * 2 * INNER..][..INNER].copy_from_slice(last);
            }
        }
    }
}
