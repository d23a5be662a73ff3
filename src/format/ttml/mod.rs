//! TTML: the W3C's XML captions, written as IMSC 1.1 text and read in every common dialect.
//!
//! Sources: TTML2 (W3C Recommendation, 2018), IMSC 1.1 text profile (W3C), EBU Tech 3380 (EBU-TT-D).

mod look;
mod looks;
mod read;
mod tags;
pub(super) mod time;
mod write;

pub use read::read;
pub(super) use write::{Dialect, write as write_dialect};

use crate::document::Document;
use crate::format::head::Head;
use crate::format::{WriteError, WriteOptions};

/// Writes IMSC 1.1 text. Word times are left out, because a player would hide each word until it is spoken.
pub fn write(document: &Document, _options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    write_dialect(document, &IMSC, TITLE)
}

const TITLE: &str = "TTML";

/// Returns whether this is TTML other than EBU-TT-D, which has its own row in the table.
pub(crate) fn looks_like(head: &Head) -> bool {
    let has = |text| head.text.contains(text);
    has("<tt") && (has("/ns/ttml") || has("/ttaf1")) && !has(EBU_TT_D_STANDARD)
}

/// The prefix of EBU-TT-D's standard names.
pub(super) const EBU_TT_D_STANDARD: &str = "urn:ebu:tt:distribution";

const IMSC: Dialect = Dialect {
    root: concat!(
        r#"ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text" "#,
        r#"ttp:timeBase="media""#
    ),
    metadata: "",
    colors: r##"tts:color="white" tts:backgroundColor="black""##,
};
