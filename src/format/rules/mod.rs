//! What the standards call wrong in a file although a reader takes it without a word.
//!
//! Readers tell what they mended; the rules here add what needed no mending. Each kind of fault has one text, so that
//! faults of a kind can be counted. Nothing here changes what is read.

mod srt;
mod ttml;
mod vtt;

use crate::format::Repair;

/// The rules of one format.
pub(crate) struct Rules {
    /// Finds what breaks them, in the order of the lines.
    pub find: fn(&[u8]) -> Vec<Repair>,
    /// What is not looked at, for people.
    pub unchecked: &'static [&'static str],
}

pub(crate) const SRT: Rules = Rules {
    find: srt::find,
    unchecked: &["the values in font tags and in overrides such as {\\pos(10,20)}"],
};

pub(crate) const VTT: Rules = Rules {
    find: vtt::find,
    unchecked: &["the CSS in style blocks", "whether language tags are registered"],
};

pub(crate) const TTML: Rules = Rules {
    find: ttml::find,
    unchecked: &[
        "IMSC's hypothetical render model",
        "lengths and names of fonts",
        "animation, images and foreign name spaces",
    ],
};

/// Of a format whose rules are not known here.
pub(crate) const NO_RULES: &[&str] = &["rules of the format beyond what reading needs"];
