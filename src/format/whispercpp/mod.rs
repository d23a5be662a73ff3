//! JSON of whisper.cpp's `whisper-cli`: `--output-json`, and with word times `--output-json-full`.

mod halves;
mod read;
mod write;

use crate::format::head::Head;

pub use read::read;
pub use write::write;

const TITLE: &str = "whisper.cpp JSON";

pub(crate) fn looks_like(head: &Head) -> bool {
    head.text.trim_start().starts_with('{')
        && (head.text.contains("\"transcription\"") || head.text.contains("\"systeminfo\""))
}
