//! The document of a StartTranscriptionJob request.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use serde_json::Value;

use super::address::Address;
use super::fields::{Fields, TranscriptionJobError};
use crate::hide::{FilterMethod, Kind, Label, Redaction, kinds};
use crate::transcript::Language;

/// The requests of a job that Lectern supports.
#[derive(Clone, Debug, PartialEq)]
pub struct TranscriptionJob {
    /// The name of the job and of its files.
    pub name: String,
    /// The recording.
    pub media: Address,
    /// The spoken language; detected if `None`.
    pub language: Option<Language>,
    /// The languages among which it is detected; all if empty.
    pub languages: Vec<Language>,
    /// Whether it is detected in each stretch.
    pub changes_language: bool,
    /// The bucket for the files; the caller's choice if `None`.
    pub output_bucket: Option<String>,
    /// The folder in the bucket if it ends with `/`, otherwise the file for the transcript.
    pub output_key: Option<String>,
    /// The name of a vocabulary.
    pub vocabulary: Option<String>,
    /// The most speakers to tell apart; they are not told apart if `None`.
    pub speakers: Option<NonZeroUsize>,
    /// Whether each channel is recognized apart.
    pub channels: bool,
    /// The most readings of each sentence, from 2 to 10; none if `None`.
    pub alternatives: Option<u8>,
    /// The name of a list of words, and what happens to them.
    pub filter: Option<(String, FilterMethod)>,
    /// Which personal data are redacted.
    pub redaction: Option<Redaction>,
    /// Whether redacted content is also written as it was spoken.
    pub with_unredacted: bool,
    /// The caption formats to write beside the transcript.
    pub subtitles: BTreeSet<Subtitle>,
    /// Keys and values that describe the job.
    pub tags: Vec<(String, String)>,
}

/// A format of captions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subtitle {
    /// SubRip.
    Srt,
    /// WebVTT.
    Vtt,
}

impl Subtitle {
    /// Returns its name in a job, which is also the extension of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Srt => "srt",
            Self::Vtt => "vtt",
        }
    }
}

const NAME: &str = "1 to 200 of the characters A to Z, a to z, 0 to 9, '.', '_' and '-'";
const MEDIA_FORMATS: [&str; 8] = ["mp3", "mp4", "wav", "flac", "ogg", "amr", "webm", "m4a"];
const NO_CLOUD: &str = "files are written on this computer; leave it out, and protect the folder instead";
const NO_MODEL: &str =
    "custom language models of the service are not on this computer; leave it out, or choose --model";

impl TranscriptionJob {
    /// Parses a document.
    ///
    /// # Errors
    /// [`TranscriptionJobError`] with the name of the field that is missing, wrong, unknown or not supported.
    pub fn parse(document: &str) -> Result<Self, TranscriptionJobError> {
        let value = serde_json::from_str(document)
            .map_err(|error| TranscriptionJobError::NotAJob(error.to_string()))?;
        let mut fields = Fields::of(value)?;
        refuse_what_is_the_clouds(&mut fields)?;
        let name = fields.text("TranscriptionJobName", NAME, is_name)?;
        let name = fields.required("TranscriptionJobName", name)?;
        // The recording itself states both; the job's values could only be wrong.
        fields.text("MediaFormat", "mp3, mp4, wav, flac, ogg, amr, webm or m4a", |f| {
            MEDIA_FORMATS.contains(&f)
        })?;
        fields.number("MediaSampleRateHertz", 8000, 48_000, "a number from 8000 to 48000")?;
        let media = media(&mut fields)?;
        let (language, languages, changes_language) = language(&mut fields)?;
        let output_bucket =
            fields.text("OutputBucketName", "the name of a bucket", |name| !name.is_empty())?;
        let output_key = fields.text("OutputKey", "a key of at most 1024 characters", is_key)?;
        if output_key.is_some() && output_bucket.is_none() {
            return Err(TranscriptionJobError::Missing("OutputBucketName".to_owned()));
        }
        let Settings { vocabulary, filter, speakers, channels, alternatives } = settings(&mut fields)?;
        let (redaction, with_unredacted) = redaction(&mut fields)?;
        let subtitles = subtitles(&mut fields)?;
        let tags = tags(&mut fields)?;
        fields.end()?;
        Ok(Self {
            name,
            media,
            language,
            languages,
            changes_language,
            output_bucket,
            output_key,
            vocabulary,
            speakers,
            channels,
            alternatives,
            filter,
            redaction,
            with_unredacted,
            subtitles,
            tags,
        })
    }
}

