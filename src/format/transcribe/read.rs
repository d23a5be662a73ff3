//! Reads Amazon Transcribe's JSON, in its present and older forms.

use std::collections::HashMap;

use serde::Deserialize;

use super::TITLE;
use super::languages::Identified;
use crate::document::Document;
use crate::format::draft::{self, CueDraft};
use crate::format::encoding::{Decoded, decode};
use crate::format::foreign_words::{self, ForeignWords};
use crate::format::{ReadError, Reading, Repair, UnexpectedContent, lenient, paragraphs, running_text};
use crate::time::{MediaTime, TimeSpan};
use crate::transcript::Language;

/// If the file has no audio segments, a cue ends at a pause of this length or after this number of characters.
const PAUSE: MediaTime = MediaTime::from_millis(1000);
const LONGEST_CUE: usize = 84;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Job {
    #[serde(deserialize_with = "lenient::optional_object")]
    results: Option<Results>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Results {
    #[serde(deserialize_with = "lenient::text")]
    language_code: String,
    #[serde(deserialize_with = "lenient::list")]
    language_identification: Vec<Identified>,
    #[serde(deserialize_with = "lenient::list")]
    transcripts: Vec<FullText>,
    #[serde(deserialize_with = "lenient::object")]
    speaker_labels: SpeakerLabels,
    #[serde(deserialize_with = "lenient::object")]
    channel_labels: ChannelLabels,
    #[serde(deserialize_with = "lenient::list")]
    items: Vec<Item>,
    #[serde(deserialize_with = "lenient::list")]
    segments: Vec<AlternativeSegment>,
    #[serde(deserialize_with = "lenient::list")]
    audio_segments: Vec<AudioSegment>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FullText {
    #[serde(deserialize_with = "lenient::text")]
    transcript: String,
}

/// In older files the only record of who said an item, which is identified by its start.
#[derive(Default, Deserialize)]
#[serde(default)]
struct SpeakerLabels {
    #[serde(deserialize_with = "lenient::list")]
    segments: Vec<SpeakerSegment>,
    /// Written only by Lectern.
    #[serde(deserialize_with = "lenient::list")]
    names: Vec<SpeakerName>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SpeakerName {
    #[serde(deserialize_with = "lenient::text")]
    speaker_label: String,
    #[serde(deserialize_with = "lenient::text")]
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SpeakerSegment {
    #[serde(deserialize_with = "lenient::list")]
    items: Vec<SpeakerItem>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SpeakerItem {
    #[serde(deserialize_with = "lenient::seconds")]
    start_time: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::text")]
    speaker_label: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ChannelLabels {
    #[serde(deserialize_with = "lenient::list")]
    channels: Vec<Channel>,
    #[serde(deserialize_with = "lenient::list")]
    names: Vec<ChannelName>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ChannelName {
    #[serde(deserialize_with = "lenient::text")]
    channel_label: String,
    #[serde(deserialize_with = "lenient::text")]
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Channel {
    #[serde(deserialize_with = "lenient::optional_text")]
    channel_label: Option<String>,
    #[serde(deserialize_with = "lenient::list")]
    items: Vec<Item>,
}

/// A span with several alternatives, the most probable first.
#[derive(Default, Deserialize)]
#[serde(default)]
struct AlternativeSegment {
    #[serde(deserialize_with = "lenient::list")]
    alternatives: Vec<SegmentAlternative>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SegmentAlternative {
    #[serde(deserialize_with = "lenient::list")]
    items: Vec<Item>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AudioSegment {
    #[serde(deserialize_with = "lenient::text")]
    transcript: String,
    #[serde(deserialize_with = "lenient::seconds")]
    start_time: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::seconds")]
    end_time: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::optional_text")]
    speaker_label: Option<String>,
    #[serde(deserialize_with = "lenient::optional_text")]
    channel_label: Option<String>,
    #[serde(deserialize_with = "lenient::indexes")]
    items: Vec<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Item {
    #[serde(deserialize_with = "lenient::index")]
    id: Option<u64>,
    #[serde(deserialize_with = "lenient::text")]
    r#type: String,
    #[serde(deserialize_with = "lenient::seconds")]
    start_time: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::seconds")]
    end_time: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::optional_text")]
    speaker_label: Option<String>,
    /// The most probable first.
    #[serde(deserialize_with = "lenient::list")]
    alternatives: Vec<Content>,
    /// In a segment with alternatives, an item contains its content directly.
    #[serde(deserialize_with = "lenient::text")]
    content: String,
    #[serde(deserialize_with = "lenient::number")]
    confidence: Option<f64>,
    #[serde(rename = "vocabularyFilterMatch", deserialize_with = "lenient::is_true")]
    is_listed: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Content {
    #[serde(deserialize_with = "lenient::text")]
    content: String,
    #[serde(deserialize_with = "lenient::number")]
    confidence: Option<f64>,
}

impl Item {
    fn is_punctuation(&self) -> bool {
        self.r#type == "punctuation"
    }

    fn into_words(self) -> ForeignWords {
        let Self { start_time: start, end_time: end, alternatives, content, confidence, .. } = self;
        let own = Content { content, confidence };
        let best = alternatives.into_iter().next().unwrap_or(own);
        ForeignWords { text: best.content, start, end, probability: best.confidence }
    }
}

/// Reads one cue per audio segment; without segments, cues end at speakers, pauses and sentences. Of several
/// alternatives, the most probable one is used.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Decoded { text, mut repairs } = decode(bytes);
    let job: Job = lenient::parse(&text, TITLE, &mut repairs)?;
    let Some(mut results) = job.results else {
        return Err(ReadError::NotThisFormat { format: TITLE, found: UnexpectedContent::NoPart("results") });
    };
    let language = Language::new(&results.language_code);
    let identified = std::mem::take(&mut results.language_identification);
    let language_scores = identified.into_iter().filter_map(Identified::into_score).collect();
    let tagged = tagged(&results);
    let names = names(&mut results);
    let mut drafts = drafts(results, &mut repairs);
    // An item without a time stays after its predecessor.
    let mut latest = MediaTime::ZERO;
    drafts.sort_by_cached_key(|draft| {
        latest = draft.start.unwrap_or(latest);
        latest
    });
    let mut cues = draft::assemble(drafts, &mut repairs);
    for speaker in cues.iter_mut().filter_map(|cue| cue.speaker.as_mut()) {
        if let Some(name) = names.get(speaker.as_str()) {
            speaker.clone_from(name);
        }
    }
    Ok(Reading {
        document: Document { language, language_scores, cues, tagged, ..Document::default() },
        repairs,
    })
}

/// The names of speakers and channels by their labels.
fn names(results: &mut Results) -> HashMap<String, String> {
    let speakers = std::mem::take(&mut results.speaker_labels.names).into_iter();
    let channels = std::mem::take(&mut results.channel_labels.names).into_iter();
    let speakers = speakers.map(|named| (named.speaker_label, named.name));
    speakers.chain(channels.map(|named| (named.channel_label, named.name))).collect()
}

/// Returns when the words that a filter has tagged are spoken.
fn tagged(results: &Results) -> Vec<TimeSpan> {
    let items = results.items.iter().chain(results.channel_labels.channels.iter().flat_map(|c| &c.items));
    let listed = items.filter(|item| item.is_listed);
    let mut tagged: Vec<_> = listed.filter_map(|i| Some(TimeSpan::new(i.start_time?, i.end_time?))).collect();
    tagged.sort_by_key(|span| span.start);
    tagged.dedup();
    tagged
}

fn drafts(results: Results, repairs: &mut Vec<Repair>) -> Vec<CueDraft> {
    let Results { transcripts, speaker_labels, channel_labels, mut items, segments, audio_segments, .. } =
        results;
    let channels: Vec<Channel> =
        channel_labels.channels.into_iter().filter(|channel| !channel.items.is_empty()).collect();
    let tells_channels =
        !audio_segments.is_empty() && audio_segments.iter().all(|s| s.channel_label.is_some());
    if !channels.is_empty() && !tells_channels {
        return channels
            .into_iter()
            .flat_map(|channel| group(channel.items, channel.channel_label))
            .collect();
    }
    if items.is_empty() {
        let best = segments.into_iter().filter_map(|segment| segment.alternatives.into_iter().next());
        items = best.flat_map(|alternative| alternative.items).collect();
    }
    name_speakers(&mut items, &speaker_labels);
    let drafts = by_audio_segments(items, audio_segments);
    let text = transcripts.into_iter().map(|full| full.transcript).collect::<Vec<_>>().join("\n");
    if drafts.is_empty() && !text.trim().is_empty() {
        repairs.push(Repair::of_file("a transcript without items; read as one cue"));
        return vec![CueDraft { text, ..CueDraft::default() }];
    }
    drafts
}

/// Sets the speaker of each item if no item names its own; punctuation follows the word before it.
fn name_speakers(items: &mut [Item], labels: &SpeakerLabels) {
    if items.iter().any(|item| item.speaker_label.is_some()) {
        return;
    }
    let labelled = labels.segments.iter().flat_map(|segment| &segment.items);
    let by_start: HashMap<MediaTime, &str> =
        labelled.filter_map(|item| Some((item.start_time?, item.speaker_label.as_str()))).collect();
    let mut current: Option<String> = None;
    for item in items {
        if item.speaker_label.is_none() {
            let label =
                item.start_time.and_then(|start| by_start.get(&start)).map(|label| (*label).to_owned());
            item.speaker_label = if item.is_punctuation() { current.clone() } else { label };
        }
        current.clone_from(&item.speaker_label);
    }
}

/// Makes a draft of each audio segment, and groups the items outside segments. A segment that names no item adds
/// nothing if there are items, because its text is theirs.
fn by_audio_segments(items: Vec<Item>, segments: Vec<AudioSegment>) -> Vec<CueDraft> {
    let id = |(index, item): (usize, Item)| (item.id.unwrap_or(index as u64), index, item);
    let numbered: Vec<_> = items.into_iter().enumerate().map(id).collect();
    let index_of: HashMap<u64, usize> = numbered.iter().map(|(id, index, _)| (*id, *index)).collect();
    let mut items: Vec<Option<Item>> = numbered.into_iter().map(|(_, _, item)| Some(item)).collect();
    let mut drafts = Vec::with_capacity(segments.len());
    let has_items = !items.is_empty();
    for segment in segments {
        let own: Vec<Item> =
            segment.items.iter().filter_map(|id| items.get_mut(*index_of.get(id)?)?.take()).collect();
        if !(own.is_empty() && has_items) {
            drafts.push(segment_draft(segment, own));
        }
    }
    drafts.extend(group(items.into_iter().flatten().collect(), None));
    drafts
}

fn segment_draft(segment: AudioSegment, items: Vec<Item>) -> CueDraft {
    let AudioSegment { transcript, start_time: start, end_time: end, speaker_label, channel_label, .. } =
        segment;
    let speaker =
        speaker_label.or(channel_label).or_else(|| items.iter().find_map(|item| item.speaker_label.clone()));
    let mut draft = CueDraft { start, end, speaker, ..draft_of(items) };
    let is_same = without_space(&transcript).eq(without_space(&draft.text))
        || foreign_words::respell(&transcript, &draft.words).is_some();
    if draft.text.is_empty() || is_same {
        draft.text = transcript;
    }
    draft
}

fn without_space(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

/// Groups items outside audio segments.
fn group(items: Vec<Item>, speaker: Option<String>) -> Vec<CueDraft> {
    let mut groups: Vec<Vec<Item>> = Vec::new();
    let mut length = 0;
    for item in items {
        let begins = groups.last().is_none_or(|group| begins_cue(&item, group, length));
        if begins {
            groups.push(Vec::new());
            length = 0;
        }
        length += content(&item).chars().count() + 1;
        if let Some(group) = groups.last_mut() {
            group.push(item);
        }
    }
    let draft = |items: Vec<Item>| {
        let speaker = speaker.clone().or_else(|| items.iter().find_map(|item| item.speaker_label.clone()));
        CueDraft { speaker, ..draft_of(items) }
    };
    groups.into_iter().map(draft).collect()
}

fn begins_cue(item: &Item, group: &[Item], length: usize) -> bool {
    let Some(last) = group.last().filter(|_| !item.is_punctuation()) else { return false };
    let end = group.iter().rev().find_map(|item| item.end_time);
    let pause = item.start_time.zip(end).is_some_and(|(start, end)| start - end >= PAUSE);
    let sentence = length >= LONGEST_CUE / 2 && paragraphs::ends_sentence(content(last));
    pause || sentence || length >= LONGEST_CUE || item.speaker_label != last.speaker_label
}

fn content(item: &Item) -> &str {
    item.alternatives.first().map_or(item.content.as_str(), |best| best.content.as_str())
}

/// Makes a draft of the words of items with their punctuation.
fn draft_of(items: Vec<Item>) -> CueDraft {
    let mut spoken: Vec<ForeignWords> = Vec::with_capacity(items.len());
    for item in items {
        match spoken.last_mut() {
            Some(word) if item.is_punctuation() => word.text.push_str(content(&item)),
            _ => spoken.push(item.into_words()),
        }
    }
    let start = spoken.iter().find_map(|word| word.start);
    let end = spoken.iter().rev().find_map(|word| word.end);
    let span = TimeSpan::new(start.unwrap_or_default(), end.or(start).unwrap_or_default());
    let words = foreign_words::words(spoken, span);
    let text = running_text::join(words.iter().map(|word| word.text.as_str()));
    CueDraft { start, end, text, words, ..CueDraft::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Cue;

    fn cues(results: &str) -> (Vec<Cue>, usize) {
        let reading = read(format!(r#"{{"jobName": "j", "results": {results}}}"#).as_bytes()).unwrap();
        (reading.document.cues, reading.repairs.len())
    }

    fn told(cues: &[Cue]) -> Vec<(&str, Option<&str>, String)> {
        cues.iter().map(|cue| (cue.text.as_str(), cue.speaker.as_deref(), cue.span.to_string())).collect()
    }

    fn item(start: f64, word: &str, more: &str) -> String {
        let end = start + 0.5;
        format!(
            r#"{{"type": "pronunciation", "start_time": "{start}", "end_time": "{end}", {more}
                "alternatives": [{{"confidence": "0.5", "content": "{word}"}}, {{"content": "worse"}}]}}"#
        )
    }

    const STOP: &str = r#"{"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": "."}]}"#;

    #[test]
    fn older_files_tell_speakers_apart_from_the_items() {
        let items =
            [item(0.0, "One", ""), STOP.to_owned(), item(0.5, "two", ""), item(2.5, "three", "")].join(",");
        let (cues, repairs) = cues(&format!(
            r#"{{"items": [{items}], "speaker_labels": {{"segments": [{{"items": [
                {{"start_time": "0.0", "speaker_label": "spk_0"}}, {{"start_time": "0.5", "speaker_label": "spk_1"}},
                {{"start_time": "2.5", "speaker_label": "spk_1"}}]}}]}}}}"#
        ));
        assert_eq!(repairs, 0);
        let expected = [
            ("One.", Some("spk_0"), "00:00:00.000 to 00:00:00.500".to_owned()),
            ("two", Some("spk_1"), "00:00:00.500 to 00:00:01.000".to_owned()),
            ("three", Some("spk_1"), "00:00:02.500 to 00:00:03.000".to_owned()),
        ];
        assert_eq!(told(&cues), expected);
        assert_eq!((cues[0].words[0].text.as_str(), cues[0].words[0].probability), ("One.", 0.5));
    }

    #[test]
    fn audio_segments_are_cues_and_no_item_is_lost() {
        let items = [item(0.0, "One", r#""id": 7,"#), item(1.0, "two", r#""id": 8,"#), item(5.0, "left", "")]
            .join(",");
        let (cues, _) = cues(&format!(
            r#"{{"items": [{items}], "audio_segments": [
                {{"transcript": "One-two", "start_time": "0.0", "end_time": "1.9", "items": [7, 8, 99]}}]}}"#
        ));
        let texts: Vec<_> = cues.iter().map(|cue| cue.text.as_str()).collect();
        assert_eq!(texts, ["One-two", "left"]);
        assert_eq!(cues[0].words.len(), 2);
    }

    #[test]
    fn channels_are_speakers() {
        let (cues, _) = cues(&format!(
            r#"{{"items": [{both}], "channel_labels": {{"number_of_channels": 2, "channels": [
                {{"channel_label": "ch_0", "items": [{}, {STOP}]}}, {{"channel_label": "ch_1", "items": [{}]}}]}}}}"#,
            item(0.2, "Hello", ""),
            item(0.1, "Hi", ""),
            both = item(0.1, "Hi", "")
        ));
        let texts: Vec<_> = cues.iter().map(|cue| (cue.text.as_str(), cue.speaker.as_deref())).collect();
        assert_eq!(texts, [("Hi", Some("ch_1")), ("Hello.", Some("ch_0"))]);
    }

    #[test]
    fn segments_with_alternatives_stand_in_for_items() {
        let (cues, _) = cues(
            r#"{"segments": [{"alternatives": [
                {"items": [{"start_time": "1.0", "end_time": "1.5", "type": "pronunciation", "content": "The",
                            "confidence": "0.25"}]},
                {"items": [{"content": "A"}]}]}]}"#,
        );
        assert_eq!(cues[0].text, "The");
        assert_eq!(cues[0].words[0].probability, 0.25);
    }

    #[test]
    fn a_bare_transcript_is_kept() {
        let (cues, repairs) = cues(r#"{"transcripts": [{"transcript": "All of it."}]}"#);
        assert_eq!((cues[0].text.as_str(), repairs), ("All of it.", 3));
        assert!(read(b"{\"results\": 1}").is_err());
    }
}
