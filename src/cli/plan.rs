//! Turns arguments into a plan. Everything that can be checked before the work is checked here.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::args::{CaptionArguments, SpeakersArguments};
use super::captions::is_standard;
use super::recognition::transcribe_options;
use super::suggestion::suggestion;
use crate::format::{self, Format, WriteOptions};
use crate::hide::Hiding;
use crate::recognize::{CaptionRequest, ChannelWish, SpeakerWish, TranscribeOptions};
use crate::remembered;

/// What `lectern caption` will do.
pub struct CaptionPlan {
    pub jobs: Vec<CaptionJob>,
    pub transcribe: TranscribeOptions,
    pub write: WriteOptions,
    /// What must not appear in the captions.
    pub hiding: Hiding,
    /// Whether the sound is written with a tone in place of personal data.
    pub redact_audio: bool,
    /// Whether a second model marks doubtful words.
    pub second_opinion: bool,
    pub overwrite: bool,
}

/// One recording and the files to write.
pub struct CaptionJob {
    pub input: PathBuf,
    /// The title of the captions; the name of the recording if `None`.
    pub title: Option<String>,
    pub outputs: Vec<OutputFile>,
    /// Files with the captions as they were spoken, beside redacted ones.
    pub unredacted: Vec<OutputFile>,
}

#[derive(Debug)]
pub struct OutputFile {
    pub format: &'static Format,
    pub path: PathBuf,
}

impl CaptionPlan {
    pub fn new(arguments: &CaptionArguments) -> anyhow::Result<Self> {
        let formats = formats(&arguments.style.format)?;
        let jobs: Vec<_> = arguments
            .files
            .iter()
            .map(|input| CaptionJob::new(input, arguments.output_dir.as_deref(), &formats))
            .map(|job| job.with_unredacted(arguments.copies.unredacted_dir.as_deref()))
            .collect();
        if arguments.files.iter().filter(|file| is_standard(file)).count() > 1 {
            bail!("standard input can be captioned once only");
        }
        refuse_shared_outputs(jobs.iter().flat_map(CaptionJob::files))?;
        let options = transcribe_options(&arguments.recognition, &arguments.style.profile)?;
        let transcribe = with_speakers(options, arguments.speakers.clone())?;
        Ok(Self {
            jobs,
            write: write_options(arguments.style.word_times, &transcribe),
            transcribe,
            hiding: arguments.hiding.hiding()?,
            redact_audio: arguments.copies.redact_audio,
            second_opinion: arguments.second_opinion,
            overwrite: arguments.overwrite,
        })
    }
}

impl CaptionJob {
    pub fn new(input: &Path, folder: Option<&Path>, formats: &[&'static Format]) -> Self {
        let beside =
            folder.map_or_else(|| input.to_owned(), |dir| dir.join(input.file_name().unwrap_or_default()));
        let output = |&format: &&'static Format| OutputFile {
            format,
            path: beside.with_extension(format.extensions[0]),
        };
        let outputs = formats.iter().map(output).collect();
        Self { input: input.to_owned(), title: None, outputs, unredacted: Vec::new() }
    }

    /// Also writes the captions as they were spoken into this folder.
    fn with_unredacted(mut self, folder: Option<&Path>) -> Self {
        let copy = |output: &OutputFile, folder: &Path| OutputFile {
            format: output.format,
            path: folder.join(output.path.file_name().unwrap_or_default()),
        };
        self.unredacted = folder
            .map(|folder| self.outputs.iter().map(|output| copy(output, folder)).collect())
            .unwrap_or_default();
        self
    }

    /// Returns the recording with each file to write.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &Path)> {
        let outputs = self.outputs.iter().chain(&self.unredacted);
        outputs.map(|output| (self.input.as_path(), output.path.as_path()))
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

/// Returns the format with this name or extension, for writing.
pub fn format_to_write(name: &str) -> anyhow::Result<&'static Format> {
    format_named(name, |format| format.write.is_some())
}

