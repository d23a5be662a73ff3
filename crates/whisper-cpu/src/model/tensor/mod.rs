//! Numbers as stored in a file, decoded on request.

mod blocks;
mod element;
pub(super) mod encode;
mod k_blocks;

pub use element::Element;

use super::ReadError;

/// A tensor that borrows a file's bytes.
#[derive(Clone, Debug)]
pub struct Tensor<'a> {
    element: Element,
    shape: Vec<usize>,
    bytes: &'a [u8],
}

impl<'a> Tensor<'a> {
    /// A tensor of the shape, rows first (`[outputs, inputs]`, `[outputs, inputs, 3]`), little-endian.
    ///
    /// # Errors
    /// [`ReadError::TensorBytes`] if the rows are not whole blocks of the type, the product of the shape overflows, or
    /// the number of bytes does not match it.
    pub fn new(element: Element, shape: Vec<usize>, bytes: &'a [u8]) -> Result<Self, ReadError> {
        if byte_length(element, &shape) == Some(bytes.len()) {
            return Ok(Self { element, shape, bytes });
        }
        Err(ReadError::TensorBytes { element, shape, bytes: bytes.len() })
    }

    /// The type of the numbers in the file.
    pub fn element(&self) -> Element {
        self.element
    }

    /// The dimensions, rows first.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The bytes in the file.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// All numbers.
    #[expect(clippy::len_without_is_empty, reason = "no tensor of a model is empty")]
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// The first dimension.
    pub fn rows(&self) -> usize {
        self.shape.first().copied().unwrap_or(1)
    }

    /// Numbers in a row: the product of all dimensions but the first.
    pub fn row_len(&self) -> usize {
        self.shape.iter().skip(1).product()
    }

    /// Decodes row `i` into `out`, which has [`row_len`](Self::row_len) places.
    ///
    /// # Panics
    /// If there is no row `i`, or `out` has another length.
    pub fn row(&self, i: usize, out: &mut [f32]) {
        let row_len = self.row_len();
        assert_eq!(out.len(), row_len, "a row has as many numbers as its shape says");
        let row_bytes = row_len / self.element.block_len() * self.element.block_bytes();
        self.element.decode(&self.bytes[i * row_bytes..][..row_bytes], out);
    }

    /// Decodes all numbers, the last dimension fastest.
    pub fn to_f32(&self) -> Vec<f32> {
        let mut numbers = vec![0.0; self.len()];
        self.element.decode(self.bytes, &mut numbers);
        numbers
    }

    /// Whether no number is infinite or NaN. Those of [`Weights`](super::Weights) are finite.
    pub fn is_finite(&self) -> bool {
        self.element.is_finite(self.bytes)
    }

    /// The same numbers in another shape that differs only in dimensions of 1.
    pub(super) fn with_shape(self, shape: Vec<usize>) -> Self {
        debug_assert_eq!(self.len(), shape.iter().product::<usize>());
        Self { shape, ..self }
    }
}

/// The size of a tensor in bytes; `None` if its rows are not whole blocks, or if it does not fit into memory.
pub(super) fn byte_length(element: Element, shape: &[usize]) -> Option<usize> {
    let product = |shape: &[usize]| shape.iter().try_fold(1_usize, |product, &n| product.checked_mul(n));
    let row_len = product(shape.get(1..).unwrap_or_default())?;
    let blocks = product(shape)? / element.block_len();
    if !row_len.is_multiple_of(element.block_len()) {
        return None;
    }
    blocks.checked_mul(element.block_bytes())
}
