//! Opens captions, projects and recordings, and exports captions.

mod existing;
mod export;
mod open;

pub use existing::{Existing, captions_of};
pub use export::{ExportError, export, try_export};
pub use open::{OpenError, Opened, OpenedCaptions, OpenedProject, RECORDING_EXTENSIONS, open};
