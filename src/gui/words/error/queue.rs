//! The queue of recordings.

use std::io;
use std::path::Path;

use super::system::cause;
use super::{InWords, shown};
use crate::batch::{
    BatchError, Cause, Failure, FailureReason, ModelFault, ProcessEnd, StoreError, SystemError, Unusable,
};
use crate::gui::words::{english, file_size, say, say_with};

/// Says why the recording at a path has no captions. The path is shown above, so its name is enough.
pub fn failure_in_words(failure: &Failure, path: &Path) -> String {
    let name = Path::new(path.file_name().unwrap_or(path.as_os_str()));
    match &failure.reason {
        Some(reason) => reason_in_words(reason, name),
        // A record of an earlier version: only its English words are known.
        None => english(&failure.message).unwrap_or_else(|| stage(failure.cause)).to_owned(),
    }
}

fn reason_in_words(reason: &FailureReason, name: &Path) -> String {
    match reason {
        FailureReason::Recording(fault) => fault.at(name).in_words(),
        FailureReason::Recognizer(error) => error.in_words(),
        FailureReason::Thread(error) => say_with!("error-thread", cause = system(error)),
        FailureReason::Crashed(end) => say_with!("queue-failure-crashed", end = process_end(end)),
        FailureReason::DiskFull { free, needed } => {
            say_with!("queue-failure-disk", free = file_size(*free), needed = file_size(*needed))
        }
        FailureReason::Unwritable { path, error } => {
            say_with!("error-file", path = shown(path), cause = system(error))
        }
        FailureReason::Exists { path } => say_with!("error-export-exists", path = shown(path)),
        FailureReason::Format { format } => say_with!("queue-failure-format", format = format),
        FailureReason::SharedOutput { owner } => say_with!("queue-failure-shared", path = shown(owner)),
        FailureReason::NotUtf8 => say("queue-failure-name").to_owned(),
    }
}

/// Says in which part of the work a recording failed.
fn stage(cause: Cause) -> &'static str {
    match cause {
        Cause::Input => say("queue-failure-input"),
        Cause::Recognizer => say("queue-failure-recognizer"),
        Cause::Crash => say("queue-failure-crash"),
        Cause::Output => say("queue-failure-output"),
        Cause::Settings => say("queue-failure-settings"),
    }
}

/// Words how a process ended: a clause for use in brackets.
fn process_end(end: &ProcessEnd) -> String {
    match (end.signal, end.code) {
        (Some(signal), _) => say_with!("queue-end-signal", signal = signal),
        (None, Some(code)) => say_with!("queue-end-code", code = code),
        (None, None) => say("queue-end-unknown").to_owned(),
    }
}

fn system(error: &SystemError) -> String {
    cause(&io::Error::from(error))
}

impl InWords for StoreError {
    fn in_words(&self) -> String {
        say_with!("error-queue-store", path = shown(&self.path), cause = cause(&self.source))
    }
}

impl InWords for Unusable {
    fn in_words(&self) -> String {
        match self {
            Self::NotStarted(error) => say_with!("error-queue-process", cause = system(error)),
            Self::Model { fault: ModelFault::NotInstalled(name), .. } => {
                say_with!("error-model-unknown", name = name)
            }
            Self::Model { fault: ModelFault::Unreadable(path), .. } => {
                say_with!("error-model-missing", path = shown(path))
            }
            Self::Model { fault: ModelFault::Flawed(path), .. } => {
                say_with!("error-queue-model", path = shown(path))
            }
            Self::Model { fault: ModelFault::Detector, .. } => say("error-queue-detector").to_owned(),
            Self::Recognizer(error) => error.in_words(),
        }
    }
}

impl InWords for BatchError {
    fn in_words(&self) -> String {
        match self {
            Self::Store(error) => error.in_words(),
            Self::Unusable(why) => why.in_words(),
            Self::Thread(source) => say_with!("error-thread", cause = cause(source)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::super::tests::check;
    use super::*;
    use crate::asr::RecognizeError;
    use crate::batch::RecordingFault;

    fn refused() -> SystemError {
        (&io::Error::from_raw_os_error(13)).into()
    }

    #[test]
    fn batches() {
        let store = StoreError { path: "/w/.lectern".into(), source: ErrorKind::ReadOnlyFilesystem.into() };
        let model =
            |fault| BatchError::Unusable(Unusable::Model { fault, message: "the model is gone".to_owned() });
        check(&[
            &BatchError::Store(store),
            &BatchError::Unusable(Unusable::NotStarted(refused())),
            &BatchError::Unusable(Unusable::Recognizer(RecognizeError::NoBackend)),
            &model(ModelFault::NotInstalled("base".to_owned())),
            &model(ModelFault::Unreadable("/m/base.bin".into())),
            &model(ModelFault::Flawed("/m/base.bin".into())),
            &model(ModelFault::Detector),
            &BatchError::Thread(ErrorKind::OutOfMemory.into()),
        ]);
    }

    struct Failed(Failure);

    impl InWords for Failed {
        fn in_words(&self) -> String {
            failure_in_words(&self.0, Path::new("/lectures/1.mp3"))
        }
    }

    #[test]
    fn failures_of_recordings() {
        let failed = |reason| {
            let message = "/lectures/1.mp3: in English".to_owned();
            Failed(Failure { cause: Cause::Output, message, reason: Some(reason) })
        };
        check(&[
            &failed(FailureReason::Recording(RecordingFault::Empty)),
            &failed(FailureReason::Recording(RecordingFault::Io(refused()))),
            &failed(FailureReason::Recognizer(RecognizeError::Stopped)),
            &failed(FailureReason::Thread(refused())),
            &failed(FailureReason::Crashed(ProcessEnd { signal: Some(6), ..ProcessEnd::default() })),
            &failed(FailureReason::Crashed(ProcessEnd { code: Some(3), ..ProcessEnd::default() })),
            &failed(FailureReason::Crashed(ProcessEnd::default())),
            &failed(FailureReason::DiskFull { free: 1_000_000, needed: 50_000_000 }),
            &failed(FailureReason::Unwritable { path: "/out/1.srt".into(), error: refused() }),
            &failed(FailureReason::Exists { path: "/out/1.srt".into() }),
            &failed(FailureReason::Format { format: "EBU-TT-D".to_owned() }),
            &failed(FailureReason::SharedOutput { owner: "/lectures/1.wav".into() }),
            &failed(FailureReason::NotUtf8),
        ]);
    }

    #[test]
    fn failures_of_which_only_english_words_are_known() {
        let failed =
            |cause, message: &str| Failed(Failure { cause, message: message.to_owned(), reason: None });
        let causes = [Cause::Input, Cause::Recognizer, Cause::Crash, Cause::Output, Cause::Settings];
        let messages = ["No file.", "No memory.", "No process.", "No room.", "No language."];
        let all: Vec<_> = causes.into_iter().zip(messages).map(|(cause, text)| failed(cause, text)).collect();
        check(&all.iter().map(|one| one as &dyn InWords).collect::<Vec<_>>());
    }
}
