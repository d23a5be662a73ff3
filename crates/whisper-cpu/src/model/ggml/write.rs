//! Writes ggml files.

use std::io::{self, Write};

use super::super::tensor::encode;
use super::super::{Element, FREQUENCIES, Tensor, Weights};
use super::MAGIC;

/// The type of a file whose matrices are `Q8_0` (`GGML_FTYPE_MOSTLY_Q8_0` in ggml.h).
const MOSTLY_Q8_0: usize = 7;

/// Writes a model as whisper.cpp's `quantize` does for `q8_0`: matrices in [`Element::Q8_0`], convolutions in
/// [`Element::F16`], everything else in [`Element::F32`]. Tensors that already are quantized keep their bytes.
///
/// The format has no place for two things of [`Weights`]: alignment heads other than those that OpenAI published for
/// these dimensions, and merges in another order than that of the tokens.
///
/// # Errors
/// Those of `to`. [`io::ErrorKind::InvalidData`] if a number does not fit into half precision.
pub fn write(weights: &Weights, to: &mut impl Write) -> io::Result<()> {
    to.write_all(&MAGIC.to_le_bytes())?;
    let dimensions = &weights.dimensions;
    sizes(
        to,
        &[
            dimensions.vocabulary,
            dimensions.audio_positions,
            dimensions.state,
            dimensions.encoder_heads,
            dimensions.encoder_layers,
            dimensions.text_positions,
            dimensions.state,
            dimensions.decoder_heads,
            dimensions.decoder_layers,
            dimensions.mel_bands,
            MOSTLY_Q8_0,
            dimensions.mel_bands,
            FREQUENCIES,
        ],
    )?;
    for filter in &weights.mel_filters {
        to.write_all(&filter.to_le_bytes())?;
    }
    let vocabulary = &weights.vocabulary;
    sizes(to, &[vocabulary.end_of_text() as usize])?;
    for token in 0..vocabulary.end_of_text() {
        let bytes = vocabulary.bytes_of(token);
        sizes(to, &[bytes.len()])?;
        to.write_all(bytes)?;
    }
    weights.tensors().try_for_each(|(name, tensor)| write_tensor(name, tensor, to))
}

/// Turns a row of numbers into bytes; `None` if a number is out of range.
type Encode = fn(&[f32]) -> Option<Vec<u8>>;

fn write_tensor(name: &str, tensor: &Tensor, to: &mut impl Write) -> io::Result<()> {
    let (element, encode) = stored(name, tensor);
    sizes(to, &[tensor.shape().len(), name.len(), element.ggml_code() as usize])?;
    let fastest_first: Vec<usize> = tensor.shape().iter().rev().copied().collect();
    sizes(to, &fastest_first)?;
    to.write_all(name.as_bytes())?;
    let Some(encode) = encode else { return to.write_all(tensor.bytes()) };
    let mut row = vec![0.0; tensor.row_len()];
    for i in 0..tensor.rows() {
        tensor.row(i, &mut row);
        to.write_all(&encode(&row).ok_or_else(|| out_of_range(name))?)?;
    }
    Ok(())
}

/// The type in which a tensor is written, and how; `None` keeps its bytes. Positions are added, not multiplied, and keep
/// all their digits.
fn stored(name: &str, tensor: &Tensor) -> (Element, Option<Encode>) {
    let is_quantized = tensor.element().block_len() > 1;
    match tensor.shape().len() {
        _ if is_quantized => (tensor.element(), None),
        3 => (Element::F16, Some(encode::f16)),
        2 if !name.ends_with("positional_embedding") => (Element::Q8_0, Some(encode::q8_0)),
        _ => (Element::F32, Some(encode::f32)),
    }
}

fn out_of_range(name: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{name} has numbers that half precision cannot hold"))
}

/// Writes sizes as 32 bits each, which is enough for every size of a model.
fn sizes(to: &mut impl Write, sizes: &[usize]) -> io::Result<()> {
    sizes.iter().try_for_each(|&size| {
        let size = u32::try_from(size).map_err(|_| io::ErrorKind::InvalidData)?;
        to.write_all(&size.to_le_bytes())
    })
}
