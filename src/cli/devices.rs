//! `lectern devices`: lists the microphones.

use serde_json::{Value, json};

use super::args::DevicesArguments;
use super::outcome::Outcome;
use crate::audio::capture::{InputDevice, input_devices};
use crate::console::{eprint_line, print_json, print_line};

pub fn run(arguments: &DevicesArguments) -> anyhow::Result<Outcome> {
    let shown = input_devices(arguments.all)?;
    if shown.is_empty() {
        eprint_line("lectern: no microphone was found; plug one in, or try `lectern devices --all`");
    }
    for device in &shown {
        if arguments.json {
            print_json(&object(device));
        } else {
            print_line(&text_line(device));
        }
    }
    Ok(Outcome::Done)
}

fn text_line(device: &InputDevice) -> String {
    let mark = if device.is_default { "*" } else { " " };
    let format = device.format.as_ref().map_or("cannot be opened".to_owned(), |format| {
        format!("{} Hz, {} channels, {}", format.rate, format.channels, format.sample)
    });
    format!("{mark} {}  ({format})  {}", device.name, device.id)
}

fn object(device: &InputDevice) -> Value {
    let format = device
        .format
        .as_ref()
        .map(|format| json!({ "rate": format.rate, "channels": format.channels, "sample": format.sample }));
    json!({
        "id": device.id, "name": device.name, "default": device.is_default,
        "microphone": device.is_microphone, "format": format,
    })
}
