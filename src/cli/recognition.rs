//! The options that determine how speech is recognized: as typed, and as the library takes them.

use std::ffi::{OsStr, OsString};
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use thiserror::Error;

use super::suggestion::suggestion;
use super::text_file::read_text;
use crate::asr::locate::{DEFAULT_SPEECH, ModelRequest};
use crate::asr::{Backend, Effort, Task, Vocabulary, vocabulary};
use crate::caption::Profile;
use crate::files::{self, Found};
use crate::recognize::{
    CaptionRequest, ChannelWish, Detection, EngineRequest, Resources, SpeakerWish, TranscribeOptions,
};
use crate::remembered::RememberedVoices;
use crate::transcript::Language;

#[derive(Args, Clone, Debug)]
pub(super) struct RecognitionArguments {
    /// Speech model: a name from `lectern models list`, or a file [default: base-q8_0]
    #[arg(long, value_name = "NAME|PATH")]
    pub model: Option<OsString>,
    /// Speech recognition engine: auto, cpu (Lectern's own) or whisper.cpp
    #[arg(long, default_value_t, value_name = "NAME")]
    pub engine: Backend,
    /// Spoken language, such as en, German or Deutsch; auto detects it, and mixed detects it in each stretch of
    /// recordings that change it
    #[arg(long, default_value = "auto", value_name = "LANGUAGE|auto|mixed")]
    pub language: String,
    /// Languages among which it is detected, separated by commas [default: all that the model knows]
    #[arg(long, value_name = "LANGUAGE,...", value_delimiter = ',')]
    pub languages: Vec<String>,
    /// Transcribe the speech, or translate it into English
    #[arg(long, default_value = "transcribe", value_enum)]
    pub task: TaskArgument,
    /// Number of recognizers that run in parallel [default: one per core, at most 8]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// Use as little memory as possible: one recognizer, one window at a time
    #[arg(long, conflicts_with = "threads")]
    pub low_memory: bool,
    /// Number of readings of each sentence to keep in json and transcribe files, from 2 to 10; above 5 it takes longer
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=10))]
    pub alternatives: Option<u8>,
    /// Text file with names and terms that may be spoken, one per line, or a table as for Amazon Transcribe
    #[arg(long, value_name = "FILE")]
    pub vocabulary: Option<PathBuf>,
}

impl Default for RecognitionArguments {
    fn default() -> Self {
        Self {
            model: None,
            engine: Backend::default(),
            language: "auto".to_owned(),
            languages: Vec::new(),
            task: TaskArgument::Transcribe,
            threads: None,
            low_memory: false,
            alternatives: None,
            vocabulary: None,
        }
    }
}

impl RecognitionArguments {
    /// Returns the model that was passed, or the default one.
    pub fn model(&self) -> &OsStr {
        self.model.as_deref().unwrap_or(DEFAULT_SPEECH.as_ref())
    }

