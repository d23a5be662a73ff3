//! Makes jobs from recordings: where their captions go, and how long the recordings are.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use thiserror::Error;

use super::job::{Job, JobId, Output, OwnOptions, tidy};
use super::list::Listed;
use super::reason::FailureReason;
use super::record::{Cause, Failure};
use crate::audio::Recording;
use crate::format::Format;
use crate::project::EXTENSION;
use crate::time::MediaTime;

/// A recording to caption.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobSource {
    /// The recording and its options.
    pub listed: Listed,
    /// The folder that corresponds to the root of a mirrored tree.
    pub root: PathBuf,
}

/// The options that a list gives for a recording cannot be used: what is wrong with a text, or with a file that it names.
#[derive(Clone, Debug, Error)]
#[error("{0}")]
pub struct ListedOptionsError(pub Arc<dyn std::error::Error + Send + Sync>);

/// Where captions go, and in which formats.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// A folder in which the tree of the recordings is mirrored; beside each recording if `None`.
    pub folder: Option<&'a Path>,
    /// The formats to write.
    pub formats: &'a [&'static Format],
    /// Whether each recording also gets a project, the first of its outputs.
    pub with_project: bool,
    /// The folder that the ids of jobs are relative to.
    pub base: &'a Path,
}

/// Makes a job of each recording, in order; a recording that is listed twice is one job. If two recordings in one
/// folder differ only in their extensions, their captions keep those: `a.mp3.srt` beside `a.wav.srt`. `own_options`
/// returns the options of one recording. Also returns the recordings that cannot be jobs, and why.
pub fn jobs(
    sources: Vec<JobSource>,
    to: Destination,
    own_options: &mut dyn FnMut(&Listed) -> Result<Option<OwnOptions>, ListedOptionsError>,
) -> (Vec<Job>, Vec<(PathBuf, Failure)>) {
    let mut seen = HashSet::new();
    let sources: Vec<_> = sources
        .into_iter()
        .map(|source| (tidy(&source.listed.path), source))
        .filter(|(path, _)| seen.insert(path.clone()))
        .collect();
    let places: Vec<_> = sources.iter().map(|(path, source)| place(path, source, to)).collect();
    let mut stems: HashMap<PathBuf, usize> = HashMap::new();
    for place in &places {
        *stems.entry(place.with_extension("")).or_default() += 1;
    }
    let mut owners = HashMap::new();
    let (mut jobs, mut failed) = (Vec::new(), Vec::new());
    for ((path, source), place) in sources.into_iter().zip(places) {
        let keeps_end = stems[&place.with_extension("")] > 1;
        let outputs = outputs(&place, keeps_end, to);
        let options = check_paths(&path, &outputs, &owners).and_then(|()| Ok(own_options(&source.listed)?));
        match options {
            Ok(own) => {
                owners.extend(outputs.iter().map(|output| (output.path.clone(), path.clone())));
                let (id, title) = (JobId::new(&path, to.base), source.listed.title);
                jobs.push(Job { id, input: path, outputs, title, own: own.map(Box::new), stated: None });
            }
            Err(cause) => {
                let message = format!("{}: {cause}", path.display());
                failed.push((path, Failure { cause: Cause::Settings, message, reason: cause.reason() }));
            }
        }
    }
    (jobs, failed)
}

/// Returns the path that the recording would have in the folder of its captions.
fn place(path: &Path, source: &JobSource, to: Destination) -> PathBuf {
    let Some(folder) = to.folder else { return path.to_owned() };
    let inside = path.strip_prefix(tidy(&source.root)).ok();
    tidy(folder).join(inside.unwrap_or(Path::new(path.file_name().unwrap_or_default())))
}

fn outputs(place: &Path, keeps_end: bool, to: Destination) -> Vec<Output> {
    let output = |(format, ending): (&str, &str)| {
        let mut name =
            if keeps_end { place.file_name() } else { place.file_stem() }.unwrap_or_default().to_owned();
        name.push(".");
        name.push(ending);
        Output { format: format.to_owned(), path: place.with_file_name(name) }
    };
    let project = to.with_project.then_some((Output::PROJECT, EXTENSION));
    let formats = to.formats.iter().map(|format| (format.name, format.extensions[0]));
    project.into_iter().chain(formats).map(output).collect()
}

