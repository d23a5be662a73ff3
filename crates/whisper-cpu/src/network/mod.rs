//! The network in memory: layers that the kernels run on.

mod embedding;
mod layers;

use crate::kernels::elementwise::Norm;
use crate::kernels::matmul::Linear;
use crate::level::Level;
use crate::mel::Mel;
use crate::model::{Dimensions, Vocabulary, Weights};

use self::embedding::Embedding;
use self::layers::Builder;

/// A Whisper model in memory, its weights in 8 bits. Any number of threads may use one.
pub struct Model {
    pub(crate) level: Level,
    pub(crate) dimensions: Dimensions,
    pub(crate) vocabulary: Vocabulary,
    /// The layers and heads of the decoder's attention that follow the audio.
    pub(crate) alignment_heads: Vec<(usize, usize)>,
    pub(crate) mel: Mel,
    pub(crate) encoder: Encoder,
    pub(crate) decoder: Decoder,
}

pub(crate) struct Encoder {
    pub convolutions: [Linear; 2],
    /// A row for each position.
    pub positions: Vec<f32>,
    pub blocks: Vec<EncoderBlock>,
    pub norm: Norm,
}

pub(crate) struct EncoderBlock {
    pub attention: SelfAttention,
    pub mlp: Mlp,
}

pub(crate) struct Decoder {
    pub embedding: Embedding,
    /// A row for each position.
    pub positions: Vec<f32>,
    pub blocks: Vec<DecoderBlock>,
    pub norm: Norm,
    /// The scores of text tokens and of the end of the text.
    pub text_logits: Linear,
    /// The scores of the tokens after these: languages, tasks, times.
    pub special_logits: Linear,
}

pub(crate) struct DecoderBlock {
    pub attention: SelfAttention,
    pub cross: CrossAttention,
    pub mlp: Mlp,
}

pub(crate) struct SelfAttention {
    pub norm: Norm,
    /// Query, key and value side by side.
    pub qkv: Linear,
    pub out: Linear,
}

pub(crate) struct CrossAttention {
    pub norm: Norm,
    pub query: Linear,
    /// Key and value side by side.
    pub kv: Linear,
    pub out: Linear,
}

pub(crate) struct Mlp {
    pub norm: Norm,
    pub up: Linear,
    pub down: Linear,
}

impl Model {
    /// Packs the weights of a model file for a level of this processor, on all its threads. The file's bytes can be
    /// dropped afterwards; until then, memory holds both the file and the packed weights.
    ///
    /// # Panics
    /// If this processor does not have the level.
    pub fn new(weights: Weights, level: Level) -> Self {
        assert!(level.is_available(), "this processor has no {level}");
        let builder = Builder { weights: &weights, level };
        let (encoder, decoder) = (builder.encoder(), builder.decoder());
        let mel = Mel::new(&weights.mel_filters);
        let Weights { dimensions, vocabulary, alignment_heads, .. } = weights;
        Self { level, dimensions, vocabulary, alignment_heads, mel, encoder, decoder }
    }

    /// The level that the weights are packed for.
    pub fn level(&self) -> Level {
        self.level
    }

    /// The model's sizes.
    pub fn dimensions(&self) -> &Dimensions {
        &self.dimensions
    }

    /// The model's tokens and languages.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }
}