    /// Returns these arguments as they would be typed.
    pub fn to_words(&self) -> Vec<OsString> {
        let Self {
            model: _,
            engine,
            language,
            languages,
            task,
            threads,
            low_memory,
            alternatives,
            vocabulary,
        } = self;
        let mut words: Vec<OsString> = Vec::new();
        let mut option = |name: &str, value: OsString| words.extend([name.into(), value]);
        option("--model", self.model().to_owned());
        option("--engine", engine.name().into());
        option("--language", language.into());
        if !languages.is_empty() {
            option("--languages", languages.join(",").into());
        }
        option("--task", Task::from(*task).name().into());
        if let Some(threads) = threads {
            option("--threads", threads.to_string().into());
        }
        if let Some(most) = alternatives {
            option("--alternatives", most.to_string().into());
        }
        if let Some(vocabulary) = vocabulary {
            option("--vocabulary", vocabulary.into());
        }
        words.extend(low_memory.then(|| "--low-memory".into()));
        words
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TaskArgument {
    Transcribe,
    Translate,
}

impl From<TaskArgument> for Task {
    fn from(argument: TaskArgument) -> Self {
        match argument {
            TaskArgument::Transcribe => Self::Transcribe,
            TaskArgument::Translate => Self::Translate,
        }
    }
}

/// Returns the options for these arguments, with the profile of this name.
pub fn transcribe_options(
    arguments: &RecognitionArguments,
    profile_name: &str,
) -> anyhow::Result<TranscribeOptions> {
    let RecognitionArguments {
        model: _,
        engine,
        language,
        languages: _,
        task,
        threads,
        low_memory,
        alternatives,
        vocabulary,
    } = arguments;
    let model = ModelRequest::from_argument(arguments.model());
    let request = CaptionRequest {
        engine: EngineRequest { model, backend: *engine },
        language: spoken(language)?,
        task: (*task).into(),
        effort: Effort::Thorough,
        vocabulary: vocabulary.as_deref().map(self::vocabulary).transpose()?,
        profile: profile(profile_name)?,
        speakers: SpeakerWish::Unnamed,
        remembered: RememberedVoices::default(),
        channels: ChannelWish::Mixed,
        detection: detection(arguments)?,
        alternatives: alternatives.map_or(0, usize::from),
    };
    let resources = match low_memory {
        true => Resources::LEAST,
        false => threads.map_or_else(Resources::default, Resources::on),
    };
    Ok(TranscribeOptions { resources, ..TranscribeOptions::new(request) })
}

/// Stands for a language that is detected in each stretch.
pub const MIXED: &str = "mixed";

/// A language by its code or name; `None` if it is to be detected.
pub fn language(name: &str) -> anyhow::Result<Option<Language>> {
    if name == "auto" { Ok(None) } else { caption_language(name).map(Some) }
}

/// Whether the language is to be detected.
pub fn is_detected(name: &str) -> bool {
    name == "auto" || name == MIXED
}

/// The language that is spoken in all of a recording; `None` if it is to be detected.
fn spoken(name: &str) -> anyhow::Result<Option<Language>> {
    if is_detected(name) { Ok(None) } else { caption_language(name).map(Some) }
}

/// How the language is to be detected.
fn detection(arguments: &RecognitionArguments) -> anyhow::Result<Detection> {
    let RecognitionArguments { language, languages, .. } = arguments;
    if !languages.is_empty() && spoken(language)?.is_some() {
        bail!("--languages is for a language that is detected; leave out --language, or write auto or mixed");
    }
    let candidates =
        languages.iter().map(|name| caption_language(name.trim())).collect::<anyhow::Result<_>>()?;
    Ok(Detection { candidates, changes: language == MIXED })
}

/// Returns the language of captions, for which `auto` is not allowed.
pub fn caption_language(code: &str) -> anyhow::Result<Language> {
    if let Some(language) = Language::named(code) {
        return Ok(language);
    }
    let is_code = code.len() >= 2 && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let subtag = code.split(['-', '_']).next().unwrap_or_default();
    if !is_code || subtag.len() > 3 {
        bail!("\"{code}\" is not a language code; use one such as en or de");
    }
    Ok(Language::new(code))
}

/// Why a vocabulary cannot be used.
#[derive(Debug, Error)]
pub enum VocabularyFileError {
    #[error("the vocabulary cannot be read ({source}); use a UTF-8 text file: {}", .path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{source}: {}", .path.display())]
    Unusable { path: PathBuf, source: vocabulary::VocabularyError },
}

/// Returns the names and terms in a file.
pub fn vocabulary(path: &Path) -> Result<Vocabulary, VocabularyFileError> {
    let unreadable = |source| VocabularyFileError::Unreadable { path: path.to_owned(), source };
    let text = read_text(path).map_err(unreadable)?;
    Vocabulary::read(&text).map_err(|source| VocabularyFileError::Unusable { path: path.to_owned(), source })
}

pub fn profile(name: &str) -> anyhow::Result<Profile> {
    if let Some(profile) = Profile::named(name) {
        return Ok(profile);
    }
    let path = Path::new(name);
    if !path.exists() {
        let names = Profile::names().collect::<Vec<_>>().join(", ");
        let meant = suggestion(name, Profile::names());
        bail!("there is no profile \"{name}\"{meant}; choose from {names}, or pass a TOML file");
    }
    read_profile(path)
}

fn read_profile(path: &Path) -> anyhow::Result<Profile> {
    let shown = path.display();
    let read = read_text(path).with_context(|| format!("the profile cannot be read: {shown}"))?;
    Profile::from_toml(&read).with_context(|| format!("the profile cannot be used: {shown}"))
}

/// Returns the profile that a project names. A project may come from an untrusted source, so it can name only a
/// built-in profile or a file beside it.
pub fn profile_of_project(name: &str, project: &Path) -> anyhow::Result<Profile> {
    if let Some(profile) = Profile::named(name) {
        return Ok(profile);
    }
    let is_plain = Path::new(name).file_name().is_some_and(|file| file == name);
    let beside = files::folder_of(project).join(name);
    if !is_plain || !matches!(files::find(&beside), Ok(Found::File(_))) {
        bail!(
            "the project names the profile \"{name}\", which is neither built in nor a file beside it; pass --profile"
        );
    }
    read_profile(&beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_cannot_name_a_profile_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("a.lectern");
        let rules = "name = \"mine\"\nmax_cpl = 40\nmax_lines = 2\n";
        std::fs::write(folder.path().join("mine.toml"), rules).unwrap();
        let named = |name: &str| profile_of_project(name, &project).map(|profile| profile.name);
        assert_eq!(named("netflix").unwrap(), "netflix");
        assert_eq!(named("mine.toml").unwrap(), "mine");
        let absolute = folder.path().join("mine.toml");
        for name in
            [absolute.to_str().unwrap(), "../mine.toml", "./mine.toml", "/dev/zero", "none.toml", ".."]
        {
            assert!(named(name).unwrap_err().to_string().contains("--profile"), "{name}");
        }
    }

    #[test]
    fn values_are_read_or_refused() {
        assert!(profile("nobody").unwrap_err().to_string().contains("lecture"));
        assert!(language("English please").is_err());
        assert_eq!(language("auto").unwrap(), None);
    }
}