/// Why a recording cannot be a job.
#[derive(Debug, Error)]
enum JobRefusal {
    #[error("the name is not UTF-8; rename the file")]
    NotUtf8,
    #[error("its captions {} would replace those of {}; rename one of the two", .output.display(), .owner.display())]
    SharedOutput { output: PathBuf, owner: PathBuf },
    #[error(transparent)]
    Options(#[from] ListedOptionsError),
}

impl JobRefusal {
    /// Returns the fact that the window words; its recordings have no options of their own.
    fn reason(self) -> Option<FailureReason> {
        match self {
            Self::NotUtf8 => Some(FailureReason::NotUtf8),
            Self::SharedOutput { owner, .. } => Some(FailureReason::SharedOutput { owner }),
            Self::Options(_) => None,
        }
    }
}

/// Checks the paths of a recording and its captions against those of the recordings before it.
fn check_paths(
    path: &Path,
    outputs: &[Output],
    owners: &HashMap<PathBuf, PathBuf>,
) -> Result<(), JobRefusal> {
    if path.to_str().is_none() || outputs.iter().any(|output| output.path.to_str().is_none()) {
        return Err(JobRefusal::NotUtf8);
    }
    let taken = outputs.iter().find_map(|output| Some((&output.path, owners.get(&output.path)?)));
    taken.map_or(Ok(()), |(output, owner)| {
        Err(JobRefusal::SharedOutput { output: output.clone(), owner: owner.clone() })
    })
}

/// Sets the lengths of recordings, as far as their files state them, on this number of threads.
pub fn measure(jobs: &mut [&mut Job], threads: NonZeroUsize) {
    let share = jobs.len().div_ceil(threads.get()).max(1);
    thread::scope(|scope| {
        for jobs in jobs.chunks_mut(share) {
            scope.spawn(|| jobs.iter_mut().for_each(|job| job.stated = stated(&job.input)));
        }
    });
}

/// A file that makes the decoder panic is reported when its turn comes.
fn stated(input: &Path) -> Option<MediaTime> {
    catch_unwind(|| Recording::open(input).ok()?.stated_duration()).ok().flatten()
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::caption::Profile;
    use crate::format::by_name;
    use crate::hide::Hiding;
    use crate::recognize::{CaptionRequest, EngineRequest};

    fn source(path: impl Into<PathBuf>) -> JobSource {
        JobSource { listed: Listed::of(path.into()), root: "/t".into() }
    }

    fn plan(paths: &[&str], folder: Option<&str>) -> (Vec<Vec<String>>, usize) {
        let formats = [by_name("srt").unwrap(), by_name("vtt").unwrap()];
        let to = Destination {
            folder: folder.map(Path::new),
            formats: &formats,
            with_project: false,
            base: Path::new("/t"),
        };
        let sources = paths.iter().copied().map(source).collect();
        let (jobs, failed) = jobs(sources, to, &mut |_| Ok(None));
        let outputs =
            |job: &Job| job.outputs.iter().map(|output| output.path.display().to_string()).collect();
        (jobs.iter().map(outputs).collect(), failed.len())
    }

    #[test]
    fn captions_lie_beside_recordings_or_in_a_mirrored_tree() {
        assert_eq!(plan(&["/t/w 1/a.b.mp4"], None).0, [["/t/w 1/a.b.srt", "/t/w 1/a.b.vtt"]]);
        assert_eq!(plan(&["/t/w 1/a.mp4"], Some("/out")).0, [["/out/w 1/a.srt", "/out/w 1/a.vtt"]]);
        assert_eq!(plan(&["/else/a.mp4"], Some("/out")).0, [["/out/a.srt", "/out/a.vtt"]]);
    }

    #[test]
    fn recordings_of_one_name_keep_the_ends_of_their_names() {
        let (outputs, failed) = plan(&["/t/a.mp3", "/t/a.wav", "/t/b.wav"], None);
        assert_eq!(
            outputs,
            [["/t/a.mp3.srt", "/t/a.mp3.vtt"], ["/t/a.wav.srt", "/t/a.wav.vtt"], ["/t/b.srt", "/t/b.vtt"]]
        );
        assert_eq!(failed, 0);
    }

    #[test]
    fn a_project_comes_before_the_captions() {
        let formats = [by_name("srt").unwrap()];
        let to = Destination { folder: None, formats: &formats, with_project: true, base: Path::new("/t") };
        let (jobs, _) = jobs(vec![source("/t/a.mp3")], to, &mut |_| Ok(None));
        let paths: Vec<_> = jobs[0].outputs.iter().map(|output| output.path.display().to_string()).collect();
        assert_eq!(paths, ["/t/a.lectern", "/t/a.srt"]);
        assert!(jobs[0].outputs[0].is_project() && !jobs[0].outputs[1].is_project());
    }

    #[test]
    fn a_recording_that_is_named_twice_is_one_job() {
        assert_eq!(
            plan(&["/t/a.mp3", "/t/b/../a.mp3"], None),
            (vec![vec!["/t/a.srt".to_owned(), "/t/a.vtt".to_owned()]], 0)
        );
    }

    #[test]
    fn two_recordings_never_share_captions() {
        let (outputs, failed) = plan(&["/x/a.mp3", "/y/a.mp3"], Some("/out"));
        assert_eq!((outputs.len(), failed), (1, 1));
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_text_is_refused_alone() {
        use std::os::unix::ffi::OsStrExt;
        let odd = std::ffi::OsStr::from_bytes(b"/t/\xff.mp3");
        let sources = vec![source("/t/a.mp3"), source(odd)];
        let to = Destination {
            folder: None,
            formats: &[by_name("srt").unwrap()],
            with_project: false,
            base: Path::new("/t"),
        };
        let (jobs, failed) = jobs(sources, to, &mut |_| Ok(None));
        assert_eq!((jobs.len(), failed.len()), (1, 1));
    }

    #[test]
    fn invalid_options_refuse_their_recording_alone() {
        let to = Destination {
            folder: None,
            formats: &[by_name("srt").unwrap()],
            with_project: false,
            base: Path::new("/t"),
        };
        let sources = vec![source("/t/a.mp3"), source("/t/b.mp3")];
        let own = OwnOptions {
            request: CaptionRequest::new(EngineRequest::default(), Profile::named("lecture").unwrap()),
            hiding: Hiding::default(),
        };
        let mut own_options = |listed: &Listed| match listed.path.ends_with("a.mp3") {
            true => Err(ListedOptionsError(Arc::new(io::Error::other("no task")))),
            false => Ok(Some(own.clone())),
        };
        let (jobs, failed) = jobs(sources, to, &mut own_options);
        assert_eq!(jobs[0].own.as_deref(), Some(&own));
        assert_eq!(failed[0].1.message, "/t/a.mp3: no task");
    }
}