fn is_name(name: &str) -> bool {
    (1..=200).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

fn is_key(key: &str) -> bool {
    (1..=1024).contains(&key.len())
}

fn refuse_what_is_the_clouds(fields: &mut Fields) -> Result<(), TranscriptionJobError> {
    fields.refuse("OutputEncryptionKMSKeyId", NO_CLOUD)?;
    fields.refuse("KMSEncryptionContext", NO_CLOUD)?;
    fields.refuse("ModelSettings", NO_MODEL)?;
    fields.refuse("ToxicityDetection", "Lectern does not judge what is said; leave it out")?;
    // Jobs run at once, with the rights of the user: both are fulfilled.
    if let Some(mut execution) = fields.object("JobExecutionSettings")? {
        execution.flag("AllowDeferredExecution")?;
        execution.text("DataAccessRoleArn", "the name of a role", |role| role.starts_with("arn:"))?;
        execution.end()?;
    }
    Ok(())
}

fn media(fields: &mut Fields) -> Result<Address, TranscriptionJobError> {
    let Some(mut media) = fields.object("Media")? else {
        return Err(TranscriptionJobError::Missing("Media".to_owned()));
    };
    media.refuse(
        "RedactedMediaFileUri",
        "the service takes it for calls alone; `lectern caption --redact-audio` writes one",
    )?;
    let uri = media.text("MediaFileUri", "s3://BUCKET/KEY", |uri| Address::parse(uri).is_ok())?;
    let uri = media.required("MediaFileUri", uri)?;
    media.end()?;
    Address::parse(&uri).map_err(|error| TranscriptionJobError::NotAJob(error.to_string()))
}

/// The language of a job, which names one or asks to identify it; the languages to choose from; and whether there may be
/// several.
fn language(fields: &mut Fields) -> Result<(Option<Language>, Vec<Language>, bool), TranscriptionJobError> {
    fields.refuse(
        "LanguageIdSettings",
        "one vocabulary and one filter serve all languages; name them in Settings",
    )?;
    let (identify, several) = (fields.flag("IdentifyLanguage")?, fields.flag("IdentifyMultipleLanguages")?);
    let options = options(fields, identify || several)?;
    let code = fields.text("LanguageCode", "a language code such as en-US", is_language)?;
    match (code, identify, several) {
        (Some(code), false, false) => Ok((Some(Language::new(code)), options, false)),
        (None, true, true) => Err(fields.invalid(
            "IdentifyMultipleLanguages",
            &Value::Bool(true),
            "left out where IdentifyLanguage is true",
        )),
        (None, false, false) => {
            Err(TranscriptionJobError::Missing("LanguageCode or IdentifyLanguage".to_owned()))
        }
        (None, ..) => Ok((None, options, several)),
        (Some(code), ..) => Err(fields.invalid(
            "LanguageCode",
            &Value::String(code),
            "left out where IdentifyLanguage or IdentifyMultipleLanguages is true",
        )),
    }
}

/// The languages to choose from. The service wants two at least.
fn options(fields: &mut Fields, identifies: bool) -> Result<Vec<Language>, TranscriptionJobError> {
    let codes = fields.texts("LanguageOptions")?;
    let wrong = |wanted| Err(fields.invalid("LanguageOptions", &codes.clone().into(), wanted));
    match codes.as_slice() {
        [] => Ok(Vec::new()),
        _ if !identifies => wrong("left out where the language is not identified"),
        [_] => wrong("a list of two language codes or more"),
        codes if !codes.iter().all(|code| is_language(code)) => {
            wrong("a list of language codes such as en-US")
        }
        codes => Ok(codes.iter().map(Language::new).collect()),
    }
}

fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let is_part =
        |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(|first| matches!(first.len(), 2 | 3)) && code.split('-').all(is_part)
}

/// What a job's `Settings` ask for.
#[derive(Default)]
struct Settings {
    vocabulary: Option<String>,
    filter: Option<(String, FilterMethod)>,
    speakers: Option<NonZeroUsize>,
    channels: bool,
    alternatives: Option<u8>,
}

