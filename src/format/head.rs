//! The beginning of a file, from which its format is detected.

/// The beginning of a file of unknown format.
pub(crate) struct Head {
    /// Decoded; may end within a line.
    pub text: String,
}
