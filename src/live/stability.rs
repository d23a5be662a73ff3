//! How soon words of a live session are certain.

use crate::time::MediaTime;

/// How soon words are shown as certain, after which they never change on the screen. Sooner means more wrong words
/// there; captions are made of the final decoding, and do not depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stability {
    /// Three drafts in a row must agree: late, with the fewest wrong words.
    Low,
    /// Two drafts must agree.
    #[default]
    Medium,
    /// One draft is enough for all words but its last: soon, with the most wrong words.
    High,
}

impl Stability {
    /// How many drafts before the latest must have the same word.
    pub(super) fn earlier_drafts(self) -> usize {
        match self {
            Self::Low => 2,
            Self::Medium => 1,
            Self::High => 0,
        }
    }

    /// A word that drafts keep disagreeing on would hold back all words after it. After this much more speech the last
    /// draft counts, if a later word agrees.
    pub(super) fn long_ago(self) -> MediaTime {
        match self {
            Self::Low => MediaTime::from_millis(6000),
            Self::Medium | Self::High => MediaTime::from_millis(3000),
        }
    }
}
