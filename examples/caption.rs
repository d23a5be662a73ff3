//! Captions a recording with the shipped model: `cargo run --release --example caption -- LECTURE.mp4 LECTURE.srt`.

use std::path::Path;

use lectern::asr::CancelToken;
use lectern::audio::Recording;
use lectern::caption::{DEFAULT_PROFILE, Profile};
use lectern::exchange::export;
use lectern::format::{WriteOptions, by_name};
use lectern::recognize::{
    CaptionRequest, Engine, EngineRequest, TranscribeOptions, Transcriber, to_document,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, input, output] = &arguments[..] else {
        return Err("usage: caption RECORDING CAPTIONS.srt".into());
    };
    let profile = Profile::named(DEFAULT_PROFILE).ok_or("the default profile is missing")?;
    let request = CaptionRequest::new(EngineRequest::default(), profile);
    let engine = Engine::load(&request.engine)?;
    let (options, cancel) = (TranscribeOptions::new(request), CancelToken::default());
    let recording = Recording::open(Path::new(input))?;
    let (transcript, _) = engine.transcribe(recording, &options, &cancel, &mut |_| ())?;
    let document = to_document(transcript, Path::new(input), &options.request);
    let format = by_name("srt").ok_or("the format is missing")?;
    Ok(export(&document, format, &WriteOptions::default(), Path::new(output), false)?)
}
