//! Writes Amazon Transcribe's JSON.

use serde::Serialize;

use super::TITLE;
use super::alternatives;
use super::channels::{ChannelLabels, Channels};
use super::item::{Item, Labels, push_word, seconds};
use super::languages::{self, Identification, Spoken};
use crate::document::{Cue, Document};
use crate::format::cue_timing::{self, Shape};
use crate::format::{WriteError, WriteOptions, clean, lenient, running_text, words};
use crate::transcript::Word;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    job_name: String,
    /// Always empty: there is no account.
    account_id: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    is_redacted: bool,
    results: Results,
}

#[derive(Serialize)]
struct Results {
    language_code: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    language_identification: Vec<Identification>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    language_codes: Vec<Spoken>,
    transcripts: [FullText; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker_labels: Option<SpeakerLabels>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_labels: Option<ChannelLabels>,
    items: Vec<Item>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    segments: Vec<alternatives::Segment>,
    audio_segments: Vec<AudioSegment>,
}

#[derive(Serialize)]
struct FullText {
    transcript: String,
}

#[derive(Serialize)]
struct SpeakerLabels {
    segments: Vec<SpeakerSegment>,
    speakers: usize,
    /// Not part of the service's format, whose labels have no names. Its consumers ignore it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<SpeakerName>,
}

#[derive(Serialize)]
struct SpeakerName {
    speaker_label: String,
    name: String,
}

#[derive(Serialize)]
struct SpeakerSegment {
    start_time: String,
    end_time: String,
    speaker_label: String,
    items: Vec<SpeakerItem>,
}

#[derive(Serialize)]
struct SpeakerItem {
    start_time: String,
    end_time: String,
    speaker_label: String,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

#[derive(Serialize)]
struct AudioSegment {
    id: usize,
    transcript: String,
    start_time: String,
    end_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker_label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_label: Option<String>,
    items: Vec<usize>,
}

/// Writes one audio segment per cue. The service gives every word a time, so words without times share the span of
/// their cue by length. Speakers become `spk_0` and so on, in order of appearance, with their names beside the labels.
/// Channels that were recognized apart have labels of their own, and their names beside them.
pub fn write(document: &Document, _options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
    let cues = cue_timing::cues(document, &Shape::FULL, TITLE)?;
    let channels = Channels::of(document, &cues);
    let speakers = if channels.is_empty() { Speakers::of(&cues) } else { Speakers::of(&[]) };
    let mut results = Results {
        language_code: clean::line(document.language.tag()),
        language_identification: languages::identified(document),
        language_codes: languages::spoken(document),
        transcripts: [FullText { transcript: running_text::join(cues.iter().flat_map(Cue::lines)) }],
        speaker_labels: None,
        channel_labels: None,
        items: Vec::new(),
        segments: Vec::new(),
        audio_segments: Vec::new(),
    };
    for cue in &cues {
        let labels = Labels { speaker: speakers.label(cue), channel: channels.label(cue) };
        push_cue(&mut results, cue, &labels, document);
    }
    // Captions that were all deleted are not to come back as readings.
    if !cues.is_empty() {
        results.segments = alternatives::segments(document);
    }
    if !channels.is_empty() {
        results.channel_labels = Some(channels.labels(&results.items));
    }
    if !speakers.names.is_empty() {
        let segments = cues.iter().filter_map(|cue| speaker_segment(cue, speakers.label(cue)?)).collect();
        let (count, names) = (speakers.names.len(), speakers.named());
        results.speaker_labels = Some(SpeakerLabels { segments, speakers: count, names });
    }
    let is_redacted = results.items.iter().any(Item::is_redacted);
    let (job_name, status) = (job_name(document), "COMPLETED");
    lenient::write(&Job { job_name, account_id: "", status, is_redacted, results })
}

/// The speakers' names, and the label of each.
struct Speakers<'a> {
    names: Vec<&'a str>,
    labels: Vec<String>,
}

impl<'a> Speakers<'a> {
    fn of(cues: &'a [Cue]) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for name in cues.iter().filter_map(|cue| cue.speaker.as_deref()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut unused =
            (0..).map(|number| format!("spk_{number}")).filter(|label| !names.contains(&label.as_str()));
        let label = |name: &&str| if is_label(name) { Some((*name).to_owned()) } else { unused.next() };
        let labels = names.iter().filter_map(label).collect();
        Self { names, labels }
    }

