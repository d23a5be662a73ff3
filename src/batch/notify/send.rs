//! Delivers notifications: to a web address that accepts JSON, or to a program that reads it.

use std::fmt;
use std::io;
use std::thread;
use std::time::Duration;

use thiserror::Error;
use ureq::Agent;
use ureq::http::Uri;
use ureq::tls::{RootCerts, TlsConfig};

use super::Notification;
use super::command::run;
use crate::asr::CancelToken;

/// Maximum number of redirects of a web hook.
const MOST_REDIRECTS: u32 = 3;

/// How long one notification may take, and how often it is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// The longest time for one try.
    pub time_out: Duration,
    /// The number of tries.
    pub tries: u32,
    /// The pause before the second try; doubled before each further one.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { time_out: Duration::from_secs(10), tries: 4, pause: Duration::from_secs(1) }
    }
}

/// The recipient of the notifications.
#[derive(Clone, Debug)]
pub enum Recipient {
    /// Gets each notification as the JSON body of a POST.
    Web {
        /// Sends the requests.
        agent: Agent,
        /// The address of the web hook.
        address: Uri,
    },
    /// A command line for the shell, which gets each notification as JSON on its standard input.
    Program(String),
}

/// Why a notification was not delivered. The address of a web hook is a secret, so errors name only its host.
#[derive(Debug, Error)]
pub enum RecipientError {
    /// The text starts like a web address but is not one.
    #[error("\"{0}\" is not a web address; write one such as https://example.org/hook, or a command")]
    Address(String),
    /// The request could not be sent.
    #[error("{host} could not be notified: {cause}")]
    Web {
        /// The host of the web hook.
        host: String,
        /// The error of the request.
        cause: Box<ureq::Error>,
    },
    /// The web hook answered with an error.
    #[error("{host} refused a notification: it answered with status {status}; check the address")]
    Refused {
        /// The host of the web hook.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// The command could not be started or watched.
    #[error("the command \"{command}\" could not be run: {source}")]
    NotRun {
        /// The command line.
        command: String,
        /// The error of the system.
        source: io::Error,
    },
    /// The command failed, or took too long.
    #[error("the command \"{command}\" failed: {how}")]
    Failed {
        /// The command line.
        command: String,
        /// Its exit status, or that it was ended.
        how: String,
    },
}

impl RecipientError {
    fn may_pass(&self) -> bool {
        match self {
            Self::Web { cause, .. } => !matches!(**cause, ureq::Error::TooManyRedirects),
            Self::Refused { status, .. } => matches!(status, 408 | 425 | 429 | 500..),
            Self::Address(_) | Self::NotRun { .. } | Self::Failed { .. } => false,
        }
    }
}

impl Recipient {
    /// Parses a web address, which starts with `http://` or `https://`, or else a command.
    ///
    /// # Errors
    /// [`RecipientError::Address`] if the address is invalid.
    pub fn from_argument(argument: &str) -> Result<Self, RecipientError> {
        let is_web = ["http://", "https://"].iter().any(|scheme| argument.starts_with(scheme));
        if !is_web {
            return Ok(Self::Program(argument.to_owned()));
        }
        let address: Uri = argument.parse().map_err(|_| RecipientError::Address(argument.to_owned()))?;
        if address.host().is_none_or(str::is_empty) {
            return Err(RecipientError::Address(argument.to_owned()));
        }
        // The certificates that the system trusts: hosts inside a university often have certificates of their own.
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(MOST_REDIRECTS)
            .tls_config(tls)
            .build();
        Ok(Self::Web { agent: Agent::new_with_config(config), address })
    }

    /// Delivers a notification, and tries again if that may help. Ends soon after `give_up` is set.
    ///
    /// # Errors
    /// [`RecipientError`] of the last try.
    pub fn deliver(
        &self,
        notification: &Notification,
        patience: Patience,
        give_up: &CancelToken,
    ) -> Result<(), RecipientError> {
        let json = serde_json::to_vec(notification).unwrap_or_default();
        let mut pause = patience.pause;
        for _ in 1..patience.tries {
            match self.try_once(&json, patience.time_out, give_up) {
                Err(error) if error.may_pass() && !give_up.is_cancelled() => thread::sleep(pause),
                result => return result,
            }
            pause *= 2;
        }
        self.try_once(&json, patience.time_out, give_up)
    }

    fn try_once(&self, json: &[u8], time_out: Duration, give_up: &CancelToken) -> Result<(), RecipientError> {
        match self {
            Self::Web { agent, address } => post(agent, address, json, time_out),
            Self::Program(command) => run(command, json, time_out, give_up),
        }
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Web { address, .. } => f.write_str(address.host().unwrap_or_default()),
            Self::Program(command) => f.write_str(command),
        }
    }
}

fn post(agent: &Agent, address: &Uri, json: &[u8], time_out: Duration) -> Result<(), RecipientError> {
    let host = || address.host().unwrap_or_default().to_owned();
    let request = agent.post(address).header("content-type", "application/json");
    let sent = request.config().timeout_global(Some(time_out)).build().send(json);
    let answer = sent.map_err(|cause| RecipientError::Web { host: host(), cause: Box::new(cause) })?;
    match answer.status().as_u16() {
        200..300 => Ok(()),
        status => Err(RecipientError::Refused { host: host(), status }),
    }
}
