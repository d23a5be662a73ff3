//! What is known of the voices of a recording.

use std::fmt;
use std::sync::Arc;

/// What the voices of a recording sound like and when each is heard, so that speakers can be found again without its
/// sound. [`crate::recognize`] makes it and reads it; to all others it is some bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Voices(Arc<[u8]>);

impl Voices {
    /// From bytes that [`Voices::bytes`] gave.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }

    /// The bytes, to be kept.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Voices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Voices({} bytes)", self.0.len())
    }
}
