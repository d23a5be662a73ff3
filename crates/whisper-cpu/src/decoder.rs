//! One step of the decoder, for any number of hypotheses of any number of windows.

use crate::cancel::{Cancel, Cancelled};
use crate::kernels::attention::{self, Attention, HEAD, KeyValues};
use crate::kernels::elementwise::{SelfAttention, add};
use crate::kernels::matmul::{Activation, Activations, Linear, Rows};
use crate::network::{DecoderBlock, Model};

/// Positions whose keys and values are computed together.
const CHUNK: usize = 96;

/// The decoder's state for one window: keys and values of the audio for each layer, and a row of keys and values of the
/// text for each token that any hypothesis was given. Hypotheses refer to their rows, so nothing is copied when a
/// hypothesis is continued in several ways.
pub(crate) struct Sound {
    cross: Vec<KeyValues>,
    /// For each layer, rows of a key followed by a value.
    text: Vec<Vec<f32>>,
    rows: usize,
    free: Vec<u32>,
}

impl Sound {
    /// `encoded` has a row for each position.
    pub fn new(model: &Model, encoded: &[f32], work: &mut Work, cancel: Cancel) -> Result<Self, Cancelled> {
        let width = model.dimensions.state;
        let positions = encoded.len() / width;
        let mut cross = Vec::with_capacity(model.decoder.blocks.len());
        let mut rows = vec![0.0; CHUNK.min(positions) * 2 * width];
        for block in &model.decoder.blocks {
            let mut kv = KeyValues::new(model.level, width / HEAD, positions);
            for (i, chunk) in encoded.chunks(CHUNK * width).enumerate() {
                cancel.check()?;
                let count = chunk.len() / width;
                let rows = &mut rows[..count * 2 * width];
                block.cross.kv.apply(Rows::of(chunk, width), Activation::None, &mut work.activations, rows);
                kv.fill(rows, 2 * width, i * CHUNK, count);
            }
            cross.push(kv);
        }
        let text = vec![Vec::new(); model.decoder.blocks.len()];
        Ok(Self { cross, text, rows: 0, free: Vec::new() })
    }

    /// Positions of 20 ms.
    pub fn positions(&self) -> usize {
        self.cross.first().map_or(0, KeyValues::positions)
    }

    /// Adds a row for another token.
    pub fn new_row(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.rows += 1;
            self.rows as u32 - 1
        })
    }

    /// Makes room for all rows in small steps, because few texts are as long as allowed.
    fn make_room(&mut self, width: usize) {
        const ROWS: usize = 32;
        let needed = self.rows.next_multiple_of(ROWS) * 2 * width;
        for text in &mut self.text {
            if text.len() < needed {
                text.reserve_exact(needed - text.len());
                text.resize(needed, 0.0);
            }
        }
    }

    /// Frees the rows that none of these refers to.
    pub fn keep_rows<'a>(&mut self, kept: impl Iterator<Item = &'a [u32]>) {
        let mut used = vec![false; self.rows];
        kept.flatten().for_each(|&row| used[row as usize] = true);
        self.free = (0..self.rows as u32).rev().filter(|&row| !used[row as usize]).collect();
    }
}

/// A token to feed to a hypothesis.
pub(crate) struct Feed<'a> {
    /// The number of the window.
    pub window: usize,
    pub token: u32,
    /// The rows of the hypothesis's tokens, this one's last.
    pub rows: &'a [u32],
}

/// Working memory, which is reused.
#[derive(Default)]
pub(crate) struct Work {
    x: Vec<f32>,
    narrow: Vec<f32>,
    other: Vec<f32>,
    wide: Vec<f32>,
    scores: Vec<f32>,
    activations: Activations,
    attention: attention::Scratch,
}

/// The decoder's attention to the audio in some heads: a row of weights for each layer, head and token.
pub(crate) struct Watched<'a> {
    /// Layers and heads.
    pub heads: &'a [(usize, usize)],
    /// For each of the heads, the rows of all tokens.
    pub weights: Vec<Vec<f32>>,
}

