//! Decides whether to caption a job or to leave it as it is, and why.

use std::fmt;

use super::job::{Job, Output};
use super::record::{JobResult, Record, Written, sha256_of_file};
use super::store::Store;

/// What to do with a job.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Make captions.
    Caption,
    /// Leave it as it is.
    Skip(Skip),
}

/// Why a job is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Its captions exist and would come out the same.
    Captioned,
    /// Its captions were edited after they were written.
    Corrected,
    /// Its captions exist and were not written by a batch.
    Foreign,
    /// Another process has captioned it while this one was running.
    Elsewhere,
}

impl Skip {
    /// Returns the name of the reason in events, for scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Captioned => "captioned",
            Self::Corrected => "corrected",
            Self::Foreign => "foreign",
            Self::Elsewhere => "elsewhere",
        }
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Captioned => "already captioned with this model and these options",
            Self::Corrected => "its captions were edited after they were written",
            Self::Foreign => "it has captions that were not written by a batch",
            Self::Elsewhere => "another process has captioned it in the meantime",
        })
    }
}

/// Decides from the record of the job and the files that exist. If the recording or the settings have changed, captions
/// that are as the batch wrote them are replaced; other captions are replaced only if `overwrite` is set.
pub fn decide(
    job: &Job,
    record: Option<&Record>,
    settings: &str,
    store: &Store,
    overwrite: bool,
) -> Decision {
    let states: Vec<_> = job.outputs.iter().map(|output| state(output, record, store)).collect();
    if let Some(record) = record
        && let Some(captioned) = record.captioned()
        && record.settings == settings
        && states.iter().all(|state| *state == OutputState::Ours)
        && captioned.audio.is_still(&job.input)
    {
        return Decision::Skip(Skip::Captioned);
    }
    if overwrite {
        return Decision::Caption;
    }
    let is_any = |state| states.contains(&state);
    match (is_any(OutputState::Changed), is_any(OutputState::Unknown), is_any(OutputState::Absent)) {
        (true, ..) => Decision::Skip(Skip::Corrected),
        (false, true, false) => Decision::Skip(Skip::Foreign),
        // Missing captions are made; others beside them stay.
        (false, true, true) | (false, false, _) => Decision::Caption,
    }
}

/// Returns whether the captions of a finished job still exist. Their contents are not read.
pub fn are_there(record: &Record, store: &Store) -> bool {
    match &record.result {
        JobResult::Captioned(captioned) => {
            captioned.outputs.iter().all(|written| store.base().join(&written.path).exists())
        }
        JobResult::Failed(_) => false,
    }
}

/// The state of the file in the place of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutputState {
    Absent,
    /// As the last run wrote it.
    Ours,
    /// As an earlier run wrote it; a later one should have replaced it.
    Earlier,
    /// The batch wrote it, and it was changed afterwards.
    Changed,
    /// The batch did not write it.
    Unknown,
}

