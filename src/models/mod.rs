//! Getting models: downloads them, takes them in from files, and removes them.
//!
//! Nothing here runs unless a person asked for it. A model has its final name only after its checksum was right; until
//! then it is a `.part` file, at which a download that was cut off goes on.

mod download;
mod offer;
mod origin;
mod part;
mod source;
mod speed;
mod store;
mod transfer;

pub use download::{DownloadError, DownloadProgress, Downloaded, download};
pub use offer::{Offer, offers, recommended};
pub use origin::Provenance;
pub use source::{MIRROR_VARIABLE, ModelSource, ModelSourceError, mirror_of_environment};
pub use speed::{ComputerSpeed, keeps_up_live, speech_models};
pub use store::{ImportError, RemoveError, begun, discard, import, remove};
pub use transfer::RetryPolicy;
