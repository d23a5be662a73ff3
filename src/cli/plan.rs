//! From arguments to a plan: everything that can be found wrong before the work begins is found here.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::args::{CaptionArguments, RecognitionArguments};
use crate::asr::locate::ModelRequest;
use crate::asr::vocabulary;
use crate::caption::Profile;
use crate::format::{self, Format, WriteOptions};
use crate::session::{EngineRequest, TranscribeOptions, default_threads};
use crate::time::MediaTime;
use crate::transcript::Language;
use crate::vad::WindowOptions;

/// What `lectern caption` is to do.
pub struct CaptionPlan {
    pub jobs: Vec<Job>,
    pub transcribe: TranscribeOptions,
    pub profile: Profile,
    pub write: WriteOptions,
    pub overwrite: bool,
}

/// One recording and the files that it becomes.
pub struct Job {
    pub input: PathBuf,
    pub outputs: Vec<Output>,
}

#[derive(Debug)]
pub struct Output {
    pub format: &'static Format,
    pub path: PathBuf,
}

impl CaptionPlan {
    pub fn new(arguments: &CaptionArguments) -> anyhow::Result<Self> {
        let formats = formats(&arguments.style.format)?;
        let jobs: Vec<_> = arguments
            .files
            .iter()
            .map(|input| Job::new(input, arguments.output_dir.as_deref(), &formats))
            .collect();
        refuse_shared_outputs(jobs.iter().flat_map(Job::files))?;
        Ok(Self {
            jobs,
            transcribe: transcribe_options(&arguments.recognition)?,
            profile: profile(&arguments.style.profile)?,
            write: WriteOptions { word_times: arguments.style.word_times },
            overwrite: arguments.overwrite,
        })
    }
}

impl Job {
    pub fn new(input: &Path, folder: Option<&Path>, formats: &[&'static Format]) -> Self {
        let beside =
            folder.map_or_else(|| input.to_owned(), |dir| dir.join(input.file_name().unwrap_or_default()));
        let output =
            |&format: &&'static Format| Output { format, path: beside.with_extension(format.extensions[0]) };
        Self { input: input.to_owned(), outputs: formats.iter().map(output).collect() }
    }

    /// The recording with each file that it becomes.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &Path)> {
        self.outputs.iter().map(|output| (self.input.as_path(), output.path.as_path()))
    }

    /// Outputs that are there already.
    pub fn existing(&self) -> Vec<&Path> {
        let paths = self.outputs.iter().map(|output| output.path.as_path());
        paths.filter(|path| path.symlink_metadata().is_ok()).collect()
    }
}

pub fn formats(names: &[String]) -> anyhow::Result<Vec<&'static Format>> {
    let mut formats: Vec<&'static Format> = Vec::new();
    for name in names {
        let format = format_to_write(name)?;
        if !formats.iter().any(|other| other.name == format.name) {
            formats.push(format);
        }
    }
    Ok(formats)
}

/// The format of a name or an extension, to write captions in.
pub fn format_to_write(name: &str) -> anyhow::Result<&'static Format> {
    format_named(name, |format| format.write.is_some())
}

/// The format of a name or an extension, to read captions in.
pub fn format_to_read(name: &str) -> anyhow::Result<&'static Format> {
    format_named(name, |format| format.read.is_some())
}

fn format_named(name: &str, fits: fn(&Format) -> bool) -> anyhow::Result<&'static Format> {
    let Some(format) = format::by_name(name.trim()).filter(|format| fits(format)) else {
        let known: Vec<_> = format::all().iter().filter(|format| fits(format)).map(|f| f.name).collect();
        bail!("there is no format \"{name}\"; choose among {}", known.join(", "));
    };
    Ok(format)
}

/// Two files of one name would take turns in overwriting each other. Takes inputs with their outputs.
pub fn refuse_shared_outputs<'a>(files: impl Iterator<Item = (&'a Path, &'a Path)>) -> anyhow::Result<()> {
    let mut owners: HashMap<&Path, &Path> = HashMap::new();
    for (input, output) in files {
        if let Some(other) = owners.insert(output, input) {
            bail!(
                "{} and {} would both become {}: take them one by one, with another folder or format",
                other.display(),
                input.display(),
                output.display()
            );
        }
    }
    Ok(())
}

