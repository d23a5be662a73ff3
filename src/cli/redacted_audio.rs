//! The sound of a recording with a tone in the place of personal data.

use std::io;
use std::path::Path;

use anyhow::Context;

use crate::audio::{Recording, write_toned};
use crate::files::{folder_of, temporary_file};
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
    std::fs::create_dir_all(folder_of(path)).with_context(unwritable)?;
    let file = temporary_file(folder_of(path)).with_context(unwritable)?;
    write_toned(Recording::open(input)?, &stretches, file.path())?;
    file.as_file().sync_all().with_context(unwritable)?;
    let named: io::Result<_> = match overwrite {
        true => file.persist(path).map_err(|error| error.error),
        false => file.persist_noclobber(path).map_err(|error| error.error),
    };
    named.map(drop).with_context(unwritable)
}

fn personal(hidden: &[Hidden]) -> Vec<TimeSpan> {
    let personal = hidden.iter().filter(|hidden| matches!(hidden.what, What::Personal(_)));
    personal.map(|hidden| hidden.span).collect()
}
