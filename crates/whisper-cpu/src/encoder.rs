//! Computes the encoder's output from a spectrogram.

use crate::cancel::{Cancel, Cancelled};
use crate::kernels::attention::{Attention, HEAD, KeyValues, Scratch};
use crate::kernels::elementwise::add;
use crate::kernels::matmul::{Activation, Activations, Rows};
use crate::level::Level;
use crate::network::{EncoderBlock, Mlp, Model};

/// Rows that pass through all row-wise work of a layer together, so that intermediate results stay in the cache.
const CHUNK: usize = 96;

/// Working memory, which is reused.
#[derive(Default)]
pub(crate) struct Work {
    x: Vec<f32>,
    attended: Vec<f32>,
    /// Queries, keys and values; before the first layer, the output of the first convolution.
    qkv: Vec<f32>,
    chunk: ChunkWork,
    scratch: Scratch,
}

/// Intermediate results for some rows.
#[derive(Default)]
struct ChunkWork {
    narrow: Vec<f32>,
    wide: Vec<f32>,
    activations: Activations,
}

/// The output for a number of positions of 20 ms, one row each. `spectrogram` has two frames per position, between rows
/// of zeros.
pub(crate) fn encode<'a>(
    model: &Model,
    spectrogram: &[f32],
    positions: usize,
    work: &'a mut Work,
    cancel: Cancel,
) -> Result<&'a [f32], Cancelled> {
    let width = model.dimensions.state;
    let Work { x, attended, qkv, chunk, scratch } = work;
    chunk.narrow.resize(CHUNK * width, 0.0);
    chunk.wide.resize(CHUNK * 4 * width, 0.0);
    x.resize(positions * width, 0.0);
    attended.resize(positions * width, 0.0);
    convolve(model, spectrogram, positions, x, qkv, &mut chunk.activations, cancel)?;
    qkv.resize(positions * 3 * width, 0.0);
    let mut before: Option<&EncoderBlock> = None;
    for block in &model.encoder.blocks {
        let rows = x.chunks_mut(CHUNK * width).zip(attended.chunks(CHUNK * width));
        for ((x, attended), qkv) in rows.zip(qkv.chunks_mut(CHUNK * 3 * width)) {
            cancel.check()?;
            if let Some(before) = before {
                finish_block(model.level, before, x, attended, chunk);
            }
            let normal = &mut chunk.narrow[..x.len()];
            block.attention.norm.apply(model.level, x, normal);
            let rows = Rows::of(normal, width);
            block.attention.qkv.apply(rows, Activation::None, &mut chunk.activations, qkv);
        }
        attend(model, qkv, positions, attended, scratch, cancel)?;
        before = Some(block);
    }
    for (x, attended) in x.chunks_mut(CHUNK * width).zip(attended.chunks_mut(CHUNK * width)) {
        cancel.check()?;
        if let Some(before) = before {
            finish_block(model.level, before, x, attended, chunk);
        }
        model.encoder.norm.apply(model.level, x, attended);
    }
    Ok(attended)
}

/// Two convolutions over three frames each, the second at every other frame, and the embedding of positions.
fn convolve(
    model: &Model,
    spectrogram: &[f32],
    positions: usize,
    x: &mut [f32],
    between: &mut Vec<f32>,
    activations: &mut Activations,
    cancel: Cancel,
) -> Result<(), Cancelled> {
    let (width, bands) = (model.dimensions.state, model.dimensions.mel_bands);
    let [first, second] = &model.encoder.convolutions;
    // A row of zeros before and after, for the second convolution.
    between.clear();
    between.resize((2 * positions + 2) * width, 0.0);
    for (chunk, out) in between[width..(2 * positions + 1) * width].chunks_mut(CHUNK * width).enumerate() {
        cancel.check()?;
        let rows = Rows::strided(&spectrogram[chunk * CHUNK * bands..], out.len() / width, 3 * bands, bands);
        first.apply(rows, Activation::Gelu, activations, out);
    }
    for (chunk, out) in x.chunks_mut(CHUNK * width).enumerate() {
        cancel.check()?;
        let from = &between[chunk * CHUNK * 2 * width..];
        let rows = Rows::strided(from, out.len() / width, 3 * width, 2 * width);
        second.apply(rows, Activation::Gelu, activations, out);
    }
    add(model.level, x, &model.encoder.positions[..positions * width]);
    Ok(())
}

/// The part of a block after the attention: its output layer and the perceptron.
fn finish_block(level: Level, block: &EncoderBlock, x: &mut [f32], attended: &[f32], work: &mut ChunkWork) {
    let ChunkWork { narrow, wide, activations } = work;
    let (rows, narrow) = (Rows::of(attended, block.attention.out.inputs()), &mut narrow[..x.len()]);
    block.attention.out.apply(rows, Activation::None, activations, narrow);
    add(level, x, narrow);
    block.mlp.add_to(level, x, narrow, wide, activations);
}

impl Mlp {
    /// Adds the perceptron's output to `x`. `narrow` is working memory as long as `x`, `wide` four times as long.
    pub fn add_to(
        &self,
        level: Level,
        x: &mut [f32],
        narrow: &mut [f32],
        wide: &mut [f32],
        activations: &mut Activations,
    ) {
        self.norm.apply(level, x, narrow);
        let wide = &mut wide[..x.len() / self.up.inputs() * self.up.outputs()];
        self.up.apply(Rows::of(narrow, self.up.inputs()), Activation::Gelu, activations, wide);
        self.down.apply(Rows::of(wide, self.down.inputs()), Activation::None, activations, narrow);
        add(level, x, narrow);
    }
}

/// `qkv` has rows of queries, keys and values.
fn attend(
    model: &Model,
    qkv: &[f32],
    positions: usize,
    out: &mut [f32],
    scratch: &mut Scratch,
    cancel: Cancel,
) -> Result<(), Cancelled> {
    let width = model.dimensions.state;
    let (heads, stride) = (width / HEAD, 3 * width);
    let mut kv = KeyValues::new(model.level, heads, positions);
    kv.fill(&qkv[width..], stride, 0, positions);
    for head in 0..heads {
        cancel.check()?;
        let (queries, weights) = (qkv, None);
        Attention { kv: &kv, head, queries, stride, count: positions, out, weights, scratch }.run();
    }
    Ok(())
}

// The benchmarks include this file by its path, and look for the module beside it.
#[cfg(test)]
#[path = "encoder/tests.rs"]
mod tests;
