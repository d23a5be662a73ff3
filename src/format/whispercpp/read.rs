//! Reads whisper.cpp's JSON.

use encoding_rs::{Encoding, UTF_8};
use serde::Deserialize;

use super::{TITLE, halves};
use crate::document::Document;
use crate::format::draft::{self, CueDraft};
use crate::format::encoding::{self, Decoded};
use crate::format::foreign_words::{self, ForeignWords};
use crate::format::{ReadError, Reading, UnexpectedContent, lenient};
use crate::time::{Clock, MediaTime, TimeSpan};
use crate::transcript::{Certainty, Language, script};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Output {
    #[serde(deserialize_with = "lenient::object")]
    result: RunResult,
    #[serde(deserialize_with = "lenient::some_list")]
    transcription: Option<Vec<Segment>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RunResult {
    #[serde(deserialize_with = "lenient::text")]
    language: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Segment {
    #[serde(deserialize_with = "lenient::object")]
    timestamps: Stamps,
    #[serde(deserialize_with = "lenient::object")]
    offsets: Offsets,
    #[serde(deserialize_with = "lenient::text")]
    text: String,
    #[serde(deserialize_with = "lenient::optional_text")]
    speaker: Option<String>,
    #[serde(deserialize_with = "lenient::list")]
    tokens: Vec<Token>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Stamps {
    #[serde(deserialize_with = "lenient::text")]
    from: String,
    #[serde(deserialize_with = "lenient::text")]
    to: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Offsets {
    #[serde(deserialize_with = "lenient::millis")]
    from: Option<MediaTime>,
    #[serde(deserialize_with = "lenient::millis")]
    to: Option<MediaTime>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Token {
    #[serde(deserialize_with = "lenient::text")]
    text: String,
    #[serde(deserialize_with = "lenient::object")]
    offsets: Offsets,
    #[serde(deserialize_with = "lenient::number")]
    p: Option<f64>,
}

impl Token {
    /// Returns whether the token is a time or another sign rather than text, such as `[_BEG_]` and `[_TT_150]`.
    fn is_special(&self) -> bool {
        self.text.starts_with("[_") && self.text.ends_with(']')
    }
}

/// Reads one cue per segment, with words if there are tokens.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    let Decoded { text, mut repairs } = decode(bytes);
    let output: Output = lenient::parse(&text, TITLE, &mut repairs)?;
    let Some(segments) = output.transcription else {
        return Err(ReadError::NotThisFormat {
            format: TITLE,
            found: UnexpectedContent::NoPart("transcription"),
        });
    };
    let mut cut = Vec::new();
    let last = segments.len().saturating_sub(1);
    let draft = |(index, segment)| draft(segment, &mut cut, index == last);
    let drafts = segments.into_iter().enumerate().map(draft).collect();
    let cues = draft::assemble(drafts, &mut repairs);
    let language = Language::new(output.result.language);
    Ok(Reading { document: Document { language, cues, ..Document::default() }, repairs })
}

/// Decodes text in any encoding; UTF-8 with characters cut in two keeps its bytes.
fn decode(bytes: &[u8]) -> Decoded {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let is_cut = encoding == UTF_8 && std::str::from_utf8(&bytes[mark..]).is_err();
    if is_cut {
        return Decoded { text: halves::escape(&bytes[mark..]), repairs: Vec::new() };
    }
    let Decoded { text, repairs } = encoding::decode(bytes);
    Decoded { text: halves::escape(text.as_bytes()), repairs }
}

/// Makes a draft. `cut` holds the beginning of a character that an earlier segment began and this one may end.
fn draft(segment: Segment, cut: &mut Vec<u8>, is_last: bool) -> CueDraft {
    let Segment { timestamps, offsets, text, speaker, tokens } = segment;
    cut.extend(halves::unescape(&text));
    let mut text = halves::take_text(cut);
    if is_last {
        text.push_str(&String::from_utf8_lossy(cut));
    }
    let start = offsets.from.or_else(|| stamp(&timestamps.from));
    let end = offsets.to.or_else(|| stamp(&timestamps.to));
    let span = TimeSpan::new(start.unwrap_or_default(), end.or(start).unwrap_or_default());
    let words = foreign_words::words(words(&tokens), span);
    let speaker = speaker.map(|name| String::from_utf8_lossy(&halves::unescape(&name)).into_owned());
    CueDraft { start, end, text: text.trim().to_owned(), speaker, words, ..CueDraft::default() }
}

/// Joins tokens to words, each of which begins with a space or as its script requires.
///
/// A token with several words has no word times: it covers the whole cue.
fn words(tokens: &[Token]) -> Vec<ForeignWords> {
    if tokens.iter().any(|token| token.text.trim().contains(char::is_whitespace)) {
        return Vec::new();
    }
    let mut words: Vec<(Vec<u8>, Vec<&Token>)> = Vec::new();
    for token in tokens.iter().filter(|token| !token.is_special()) {
        let bytes = halves::unescape(&token.text);
        match words.last_mut() {
            Some((word, parts)) if !begins_word(word, &bytes) => {
                word.extend(bytes);
                parts.push(token);
            }
            _ => words.push((bytes, vec![token])),
        }
    }
    words.into_iter().map(|(bytes, parts)| word(&String::from_utf8_lossy(&bytes), &parts)).collect()
}

/// Returns whether `next` begins a word after `word`; in scripts without spaces every token except punctuation does.
fn begins_word(word: &[u8], next: &[u8]) -> bool {
    let first = next.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
    match (halves::last_char(word), first) {
        (_, Some(' ')) => true,
        (Some(last), Some(first)) => !script::is_spaced(last, first) && first.is_alphanumeric(),
        (Some(last), None) => script::is_spaceless(last),
        (None, _) => false,
    }
}

fn word(text: &str, tokens: &[&Token]) -> ForeignWords {
    let certainty =
        |token: &&Token| Some(Certainty::of_token(&halves::unescape(&token.text), token.p? as f32));
    ForeignWords {
        text: text.to_owned(),
        start: tokens.iter().find_map(|token| token.offsets.from),
        end: tokens.iter().rev().find_map(|token| token.offsets.to),
        probability: tokens
            .iter()
            .filter_map(certainty)
            .reduce(Certainty::and)
            .map(|word| word.probability().into()),
    }
}

/// Parses `HH:MM:SS,mmm`.
fn stamp(text: &str) -> Option<MediaTime> {
    let (clock, millis) = text.trim().split_once([',', '.'])?;
    let mut parts = clock.split(':').map(|part| part.parse::<u32>().ok().map(i64::from));
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    Some(Clock::join(hours, minutes, seconds, millis.parse::<u32>().ok()?.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Word;

    #[test]
    fn tokens_make_words_even_from_halves_of_characters() {
        let json = b"{\"result\": {\"language\": \"ja\"}, \"transcription\": [
            {\"offsets\": {\"from\": 0, \"to\": 900}, \"text\": \" \xe6\x97\xa5x \xe6\x9c\xac\", \"tokens\": [
                {\"text\": \"[_BEG_]\", \"offsets\": {\"from\": 0, \"to\": 0}, \"p\": 1, \"id\": 50364},
                {\"text\": \" \xe6\x97\", \"offsets\": {\"from\": 10, \"to\": 100}, \"p\": 0.5},
                {\"text\": \"\xa5x\", \"offsets\": {\"from\": 100, \"to\": 200}, \"p\": 0.25},
                {\"text\": \" \xe6\x9c\", \"offsets\": {\"from\": 200, \"to\": 300}},
                {\"text\": \"\xac\", \"offsets\": {\"from\": 300, \"to\": 400}}]},
            {\"timestamps\": {\"from\": \"00:00:01,000\", \"to\": \"00:00:02,500\"}, \"text\": \" \xe8\xaa\"},
            {\"timestamps\": {\"from\": \"00:00:02,500\", \"to\": \"00:00:03,000\"}, \"text\": \"\x9e\"}]}";
        let reading = read(json).unwrap();
        assert_eq!(reading.repairs, []);
        let Document { language, cues, .. } = reading.document;
        assert_eq!(language.tag(), "ja");
        let texts: Vec<_> = cues.iter().map(|cue| (cue.text.as_str(), cue.span)).collect();
        let expected = [("日x 本", TimeSpan::from_millis(0, 900)), ("語", TimeSpan::from_millis(2500, 3000))];
        assert_eq!(texts, expected);
        let word = |text: &str, start, end, probability, space_before| Word {
            probability,
            space_before,
            ..Word::new(text, TimeSpan::from_millis(start, end))
        };
        assert_eq!(cues[0].words, [word("日x", 10, 200, 0.125, false), word("本", 200, 400, 1.0, true)]);
    }
}
