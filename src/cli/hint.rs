//! Hints on what to type next. The library reports facts; only this module knows which option or command helps.

use std::error::Error;

use crate::asr::model::ModelError;
#[cfg(feature = "mic")]
use crate::audio::capture::CaptureError;
use crate::batch::{ShardError, Skip, StoreError};
use crate::exchange::ExportError;
#[cfg(feature = "mic")]
use crate::live::SourceError;
use crate::live::{JournalError, LiveError, PreflightError};
use crate::recognize::EngineError;

/// Returns the hint for an error or one of its causes, if there is one.
pub fn of_error(error: &anyhow::Error) -> Option<&'static str> {
    error.chain().find_map(of_cause)
}

/// Returns the hint for a job that is left as it is, if there is one.
pub fn of_skip(skip: Skip) -> Option<&'static str> {
    match skip {
        Skip::Corrected | Skip::Foreign => Some("pass --overwrite to replace them"),
        Skip::Captioned | Skip::Elsewhere => None,
    }
}

/// Returns why a job is left as it is, with the hint.
pub fn explained_skip(skip: Skip) -> String {
    of_skip(skip).map_or_else(|| skip.to_string(), |hint| format!("{skip}; {hint}"))
}

fn of_cause(cause: &(dyn Error + 'static)) -> Option<&'static str> {
    of_model(cause)
        .or_else(|| of_file(cause))
        .or_else(|| of_session(cause))
        .or_else(|| of_shard(cause.downcast_ref()?))
        .or_else(|| of_microphone(cause))
}

fn of_model(cause: &(dyn Error + 'static)) -> Option<&'static str> {
    let error = match cause.downcast_ref() {
        Some(EngineError::Model(error)) => error,
        _ => cause.downcast_ref()?,
    };
    match error {
        ModelError::UnknownName { .. } | ModelError::Missing { .. } | ModelError::WrongKind { .. } => {
            Some("`lectern models list` shows the models")
        }
        _ => None,
    }
}

fn of_file(cause: &(dyn Error + 'static)) -> Option<&'static str> {
    if let Some(ExportError::Exists { .. }) = cause.downcast_ref() {
        return Some("pass --overwrite to replace it, or choose another folder or name");
    }
    if let Some(PreflightError::Folder { .. }) = cause.downcast_ref() {
        return Some("pass it with --output-dir");
    }
    cause.is::<StoreError>().then_some("pass --state to use another folder")
}

fn of_session(cause: &(dyn Error + 'static)) -> Option<&'static str> {
    let journal = match cause.downcast_ref() {
        Some(LiveError::Interrupted | LiveError::Crashed) => {
            return Some("`lectern live --recover` recognizes the rest");
        }
        Some(LiveError::Journal(journal)) => journal,
        _ => cause.downcast_ref()?,
    };
    matches!(journal, JournalError::NotAJournal { .. })
        .then_some("`lectern caption` makes captions of the recording beside it")
}

fn of_shard(error: &ShardError) -> Option<&'static str> {
    match error {
        ShardError::Variable { .. } => Some("set it to a number, or pass --shard I/N"),
        ShardError::CountMissing { .. } => Some("pass --shards N"),
        ShardError::Syntax(_) | ShardError::OutOfRange { .. } => None,
    }
}

#[cfg(feature = "mic")]
fn of_microphone(cause: &(dyn Error + 'static)) -> Option<&'static str> {
    let source = match cause.downcast_ref() {
        Some(PreflightError::Source(source)) => Some(source),
        _ => cause.downcast_ref(),
    };
    let error = match source {
        Some(SourceError::Capture(error)) => error,
        _ => cause.downcast_ref()?,
    };
    match error {
        CaptureError::NoDevice => Some("`lectern devices --all` shows every input"),
        CaptureError::UnknownDevice { .. } => Some("`lectern devices` shows the names"),
        _ => None,
    }
}

#[cfg(not(feature = "mic"))]
fn of_microphone(_cause: &(dyn Error + 'static)) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[track_caller]
    fn check(error: impl Into<anyhow::Error>, word: Option<&str>) {
        let error = error.into();
        let hint = of_error(&error);
        match word {
            Some(word) => assert!(hint.is_some_and(|hint| hint.contains(word)), "{error}: {hint:?}"),
            None => assert_eq!(hint, None, "{error}"),
        }
    }

    #[test]
    fn errors_of_the_library_get_the_flag_or_command_that_helps() {
        let path = || "a".into();
        check(ExportError::Exists { path: path() }, Some("--overwrite"));
        check(ExportError::NotAFile { path: path() }, None);
        check(StoreError { path: path(), source: std::io::ErrorKind::StorageFull.into() }, Some("--state"));
        check(LiveError::Interrupted, Some("live --recover"));
        check(LiveError::Journal(JournalError::NotAJournal { path: path() }), Some("lectern caption"));
        check(JournalError::InUse { path: path() }, None);
        check(ShardError::CountMissing { variable: "JOB" }, Some("--shards"));
        let source = std::io::ErrorKind::PermissionDenied.into();
        check(PreflightError::Folder { folder: path(), source }, Some("--output-dir"));
        let missing = || ModelError::Missing { path: path() };
        check(missing(), Some("models list"));
        check(EngineError::Model(missing()), Some("models list"));
        check(anyhow::anyhow!("something else"), None);
    }

    #[test]
    fn a_hint_is_found_below_a_context() {
        let failed = Err::<(), _>(ExportError::Exists { path: "a".into() }).context("a.wav");
        check(failed.unwrap_err(), Some("--overwrite"));
    }

    #[cfg(feature = "mic")]
    #[test]
    fn a_missing_microphone_is_found_in_each_wrapper() {
        check(CaptureError::NoDevice, Some("devices --all"));
        check(SourceError::Capture(CaptureError::NoDevice), Some("devices --all"));
        let unknown = CaptureError::UnknownDevice { name: "x".to_owned() };
        check(PreflightError::Source(SourceError::Capture(unknown)), Some("lectern devices"));
    }
}
