//! Models, and the engines that recognize with them.

use super::system::cause;
use super::{InWords, shown};
use crate::asr::RecognizeError;
use crate::asr::backend::SlowProcessor;
use crate::asr::catalog::{ModelKind, Obtain};
use crate::asr::ggml::{Flaw, ForeignFile};
use crate::asr::model::{ModelError, ModelRemedy};
use crate::asr::own_catalog::{CatalogError, EntryFlaw};
use crate::gui::words::{say, say_with};
use crate::recognize::{AgainError, EngineError, TranscribeError};
use crate::vad::VadModelError;

impl InWords for ModelError {
    fn in_words(&self) -> String {
        match self {
            Self::NotInstalled { entry, .. } => {
                say_with!("error-model-not-installed", name = &entry.name, file = &entry.file)
            }
            Self::UnknownName { name, .. } => say_with!("error-model-unknown", name = name),
            Self::Missing { path } => say_with!("error-model-missing", path = shown(path)),
            Self::NotAFile { path } => say_with!("error-model-not-a-file", path = shown(path)),
            Self::Unreadable { path, cause: source } => {
                say_with!("error-model-unreadable", path = shown(path), cause = cause(source))
            }
            Self::WrongSize { path, entry, bytes, expected } => say_with!(
                "error-model-size",
                path = shown(path),
                bytes = *bytes,
                expected = *expected,
                remedy = remedy(ModelRemedy(Some(entry))),
            ),
            Self::Flawed { path, flaw: found, remedy: help } => {
                say_with!(
                    "error-model-flawed",
                    path = shown(path),
                    flaw = flaw(found),
                    remedy = remedy(*help)
                )
            }
            Self::WrongChecksum { path, entry, .. } => {
                say_with!(
                    "error-model-checksum",
                    path = shown(path),
                    remedy = remedy(ModelRemedy(Some(entry)))
                )
            }
            Self::WrongKind { path, wanted: ModelKind::Speech, .. } => {
                say_with!("error-model-no-speech", path = shown(path))
            }
            Self::WrongKind { path, wanted: ModelKind::Vad, .. } => {
                say_with!("error-model-no-vad", path = shown(path))
            }
            Self::WrongKind { path, wanted: ModelKind::Speakers, .. } => {
                say_with!("error-model-no-speakers", path = shown(path))
            }
        }
    }
}

impl InWords for CatalogError {
    fn in_words(&self) -> String {
        match self {
            Self::Unreadable { path, cause: source } => {
                say_with!("error-catalog-unreadable", path = shown(path), cause = cause(source))
            }
            Self::Malformed { path, line, .. } => {
                say_with!("error-catalog-malformed", path = shown(path), line = *line)
            }
            Self::Flawed { path, name, flaw } => {
                say_with!("error-catalog-flawed", path = shown(path), name = name, cause = entry_flaw(*flaw))
            }
        }
    }
}

/// Words what is wrong with an entry of a catalogue: a clause for use in brackets.
fn entry_flaw(flaw: EntryFlaw) -> &'static str {
    match flaw {
        EntryFlaw::RepeatedName => say("error-entry-repeated"),
        EntryFlaw::Name => say("error-entry-name"),
        EntryFlaw::FileName => say("error-entry-file"),
        EntryFlaw::Size => say("error-entry-size"),
        EntryFlaw::Shape => say("error-entry-shape"),
        EntryFlaw::Checksum => say("error-entry-checksum"),
        EntryFlaw::Source => say("error-entry-source"),
    }
}

/// Words what is wrong with the file of a model: a clause to follow a colon.
pub(super) fn flaw(flaw: &Flaw) -> String {
    match flaw {
        Flaw::Empty => say("error-flaw-empty").to_owned(),
        Flaw::NotGgml(found) => say_with!("error-flaw-no-model", found = foreign(*found)),
        Flaw::CutShort(_) => say("error-flaw-cut-short").to_owned(),
        Flaw::Damaged(_) => say("error-flaw-damaged").to_owned(),
        Flaw::Unlisted => say("error-flaw-unlisted").to_owned(),
    }
}