    /// Returns the names that differ from their labels.
    fn named(&self) -> Vec<SpeakerName> {
        let pairs = self.labels.iter().zip(&self.names).filter(|(label, name)| label != *name);
        pairs
            .map(|(label, name)| SpeakerName { speaker_label: label.clone(), name: (*name).to_owned() })
            .collect()
    }

    fn label(&self, cue: &Cue) -> Option<&str> {
        let index = self.names.iter().position(|name| Some(*name) == cue.speaker.as_deref())?;
        self.labels.get(index).map(String::as_str)
    }
}

/// Returns whether a name is a label of the service.
fn is_label(name: &str) -> bool {
    name.strip_prefix("spk_").is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
}

fn push_cue(results: &mut Results, cue: &Cue, labels: &Labels, document: &Document) {
    let first = results.items.len();
    for word in words::timed(cue).iter() {
        let is_listed = (!document.tagged.is_empty()).then(|| document.is_tagged(word.span));
        push_word(&mut results.items, word, labels, is_listed);
    }
    results.audio_segments.push(AudioSegment {
        id: results.audio_segments.len(),
        transcript: running_text::unwrap_lines(&cue.text),
        start_time: seconds(cue.span.start),
        end_time: seconds(cue.span.end),
        speaker_label: labels.speaker.map(str::to_owned),
        channel_label: labels.channel.clone(),
        items: (first..results.items.len()).collect(),
    });
}

fn speaker_segment(cue: &Cue, label: &str) -> Option<SpeakerSegment> {
    let item = |word: &Word| SpeakerItem {
        start_time: seconds(word.span.start),
        end_time: seconds(word.span.end),
        speaker_label: label.to_owned(),
    };
    let words = words::timed(cue);
    (!words.is_empty()).then(|| SpeakerSegment {
        start_time: seconds(cue.span.start),
        end_time: seconds(cue.span.end),
        speaker_label: label.to_owned(),
        items: words.iter().map(item).collect(),
    })
}

/// Returns a name of allowed characters, from the title or the name of the recording.
fn job_name(document: &Document) -> String {
    let file_name = document.media.as_ref().map_or("", |media| media.file_name.as_str());
    let name = if document.title.trim().is_empty() { file_name } else { document.title.as_str() };
    let allowed = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' };
    let name: String = name.chars().map(allowed).take(200).collect();
    match name.trim_matches('-') {
        "" => "transcript".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_that_were_apart_come_back_with_their_names() {
        let cue = |start, text: &str, name: &str| Cue {
            span: crate::time::TimeSpan::from_millis(start, start + 900),
            text: text.to_owned(),
            speaker: Some(name.to_owned()),
            ..Cue::default()
        };
        let segment = |channel, name: &str| crate::transcript::Segment {
            speaker: Some(name.to_owned()),
            channel: Some(channel),
            ..crate::transcript::Segment::default()
        };
        let document = Document {
            cues: vec![
                cue(0, "Any questions?", "Ada"),
                cue(1000, "Yes.", "Channel 2"),
                cue(2000, "Good.", "Ada"),
            ],
            segments: vec![segment(0, "Ada"), segment(1, "Channel 2")],
            ..Document::default()
        };
        let bytes = write(&document, &WriteOptions::default()).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let labels = &json["results"]["channel_labels"];
        assert_eq!(labels["number_of_channels"], 2);
        assert_eq!(labels["channels"][1]["items"].as_array().unwrap().len(), 2, "a word and its mark");
        assert!(json["results"].get("speaker_labels").is_none());
        let read = crate::format::transcribe::read(&bytes).unwrap().document;
        let told: Vec<_> = read.cues.iter().map(|cue| (cue.text.as_str(), cue.speaker.as_deref())).collect();
        let wanted = [("Any questions?", "Ada"), ("Yes.", "Channel 2"), ("Good.", "Ada")];
        assert_eq!(told, wanted.map(|(text, name)| (text, Some(name))));
    }

    #[test]
    fn speakers_keep_labels_of_the_service() {
        let cue = |name: &str| Cue { speaker: Some(name.to_owned()), ..Cue::default() };
        let cues = ["Ada", "spk_0", "Bob", "spk_x"].map(cue);
        assert_eq!(Speakers::of(&cues).labels, ["spk_1", "spk_0", "spk_2", "spk_3"]);
    }
}
