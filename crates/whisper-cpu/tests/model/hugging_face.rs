//! Writes a model as transformers does.

use std::collections::HashMap;

use safetensors::{Dtype, View, serialize};
use serde_json::{Value, json};
use std::borrow::Cow;
use whisper_cpu::model::{Element, Vocabulary, Weights};

/// The name in transformers for a name of OpenAI.
pub fn theirs(name: &str) -> String {
    let name = match name {
        "encoder.positional_embedding" => "encoder.embed_positions.weight".to_owned(),
        "decoder.positional_embedding" => "decoder.embed_positions.weight".to_owned(),
        "decoder.token_embedding.weight" => "decoder.embed_tokens.weight".to_owned(),
        _ => [
            (".ln_post.", ".layer_norm."),
            (".ln.", ".layer_norm."),
            (".blocks.", ".layers."),
            (".cross_attn_ln.", ".encoder_attn_layer_norm."),
            (".attn_ln.", ".self_attn_layer_norm."),
            (".mlp_ln.", ".final_layer_norm."),
            (".cross_attn.", ".encoder_attn."),
            (".attn.", ".self_attn."),
            (".mlp.0.", ".fc1."),
            (".mlp.2.", ".fc2."),
            (".query.", ".q_proj."),
            (".key.", ".k_proj."),
            (".value.", ".v_proj."),
            (".out.", ".out_proj."),
        ]
        .into_iter()
        .fold(name.to_owned(), |name, (openai, theirs)| name.replace(openai, theirs)),
    };
    format!("model.{name}")
}

/// A tensor as the `safetensors` crate takes it.
pub struct Stored {
    pub dtype: Dtype,
    pub shape: Vec<usize>,
    pub bytes: Vec<u8>,
}

impl View for &Stored {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

/// The tensors under the names of transformers, quantized ones in single precision.
pub fn stored(weights: &Weights, names: &[String]) -> HashMap<String, Stored> {
    let store = |name: &String| {
        let tensor = weights.tensor(name);
        let (dtype, bytes) = match tensor.element() {
            Element::F16 => (Dtype::F16, tensor.bytes().to_vec()),
            Element::Bf16 => (Dtype::BF16, tensor.bytes().to_vec()),
            _ => (Dtype::F32, tensor.to_f32().iter().flat_map(|number| number.to_le_bytes()).collect()),
        };
        (theirs(name), Stored { dtype, shape: tensor.shape().to_vec(), bytes })
    };
    names.iter().map(store).collect()
}

pub fn safetensors(stored: &HashMap<String, Stored>) -> Vec<u8> {
    serialize(stored.iter(), None).expect("the tensors are whole")
}

pub fn config(weights: &Weights) -> Value {
    let d = &weights.dimensions;
    json!({
        "architectures": ["WhisperForConditionalGeneration"],
        "vocab_size": d.vocabulary, "num_mel_bins": d.mel_bands, "d_model": d.state,
        "encoder_layers": d.encoder_layers, "encoder_attention_heads": d.encoder_heads,
        "encoder_ffn_dim": 4 * d.state, "max_source_positions": d.audio_positions,
        "decoder_layers": d.decoder_layers, "decoder_attention_heads": d.decoder_heads,
        "decoder_ffn_dim": 4 * d.state, "max_target_positions": d.text_positions,
        "activation_function": "gelu", "scale_embedding": false,
    })
}

/// tokenizer.json with the merges that the numbers of the tokens stand for.
pub fn tokenizer(vocabulary: &Vocabulary, apart: bool) -> Value {
    let letters = letters();
    let spell = |bytes: &[u8]| bytes.iter().map(|&byte| letters[usize::from(byte)]).collect::<String>();
    let tokens = 0..vocabulary.end_of_text();
    let mut vocab: HashMap<String, u32> =
        tokens.clone().map(|id| (spell(vocabulary.bytes_of(id)), id)).collect();
    vocab.insert("<|endoftext|>".to_owned(), vocabulary.end_of_text());
    let merges: Vec<Value> = tokens
        .filter_map(|id| {
            let (left, right) = last_merge(vocabulary, id)?;
            let (left, right) = (spell(&left), spell(&right));
            Some(if apart { json!([left, right]) } else { json!(format!("{left} {right}")) })
        })
        .collect();
    let mut added = vec![
        json!({"id": vocabulary.end_of_text(), "content": "<|endoftext|>"}),
        json!({"id": vocabulary.start_of_transcript(), "content": "<|startoftranscript|>"}),
        json!({"id": vocabulary.no_speech(), "content": "<|nocaptions|>"}),
        json!({"id": vocabulary.no_timestamps(), "content": "<|notimestamps|>"}),
        json!({"id": vocabulary.first_timestamp(), "content": "<|0.00|>"}),
    ];
    for code in vocabulary.languages() {
        added.push(json!({"id": vocabulary.language_token(code), "content": format!("<|{code}|>")}));
    }
    json!({"added_tokens": added, "model": {"type": "BPE", "vocab": vocab, "merges": merges}})
}

/// The two tokens that are merged last for one of text, by the order of numbers.
fn last_merge(vocabulary: &Vocabulary, token: u32) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut pieces: Vec<Vec<u8>> = vocabulary.bytes_of(token).iter().map(|&byte| vec![byte]).collect();
    while pieces.len() > 2 {
        let merges = pieces.windows(2).enumerate();
        let found = merges.filter_map(|(i, pair)| Some((vocabulary.find(&pair.concat())?, i)));
        let (_, i) = found.filter(|&(merged, _)| merged < token).min()?;
        let right = pieces.remove(i + 1);
        pieces[i].extend(right);
    }
    let right = pieces.pop()?;
    Some((pieces.pop()?, right))
}

/// GPT-2's letters for bytes: printable ones for themselves, and from U+0100 on for the others.
fn letters() -> Vec<char> {
    let mut next = 0x100;
    let letter = |byte: u8| match byte {
        b'!'..=b'~' | 0xa1..=0xac | 0xae.. => char::from(byte),
        _ => {
            next += 1;
            char::from_u32(next - 1).expect("a letter of Latin")
        }
    };
    (0..=u8::MAX).map(letter).collect()
}
