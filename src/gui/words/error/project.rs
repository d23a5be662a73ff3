//! Projects and settings.

use super::system::cause;
use super::{InWords, shown};
use crate::gui::widgets::full_time;
use crate::gui::words::{say, say_with};
use crate::project::{MediaError, NotProject, ProjectDamage, ProjectError};
use crate::settings::{SettingsError, SettingsWarning};

impl InWords for ProjectError {
    fn in_words(&self) -> String {
        match self {
            Self::NotFound { path } => say_with!("error-project-not-found", path = shown(path)),
            Self::NotAProject { path, found } => {
                say_with!("error-project-no-project", path = shown(path), found = content(found))
            }
            Self::TooNew { path, found, known } => {
                say_with!("error-project-too-new", path = shown(path), found = *found, known = *known)
            }
            Self::Damaged { path, cause, backup: None } => {
                say_with!("error-project-damaged", path = shown(path), cause = damage(cause))
            }
            Self::Damaged { path, cause, backup: Some(backup) } => say_with!(
                "error-project-backup",
                path = shown(path),
                cause = damage(cause),
                backup = shown(backup),
            ),
            Self::Io { path, source } => {
                say_with!("error-file", path = shown(path), cause = cause(source))
            }
            Self::InUse { path } => say_with!("error-project-in-use", path = shown(path)),
            Self::Busy { path } => say_with!("error-project-busy", path = shown(path)),
            Self::Thread(source) => say_with!("error-thread", cause = cause(source)),
        }
    }
}

/// Describes damage inside a file: a clause for use in brackets.
fn damage(damage: &ProjectDamage) -> String {
    match damage {
        ProjectDamage::Json(error) => say_with!("error-damage-json", line = error.line()),
        ProjectDamage::CueNumber { at } => say_with!("error-damage-cue-number", at = full_time(*at)),
    }
}

/// Words what a file is instead of a project: a clause for use in brackets.
fn content(found: &NotProject) -> String {
    match found {
        NotProject::OtherForm => say("error-content-other-form").to_owned(),
        NotProject::OtherFormat(name) => say_with!("error-content-other-name", name = name),
    }
}

impl InWords for MediaError {
    fn in_words(&self) -> String {
        say_with!("error-recording-unreadable", path = shown(&self.path), cause = cause(&self.source))
    }
}

impl InWords for SettingsError {
    fn in_words(&self) -> String {
        match self {
            Self::Io { path, source } => {
                say_with!("error-settings-file", path = shown(path), cause = cause(source))
            }
            Self::Unwritable(_) => say("error-settings-unwritable").to_owned(),
        }
    }
}

impl InWords for SettingsWarning {
    fn in_words(&self) -> String {
        match self {
            Self::Damaged { path, line, kept: Some(kept), .. } => {
                say_with!("error-settings-damaged-kept", path = shown(path), line = *line, kept = shown(kept),)
            }
            Self::Damaged { path, line, kept: None, .. } => {
                say_with!("error-settings-damaged", path = shown(path), line = *line)
            }
            Self::WrongValues { path, wrong, kept: Some(kept) } => say_with!(
                "error-settings-values-kept",
                path = shown(path),
                wrong = wrong.join(", "),
                kept = shown(kept),
            ),
            Self::WrongValues { path, wrong, kept: None } => {
                say_with!("error-settings-values", path = shown(path), wrong = wrong.join(", "))
            }
            Self::Unreadable { path, source } => {
                say_with!("error-settings-unreadable", path = shown(path), cause = cause(source))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::PathBuf;

    use super::super::tests::check;
    use super::*;
    use crate::time::MediaTime;

    fn path() -> PathBuf {
        PathBuf::from("/w/a.lectern")
    }

    #[test]
    fn projects() {
        let no_json = || serde_json::from_str::<()>("{").expect_err("this is no JSON").into();
        let no_number = || ProjectDamage::CueNumber { at: MediaTime::from_millis(1500) };
        check(&[
            &ProjectError::NotFound { path: path() },
            &ProjectError::NotAProject { path: path(), found: NotProject::OtherForm },
            &ProjectError::NotAProject { path: path(), found: NotProject::OtherFormat("other".to_owned()) },
            &ProjectError::TooNew { path: path(), found: 9, known: 1 },
            &ProjectError::Damaged { path: path(), cause: no_json(), backup: None },
            &ProjectError::Damaged { path: path(), cause: no_json(), backup: Some(path()) },
            &ProjectError::Damaged { path: path(), cause: no_number(), backup: None },
            &ProjectError::Io { path: path(), source: ErrorKind::ReadOnlyFilesystem.into() },
            &ProjectError::InUse { path: path() },
            &ProjectError::Busy { path: path() },
            &ProjectError::Thread(ErrorKind::OutOfMemory.into()),
            &MediaError { path: path(), source: ErrorKind::NotFound.into() },
        ]);
    }

    #[test]
    fn settings() {
        let cause = || "expected `=`".to_owned();
        let no_form = toml::to_string(&()).expect_err("nothing is no table");
        let wrong = || vec!["theme".to_owned(), "text_size".to_owned()];
        check(&[
            &SettingsError::Io { path: path(), source: ErrorKind::StorageFull.into() },
            &SettingsError::Unwritable(no_form),
            &SettingsWarning::Damaged { path: path(), line: 3, cause: cause(), kept: None },
            &SettingsWarning::Damaged { path: path(), line: 3, cause: cause(), kept: Some(path()) },
            &SettingsWarning::WrongValues { path: path(), wrong: wrong(), kept: None },
            &SettingsWarning::WrongValues { path: path(), wrong: wrong(), kept: Some(path()) },
            &SettingsWarning::Unreadable { path: path(), source: ErrorKind::PermissionDenied.into() },
        ]);
    }
}
