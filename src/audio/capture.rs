//! Microphones.

use cpal::traits::{DeviceTrait, HostTrait};
use cpal::{DeviceType, InterfaceType, SupportedStreamConfig};
use thiserror::Error;

#[derive(Debug, Error)]
pub enum CaptureError {
    #[error("the microphones cannot be listed ({0}); check that the sound system is running")]
    List(cpal::Error),
}

/// An input that sound can be recorded from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputDevice {
    /// Names the device to the system, from one start of the program to the next.
    pub id: String,
    pub name: String,
    /// Whether the system records from this device when none is named.
    pub is_default: bool,
    /// Whether it is a microphone or a line, not a converter or mixer that the sound system offers as an input.
    pub is_microphone: bool,
    /// What it records in when nothing else is asked for; `None` when it cannot be opened.
    pub format: Option<InputFormat>,
}

/// The form in which a device gives sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFormat {
    /// Samples a second.
    pub rate: u32,
    pub channels: u16,
    /// Such as `f32` or `i16`.
    pub sample: String,
}

/// The inputs of the default host: the default one first, then microphones, then the rest, each by name.
pub fn input_devices() -> Result<Vec<InputDevice>, CaptureError> {
    let host = cpal::default_host();
    let default = host.default_input_device().and_then(|device| device.id().ok());
    let devices = host.input_devices().map_err(CaptureError::List)?;
    let mut found: Vec<_> = devices
        .filter_map(|device| {
            let id = device.id().ok()?;
            describe(&device, Some(&id) == default.as_ref())
        })
        .collect();
    found.sort_by(|a, b| order(a).cmp(&order(b)));
    Ok(found)
}

fn order(device: &InputDevice) -> (bool, bool, &str) {
    (!device.is_default, !device.is_microphone, &device.name)
}

fn describe(device: &cpal::Device, is_default: bool) -> Option<InputDevice> {
    let id = device.id().ok()?.to_string();
    let description = device.description().ok()?;
    let format = device.default_input_config().ok().map(|config| input_format(&config));
    let is_hardware = description.device_type() == DeviceType::Microphone
        || !matches!(description.interface_type(), InterfaceType::Unknown | InterfaceType::Virtual);
    let is_plugin = is_alsa_plugin(&id);
    Some(InputDevice {
        name: description.name().to_owned(),
        is_default,
        is_microphone: is_default || format.is_some() && !is_plugin && (is_hardware || is_alsa_card(&id)),
        id,
        format,
    })
}

fn input_format(config: &SupportedStreamConfig) -> InputFormat {
    let (rate, channels) = (config.sample_rate(), config.channels());
    InputFormat { rate, channels, sample: config.sample_format().to_string() }
}

/// ALSA offers its converters and mixers as if they were inputs.
fn is_alsa_plugin(id: &str) -> bool {
    const PLUGINS: [&str; 13] = [
        "null",
        "upmix",
        "vdownmix",
        "lavrate",
        "samplerate",
        "speexrate",
        "speex",
        "jack",
        "oss",
        "dsnoop",
        "usbstream",
        "front",
        "surround",
    ];
    let name = id.rsplit_once("alsa:").map_or("", |(_, name)| name);
    PLUGINS.iter().any(|plugin| name.starts_with(plugin))
}

fn is_alsa_card(id: &str) -> bool {
    let name = id.rsplit_once("alsa:").map_or("", |(_, name)| name);
    ["pulse", "pipewire", "plughw:", "sysdefault:"].iter().any(|card| name.starts_with(card))
}
