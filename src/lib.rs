//! Lectern turns lectures into captions on the lecturer's own computer.
//!
//! The library does the work of the program `lectern`: it decodes a recording, finds the speech in it, recognizes the
//! words with a Whisper model, divides them into readable cues, and writes these in a caption format. Everything is
//! computed here; the network is used by [`models::download`], [`batch::notify`] and [`live::page`] alone, when they
//! are called.
//!
//! # From a recording to captions
//!
//! ```no_run
//! use std::path::Path;
//!
//! use lectern::asr::CancelToken;
//! use lectern::audio::Recording;
//! use lectern::caption::{DEFAULT_PROFILE, Profile};
//! use lectern::exchange::export;
//! use lectern::format::{WriteOptions, by_name};
//! use lectern::recognize::{
//!     CaptionRequest, Engine, EngineRequest, Event, TranscribeOptions, Transcriber, to_document,
//! };
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The shipped model on the CPU; the language is detected.
//! let profile = Profile::named(DEFAULT_PROFILE).ok_or("no such profile")?;
//! let request = CaptionRequest::new(EngineRequest::default(), profile);
//! let engine = Engine::load(&request.engine)?;
//! let options = TranscribeOptions::new(request);
//! let input = Path::new("lecture.mp4");
//! let recording = Recording::open(input)?;
//! let mut on_event = |event| {
//!     if let Event::Progress(progress) = event {
//!         println!("recognized up to {}", progress.done);
//!     }
//! };
//! let (transcript, warnings) =
//!     engine.transcribe(recording, &options, &CancelToken::default(), &mut on_event)?;
//! for warning in warnings {
//!     eprintln!("{warning}");
//! }
//! let document = to_document(transcript, input, &options.request);
//! let format = by_name("srt").ok_or("no such format")?;
//! export(&document, format, &WriteOptions::default(), Path::new("lecture.srt"), false)?;
//! # Ok(())
//! # }
//! ```
//!
//! An [`Engine`](recognize::Engine) is loaded once and captions any number of recordings. Models are searched in the
//! folders of [`asr::locate::search_roots`]. `examples/caption.rs` is the same as a program.
//!
//! # Modules
//!
//! Foundations:
//! * [`time`]: positions and spans in whole milliseconds.
//! * [`files`]: writes files completely or not at all. [`machine`]: cores and memory. [`console`]: standard output and
//!   error. [`log`]: the log file. [`settings`]: the user's settings.
//!
//! From sound to words:
//! * [`audio`]: recordings and microphones in, 16 kHz mono out.
//! * [`vad`]: finds when someone speaks; makes windows of speech for a recognizer.
//! * [`asr`]: the recognizers and the models that they load. [`models`]: downloads, imports and removes models.
//! * [`transcript`]: a recognizer's result. [`eval`]: measures its accuracy.
//!
//! From words to files:
//! * [`document`]: the captions of one recording; edits and undo.
//! * [`caption`]: composes cues from words, and checks and repairs them by the rules of a profile.
//! * [`format`](mod@format): reads and writes caption and transcript formats.
//! * [`hide`]: masks listed words and redacts personal data.
//! * [`amazon`]: jobs in the form of Amazon Transcribe.
//! * [`project`]: `.lectern` files. [`remembered`]: voices that a user asked to remember.
//!
//! Tasks, which combine the modules above:
//! * [`recognize`]: turns a recording into a transcript. Start here.
//! * [`exchange`]: opens files of any kind, and exports captions.
//! * [`live`]: captions while someone speaks.
//! * [`batch`]: many recordings, on one machine or many.
//!
//! User interfaces:
//! * [`cli`]: the command line. `gui`: the desktop app, with the feature of that name.
//!
//! # Features
//!
//! `gui`, the desktop app; `mic`, microphones and playback; `whisper`, whisper.cpp as a second recognizer. They are on
//! by default, and the crate builds without any. `cuda`, `vulkan` and `metal` let whisper.cpp compute on a GPU.
//!
//! # Further reading
//!
//! `ARCHITECTURE.md` describes the threads, the rules between modules, and what is left out on purpose;
//! `CONTRIBUTING.md` says how to add a format, a command, a setting, a stage or a recognizer. `crates/whisper-cpu`
//! documents the recognition engine. The library is made for this program: its interface changes with it.

pub mod amazon;
pub mod asr;
pub mod audio;
pub mod batch;
pub mod build;
pub mod caption;
pub mod cli;
pub mod console;
pub mod document;
pub mod eval;
pub mod exchange;
mod ffmpeg;
pub mod files;
pub mod format;
#[cfg(feature = "gui")]
pub mod gui;
pub mod hide;
pub mod live;
pub mod log;
pub mod machine;
pub mod material;
pub mod models;
pub mod picture;
pub mod project;
pub mod recognize;
pub mod remembered;
pub mod settings;
#[cfg(feature = "gui")]
pub mod spelling;
pub mod time;
pub mod transcript;
pub mod vad;
