//! Errors of reading a model.

use std::fmt;

use thiserror::Error;

use super::Element;

/// Why a model cannot be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file does not start as a ggml file does.
    #[error("this is not a ggml model but {0}")]
    NotGgml(Foreign),
    /// The file ends too early.
    #[error("the file is cut short in its {0}")]
    CutShort(Part),
    /// No Whisper model has this size.
    #[error("the model says {name} = {value}, which no Whisper model has")]
    Dimension {
        /// The size's name in [`Dimensions`](super::Dimensions).
        name: &'static str,
        /// What the file says.
        value: usize,
    },
    /// The filters are for another number of bands or another length of the transform.
    #[error("the mel filters are {bands} x {frequencies} numbers, which do not fit the model")]
    MelFilters {
        /// Rows.
        bands: usize,
        /// Columns.
        frequencies: usize,
    },
    /// A tensor's name is too long or not UTF-8.
    #[error("the name of a tensor is not readable")]
    TensorName,
    /// A tensor that a Whisper model of these dimensions does not have.
    #[error("the model has an unknown tensor, {0:?}")]
    UnknownTensor(String),
    /// A tensor that occurs twice.
    #[error("the model has the tensor {0:?} twice")]
    DuplicateTensor(String),
    /// A tensor that a Whisper model of these dimensions needs.
    #[error("the model lacks the tensor {0:?}")]
    MissingTensor(String),
    /// A tensor whose shape is not the one that the dimensions require.
    #[error("the tensor {name:?} has the shape {found:?} instead of {expected:?}")]
    TensorShape {
        /// The tensor's name in the file.
        name: String,
        /// Its shape, rows first.
        found: Vec<usize>,
        /// The shape that the dimensions require.
        expected: Vec<usize>,
    },
    /// A tensor, or the mel filters, with an infinite number or NaN.
    #[error("the numbers of {0:?} are not all finite")]
    NotFinite(String),
    /// A type of numbers that cannot be read.
    #[error("the tensor {name:?} has numbers of type {element}, which are not supported")]
    ElementType {
        /// The tensor's name in the file.
        name: String,
        /// The type's code in ggml, or its name in safetensors.
        element: String,
    },
    /// Rows that are not whole blocks, or a number of bytes that does not match the shape.
    #[error("the shape {shape:?} does not fit {bytes} bytes of {element} numbers")]
    TensorBytes {
        /// The type of the numbers.
        element: Element,
        /// The tensor's shape, rows first.
        shape: Vec<usize>,
        /// The number of bytes in the file.
        bytes: usize,
    },
    /// Fewer tokens of text than every vocabulary of Whisper has.
    #[error("the vocabulary has {found} tokens instead of {expected}")]
    FewTokens {
        /// Tokens in the file.
        found: usize,
        /// Tokens of text that the model has.
        expected: usize,
    },
    /// No token is this single byte, so some texts could not be encoded.
    #[error("the vocabulary has no token for the byte {0:#04x}")]
    NoTokenForByte(u8),
    /// A token of tokenizer.json has a character that represents no byte.
    #[error("the token {0:?} of the vocabulary is not spelled in GPT-2's letters for bytes")]
    TokenSpelling(String),
    /// Two tokens with one number, or a number beyond the vocabulary.
    #[error("the token {token:?} has the number {id}, which is taken or out of range")]
    TokenId {
        /// The token as it is spelled in tokenizer.json.
        token: String,
        /// Its number.
        id: u64,
    },
    /// A special token does not have the number that it has in a vocabulary of this size.
    #[error("the special token {token:?} has the number {found} instead of {expected}")]
    SpecialToken {
        /// The token as it is spelled in tokenizer.json.
        token: String,
        /// Its number there.
        found: u64,
        /// Its number in OpenAI's vocabulary of this size.
        expected: u32,
    },
    /// A merge of two pieces whose result is not a token.
    #[error("the vocabulary merges {0:?}, which is no token")]
    UnknownMerge(String),
    /// The model computes something other than Whisper.
    #[error("the model has {name} = {value}, which is not supported")]
    Setting {
        /// The setting's name in config.json.
        name: &'static str,
        /// Its value there.
        value: String,
    },
    /// A JSON file that cannot be read.
    #[error("{file} cannot be read")]
    Json {
        /// The file's usual name.
        file: &'static str,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A safetensors file that cannot be read.
    #[error("the safetensors file cannot be read")]
    Safetensors(#[from] safetensors::SafeTensorError),
}

/// What a file is instead of a ggml model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// An empty file.
    Empty,
    /// GGUF, which succeeded ggml for other models.
    Gguf,
    /// A ZIP archive, such as a PyTorch checkpoint.
    Zip,
    /// The text that Git LFS leaves instead of a file.
    LfsPointer,
    /// HTML.
    WebPage,
    /// A file of [`safetensors`](super::safetensors).
    Safetensors,
    /// None of these.
    Unknown,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty",
            Self::Gguf => "a GGUF file",
            Self::Zip => "a ZIP archive or a PyTorch checkpoint",
            Self::LfsPointer => "a Git LFS pointer without its file",
            Self::WebPage => "a web page",
            Self::Safetensors => "a safetensors file",
            Self::Unknown => "something else",
        })
    }
}

/// A part of a ggml file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The dimensions at the start.
    Header,
    /// The filters from frequencies to mel bands.
    MelFilters,
    /// The bytes of each token.
    Vocabulary,
    /// The weights.
    Tensors,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::MelFilters => "mel filters",
            Self::Vocabulary => "vocabulary",
            Self::Tensors => "tensors",
        })
    }
}
