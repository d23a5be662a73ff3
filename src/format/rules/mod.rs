//! Rules of the standards that a file can break even if it can be read without repairs.
//!
//! Readers report their repairs; the rules here add what needed none. Each kind of fault has one text, so that faults
//! of a kind can be counted. Nothing here changes what is read.

mod srt;
mod ttml;
mod vtt;

use crate::format::Repair;

/// The rules of one format.
pub(crate) struct Rules {
    /// Finds violations, in the order of the lines.
    pub find: fn(&[u8]) -> Vec<Repair>,
    /// What is not checked, as English texts.
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

/// For formats whose rules are not implemented.
pub(crate) const NO_RULES: &[&str] = &["rules of the format beyond what reading needs"];
