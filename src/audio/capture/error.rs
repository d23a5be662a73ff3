use cpal::ErrorKind;
use thiserror::Error;

/// Why a microphone delivers no sound. The text names the cause and a remedy.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CaptureError {
    #[error("the microphones cannot be listed ({0}); check that the sound system is running")]
    /// The devices cannot be listed.
    List(cpal::Error),

    #[error("there is no microphone; plug one in")]
    /// The system has no input device.
    NoDevice,

    #[error("there is no microphone \"{name}\"")]
    /// No device has this name.
    UnknownDevice {
        /// The requested name.
        name: String,
    },

    #[error("{device} may not be used; allow microphones for this program in the system's privacy settings")]
    /// The system does not allow this program to record.
    PermissionDenied {
        /// Its name.
        device: String,
    },

    #[error("{device} is in use by another program; close that program and try again")]
    /// Another program uses the device.
    Busy {
        /// Its name.
        device: String,
    },

    #[error("{device} has {channels} channels, so there is no channel {channel}; count from 1")]
    /// The device has fewer channels.
    NoChannel {
        /// Its name.
        device: String,
        /// The requested channel, from 1.
        channel: u16,
        /// Number of channels of the device.
        channels: u16,
    },

    /// It was unplugged or switched off during recording.
    #[error("{device} is gone; plug it in again")]
    Lost {
        /// Its name.
        device: String,
    },

    #[error("{device} cannot be recorded from ({cause}); choose another device or restart the sound system")]
    /// The device failed.
    Failed {
        /// Its name.
        device: String,
        /// The error of the sound system.
        cause: cpal::Error,
    },
}

impl CaptureError {
    pub(super) fn of(device: &str, cause: cpal::Error) -> Self {
        let device = device.to_owned();
        match cause.kind() {
            ErrorKind::PermissionDenied => Self::PermissionDenied { device },
            ErrorKind::DeviceBusy => Self::Busy { device },
            ErrorKind::DeviceNotAvailable | ErrorKind::StreamInvalidated => Self::Lost { device },
            _ => Self::Failed { device, cause },
        }
    }

    /// Sound systems offer a default device that does not exist if nothing is plugged in.
    pub(super) fn at_opening(is_named: bool, device: &str, cause: cpal::Error) -> Self {
        match Self::of(device, cause) {
            Self::Lost { .. } if !is_named => Self::NoDevice,
            error => error,
        }
    }

    /// Returns one error of each kind, for tests.
    #[cfg(test)]
    pub(crate) fn one_of_each() -> [Self; 8] {
        let device = || "USB mic".to_owned();
        [
            Self::List(ErrorKind::HostUnavailable.into()),
            Self::NoDevice,
            Self::UnknownDevice { name: device() },
            Self::PermissionDenied { device: device() },
            Self::Busy { device: device() },
            Self::NoChannel { device: device(), channel: 3, channels: 2 },
            Self::Lost { device: device() },
            Self::Failed { device: device(), cause: ErrorKind::BackendError.into() },
        ]
    }

    /// An error that ends a working stream usually means that the device was unplugged.
    pub(super) fn while_open(device: &str, cause: cpal::Error) -> Self {
        match Self::of(device, cause) {
            Self::Failed { device, .. } => Self::Lost { device },
            error => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_what_can_be_done_when_it_happened() {
        let device = "mic".to_owned();
        let gone = || ErrorKind::DeviceNotAvailable.into();
        assert_eq!(CaptureError::at_opening(false, "mic", gone()), CaptureError::NoDevice);
        let lost = CaptureError::Lost { device: device.clone() };
        assert_eq!(CaptureError::at_opening(true, "mic", gone()), lost);
        assert_eq!(CaptureError::while_open("mic", ErrorKind::BackendError.into()), lost);
        let denied = CaptureError::PermissionDenied { device };
        assert_eq!(CaptureError::at_opening(false, "mic", ErrorKind::PermissionDenied.into()), denied);
        assert_eq!(CaptureError::while_open("mic", ErrorKind::PermissionDenied.into()), denied);
    }
}