/// Returns the format with this name or extension, for reading.
pub fn format_to_read(name: &str) -> anyhow::Result<&'static Format> {
    format_named(name, |format| format.read.is_some())
}

fn format_named(name: &str, fits: fn(&Format) -> bool) -> anyhow::Result<&'static Format> {
    let Some(format) = format::by_name(name.trim()).filter(|format| fits(format)) else {
        let known: Vec<_> = format::all().iter().filter(|format| fits(format)).map(|f| f.name).collect();
        let meant = suggestion(name, known.iter().copied());
        bail!("there is no format \"{name}\"{meant}; choose from {}", known.join(", "));
    };
    Ok(format)
}

/// Rejects two inputs with the same output, which would overwrite each other. Takes pairs of input and output.
pub fn refuse_shared_outputs<'a>(files: impl Iterator<Item = (&'a Path, &'a Path)>) -> anyhow::Result<()> {
    let mut owners: HashMap<&Path, &Path> = HashMap::new();
    for (input, output) in files {
        if let Some(other) = owners.insert(output, input) {
            bail!(
                "{} and {} would both become {}: run them separately, or use another folder or format",
                other.display(),
                input.display(),
                output.display()
            );
        }
    }
    Ok(())
}

/// Returns the options for writing captions that are made with these options.
pub fn write_options(word_times: bool, transcribe: &TranscribeOptions) -> WriteOptions {
    WriteOptions { word_times, labels: transcribe.request.profile.speaker_labels }
}

/// Returns the same options with the requested speakers, and with the voices remembered by this user.
pub fn with_speakers(
    options: TranscribeOptions,
    arguments: SpeakersArguments,
) -> anyhow::Result<TranscribeOptions> {
    let SpeakersArguments { speakers, channels } = arguments;
    let names = |names: Vec<String>| names.into_iter().filter(|name| !name.trim().is_empty()).collect();
    let channels = channels.map(names).map(ChannelWish::Apart).unwrap_or_default();
    let speakers = speakers.unwrap_or_default();
    let file = remembered::user_file().filter(|_| speakers != SpeakerWish::Unnamed);
    let remembered = file.map(|file| remembered::load(&file)).transpose()?.unwrap_or_default();
    Ok(TranscribeOptions {
        request: CaptionRequest { speakers, remembered, channels, ..options.request },
        ..options
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs(files: &[&str], folder: Option<&str>) -> Vec<CaptionJob> {
        let formats = formats(&["srt".to_owned(), "vtt".to_owned(), "SRT".to_owned()]).unwrap();
        files.iter().map(|file| CaptionJob::new(Path::new(file), folder.map(Path::new), &formats)).collect()
    }

    fn outputs(job: &CaptionJob) -> Vec<String> {
        job.outputs.iter().map(|output| output.path.display().to_string().replace('\\', "/")).collect()
    }

    #[test]
    fn captions_lie_beside_the_recording_or_in_the_folder() {
        assert_eq!(outputs(&jobs(&["a/week 1.v2.mp4"], None)[0]), ["a/week 1.v2.srt", "a/week 1.v2.vtt"]);
        assert_eq!(outputs(&jobs(&["a/b.mp4"], Some("out"))[0]), ["out/b.srt", "out/b.vtt"]);
    }

    #[test]
    fn two_recordings_never_share_an_output() {
        let refuse = |jobs: &[CaptionJob]| refuse_shared_outputs(jobs.iter().flat_map(CaptionJob::files));
        assert!(refuse(&jobs(&["a.mp3", "b.mp3"], None)).is_ok());
        let error = refuse(&jobs(&["x/a.mp3", "y/a.wav"], Some("out"))).unwrap_err().to_string();
        assert!(error.contains("a.mp3") && error.contains("a.wav") && error.contains("a.srt"), "{error}");
    }

    #[test]
    fn errors_for_unknown_names_list_the_known_ones() {
        let error = formats(&["doc".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("\"doc\"") && error.contains("srt"), "{error}");
    }
}
