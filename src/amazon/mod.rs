//! Jobs as Amazon Transcribe takes them, so that scripts written for the service move over.
//!
//! [`TranscriptionJob::parse`] reads the document of a StartTranscriptionJob request. Every documented field is honoured, or
//! refused by its name with the reason; none is passed over. Source: the API reference of Amazon Transcribe,
//! StartTranscriptionJob.

mod address;
mod fields;
mod job;

pub use address::{Address, AddressError};
pub use fields::JobError;
pub use job::{Subtitle, TranscriptionJob};
