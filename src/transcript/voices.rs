//! The voices of a recording.

use std::fmt;
use std::sync::Arc;

/// What the voices of a recording sound like and when each is heard, so that speakers can be found again without the
/// sound. Only [`crate::recognize`] interprets the bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Voices(Arc<[u8]>);

impl Voices {
    /// Creates it from bytes returned by [`Voices::bytes`].
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }

    /// Returns the bytes, for storage.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Voices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Voices({} bytes)", self.0.len())
    }
}
