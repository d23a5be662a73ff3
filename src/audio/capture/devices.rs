//! Lists the audio inputs.

use cpal::traits::{DeviceTrait, HostTrait};
use cpal::{DeviceType, InterfaceType, SupportedStreamConfig};

use super::CaptureError;

/// An input that can be recorded from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputDevice {
    /// Identifies the device, from one start of the program to the next.
    pub id: String,
    /// The name shown to users.
    pub name: String,
    /// Whether the system records from this device by default.
    pub is_default: bool,
    /// Whether it is a microphone or a line input, rather than a converter or mixer that the sound system lists as an
    /// input.
    pub is_microphone: bool,
    /// Its default format; `None` if it cannot be opened.
    pub format: Option<InputFormat>,
}

/// The format of a device's sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFormat {
    /// Samples per second.
    pub rate: u32,
    /// Number of channels.
    pub channels: u16,
    /// Sample format, such as `f32` or `i16`.
    pub sample: String,
}

/// Lists the inputs of the default host: the default one first, then microphones, then the rest, each by name. Without
/// `all`, only microphones are listed, because merely examining the others makes their libraries write to the terminal.
pub fn input_devices(all: bool) -> Result<Vec<InputDevice>, CaptureError> {
    super::silence_alsa();
    let host = cpal::default_host();
    let default = host.default_input_device().and_then(|device| device.id().ok());
    let mut found: Vec<_> = inputs(&host, all)?
        .filter_map(|device| {
            let id = device.id().ok()?;
            describe(&device, Some(&id) == default.as_ref())
        })
        .filter(|device| all || device.is_microphone)
        .collect();
    found.sort_by(|a, b| order(a).cmp(&order(b)));
    Ok(found)
}

fn inputs(host: &cpal::Host, all: bool) -> Result<impl Iterator<Item = cpal::Device>, CaptureError> {
    let is_wanted = move |device: &cpal::Device| {
        let is_plugin = device.id().is_ok_and(|id| is_alsa_plugin(&id.to_string()));
        (all || !is_plugin) && device.supports_input()
    };
    Ok(host.devices().map_err(CaptureError::List)?.filter(is_wanted))
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

/// Returns the input with this name or id; the system's default if none is given. Part of a name is enough, in any
/// case.
pub(super) fn find(name: Option<&str>) -> Result<cpal::Device, CaptureError> {
    let host = cpal::default_host();
    let Some(name) = name else {
        return host.default_input_device().ok_or(CaptureError::NoDevice);
    };
    let wanted = name.to_lowercase();
    let rank = |device: &cpal::Device| {
        let id = device.id().ok()?.to_string().to_lowercase();
        let name = device.description().ok()?.name().to_lowercase();
        [id == wanted, name == wanted, name.contains(&wanted)].iter().position(|fits| *fits)
    };
    let best = |all| Ok(inputs(&host, all)?.filter(|device| rank(device).is_some()).min_by_key(rank));
    let found = best(false)?.map_or_else(|| best(true), |device| Ok(Some(device)))?;
    found.ok_or_else(|| CaptureError::UnknownDevice { name: name.to_owned() })
}

pub(super) fn input_format(config: &SupportedStreamConfig) -> InputFormat {
    let (rate, channels) = (config.sample_rate(), config.channels());
    InputFormat { rate, channels, sample: config.sample_format().to_string() }
}

/// ALSA lists its converters and mixers as if they were inputs.
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
