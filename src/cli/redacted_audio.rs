//! Writes the sound of a recording with a tone in place of personal data.

use std::path::Path;

use anyhow::Context;

use crate::audio::{Recording, write_toned};
use crate::files::Draft;
use crate::hide::{Hidden, What};
use crate::time::TimeSpan;

/// Writes the file completely or not at all.
pub fn write_redacted_audio(
    input: &Path,
    hidden: &[Hidden],
    path: &Path,
    overwrite: bool,
) -> anyhow::Result<()> {
    let unwritable = || format!("{}: check the folder, its permissions and the free space", path.display());
    let stretches = personal(hidden);
    let draft = Draft::write_by(path, |file| -> anyhow::Result<()> {
        Ok(write_toned(Recording::open(input)?, &stretches, file)?)
    });
    let draft = draft.with_context(unwritable)?;
    match overwrite {
        true => draft.replace(),
        false => draft.create(),
    }
    .with_context(unwritable)
}

fn personal(hidden: &[Hidden]) -> Vec<TimeSpan> {
    let personal = hidden.iter().filter(|hidden| matches!(hidden.what, What::Personal(_)));
    personal.map(|hidden| hidden.span).collect()
}
