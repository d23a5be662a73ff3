//! Why a server cannot be reached, or breaks off.

use std::{fmt, io};

/// Why a server cannot be reached, or breaks off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetworkFault {
    /// No server has this name, or names cannot be looked up.
    UnknownHost,
    /// The server does not accept a connection.
    NoConnection,
    /// The connection failed in a way that the system reports.
    Connection(io::ErrorKind),
    /// There was no answer in time.
    Timeout,
    /// The connection cannot be encrypted, as with an invalid certificate.
    Encryption(String),
    /// The server refers to others too often, or to one that may not be asked.
    Redirects,
    /// The server is busy; its status.
    Status(u16),
    /// The server sent another part of the file than requested.
    OtherPart,
    /// The server ended its answer before the end of the file.
    CutOff,
    /// Anything else, with the message of the HTTP library.
    Other(String),
}

impl From<&ureq::Error> for NetworkFault {
    fn from(error: &ureq::Error) -> Self {
        use ureq::Error;
        match error {
            Error::HostNotFound => Self::UnknownHost,
            Error::ConnectionFailed => Self::NoConnection,
            Error::Io(error) => error.into(),
            Error::Timeout(_) => Self::Timeout,
            Error::Tls(message) => Self::Encryption((*message).to_owned()),
            Error::Rustls(error) => Self::Encryption(error.to_string()),
            Error::TooManyRedirects | Error::RedirectFailed | Error::RequireHttpsOnly(_) => Self::Redirects,
            error => Self::Other(error.to_string()),
        }
    }
}

impl From<&io::Error> for NetworkFault {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::TimedOut => Self::Timeout,
            io::ErrorKind::Other | io::ErrorKind::InvalidData => Self::Other(error.to_string()),
            kind => Self::Connection(kind),
        }
    }
}

impl fmt::Display for NetworkFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownHost => f.write_str("no server of this name was found"),
            Self::NoConnection => f.write_str("it accepts no connection"),
            Self::Connection(kind) => write!(f, "{kind}"),
            Self::Timeout => f.write_str("there was no answer in time"),
            Self::Encryption(message) => write!(f, "the connection cannot be encrypted: {message}"),
            Self::Redirects => {
                f.write_str("it refers to other servers too often, or to one without encryption")
            }
            Self::Status(status) => write!(f, "it answered with status {status}"),
            Self::OtherPart => f.write_str("it sent another part than was asked for"),
            Self::CutOff => f.write_str("it broke off"),
            Self::Other(message) => f.write_str(message),
        }
    }
}