fn foreign(file: ForeignFile) -> &'static str {
    match file {
        ForeignFile::Gguf => say("error-foreign-gguf"),
        ForeignFile::Zip => say("error-foreign-zip"),
        ForeignFile::LfsPointer => say("error-foreign-lfs"),
        ForeignFile::WebPage => say("error-foreign-web-page"),
        ForeignFile::Safetensors => say("error-foreign-safetensors"),
        ForeignFile::Unknown => say("error-foreign-unknown"),
    }
}

/// Tells how to get an intact copy of a model: a sentence.
fn remedy(remedy: ModelRemedy) -> String {
    let Some(entry) = remedy.0 else { return say("error-remedy-copy").to_owned() };
    match entry.obtain {
        Obtain::Shipped => say("error-remedy-shipped").to_owned(),
        Obtain::Download => say_with!("error-remedy-download", source = &entry.source),
        Obtain::Convert => say("error-remedy-convert").to_owned(),
    }
}

impl InWords for VadModelError {
    fn in_words(&self) -> String {
        match self {
            Self::NotGgml => say("error-vad-no-model").to_owned(),
            Self::Truncated => say("error-vad-cut-short").to_owned(),
            Self::Unsupported(_) => say("error-vad-unsupported").to_owned(),
        }
    }
}

impl InWords for SlowProcessor {
    fn in_words(&self) -> String {
        let text = match self {
            Self::NoAvx2 => say("error-processor-no-avx2"),
            Self::Unknown => say("error-processor-unknown"),
        };
        text.to_owned()
    }
}

impl InWords for RecognizeError {
    fn in_words(&self) -> String {
        match self {
            Self::Cancelled => say("error-cancelled").to_owned(),
            Self::UnknownLanguage(code) => say_with!("error-recognizer-language", code = code),
            Self::NoBackend => say("error-recognizer-missing").to_owned(),
            Self::OldProcessor(lacks) => say_with!("error-recognizer-processor", lacks = lacks),
            Self::Load(_) => say("error-recognizer-load").to_owned(),
            Self::InstructionSet { variable, name, .. } => {
                say_with!("error-recognizer-instructions", variable = variable, name = name)
            }
            Self::Stopped => say("error-recognizer-stopped").to_owned(),
            Self::Failed(_) => say("error-recognizer-failed").to_owned(),
        }
    }
}

impl InWords for EngineError {
    fn in_words(&self) -> String {
        match self {
            Self::Model(error) => error.in_words(),
            Self::Vad(error) => error.in_words(),
            Self::Recognizer(error) => error.in_words(),
        }
    }
}

impl InWords for TranscribeError {
    fn in_words(&self) -> String {
        match self {
            Self::Cancelled => say("error-cancelled").to_owned(),
            Self::Audio(error) => error.in_words(),
            Self::Recognize(error) => error.in_words(),
            Self::Thread(source) => say_with!("error-thread", cause = cause(source)),
        }
    }
}

