use cpal::ErrorKind;
use thiserror::Error;

/// Why there is no sound from a microphone. The text names the cause and the fix.
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
        /// Which was asked for.
        name: String,
    },

    #[error("{device} may not be used; allow microphones for this program in the system's privacy settings")]
    /// The system forbids this program to record.
    PermissionDenied {
        /// Its name.
        device: String,
    },

    #[error("{device} is in use by another program; close that program and try again")]
    /// Another program has the device.
    Busy {
        /// Its name.
        device: String,
    },

    #[error("{device} has {channels} channels, so there is no channel {channel}; count from 1")]
    /// The device has fewer channels.
    NoChannel {
        /// Its name.
        device: String,
        /// Which was asked for, from 1.
        channel: u16,
        /// Of the device.
        channels: u16,
    },

    /// It was unplugged or switched off while it recorded.
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
        /// What went wrong.
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

    /// Sound systems offer a default device that is not there when nothing is plugged in.
    pub(super) fn at_opening(is_named: bool, device: &str, cause: cpal::Error) -> Self {
        match Self::of(device, cause) {
            Self::Lost { .. } if !is_named => Self::NoDevice,
            error => error,
        }
    }

    /// One of each, for tests of those who put them into words.
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

    /// What ends a stream that gave sound so far has mostly to do with a plug.
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
