//! From what is to be captioned to jobs: where captions go, what is there to do, and how long it is.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use super::job::{Job, JobId, Output, tidy};
use super::list::Listed;
use super::record::{Cause, Failure};
use crate::audio::Recording;
use crate::format::Format;
use crate::project::EXTENSION;
use crate::time::MediaTime;
use crate::transcript::Language;

/// A recording that is to be captioned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub listed: Listed,
    /// The folder from which its place in a mirrored tree is counted.
    pub root: PathBuf,
}

/// What is wished for one recording and not for the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedOptions {
    pub language: Option<Language>,
    /// Names and terms that may be spoken.
    pub prompt: Option<String>,
}

/// Where captions go, and of what kind they are.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// A folder in which the tree of the recordings is mirrored; beside the recordings where there is none.
    pub folder: Option<&'a Path>,
    pub formats: &'a [&'static Format],
    /// Each recording also gets a project, which comes first among its outputs.
    pub with_project: bool,
    /// The folder from which the ids of jobs are counted.
    pub base: &'a Path,
}

/// Makes a job of each recording, in their order; a recording that is named twice is one job. Where two recordings of
/// one folder differ in the ends of their names only, their captions keep those: `a.mp3.srt` beside `a.wav.srt`.
/// `listed_options` finds out what is wished for one. Tells which recordings cannot be jobs, and why.
pub fn jobs(
    sources: Vec<Source>,
    to: Destination,
    listed_options: &mut dyn FnMut(&Listed) -> Result<ListedOptions, String>,
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
        let listed_options = obstacle(&path, &outputs, &owners).and_then(|()| listed_options(&source.listed));
        match listed_options {
            Ok(ListedOptions { language, prompt }) => {
                owners.extend(outputs.iter().map(|output| (output.path.clone(), path.clone())));
                let (id, title) = (JobId::new(&path, to.base), source.listed.title);
                jobs.push(Job { id, input: path, outputs, title, language, prompt, stated: None });
            }
            Err(cause) => {
                let message = format!("{}: {cause}", path.display());
                failed.push((path, Failure { cause: Cause::Settings, message }));
            }
        }
    }
    (jobs, failed)
}

/// Where the recording would be if it were in the folder that its captions go to.
fn place(path: &Path, source: &Source, to: Destination) -> PathBuf {
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

/// Why a recording cannot be a job beside those before it.
fn obstacle(path: &Path, outputs: &[Output], owners: &HashMap<PathBuf, PathBuf>) -> Result<(), String> {
    if path.to_str().is_none() || outputs.iter().any(|output| output.path.to_str().is_none()) {
        return Err("the name is not UTF-8; rename the file".to_owned());
    }
    let taken = outputs.iter().find_map(|output| Some((&output.path, owners.get(&output.path)?)));
    taken.map_or(Ok(()), |(output, owner)| {
        let (output, owner) = (output.display(), owner.display());
        Err(format!("its captions {output} would be those of {owner}; rename one of the two"))
    })
}

/// Looks up how long recordings are, as far as their files state it, on this many threads.
pub fn measure(jobs: &mut [&mut Job], threads: NonZeroUsize) {
    let share = jobs.len().div_ceil(threads.get()).max(1);
    thread::scope(|scope| {
        for jobs in jobs.chunks_mut(share) {
            scope.spawn(|| jobs.iter_mut().for_each(|job| job.stated = stated(&job.input)));
        }
    });
}

/// A file that makes the decoder panic is found out when its turn comes.
fn stated(input: &Path) -> Option<MediaTime> {
    catch_unwind(|| Recording::open(input).ok()?.stated_duration()).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::by_name;

    fn source(path: impl Into<PathBuf>) -> Source {
        Source { listed: Listed { path: path.into(), ..Listed::default() }, root: "/t".into() }
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
        let (jobs, failed) = jobs(sources, to, &mut |_| Ok(ListedOptions::default()));
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
        let (jobs, _) = jobs(vec![source("/t/a.mp3")], to, &mut |_| Ok(ListedOptions::default()));
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
    fn a_name_that_is_no_text_is_refused_alone() {
        use std::os::unix::ffi::OsStrExt;
        let odd = std::ffi::OsStr::from_bytes(b"/t/\xff.mp3");
        let sources = vec![source("/t/a.mp3"), source(odd)];
        let to = Destination {
            folder: None,
            formats: &[by_name("srt").unwrap()],
            with_project: false,
            base: Path::new("/t"),
        };
        let (jobs, failed) = jobs(sources, to, &mut |_| Ok(ListedOptions::default()));
        assert_eq!((jobs.len(), failed.len()), (1, 1));
    }

    #[test]
    fn a_wish_that_cannot_be_followed_is_told_of_its_recording_alone() {
        let to = Destination {
            folder: None,
            formats: &[by_name("srt").unwrap()],
            with_project: false,
            base: Path::new("/t"),
        };
        let sources = vec![source("/t/a.mp3"), source("/t/b.mp3")];
        let mut listed_options = |listed: &Listed| match listed.path.ends_with("a.mp3") {
            true => Err("no such language".to_owned()),
            false => Ok(ListedOptions { language: Some(Language::new("de")), prompt: None }),
        };
        let (jobs, failed) = jobs(sources, to, &mut listed_options);
        assert_eq!(jobs[0].language, Some(Language::new("de")));
        assert_eq!(failed[0].1.message, "/t/a.mp3: no such language");
    }
}