pub(super) fn state(output: &Output, record: Option<&Record>, store: &Store) -> OutputState {
    if output.path.symlink_metadata().is_err() {
        return OutputState::Absent;
    }
    let Some(record) = record else { return OutputState::Unknown };
    let path = store.relative(&output.path);
    let Ok(found) = sha256_of_file(&output.path) else { return OutputState::Unknown };
    let is = |written: &Written| written.path == path && written.sha256 == found;
    let last = record.captioned().map(|captioned| captioned.outputs.as_slice()).unwrap_or_default();
    if last.iter().any(is) {
        OutputState::Ours
    } else if record.earlier.iter().any(is) {
        OutputState::Earlier
    } else if record.written().any(|written| written.path == path) {
        OutputState::Changed
    } else {
        OutputState::Unknown
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::super::job::JobId;
    use super::super::record::{Audio, Captioned, Cause, Failure};
    use super::*;
    use crate::time::MediaTime;
    use crate::transcript::Language;

    /// A recording with captions, and their record.
    struct Case {
        _folder: tempfile::TempDir,
        store: Store,
        job: Job,
        record: Record,
    }

    impl Case {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::create(&folder.path().join(".lectern")).unwrap();
            let (input, path) = (folder.path().join("a.wav"), folder.path().join("a.srt"));
            fs::write(&input, "sound").unwrap();
            fs::write(&path, "captions").unwrap();
            let written = Written { path: "a.srt".into(), sha256: sha256_of_file(&path).unwrap() };
            let job = Job {
                id: JobId::new(&input, store.base()),
                input,
                outputs: vec![Output { format: "srt".to_owned(), path }],
                title: None,
                own: None,
                stated: None,
            };
            let captioned = Captioned {
                audio: Audio::of(&job.input).unwrap(),
                outputs: vec![written],
                language: Language::default(),
                duration: MediaTime::ZERO,
                seconds: 0.0,
                cues: 0,
                words: 0,
                estimated_wer: 0.0,
                doubtful: 0,
                doubts: Vec::new(),
                faults: 0,
                violations: Vec::new(),
                speech_bound: 0,
                warnings: Vec::new(),
                hidden: 0,
                recognized: 0,
                remembered: 0,
            };
            let result = JobResult::Captioned(Box::new(captioned));
            let record = Record::new(&job.input, "base", &store, Vec::new(), result);
            Self { _folder: folder, store, job, record }
        }

        fn decide(&self, settings: &str) -> Decision {
            decide(&self.job, Some(&self.record), settings, &self.store, false)
        }

        /// Writes the recording again, with a new time: the clock of a file system may stand still for milliseconds.
        fn rewrite(&self, sound: &str) {
            fs::write(&self.job.input, sound).unwrap();
            let file = fs::File::options().write(true).open(&self.job.input).unwrap();
            file.set_modified(SystemTime::now() + Duration::from_secs(60)).unwrap();
        }

        fn captions(&self) -> &Path {
            &self.job.outputs[0].path
        }
    }

    #[test]
    fn captions_that_would_come_out_the_same_are_left() {
        let case = Case::new();
        assert_eq!(case.decide("base"), Decision::Skip(Skip::Captioned));
        case.rewrite("sound");
        assert_eq!(case.decide("base"), Decision::Skip(Skip::Captioned), "a copy is the same");
    }

    #[test]
    fn other_sound_other_settings_or_no_captions_are_work() {
        let case = Case::new();
        assert_eq!(case.decide("small"), Decision::Caption);
        case.rewrite("noise");
        assert_eq!(case.decide("base"), Decision::Caption);
        case.rewrite("sound");
        fs::remove_file(case.captions()).unwrap();
        assert_eq!(case.decide("base"), Decision::Caption);
    }

    #[test]
    fn corrected_and_foreign_captions_are_kept() {
        let mut case = Case::new();
        fs::write(case.captions(), "corrected").unwrap();
        assert_eq!(case.decide("base"), Decision::Skip(Skip::Corrected));
        assert_eq!(case.decide("small"), Decision::Skip(Skip::Corrected));
        let replaced = decide(&case.job, Some(&case.record), "base", &case.store, true);
        assert_eq!(replaced, Decision::Caption);
        assert_eq!(decide(&case.job, None, "base", &case.store, false), Decision::Skip(Skip::Foreign));
        let missing = Output { format: "vtt".to_owned(), path: case.captions().with_extension("vtt") };
        case.job.outputs.push(missing);
        let partly = decide(&case.job, None, "base", &case.store, false);
        assert_eq!(partly, Decision::Caption, "missing captions are made");
        assert_eq!(case.decide("base"), Decision::Skip(Skip::Corrected), "corrections get no companion");
        case.job.outputs.clear();
        assert_eq!(decide(&case.job, None, "base", &case.store, false), Decision::Caption);
    }

    #[test]
    fn captions_of_an_earlier_run_stay_ours_when_a_later_one_stops_or_fails() {
        let mut case = Case::new();
        let JobResult::Captioned(captioned) = &mut case.record.result else { panic!() };
        case.record.earlier = std::mem::take(&mut captioned.outputs);
        assert_eq!(case.decide("base"), Decision::Caption);
        case.store.write_record(&case.job.id, &case.record).unwrap();
        let failure = Failure { cause: Cause::Input, message: "damaged".to_owned(), reason: None };
        case.record = Record::of_failure(&case.job.input, "base", &case.store, failure);
        assert_eq!(case.decide("base"), Decision::Caption);
    }
}
