//! Opens captions, projects, recordings and course material, and exports captions.

mod existing;
mod export;
mod in_place;
mod material;
mod open;
mod read;

pub use existing::{Existing, captions_of};
pub use export::{ExportError, export, try_export};
pub use in_place::InPlace;
pub use material::{MaterialFileError, read_material};
pub use open::{OpenError, Opened, OpenedCaptions, OpenedProject, RECORDING_EXTENSIONS, open};
pub use read::{CaptionFile, CaptionFileError, name_language};
