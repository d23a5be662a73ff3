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
        let mut norm = self.norm("decoder.ln");
        let balance = balance(&mut norm);
        let (embedding, text_logits, special_logits) = self.tokens(&balance);
        Decoder {
            embedding,
            positions: self.floats("decoder.positional_embedding"),
            blocks: (0..self.weights.dimensions.decoder_layers).map(block).collect(),
            norm,
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

    /// The embedding of tokens, and the layer with the same weights, their columns times `balance`, that scores them.
    fn tokens(&self, balance: &[f32]) -> (Embedding, Linear, Linear) {
        let weight = self.weights.tensor("decoder.token_embedding.weight");
        let (tokens, width) = (weight.rows(), weight.row_len());
        let text = self.weights.vocabulary.end_of_text() as usize + 1;
        let embedding = Embedding::new(self.level, tokens, width, |token, row| weight.row(token, row));
        let logits = |first, count| {
            Linear::new(self.level, width, count, |token, row| {
                weight.row(first + token, row);
                row.iter_mut().zip(balance).for_each(|(weight, by)| *weight *= by);
                0.0
            })
        };
        (embedding, logits(0, text), logits(text, tokens - text))
    }

    fn floats(&self, name: &str) -> Vec<f32> {
        self.weights.tensor(name).to_f32()
    }
}

/// Divides the largest columns of a norm's output by the square root of what their gain is of the median gain. Returns
/// these divisors, and 1 for other columns; the layer after the norm multiplies its weights by them, so the product stays
/// the same. In a row of 8 bits, few large columns would leave less precision for all others.
fn balance(norm: &mut Norm) -> Vec<f32> {
    let mut sizes: Vec<f32> = norm.gain.iter().map(|gain| gain.abs()).collect();
    sizes.sort_by(f32::total_cmp);
    let median = sizes[sizes.len() / 2];
    let factor =
        |gain: &f32| if gain.abs() > median && median > 0.0 { (gain.abs() / median).sqrt() } else { 1.0 };
    let balance: Vec<f32> = norm.gain.iter().map(factor).collect();
    for ((gain, bias), by) in norm.gain.iter_mut().zip(&mut norm.bias).zip(&balance) {
        *gain /= by;
        *bias /= by;
    }
    balance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn balance_reduces_large_columns_and_keeps_products() {
        let (gain, bias) = ([1.0, -9.0, 0.5, 4.0, 1.0], [3.0, 18.0, 1.0, 0.0, -2.0]);
        let mut norm = Norm { gain: gain.to_vec(), bias: bias.to_vec() };
        let balance = balance(&mut norm);
        assert_eq!(balance, [1.0, 3.0, 1.0, 2.0, 1.0]);
        assert_eq!(norm.gain, [1.0, -3.0, 0.5, 2.0, 1.0]);
        for i in 0..5 {
            assert_eq!((norm.gain[i] * balance[i], norm.bias[i] * balance[i]), (gain[i], bias[i]));
        }
    }

    #[test]
    fn norms_of_zeros_are_left_as_they_are() {
        let mut norm = Norm { gain: vec![0.0, 0.0, 5.0], bias: vec![1.0; 3] };
        assert_eq!((balance(&mut norm), norm.gain), (vec![1.0; 3], vec![0.0, 0.0, 5.0]));
    }
}
