//! Jobs in the form of Amazon Transcribe, so that scripts written for the service keep working.
//!
//! [`TranscriptionJob::parse`] parses the document of a StartTranscriptionJob request. Every documented field is
//! followed, or rejected by name with the reason; none is ignored. Source: the API reference of Amazon Transcribe,
//! StartTranscriptionJob.

mod address;
mod fields;
mod job;

pub use address::{Address, AddressError};
pub use fields::TranscriptionJobError;
pub use job::{Subtitle, TranscriptionJob};
