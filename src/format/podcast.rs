//! Podcasting 2.0 transcript: the JSON that podcast players show during playback.
//!
//! Source: the Podcasting 2.0 namespace, "transcripts", version 1.0.0.

use serde::{Deserialize, Serialize};

use crate::document::{Cue, Document};
use crate::format::cue_timing::{self, Shape};
use crate::format::draft::{self, CueDraft};
use crate::format::encoding::{Decoded, decode};
use crate::format::head::Head;
use crate::format::{ReadError, Reading, UnexpectedContent, WriteError, WriteOptions, lenient, running_text};
use crate::time::MediaTime;

const TITLE: &str = "Podcasting 2.0 JSON";

pub(crate) fn looks_like(head: &Head) -> bool {
    head.text.trim_start().starts_with('{') && head.text.contains("\"startTime\"")
}

#[derive(Serialize)]
struct Transcript<'a> {
    version: &'static str,
    segments: Vec<Segment<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Segment<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    /// Times in seconds.
    start_time: f64,
    end_time: f64,
    body: String,
}

/// Writes one segment per cue.
pub fn write(document: &Document, _options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let cues = cue_timing::cues(document, &Shape::FULL, TITLE)?;
    let segment = |cue| {
        let Cue { span, text, speaker, .. }: &Cue = cue;
        Segment {
            speaker: speaker.as_deref(),
            start_time: span.start.as_secs_f64(),
            end_time: span.end.as_secs_f64(),
            body: running_text::unwrap_lines(text),
        }
    };
    lenient::write(&Transcript { version: "1.0.0", segments: cues.iter().map(segment).collect() })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ReadTranscript {
    #[serde(deserialize_with = "lenient::some_list")]
    segments: Option<Vec<ReadSegment>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ReadSegment {
    #[serde(deserialize_with = "lenient::optional_text")]
    speaker: Option<String>,
    #[serde(deserialize_with = "lenient::seconds")]
    start_time: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::seconds")]
    end_time: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::text")]
    body: String,
}

/// Reads one cue per segment; a missing end is estimated.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Decoded { text, mut repairs } = decode(bytes);
    let transcript: ReadTranscript = lenient::parse(&text, TITLE, &mut repairs)?;
    let Some(segments) = transcript.segments else {
        return Err(ReadError::NotThisFormat { format: TITLE, found: UnexpectedContent::NoPart("segments") });
    };
    let draft = |segment: ReadSegment| CueDraft {
        start: segment.start_time,
        end: segment.end_time,
        text: segment.body,
        speaker: segment.speaker,
        ..CueDraft::default()
    };
    let mut drafts: Vec<CueDraft> = segments.into_iter().map(draft).collect();
    draft::fill_ends(&mut drafts);
    let cues = draft::assemble(drafts, &mut repairs);
    Ok(Reading { document: Document { cues, ..Document::default() }, repairs })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::TimeSpan;

    #[test]
    fn segments_of_others_are_read() {
        let json = r#"{"version": 1, "x": {}, "segments": [
            {"speaker": "Ada", "startTime": 0.5, "body": "Good"},
            {"startTime": "1.25", "endTime": 2, "body": "morning\neveryone"}, null]}"#;
        let reading = read(json.as_bytes()).unwrap();
        assert_eq!(reading.repairs, []);
        let cues = reading.document.cues;
        assert_eq!(cues[0].span, TimeSpan::from_millis(500, 1250));
        assert_eq!(cues[0].speaker.as_deref(), Some("Ada"));
        assert_eq!(
            (cues[1].span, cues[1].text.as_str()),
            (TimeSpan::from_millis(1250, 2000), "morning\neveryone")
        );
        assert!(read(b"{\"version\": \"1.0.0\"}").is_err());
    }
}
