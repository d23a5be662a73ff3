//! `lectern devices`: the microphones.

use serde_json::json;

use super::args::DevicesArguments;
use super::outcome::Outcome;
use super::report::print_line;
use crate::audio::capture::{InputDevice, input_devices};

pub fn run(arguments: &DevicesArguments) -> anyhow::Result<Outcome> {
    let shown = input_devices(arguments.all)?;
    if shown.is_empty() {
        eprintln!("lectern: no microphone was found; plug one in, or see `lectern devices --all`");
    }
    let line = if arguments.json { json_line } else { text_line };
    shown.iter().for_each(|device| print_line(&line(device)));
    Ok(Outcome::Done)
}

fn text_line(device: &InputDevice) -> String {
    let mark = if device.is_default { "*" } else { " " };
    let format = device.format.as_ref().map_or("cannot be opened".to_owned(), |format| {
        format!("{} Hz, {} channels, {}", format.rate, format.channels, format.sample)
    });
    format!("{mark} {}  ({format})  {}", device.name, device.id)
}

fn json_line(device: &InputDevice) -> String {
    let format = device
        .format
        .as_ref()
        .map(|format| json!({ "rate": format.rate, "channels": format.channels, "sample": format.sample }));
    json!({
        "id": device.id, "name": device.name, "default": device.is_default,
        "microphone": device.is_microphone, "format": format,
    })
    .to_string()
}
