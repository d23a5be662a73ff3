//! Reads the weights of a voice activity model in whisper.cpp's ggml layout.

use std::collections::HashMap;

use thiserror::Error;

const MAGIC: u32 = 0x6767_6d6c;
const TYPE_F32: i32 = 0;
const TYPE_F16: i32 = 1;
/// More than any real model has; prevents a corrupt header from allocating gigabytes.
const MAX_ELEMENTS: usize = 1 << 24;

#[derive(Debug, Error, PartialEq, Eq)]
/// Why a voice activity model cannot be read.
pub enum VadModelError {
    #[error("the voice activity model is not a ggml file")]
    /// It does not begin with the magic number of ggml.
    NotGgml,
    #[error("the voice activity model ends too early; copy or download it again")]
    /// It ends too early.
    Truncated,
    #[error("the voice activity model is not Silero 16 kHz version 5 or 6: {0}")]
    /// It has another structure; the text says what differs.
    Unsupported(String),
}

/// Tensors by name, as 32-bit floats in the order of the file (last dimension of the shape slowest).
pub(super) struct Tensors(HashMap<String, Tensor>);

struct Tensor {
    shape: Vec<usize>,
    values: Vec<f32>,
}

impl Tensors {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, VadModelError> {
        let mut reader = Reader { bytes };
        if reader.int()? as u32 != MAGIC {
            return Err(VadModelError::NotGgml);
        }
        read_header(&mut reader)?;
        let mut tensors = HashMap::new();
        while !reader.bytes.is_empty() {
            let (name, tensor) = read_tensor(&mut reader)?;
            tensors.insert(name, tensor);
        }
        Ok(Self(tensors))
    }

    /// Takes a tensor of exactly this shape, fastest dimension first.
    pub(super) fn take(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, VadModelError> {
        let tensor =
            self.0.remove(name).ok_or_else(|| VadModelError::Unsupported(format!("{name} is missing")))?;
        if tensor.shape != shape {
            let found = format!("{name} has shape {:?}, not {shape:?}", tensor.shape);
            return Err(VadModelError::Unsupported(found));
        }
        Ok(tensor.values)
    }
}

fn read_header(reader: &mut Reader) -> Result<(), VadModelError> {
    let kind_length = reader.int()?;
    let kind = reader.text(kind_length)?;
    let _version = [reader.int()?, reader.int()?, reader.int()?];
    let (window, context, layers) = (reader.int()?, reader.int()?, reader.int()?);
    if (kind.as_str(), window, context, layers) != ("silero-16k", 512, 64, 4) {
        let found = format!("{kind}, window {window}, context {context}, {layers} layers");
        return Err(VadModelError::Unsupported(found));
    }
    const LAYER_SHAPES: usize = 4 * 3;
    const LSTM_SHAPE: usize = 4;
    for _ in 0..LAYER_SHAPES + LSTM_SHAPE {
        reader.int()?;
    }
    Ok(())
}

fn read_tensor(reader: &mut Reader) -> Result<(String, Tensor), VadModelError> {
    let (dimensions, name_length, kind) = (reader.int()?, reader.int()?, reader.int()?);
    let mut shape = Vec::new();
    for _ in 0..dimensions.clamp(0, 4) {
        shape.push(usize::try_from(reader.int()?).map_err(|_| VadModelError::Truncated)?);
    }
    let name = reader.text(name_length)?;
    let count = shape.iter().try_fold(1_usize, |count, &n| count.checked_mul(n));
    let count = count.filter(|&count| count <= MAX_ELEMENTS).ok_or(VadModelError::Truncated)?;
    let values = match kind {
        TYPE_F32 => reader.take(count * 4)?.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
        TYPE_F16 => {
            let halves = reader.take(count * 2)?.as_chunks().0.iter();
            halves.map(|b| half::f16::from_le_bytes(*b).to_f32()).collect()
        }
        other => return Err(VadModelError::Unsupported(format!("{name} has number type {other}"))),
    };
    Ok((name, Tensor { shape, values }))
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], VadModelError> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(VadModelError::Truncated)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn int(&mut self) -> Result<i32, VadModelError> {
        let bytes = self.take(4)?;
        Ok(i32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn text(&mut self, length: i32) -> Result<String, VadModelError> {
        let length = usize::try_from(length).map_err(|_| VadModelError::Truncated)?;
        Ok(String::from_utf8_lossy(self.take(length)?).into_owned())
    }
}
