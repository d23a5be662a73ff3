//! Turns a transcript into captions.

use std::ffi::OsStr;
use std::path::Path;

use super::request::CaptionRequest;
use crate::caption::compose;
use crate::document::{Document, Media};
use crate::transcript::Transcript;

/// Divides the words of the recording `input` into cues by the rules of the profile in `request`.
pub fn to_document(transcript: Transcript, input: &Path, request: &CaptionRequest) -> Document {
    let Transcript { language, language_scores, duration, segments, voices } = transcript;
    let language = request.translated_into().unwrap_or(language);
    let name = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    Document {
        title: name(input.file_stem()),
        cues: compose(&segments, &language, &request.profile),
        language,
        language_scores,
        media: Some(Media { file_name: name(input.file_name()), duration }),
        segments,
        tagged: Vec::new(),
        voices,
    }
}
