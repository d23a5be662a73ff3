//! EBU-TT-D: the TTML that European broadcasters exchange (EBU Tech 3380, version 1.0.1).

use crate::document::Document;
use crate::format::head::Head;
use crate::format::ttml::{Dialect, EBU_TT_D_STANDARD, write_dialect};
use crate::format::{WriteError, WriteOptions};

pub use crate::format::ttml::read;

/// Writes EBU-TT-D. Word times are left out, because a player would hide each word until it is spoken.
pub fn write(document: &Document, _options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    write_dialect(document, &EBU_TT_D, "EBU-TT-D")
}

pub(crate) fn looks_like(head: &Head) -> bool {
    head.text.contains(EBU_TT_D_STANDARD)
}

const EBU_TT_D: Dialect = Dialect {
    root: r#"ttp:timeBase="media" ttp:cellResolution="32 15""#,
    metadata: concat!(
        r#"<ebuttm:documentMetadata xmlns:ebuttm="urn:ebu:tt:metadata">"#,
        "<ebuttm:conformsToStandard>urn:ebu:tt:distribution:2018-04</ebuttm:conformsToStandard>",
        "</ebuttm:documentMetadata>"
    ),
    colors: r##"tts:color="#ffffff" tts:backgroundColor="#000000""##,
};