/// Feeds the tokens to the hypotheses. Afterwards [`Work::logits`] scores the next tokens. Feeds of one window are
/// adjacent.
pub(crate) fn step(
    model: &Model,
    windows: &mut [&mut Sound],
    feeds: &[Feed],
    work: &mut Work,
    mut watched: Option<&mut Watched>,
    cancel: Cancel,
) -> Result<(), Cancelled> {
    work.embed(model, feeds);
    for window in windows.iter_mut() {
        window.make_room(model.dimensions.state);
    }
    for (layer, block) in model.decoder.blocks.iter().enumerate() {
        cancel.check()?;
        work.attend_to_text(model, layer, block, windows, feeds);
        work.attend_to_sound(model, layer, block, windows, feeds, watched.as_deref_mut());
        let Work { x, narrow, wide, activations, .. } = work;
        block.mlp.add_to(model.level, x, narrow, wide, activations);
    }
    model.decoder.norm.apply(model.level, &work.x, &mut work.narrow);
    Ok(())
}

impl Work {
    /// Scores of tokens from some of the last layer's outputs after [`step`], a row for each.
    pub fn logits(&mut self, layer: &Linear, outputs: impl Iterator<Item = usize>, logits: &mut Vec<f32>) {
        let width = layer.inputs();
        self.other.clear();
        outputs.for_each(|output| self.other.extend(&self.narrow[output * width..][..width]));
        logits.resize(self.other.len() / width * layer.outputs(), 0.0);
        if !logits.is_empty() {
            layer.apply(Rows::of(&self.other, width), Activation::None, &mut self.activations, logits);
        }
    }

    fn embed(&mut self, model: &Model, feeds: &[Feed]) {
        let width = model.dimensions.state;
        for memory in [&mut self.x, &mut self.narrow, &mut self.other] {
            memory.resize(feeds.len() * width, 0.0);
        }
        self.wide.resize(feeds.len() * 4 * width, 0.0);
        for (x, feed) in self.x.chunks_exact_mut(width).zip(feeds) {
            model.decoder.embedding.row(feed.token as usize, x);
            add(model.level, x, &model.decoder.positions[(feed.rows.len() - 1) * width..][..width]);
        }
    }

    fn attend_to_text(
        &mut self,
        model: &Model,
        layer: usize,
        block: &DecoderBlock,
        windows: &mut [&mut Sound],
        feeds: &[Feed],
    ) {
        let (width, level) = (model.dimensions.state, model.level);
        let Self { x, narrow, other, wide, scores, activations, .. } = self;
        let qkv = &mut wide[..feeds.len() * 3 * width];
        block.attention.norm.apply(level, x, narrow);
        block.attention.qkv.apply(Rows::of(narrow, width), Activation::None, activations, qkv);
        for (qkv, feed) in qkv.chunks_exact(3 * width).zip(feeds) {
            let row = feed.rows[feed.rows.len() - 1] as usize;
            windows[feed.window].text[layer][row * 2 * width..][..2 * width].copy_from_slice(&qkv[width..]);
        }
        for ((qkv, feed), out) in qkv.chunks_exact(3 * width).zip(feeds).zip(narrow.chunks_exact_mut(width)) {
            let store = &windows[feed.window].text[layer];
            SelfAttention { query: &qkv[..width], store, rows: feed.rows, out, scores }.run(level);
        }
        block.attention.out.apply(Rows::of(narrow, width), Activation::None, activations, other);
        add(level, x, other);
    }

    fn attend_to_sound(
        &mut self,
        model: &Model,
        layer: usize,
        block: &DecoderBlock,
        windows: &[&mut Sound],
        feeds: &[Feed],
        mut watched: Option<&mut Watched>,
    ) {
        let (width, level) = (model.dimensions.state, model.level);
        let Self { x, narrow, other, activations, attention: scratch, .. } = self;
        block.cross.norm.apply(level, x, narrow);
        block.cross.query.apply(Rows::of(narrow, width), Activation::None, activations, other);
        let mut first = 0;
        for group in feeds.chunk_by(|a, b| a.window == b.window) {
            let kv = &windows[group[0].window].cross[layer];
            let queries = &other[first * width..];
            for head in 0..kv.heads() {
                let out = &mut narrow[first * width..];
                let weights = watched.as_mut().and_then(|watched| watched.of(layer, head));
                let (count, stride) = (group.len(), width);
                Attention { kv, head, queries, stride, count, out, weights, scratch }.run();
            }
            first += group.len();
        }
        block.cross.out.apply(Rows::of(narrow, width), Activation::None, activations, other);
        add(level, x, other);
    }
}

impl Watched<'_> {
    fn of(&mut self, layer: usize, head: usize) -> Option<&mut Vec<f32>> {
        let place = self.heads.iter().position(|&watched| watched == (layer, head))?;
        Some(&mut self.weights[place])
    }
}
