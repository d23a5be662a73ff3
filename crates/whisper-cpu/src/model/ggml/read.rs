//! Reads ggml files.

use std::collections::HashMap;
use std::str;

use super::super::inventory::Collection;
use super::super::tensor::byte_length;
use super::super::{
    Dimensions, Element, FREQUENCIES, Foreign, Part, ReadError, Tensor, Vocabulary, Weights, alignment,
};
use super::MAGIC;

/// The most bytes of a tensor's name, more than any in a Whisper model has.
const LONGEST_NAME: usize = 64;
/// The most dimensions of a tensor in ggml.
const MOST_DIMENSIONS: usize = 4;

/// Reads a ggml file of any type in [`Element`].
///
/// # Errors
/// [`ReadError`] if the file is not a ggml file, is damaged, or holds another kind of model.
pub fn read(bytes: &[u8]) -> Result<Weights<'_>, ReadError> {
    let mut cursor = Cursor { rest: bytes, part: Part::Header };
    if cursor.u32().ok() != Some(MAGIC) {
        return Err(ReadError::NotGgml(foreign(bytes)));
    }
    let dimensions = dimensions(&mut cursor)?;
    let mel_filters = mel_filters(&mut cursor, dimensions.mel_bands)?;
    let tokens = tokens(&mut cursor, dimensions.vocabulary)?;
    let tensors = tensors(&mut cursor, &dimensions)?;
    let vocabulary = Vocabulary::ranked_by_number(dimensions.vocabulary, &tokens)?;
    Ok(Weights::new(dimensions, mel_filters, vocabulary, alignment::heads(&dimensions), tensors))
}

fn dimensions(cursor: &mut Cursor) -> Result<Dimensions, ReadError> {
    let mut next = || cursor.size();
    let (vocabulary, audio_positions, state) = (next()?, next()?, next()?);
    let (encoder_heads, encoder_layers) = (next()?, next()?);
    let (text_positions, text_state) = (next()?, next()?);
    let (decoder_heads, decoder_layers, mel_bands) = (next()?, next()?, next()?);
    // The file's type, which the tensors repeat.
    next()?;
    if text_state != state {
        return Err(ReadError::Dimension { name: "state", value: text_state });
    }
    Dimensions {
        vocabulary,
        audio_positions,
        state,
        encoder_heads,
        encoder_layers,
        text_positions,
        decoder_heads,
        decoder_layers,
        mel_bands,
    }
    .check()
}

fn mel_filters(cursor: &mut Cursor, mel_bands: usize) -> Result<Vec<f32>, ReadError> {
    cursor.part = Part::MelFilters;
    let (bands, frequencies) = (cursor.size()?, cursor.size()?);
    if (bands, frequencies) != (mel_bands, FREQUENCIES) {
        return Err(ReadError::MelFilters { bands, frequencies });
    }
    let bytes = cursor.take(4 * mel_bands * FREQUENCIES)?;
    let filters = Tensor::new(Element::F32, vec![mel_bands, FREQUENCIES], bytes)?;
    if !filters.is_finite() {
        return Err(ReadError::NotFinite(Part::MelFilters.to_string()));
    }
    Ok(filters.to_f32())
}

/// The bytes of each token; some files end before the special ones, some do not.
fn tokens<'a>(cursor: &mut Cursor<'a>, vocabulary: usize) -> Result<Vec<&'a [u8]>, ReadError> {
    cursor.part = Part::Vocabulary;
    let count = cursor.size()?;
    if count > vocabulary {
        return Err(ReadError::Dimension { name: "vocabulary", value: count });
    }
    (0..count)
        .map(|_| {
            let length = cursor.size()?;
            cursor.take(length)
        })
        .collect()
}

fn tensors<'a>(
    cursor: &mut Cursor<'a>,
    dimensions: &Dimensions,
) -> Result<HashMap<String, Tensor<'a>>, ReadError> {
    cursor.part = Part::Tensors;
    let mut tensors = Collection::of(dimensions);
    while !cursor.rest.is_empty() {
        let (name, tensor) = tensor(cursor)?;
        tensors.take(name, name, tensor)?;
    }
    tensors.whole()
}

fn tensor<'a>(cursor: &mut Cursor<'a>) -> Result<(&'a str, Tensor<'a>), ReadError> {
    let (rank, name_length, code) = (cursor.size()?, cursor.size()?, cursor.u32()?);
    if rank > MOST_DIMENSIONS || name_length > LONGEST_NAME {
        return Err(ReadError::TensorName);
    }
    let mut shape = (0..rank).map(|_| cursor.size()).collect::<Result<Vec<_>, _>>()?;
    shape.reverse();
    let name = str::from_utf8(cursor.take(name_length)?).map_err(|_| ReadError::TensorName)?;
    let Some(element) = Element::from_ggml_code(code) else {
        return Err(ReadError::ElementType { name: name.to_owned(), element: code.to_string() });
    };
    let Some(length) = byte_length(element, &shape) else {
        return Err(ReadError::TensorBytes { element, shape, bytes: cursor.rest.len() });
    };
    let bytes = cursor.take(length)?;
    Ok((name, Tensor::new(element, shape, bytes)?))
}

fn foreign(bytes: &[u8]) -> Foreign {
    match bytes {
        [] => Foreign::Empty,
        [b'G', b'G', b'U', b'F', ..] => Foreign::Gguf,
        [b'P', b'K', 3, 4, ..] => Foreign::Zip,
        _ if bytes.starts_with(b"version https://git-lfs") => Foreign::LfsPointer,
        _ if bytes.trim_ascii_start().starts_with(b"<") => Foreign::WebPage,
        _ if bytes.get(8..10) == Some(b"{\"") => Foreign::Safetensors,
        _ => Foreign::Unknown,
    }
}

/// The rest of a file, and the part that starts here.
struct Cursor<'a> {
    rest: &'a [u8],
    part: Part,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ReadError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(ReadError::CutShort(self.part))?;
        self.rest = rest;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32, ReadError> {
        let (number, rest) = self.rest.split_first_chunk().ok_or(ReadError::CutShort(self.part))?;
        self.rest = rest;
        Ok(u32::from_le_bytes(*number))
    }

    /// A number of 32 bits, which every `usize` holds on the 32 and 64 bit systems that run this.
    fn size(&mut self) -> Result<usize, ReadError> {
        Ok(self.u32()? as usize)
    }
}