/// The engine that the arguments ask for.
pub fn engine_request(arguments: &RecognitionArguments) -> EngineRequest {
    EngineRequest { model: ModelRequest::from_argument(&arguments.model), backend: arguments.engine }
}

pub fn transcribe_options(arguments: &RecognitionArguments) -> anyhow::Result<TranscribeOptions> {
    Ok(TranscribeOptions {
        language: language(&arguments.language)?,
        task: arguments.task.into(),
        prompt: arguments.vocabulary.as_deref().map(vocabulary).transpose()?,
        threads: arguments.threads.unwrap_or_else(default_threads),
        windows: WindowOptions::default(),
        from: MediaTime::ZERO,
    })
}

pub fn language(code: &str) -> anyhow::Result<Option<Language>> {
    if code == "auto" { Ok(None) } else { caption_language(code).map(Some) }
}

/// The language of captions, which nothing detects.
pub fn caption_language(code: &str) -> anyhow::Result<Language> {
    let is_code = code.len() >= 2 && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !is_code {
        bail!("\"{code}\" is no language code; use one such as en or de");
    }
    Ok(Language::new(code))
}

/// What the model reads beforehand of the names and terms in a file.
pub fn vocabulary(path: &Path) -> anyhow::Result<String> {
    let read = fs::read_to_string(path);
    let text = read.with_context(|| {
        format!("the vocabulary cannot be read; give a UTF-8 text file: {}", path.display())
    })?;
    vocabulary::prompt(&text)
        .with_context(|| format!("the vocabulary holds no terms; write one a line: {}", path.display()))
}

pub fn profile(name: &str) -> anyhow::Result<Profile> {
    if let Some(profile) = Profile::named(name) {
        return Ok(profile);
    }
    let path = Path::new(name);
    if !path.exists() {
        let names = Profile::names().collect::<Vec<_>>().join(", ");
        bail!("there is no profile \"{name}\"; choose among {names}, or give a TOML file");
    }
    let read = fs::read_to_string(path).with_context(|| format!("the profile cannot be read: {name}"))?;
    Profile::from_toml(&read).with_context(|| format!("the profile cannot be used: {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs(files: &[&str], folder: Option<&str>) -> Vec<Job> {
        let formats = formats(&["srt".to_owned(), "vtt".to_owned(), "SRT".to_owned()]).unwrap();
        files.iter().map(|file| Job::new(Path::new(file), folder.map(Path::new), &formats)).collect()
    }

    fn outputs(job: &Job) -> Vec<String> {
        job.outputs.iter().map(|output| output.path.display().to_string().replace('\\', "/")).collect()
    }

    #[test]
    fn captions_lie_beside_the_recording_or_in_the_folder() {
        assert_eq!(outputs(&jobs(&["a/week 1.v2.mp4"], None)[0]), ["a/week 1.v2.srt", "a/week 1.v2.vtt"]);
        assert_eq!(outputs(&jobs(&["a/b.mp4"], Some("out"))[0]), ["out/b.srt", "out/b.vtt"]);
    }

    #[test]
    fn two_recordings_never_share_an_output() {
        let refuse = |jobs: &[Job]| refuse_shared_outputs(jobs.iter().flat_map(Job::files));
        assert!(refuse(&jobs(&["a.mp3", "b.mp3"], None)).is_ok());
        let error = refuse(&jobs(&["x/a.mp3", "y/a.wav"], Some("out"))).unwrap_err().to_string();
        assert!(error.contains("a.mp3") && error.contains("a.wav") && error.contains("a.srt"), "{error}");
    }

    #[test]
    fn unknown_names_are_answered_with_the_known_ones() {
        let error = formats(&["doc".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("\"doc\"") && error.contains("srt"), "{error}");
        assert!(profile("nobody").unwrap_err().to_string().contains("lecture"));
        assert!(language("English please").is_err());
        assert_eq!(language("auto").unwrap(), None);
    }
}
