//! The files of Hugging Face's transformers, in which OpenAI's and the distilled models are published:
//! `model.safetensors` (or several), `config.json`, `tokenizer.json`, `generation_config.json`.

mod config;
mod names;
mod tokenizer;

use std::collections::HashMap;

use safetensors::{Dtype, SafeTensors};
use serde::de::DeserializeOwned;

use super::inventory::Collection;
use super::mel_filters::mel_filters;
use super::{Dimensions, Element, ReadError, Tensor, Weights, alignment};
use config::{Config, Generation};

/// Reads a model in `F32`, `F16` or `BF16`.
///
/// `weights` are the safetensors files, one or all shards; then config.json and tokenizer.json. The alignment heads are
/// those of `generation_config_json` if the model has them (in a distilled model they are sometimes its teacher's),
/// otherwise those that OpenAI published for models of these dimensions, otherwise all of the upper half of the
/// decoder.
///
/// ```no_run
/// use std::fs::read;
/// use whisper_cpu::{Level, Model, model::safetensors};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let weights = read("model.safetensors")?;
/// let (config, tokenizer) = (read("config.json")?, read("tokenizer.json")?);
/// let generation = read("generation_config.json").ok();
/// let read = safetensors::read(&[&weights], &config, &tokenizer, generation.as_deref())?;
/// let model = Model::new(read, Level::best());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`ReadError`] if a file is damaged, or the model does not compute what Whisper does.
pub fn read<'a>(
    weights: &[&'a [u8]],
    config_json: &[u8],
    tokenizer_json: &[u8],
    generation_config_json: Option<&[u8]>,
) -> Result<Weights<'a>, ReadError> {
    let dimensions = json::<Config>("config.json", config_json)?.dimensions()?;
    let tensors = tensors(weights, &dimensions)?;
    let heads = match generation_config_json {
        Some(bytes) => json::<Generation>("generation_config.json", bytes)?.alignment_heads(&dimensions),
        None => None,
    };
    let heads = heads.unwrap_or_else(|| alignment::heads(&dimensions));
    let vocabulary = tokenizer::vocabulary(dimensions.vocabulary, tokenizer_json)?;
    Ok(Weights::new(dimensions, mel_filters(dimensions.mel_bands), vocabulary, heads, tensors))
}

fn json<T: DeserializeOwned>(file: &'static str, bytes: &[u8]) -> Result<T, ReadError> {
    serde_json::from_slice(bytes).map_err(|source| ReadError::Json { file, source })
}

/// The tensors of all files by OpenAI's names.
fn tensors<'a>(
    files: &[&'a [u8]],
    dimensions: &Dimensions,
) -> Result<HashMap<String, Tensor<'a>>, ReadError> {
    let mut tensors = Collection::of(dimensions);
    for file in files {
        for (name, view) in SafeTensors::deserialize(file)?.iter() {
            // The matrix of the logits is a copy of that of the tokens.
            if name == "proj_out.weight" {
                continue;
            }
            let Some(openai) = names::openai(name) else {
                return Err(ReadError::UnknownTensor(name.to_owned()));
            };
            let Some(element) = element(view.dtype()) else {
                return Err(ReadError::ElementType {
                    name: name.to_owned(),
                    element: view.dtype().to_string(),
                });
            };
            let tensor = Tensor::new(element, view.shape().to_vec(), view.data())?;
            tensors.take(name, &openai, tensor)?;
        }
    }
    tensors.whole()
}

fn element(dtype: Dtype) -> Option<Element> {
    match dtype {
        Dtype::F32 => Some(Element::F32),
        Dtype::F16 => Some(Element::F16),
        Dtype::BF16 => Some(Element::Bf16),
        _ => None,
    }
}