fn settings(fields: &mut Fields) -> Result<Settings, TranscriptionJobError> {
    let Some(mut settings) = fields.object("Settings")? else { return Ok(Settings::default()) };
    let speakers = speakers(&mut settings)?;
    let channels = settings.flag("ChannelIdentification")?;
    if channels && speakers.is_some() {
        let reason = "the service takes it or ShowSpeakerLabels, not both: a channel says who speaks";
        return Err(TranscriptionJobError::Refused { field: settings.name("ChannelIdentification"), reason });
    }
    let alternatives = alternatives(&mut settings)?;
    let vocabulary = settings.text("VocabularyName", NAME, is_name)?;
    let filter = settings.text("VocabularyFilterName", NAME, is_name)?;
    let wanted = "mask, remove or tag";
    let method =
        settings.text("VocabularyFilterMethod", wanted, |method| method.parse::<FilterMethod>().is_ok())?;
    let filter = match (filter, method) {
        (Some(name), method) => {
            Some((name, method.and_then(|method| method.parse().ok()).unwrap_or_default()))
        }
        (None, None) => None,
        (None, Some(_)) => return Err(TranscriptionJobError::Missing(settings.name("VocabularyFilterName"))),
    };
    settings.end()?;
    Ok(Settings { vocabulary, filter, speakers, channels, alternatives })
}

/// The most readings of each sentence. The service wants both fields or neither.
fn alternatives(settings: &mut Fields) -> Result<Option<u8>, TranscriptionJobError> {
    let most = settings.number("MaxAlternatives", 2, 10, "a number from 2 to 10")?;
    if !settings.flag("ShowAlternatives")? {
        return Ok(None);
    }
    let most = most.and_then(|most| u8::try_from(most).ok());
    most.map(Some).ok_or_else(|| TranscriptionJobError::Missing(settings.name("MaxAlternatives")))
}

/// The most speakers to tell apart. The service wants both fields or neither.
fn speakers(settings: &mut Fields) -> Result<Option<NonZeroUsize>, TranscriptionJobError> {
    let most = settings.number("MaxSpeakerLabels", 2, 30, "a number from 2 to 30")?;
    if !settings.flag("ShowSpeakerLabels")? {
        return Ok(None);
    }
    let most = most.and_then(|most| NonZeroUsize::new(usize::try_from(most).ok()?));
    most.map(Some).ok_or_else(|| TranscriptionJobError::Missing(settings.name("MaxSpeakerLabels")))
}

fn redaction(fields: &mut Fields) -> Result<(Option<Redaction>, bool), TranscriptionJobError> {
    let Some(mut redaction) = fields.object("ContentRedaction")? else { return Ok((None, false)) };
    let of = redaction.text("RedactionType", "PII", |of| of == "PII")?;
    redaction.required("RedactionType", of)?;
    let outputs = "redacted or redacted_and_unredacted";
    let output = redaction
        .text("RedactionOutput", outputs, |o| matches!(o, "redacted" | "redacted_and_unredacted"))?;
    let output = redaction.required("RedactionOutput", output)?;
    let names = redaction.texts("PiiEntityTypes")?;
    let types = "a list of kinds such as EMAIL, or ALL";
    let chosen = kinds(names.iter().map(String::as_str))
        .map_err(|unknown| redaction.invalid("PiiEntityTypes", &Value::String(unknown.0), types))?;
    redaction.end()?;
    let kinds = if names.is_empty() { Kind::ALL.into() } else { chosen };
    Ok((Some(Redaction { kinds, label: Label::Pii }), output == "redacted_and_unredacted"))
}

fn subtitles(fields: &mut Fields) -> Result<BTreeSet<Subtitle>, TranscriptionJobError> {
    let Some(mut subtitles) = fields.object("Subtitles")? else { return Ok(BTreeSet::new()) };
    let names = subtitles.texts("Formats")?;
    let format = |name: &String| match name.as_str() {
        "srt" => Ok(Subtitle::Srt),
        "vtt" => Ok(Subtitle::Vtt),
        _ => Err(subtitles.invalid("Formats", &Value::String(name.clone()), "a list of srt and vtt")),
    };
    let formats = names.iter().map(format).collect::<Result<_, _>>()?;
    let first = subtitles.number("OutputStartIndex", 0, 1, "0 or 1")?;
    if first == Some(0) {
        let reason = "captions are numbered from 1, as SubRip wants it and the service recommends; write 1";
        return Err(TranscriptionJobError::Refused { field: subtitles.name("OutputStartIndex"), reason });
    }
    subtitles.end()?;
    Ok(formats)
}

fn tags(fields: &mut Fields) -> Result<Vec<(String, String)>, TranscriptionJobError> {
    let list = fields.list("Tags")?;
    let text = |tag: &Value, key: &str| tag.get(key).and_then(Value::as_str).map(str::to_owned);
    let pair = |tag: &Value| {
        let pair = text(tag, "Key").zip(text(tag, "Value"));
        pair.ok_or_else(|| fields.invalid("Tags", tag, "a list of objects with Key and Value"))
    };
    list.iter().map(pair).collect()
}
