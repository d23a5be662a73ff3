//! Builds layers from the tensors of a model file. The reader has checked that all exist with the right shapes.

use super::{CrossAttention, Decoder, DecoderBlock, Embedding, Encoder, EncoderBlock, Mlp, SelfAttention};
use crate::kernels::elementwise::Norm;
use crate::kernels::matmul::Linear;
use crate::level::Level;
use crate::model::{Tensor, Weights};

/// Taps of a convolution.
const TAPS: usize = 3;

pub(super) struct Builder<'a> {
    pub weights: &'a Weights<'a>,
    pub level: Level,
}

impl Builder<'_> {
    pub fn encoder(&self) -> Encoder {
        let block = |i| {
            let prefix = format!("encoder.blocks.{i}");
            EncoderBlock { attention: self.self_attention(&prefix), mlp: self.mlp(&prefix) }
        };
        Encoder {
            convolutions: [self.convolution("encoder.conv1"), self.convolution("encoder.conv2")],
            positions: self.floats("encoder.positional_embedding"),
            blocks: (0..self.weights.dimensions.encoder_layers).map(block).collect(),
            norm: self.norm("encoder.ln_post"),
        }
    }

    pub fn decoder(&self) -> Decoder {
        let block = |i| {
            let prefix = format!("decoder.blocks.{i}");
            DecoderBlock {
                attention: self.self_attention(&prefix),
                cross: self.cross_attention(&prefix),
                mlp: self.mlp(&prefix),
            }
        };
        let (embedding, text_logits, special_logits) = self.tokens();
        Decoder {
            embedding,
            positions: self.floats("decoder.positional_embedding"),
            blocks: (0..self.weights.dimensions.decoder_layers).map(block).collect(),
            norm: self.norm("decoder.ln"),
            text_logits,
            special_logits,
        }
    }

    fn self_attention(&self, prefix: &str) -> SelfAttention {
        SelfAttention {
            norm: self.norm(&format!("{prefix}.attn_ln")),
            qkv: self.linear(&format!("{prefix}.attn"), &["query", "key", "value"]),
            out: self.linear(&format!("{prefix}.attn"), &["out"]),
        }
    }

    fn cross_attention(&self, prefix: &str) -> CrossAttention {
        CrossAttention {
            norm: self.norm(&format!("{prefix}.cross_attn_ln")),
            query: self.linear(&format!("{prefix}.cross_attn"), &["query"]),
            kv: self.linear(&format!("{prefix}.cross_attn"), &["key", "value"]),
            out: self.linear(&format!("{prefix}.cross_attn"), &["out"]),
        }
    }

    fn mlp(&self, prefix: &str) -> Mlp {
        Mlp {
            norm: self.norm(&format!("{prefix}.mlp_ln")),
            up: self.linear(prefix, &["mlp.0"]),
            down: self.linear(prefix, &["mlp.2"]),
        }
    }

    fn norm(&self, name: &str) -> Norm {
        Norm { gain: self.floats(&format!("{name}.weight")), bias: self.floats(&format!("{name}.bias")) }
    }

    /// Several layers of the same inputs as one. Keys have no bias.
    fn linear(&self, prefix: &str, names: &[&str]) -> Linear {
        let part = |name: &&str| {
            let weight = self.weights.tensor(&format!("{prefix}.{name}.weight"));
            let bias = match *name {
                "key" => vec![0.0; weight.rows()],
                _ => self.floats(&format!("{prefix}.{name}.bias")),
            };
            (weight, bias)
        };
        let parts: Vec<(&Tensor, Vec<f32>)> = names.iter().map(part).collect();
        let inputs = parts[0].0.row_len();
        let outputs = parts.iter().map(|(weight, _)| weight.rows()).sum();
        Linear::new(self.level, inputs, outputs, |output, row| {
            let mut output = output;
            for (weight, bias) in &parts {
                if output < weight.rows() {
                    weight.row(output, row);
                    return bias[output];
                }
                output -= weight.rows();
            }
            unreachable!("the layer has the outputs of its parts")
        })
    }

    /// A convolution as a layer over three adjacent frames.
    fn convolution(&self, name: &str) -> Linear {
        let (weight, bias) =
            (self.weights.tensor(&format!("{name}.weight")), self.floats(&format!("{name}.bias")));
        let inputs = weight.row_len();
        let channels = inputs / TAPS;
        Linear::new(self.level, inputs, weight.rows(), |output, turned| {
            let mut row = vec![0.0; inputs];
            weight.row(output, &mut row);
            for (place, value) in row.into_iter().enumerate() {
                turned[place % TAPS * channels + place / TAPS] = value;
            }
            bias[output]
        })
    }

    /// The embedding of tokens, and the layer with the same weights that scores them.
    fn tokens(&self) -> (Embedding, Linear, Linear) {
        let weight = self.weights.tensor("decoder.token_embedding.weight");
        let (tokens, width) = (weight.rows(), weight.row_len());
        let text = self.weights.vocabulary.end_of_text() as usize + 1;
        let embedding = Embedding::new(self.level, tokens, width, |token, row| weight.row(token, row));
        let logits = |first, count| {
            Linear::new(self.level, width, count, |token, row| {
                weight.row(first + token, row);
                0.0
            })
        };
        (embedding, logits(0, text), logits(text, tokens - text))
    }

    fn floats(&self, name: &str) -> Vec<f32> {
        self.weights.tensor(name).to_f32()
    }
}
