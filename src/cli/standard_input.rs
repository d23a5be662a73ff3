//! Recordings from standard input. They are stored in a temporary file, because recognition reads the sound twice.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use tempfile::TempDir;

use super::args::CaptionArguments;
use super::captions::is_standard;
use super::plan::{CaptionJob, CaptionPlan};
use super::saved::SavedCaptions;
use crate::console::print_file;

/// Length of the beginning of a WAV file: a name, four bytes of length, and another name. Unit: bytes.
const HEAD: usize = 12;
const NAMES: [&[u8; 4]; 3] = [b"RIFF", b"RF64", b"BW64"];

/// The sound of standard input, in a file that is deleted when this is dropped.
pub struct InputSpool {
    folder: TempDir,
    /// Whether captions go to standard output.
    prints: bool,
}

impl InputSpool {
    /// Reads standard input to its end, if the plan names it, and replaces it in the plan by the file.
    pub fn read(plan: &mut CaptionPlan, arguments: &CaptionArguments) -> anyhow::Result<Option<Self>> {
        if !plan.jobs.iter().any(|job| is_standard(&job.input)) {
            return Ok(None);
        }
        let prints = arguments.output_dir.is_none();
        refuse(plan, arguments, prints)?;
        let folder = tempfile::tempdir().context("standard input: no temporary folder")?;
        let spool = Self { folder, prints };
        copy(&mut io::stdin().lock(), &spool.sound())?;
        plan.jobs.iter_mut().filter(|job| is_standard(&job.input)).for_each(|job| spool.take_over(job));
        Ok(Some(spool))
    }

    fn sound(&self) -> PathBuf {
        self.folder.path().join("standard-input.wav")
    }

    fn take_over(&self, job: &mut CaptionJob) {
        job.input = self.sound();
        job.title = Some(String::new());
        for output in job.outputs.iter_mut().chain(&mut job.unredacted) {
            let name = Path::new("standard-input").with_extension(output.format.extensions[0]);
            let folder =
                if self.prints { self.folder.path() } else { output.path.parent().unwrap_or(Path::new("")) };
            output.path = folder.join(name);
        }
    }

    /// Prints the captions of a job to standard output, if they are for it.
    pub fn print(&self, job: &CaptionJob, captioned: &mut SavedCaptions) -> anyhow::Result<()> {
        if !self.prints || job.input != self.sound() {
            return Ok(());
        }
        for path in std::mem::take(&mut captioned.outputs) {
            let bytes =
                std::fs::read(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
            print_file(&bytes).context("standard output: cannot be written")?;
        }
        Ok(())
    }
}

/// Rejects options that would mix outputs on standard output, or write beside the temporary file.
fn refuse(plan: &CaptionPlan, arguments: &CaptionArguments, prints: bool) -> anyhow::Result<()> {
    if !prints {
        return Ok(());
    }
    if plan.jobs.len() > 1 {
        bail!(
            "beside other recordings, standard input needs a folder for its captions: name it with --output-dir"
        );
    }
    if plan.jobs[0].outputs.len() > 1 {
        bail!(
            "standard output takes one format: name it, as with --format srt, or a folder with --output-dir"
        );
    }
    if arguments.reporting.json || plan.redact_audio || !plan.jobs[0].unredacted.is_empty() {
        bail!(
            "captions of standard input go to standard output: name a folder for all files with --output-dir"
        );
    }
    Ok(())
}

/// Copies a WAV recording into a file.
fn copy(input: &mut impl Read, path: &Path) -> anyhow::Result<()> {
    let mut head = Vec::new();
    input.take(HEAD as u64).read_to_end(&mut head).context("standard input: cannot be read")?;
    if !is_wav(&head) {
        bail!(
            "standard input: this is not WAV, the only kind of recording that is read from there; convert it first, as with: ffmpeg -i FILE -f wav - | lectern caption - --format srt"
        );
    }
    let spooled = File::create(path).and_then(|mut file| {
        file.write_all(&head)?;
        io::copy(input, &mut file)
    });
    spooled.map(drop).with_context(|| format!("{}: standard input could not be kept there", path.display()))
}

fn is_wav(head: &[u8]) -> bool {
    head.len() == HEAD && NAMES.iter().any(|name| head.starts_with(*name)) && head.ends_with(b"WAVE")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_wav_is_spooled() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spool.wav");
        let wav = [b"RIFF\xff\xff\xff\xffWAVE".as_slice(), &[7; 100_000]].concat();
        copy(&mut wav.as_slice(), &path).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), wav);
        for other in [b"OggS".as_slice(), b"", b"RIFF\0\0\0\0AVI LIST", b"RIFF\0\0\0\0WAV"] {
            let error = copy(&mut &*other, &path).unwrap_err().to_string();
            assert!(error.contains("not WAV") && error.contains("ffmpeg"), "{error}");
        }
    }
}
