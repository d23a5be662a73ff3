//! The layers over time: three blocks, whose layers each append 32 columns, weighted by their surroundings.

use whisper_cpu::Level;
use whisper_cpu::float::{Activation, Dense, Places, Rows, exp, scale_shift_relu};

use super::front::OUT;
use crate::weights::{Weights, WeightsError};

/// Layers of each block, and the distance between the three times that they read.
const LAYERS: [(usize, usize); 3] = [(12, 1), (24, 2), (16, 2)];
/// Columns that a layer adds.
const GROWTH: usize = 32;
/// Columns inside a layer, and of the layer that computes the weights.
const INNER: usize = 128;
const WEIGHING: usize = 64;
/// Rows that are weighted together.
const SEGMENT: usize = 100;

pub(super) struct Blocks {
    level: Level,
    blocks: Vec<Block>,
}

struct Block {
    layers: Vec<Layer>,
    scale: Vec<f32>,
    shift: Vec<f32>,
    /// Halves the columns.
    half: Dense,
}

struct Layer {
    scale: Vec<f32>,
    shift: Vec<f32>,
    inner: Dense,
    local: Dense,
    /// Rows between the three that `local` reads.
    dilation: usize,
    weighing: [Dense; 2],
}

/// Working memory, which is reused.
#[derive(Default)]
pub(super) struct Work {
    columns: Vec<f32>,
    activated: Vec<f32>,
    inner: Vec<f32>,
    context: Vec<f32>,
    weighing: Vec<f32>,
    gates: Vec<f32>,
}

impl Blocks {
    pub fn new(weights: &Weights<'_>) -> Result<Self, WeightsError> {
        let mut columns = OUT;
        let mut blocks = Vec::new();
        for (b, (count, dilation)) in LAYERS.into_iter().enumerate() {
            let layers = (0..count).map(|i| Layer::new(weights, b, i, columns + i * GROWTH, dilation));
            let layers = layers.collect::<Result<Vec<_>, _>>()?;
            columns += count * GROWTH;
            blocks.push(Block {
                layers,
                scale: weights.floats(&format!("t{b}.s"), columns)?,
                shift: weights.floats(&format!("t{b}.b"), columns)?,
                half: weights.dense(&format!("t{b}.w"), None, [columns, columns / 2])?,
            });
            columns /= 2;
        }
        Ok(Self { level: weights.level, blocks })
    }

    /// Replaces rows of 128 columns by rows of 512.
    pub fn apply(&self, rows: &mut Vec<f32>, work: &mut Work) {
        let mut width = OUT;
        for block in &self.blocks {
            block.apply(self.level, rows, width, work);
            width = block.half.outputs();
        }
    }
}

impl Block {
    fn apply(&self, level: Level, rows: &mut Vec<f32>, width: usize, work: &mut Work) {
        let (count, total) = (rows.len() / width, self.half.inputs());
        let mut columns = std::mem::take(&mut work.columns);
        columns.resize(count * total, 0.0);
        for (to, from) in columns.chunks_exact_mut(total).zip(rows.chunks_exact(width)) {
            to[..width].copy_from_slice(from);
        }
        for layer in &self.layers {
            layer.apply(level, &mut columns, total, work);
        }
        work.activated.resize(count * total, 0.0);
        scale_shift_relu(level, &columns, total, &self.scale, &self.shift, &mut work.activated);
        rows.resize(count * total / 2, 0.0);
        self.half.apply(Rows::of(&work.activated, total), Activation::None, Places::of(rows, total / 2));
        work.columns = columns;
    }
}

impl Layer {
    fn new(
        weights: &Weights<'_>,
        block: usize,
        layer: usize,
        columns: usize,
        dilation: usize,
    ) -> Result<Self, WeightsError> {
        let name = |tensor: &str| format!("b{block}.{layer}.{tensor}");
        let dense = |tensor: &str, bias: &str, shape| weights.dense(&name(tensor), Some(&name(bias)), shape);
        Ok(Self {
            scale: weights.floats(&name("s1"), columns)?,
            shift: weights.floats(&name("b1"), columns)?,
            inner: dense("l1", "lb", [columns, INNER])?,
            local: weights.dense(&name("loc"), None, [3 * INNER, GROWTH])?,
            dilation,
            weighing: [dense("c1", "c1b", [INNER, WEIGHING])?, dense("c2", "c2b", [WEIGHING, GROWTH])?],
        })
    }

    /// Appends columns to rows.
    fn apply(&self, level: Level, columns: &mut [f32], total: usize, work: &mut Work) {
        let (count, width, border) = (columns.len() / total, self.scale.len(), self.dilation * INNER);
        work.activated.resize(count * width, 0.0);
        scale_shift_relu(
            level,
            columns,
            total,
            &self.scale,
            &self.shift,
            &mut work.activated[..count * width],
        );
        work.inner.clear();
        work.inner.resize(count * INNER + 2 * border, 0.0);
        let read = Rows::of(&work.activated[..count * width], width);
        self.inner.apply(read, Activation::Relu, Places::of(&mut work.inner[border..], INNER));
        self.weigh(count, border, work);
        let read = Rows { taps: 3, tap: border, ..Rows::overlapping(&work.inner, count, INNER) };
        self.local.apply(read, Activation::None, Places::of(&mut columns[width..], total));
        for (i, row) in columns.chunks_exact_mut(total).enumerate() {
            let gates = &work.gates[i / SEGMENT * GROWTH..][..GROWTH];
            row[width..][..GROWTH].iter_mut().zip(gates).for_each(|(x, gate)| *x *= gate);
        }
    }

    /// The weight of each new column, from the mean over all rows and over the segment: one row for each segment.
    fn weigh(&self, count: usize, border: usize, work: &mut Work) {
        let segments = count.div_ceil(SEGMENT);
        work.context.clear();
        work.context.resize(segments * INNER, 0.0);
        let inner = &work.inner[border..][..count * INNER];
        let mut all = [0.0; INNER];
        for (rows, means) in inner.chunks(SEGMENT * INNER).zip(work.context.chunks_exact_mut(INNER)) {
            for row in rows.chunks_exact(INNER) {
                means.iter_mut().zip(row).for_each(|(mean, x)| *mean += x);
            }
            all.iter_mut().zip(&*means).for_each(|(sum, x)| *sum += x);
            let count = (rows.len() / INNER) as f32;
            means.iter_mut().for_each(|mean| *mean /= count);
        }
        for means in work.context.chunks_exact_mut(INNER) {
            means.iter_mut().zip(&all).for_each(|(mean, sum)| *mean += sum / count as f32);
        }
        work.weighing.resize(segments * WEIGHING, 0.0);
        work.gates.resize(segments * GROWTH, 0.0);
        let read = Rows::of(&work.context, INNER);
        self.weighing[0].apply(read, Activation::Relu, Places::of(&mut work.weighing, WEIGHING));
        let read = Rows::of(&work.weighing[..segments * WEIGHING], WEIGHING);
        self.weighing[1].apply(read, Activation::None, Places::of(&mut work.gates, GROWTH));
        work.gates.iter_mut().for_each(|gate| *gate = 1.0 / (1.0 + exp(-*gate)));
    }
}
