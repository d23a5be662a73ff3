//! Downloads, imports and removes models.
//!
//! Nothing here runs unless the user asked for it. A model gets its final name only after its checksum was verified;
//! until then it is a `.part` file, from which an interrupted download continues.

mod download;
mod network;
mod offer;
mod origin;
mod part;
mod published;
mod source;
mod speed;
mod store;
mod transfer;

pub use download::{DownloadError, DownloadProgress, Downloaded, download};
pub use network::NetworkFault;
pub use offer::{Offer, offers, recommended};
pub use origin::Provenance;
pub use published::{PublishedError, PublishedModel};
pub use source::{MIRROR_VARIABLE, ModelSource, ModelSourceError, mirror_of_environment};
pub use speed::{ComputerSpeed, keeps_up_live, speech_models};
pub use store::{ImportError, RemoveError, begun, discard, import, importable, remove};
pub use transfer::RetryPolicy;
