//! The implementations of recognition, and models loaded for them.

use std::fmt;
use std::num::NonZeroUsize;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use whisper_cpu::Level;

use super::cpu::{self, CpuModel};
use super::model::SpeechModel;
#[cfg(feature = "whisper")]
use super::whisper::WhisperModel;
use super::{RecognizeError, Recognizer, Request, StageTimes};

/// Whether this build computes on a GPU.
const HAS_GPU: bool = cfg!(any(feature = "cuda", feature = "vulkan", feature = "metal"));

/// An implementation of recognition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Backend {
    /// whisper.cpp if this build computes on a GPU, otherwise Lectern's own engine.
    #[default]
    Auto,
    /// Lectern's own engine for CPUs.
    Cpu,
    #[serde(rename = "whisper.cpp")]
    /// whisper.cpp, through whisper-rs.
    WhisperCpp,
}

impl Backend {
    /// Every backend.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Cpu, Self::WhisperCpp];

    /// Returns the name that [`Backend::from_str`] accepts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Cpu => "cpu",
            Self::WhisperCpp => "whisper.cpp",
        }
    }

    /// Returns the actual implementation; never [`Backend::Auto`].
    pub fn resolved(self) -> Self {
        match self {
            Self::Auto if HAS_GPU => Self::WhisperCpp,
            Self::Auto => Self::Cpu,
            chosen => chosen,
        }
    }

    /// Returns a warning if recognition with it is slow on this processor.
    pub fn warning(self) -> Option<SlowProcessor> {
        match self.resolved() {
            Self::WhisperCpp => None,
            Self::Auto | Self::Cpu => cpu::warning(Level::best()),
        }
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why recognition is slow on this processor.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum SlowProcessor {
    /// It has no AVX2.
    #[error(
        "this processor has no AVX2, as most have had since 2013: recognition takes ten times as long as with it, and \
         live captions fall behind"
    )]
    NoAvx2,
    /// The engine has no fast instructions for this kind of processor.
    #[error(
        "there are no fast instructions for this kind of processor yet: recognition takes long, and live captions may \
         fall behind"
    )]
    Unknown,
}

/// A name that no backend has.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("there is no engine \"{0}\"; use auto, cpu or whisper.cpp")]
pub struct UnknownBackend(pub String);

impl FromStr for Backend {
    type Err = UnknownBackend;

    fn from_str(name: &str) -> Result<Self, UnknownBackend> {
        Self::ALL
            .into_iter()
            .find(|backend| backend.name() == name)
            .ok_or_else(|| UnknownBackend(name.to_owned()))
    }
}

/// A speech model in memory, shared by any number of recognizers.
#[derive(Clone)]
pub enum LoadedModel {
    /// For the engine of the crate `whisper-cpu`.
    Cpu(CpuModel),
    #[cfg(feature = "whisper")]
    /// For whisper.cpp.
    WhisperCpp(WhisperModel),
}

impl LoadedModel {
    /// Loads the bytes of a whole model, which can be dropped afterwards.
    ///
    /// # Errors
    /// If the backend is not in this build or does not accept the model.
    pub fn new(model: &SpeechModel, backend: Backend) -> Result<Self, RecognizeError> {
        match backend.resolved() {
            #[cfg(feature = "whisper")]
            Backend::WhisperCpp => Ok(Self::WhisperCpp(WhisperModel::new(model)?)),
            #[cfg(not(feature = "whisper"))]
            Backend::WhisperCpp => Err(RecognizeError::NoBackend),
            Backend::Auto | Backend::Cpu => Ok(Self::Cpu(CpuModel::new(model)?)),
        }
    }

    /// Creates a recognizer with its own working memory, for the calling thread.
    ///
    /// # Errors
    /// If there is no memory or thread for it.
    pub fn recognizer(&self) -> Result<Box<dyn Recognizer>, RecognizeError> {
        self.recognizer_on(NonZeroUsize::MIN)
    }

    /// Creates a recognizer that may compute one window on up to `threads` threads if that is faster.
    ///
    /// # Errors
    /// If there is no memory or thread for it.
    pub fn recognizer_on(&self, threads: NonZeroUsize) -> Result<Box<dyn Recognizer>, RecognizeError> {
        #[cfg(not(feature = "whisper"))]
        let _ = threads;
        Ok(match self {
            Self::Cpu(model) => Box::new(model.recognizer()),
            #[cfg(feature = "whisper")]
            Self::WhisperCpp(model) => Box::new(model.recognizer_on(threads)?),
        })
    }

    /// Returns the backend, and the instruction set that it uses, if it chooses one itself.
    pub fn describe(&self) -> (Backend, Option<&'static str>) {
        match self {
            Self::Cpu(model) => (Backend::Cpu, Some(model.level().name())),
            #[cfg(feature = "whisper")]
            Self::WhisperCpp(_) => (Backend::WhisperCpp, None),
        }
    }

    /// Measures how long the stages of recognizing a window take, on one thread.
    ///
    /// # Errors
    /// Those of [`Recognizer::recognize`].
    pub fn time_stages(&self, samples: &[f32], request: &Request) -> Result<StageTimes, RecognizeError> {
        match self {
            Self::Cpu(model) => model.recognizer().time_stages(samples, request),
            #[cfg(feature = "whisper")]
            Self::WhisperCpp(model) => model.recognizer()?.time_stages(samples, request),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_backend_has_a_name_and_auto_means_another() {
        for backend in Backend::ALL {
            assert_eq!(backend.name().parse(), Ok(backend));
            assert_ne!(backend.resolved(), Backend::Auto);
        }
        assert_eq!("gpu".parse::<Backend>(), Err(UnknownBackend("gpu".to_owned())));
    }
}