impl InWords for AgainError {
    fn in_words(&self) -> String {
        match self {
            Self::NotReady => say("error-again-not-ready").to_owned(),
            Self::Io(source) => say_with!("error-again-io", cause = cause(source)),
            Self::Audio(error) => error.in_words(),
            Self::Transcribe(error) => error.in_words(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::PathBuf;

    use super::super::tests::check;
    use super::*;
    use crate::asr::catalog::Catalog;

    fn path() -> PathBuf {
        PathBuf::from("/w/base.bin")
    }

    #[test]
    fn models() {
        let entry = &Catalog::builtin().models()[0];
        check(&[
            &ModelError::NotInstalled { entry, searched: vec![path()] },
            &ModelError::UnknownName { name: "bigger".to_owned(), searched: vec![path()] },
            &ModelError::Missing { path: path() },
            &ModelError::NotAFile { path: path() },
            &ModelError::Unreadable { path: path(), cause: ErrorKind::PermissionDenied.into() },
            &ModelError::WrongSize { path: path(), entry, bytes: 1, expected: 2 },
            &ModelError::WrongChecksum { path: path(), entry, found: entry.checksum.clone() },
            &ModelError::WrongKind { path: path(), wanted: ModelKind::Speech, found: ModelKind::Vad },
            &ModelError::WrongKind { path: path(), wanted: ModelKind::Vad, found: ModelKind::Speech },
            &ModelError::WrongKind { path: path(), wanted: ModelKind::Speakers, found: ModelKind::Speech },
        ]);
    }

    #[test]
    fn catalogues() {
        check(&[
            &CatalogError::Unreadable { path: path(), cause: ErrorKind::NotFound.into() },
            &CatalogError::Malformed { path: path(), line: 3, cause: "expected `=`".to_owned() },
        ]);
        let flaws = [
            EntryFlaw::RepeatedName,
            EntryFlaw::Name,
            EntryFlaw::FileName,
            EntryFlaw::Size,
            EntryFlaw::Shape,
            EntryFlaw::Checksum,
            EntryFlaw::Source,
        ];
        let errors = flaws.map(|flaw| CatalogError::Flawed { path: path(), name: "own".to_owned(), flaw });
        check(&errors.iter().map(|error| error as &dyn InWords).collect::<Vec<_>>());
    }

    #[test]
    fn flaws() {
        let flawed = |flaw| ModelError::Flawed { path: path(), flaw, remedy: ModelRemedy(None) };
        check(&[
            &flawed(Flaw::Empty),
            &flawed(Flaw::NotGgml(ForeignFile::Gguf)),
            &flawed(Flaw::NotGgml(ForeignFile::Zip)),
            &flawed(Flaw::NotGgml(ForeignFile::LfsPointer)),
            &flawed(Flaw::NotGgml(ForeignFile::WebPage)),
            &flawed(Flaw::NotGgml(ForeignFile::Safetensors)),
            &flawed(Flaw::NotGgml(ForeignFile::Unknown)),
            &flawed(Flaw::CutShort("vocabulary")),
            &flawed(Flaw::Damaged("too many layers".to_owned())),
            &flawed(Flaw::Unlisted),
        ]);
    }

    #[test]
    fn each_model_can_be_had_again() {
        struct Remedied(ModelRemedy);
        impl InWords for Remedied {
            fn in_words(&self) -> String {
                remedy(self.0)
            }
        }
        let of = |obtain| Catalog::builtin().models().iter().find(|entry| entry.obtain == obtain);
        let ways: Vec<_> =
            [Obtain::Shipped, Obtain::Download, Obtain::Convert].into_iter().filter_map(of).collect();
        assert!(ways.len() > 1, "{ways:?}");
        let ways = ways.into_iter().map(Some).chain([None]).map(|entry| Remedied(ModelRemedy(entry)));
        let ways: Vec<_> = ways.collect();
        check(&ways.iter().map(|way| way as &dyn InWords).collect::<Vec<_>>());
    }

    #[test]
    fn engines() {
        let cause = || "out of memory".to_owned();
        check(&[
            &VadModelError::NotGgml,
            &VadModelError::Truncated,
            &EngineError::Vad(VadModelError::Unsupported(cause())),
            &EngineError::Model(ModelError::Missing { path: path() }),
            &EngineError::Recognizer(RecognizeError::NoBackend),
            &SlowProcessor::NoAvx2,
            &SlowProcessor::Unknown,
            &RecognizeError::Cancelled,
            &RecognizeError::UnknownLanguage("xx".to_owned()),
            &RecognizeError::OldProcessor("AVX2".to_owned()),
            &RecognizeError::Load(cause()),
            &RecognizeError::InstructionSet {
                variable: "LECTERN_CPU_LEVEL".to_owned(),
                name: "mmx".to_owned(),
                reason: cause(),
            },
            &RecognizeError::Stopped,
            &RecognizeError::Failed(cause()),
        ]);
    }

    #[test]
    fn transcriptions() {
        let empty = || crate::audio::AudioError::Empty { path: path() };
        check(&[
            &TranscribeError::Cancelled,
            &TranscribeError::Audio(empty()),
            &TranscribeError::Recognize(RecognizeError::NoBackend),
            &TranscribeError::Thread(ErrorKind::OutOfMemory.into()),
            &AgainError::NotReady,
            &AgainError::Io(ErrorKind::StorageFull.into()),
            &AgainError::Audio(crate::audio::AudioError::NotFound { path: path() }),
            &AgainError::Transcribe(TranscribeError::Recognize(RecognizeError::Failed("x".to_owned()))),
        ]);
    }
}
