//! The ways to a recipient: a web address that takes JSON, or a program that reads it.

use std::fmt;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use thiserror::Error;
use ureq::Agent;
use ureq::http::Uri;
use ureq::tls::{RootCerts, TlsConfig};

use super::Notification;

/// How long one notification may take, and how often it is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For one try.
    pub time_out: Duration,
    pub tries: u32,
    /// Before the second try; doubled before each further one.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { time_out: Duration::from_secs(10), tries: 4, pause: Duration::from_secs(1) }
    }
}

/// Who is told.
#[derive(Clone, Debug)]
pub enum Recipient {
    /// Gets each notification as the JSON body of a POST.
    Web { agent: Agent, address: Uri },
    /// A command line for the shell, which gets each notification as JSON on its standard input.
    Program(String),
}

#[derive(Debug, Error)]
pub enum RecipientError {
    #[error("\"{0}\" is no web address; write one such as https://example.org/hook, or a command")]
    Address(String),
    /// Addresses of web hooks are secrets: the host alone is told.
    #[error("{host} could not be told: {cause}")]
    Web { host: String, cause: Box<ureq::Error> },
    #[error("{host} refused a notification: it answered with status {status}; check the address")]
    Refused { host: String, status: u16 },
    #[error("the command \"{command}\" could not be run: {source}")]
    NotRun { command: String, source: io::Error },
    #[error("the command \"{command}\" failed: {how}")]
    Failed { command: String, how: String },
}

impl RecipientError {
    fn may_pass(&self) -> bool {
        match self {
            Self::Web { .. } => true,
            Self::Refused { status, .. } => matches!(status, 408 | 425 | 429 | 500..),
            Self::Address(_) | Self::NotRun { .. } | Self::Failed { .. } => false,
        }
    }
}

impl Recipient {
    /// Reads a web address that begins with `http://` or `https://`, or else a command.
    ///
    /// # Errors
    /// [`RecipientError::Address`].
    pub fn from_argument(argument: &str) -> Result<Self, RecipientError> {
        let is_web = ["http://", "https://"].iter().any(|scheme| argument.starts_with(scheme));
        if !is_web {
            return Ok(Self::Program(argument.to_owned()));
        }
        let address: Uri = argument.parse().map_err(|_| RecipientError::Address(argument.to_owned()))?;
        if address.host().is_none_or(str::is_empty) {
            return Err(RecipientError::Address(argument.to_owned()));
        }
        // The certificates that the system trusts, for hosts inside a university often have its own.
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder().http_status_as_error(false).tls_config(tls).build();
        Ok(Self::Web { agent: Agent::new_with_config(config), address })
    }

    /// Delivers a notification, and tries again where that may help.
    ///
    /// # Errors
    /// Of the last try.
    pub fn deliver(&self, notification: &Notification, patience: Patience) -> Result<(), RecipientError> {
        let json = serde_json::to_vec(notification).unwrap_or_default();
        let mut pause = patience.pause;
        for _ in 1..patience.tries {
            match self.try_once(&json, patience.time_out) {
                Err(error) if error.may_pass() => thread::sleep(pause),
                result => return result,
            }
            pause *= 2;
        }
        self.try_once(&json, patience.time_out)
    }

    fn try_once(&self, json: &[u8], time_out: Duration) -> Result<(), RecipientError> {
        match self {
            Self::Web { agent, address } => post(agent, address, json, time_out),
            Self::Program(command) => run(command, json, time_out),
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

fn run(command: &str, json: &[u8], time_out: Duration) -> Result<(), RecipientError> {
    let not_run = |source| RecipientError::NotRun { command: command.to_owned(), source };
    let failed = |how: String| RecipientError::Failed { command: command.to_owned(), how };
    let mut child = shell(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(not_run)?;
    if let Some(mut input) = child.stdin.take() {
        // A command need not read what it is told.
        let _ = input.write_all(json);
    }
    match wait(&mut child, time_out).map_err(not_run)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(failed(status.to_string())),
        None => Err(failed(format!("it was ended after {} s", time_out.as_secs()))),
    }
}

fn shell(command: &str) -> Command {
    let (program, option) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut shell = Command::new(program);
    shell.arg(option).arg(command);
    shell
}

/// None for a process that had to be ended.
fn wait(child: &mut Child, time_out: Duration) -> io::Result<Option<std::process::ExitStatus>> {
    let deadline = Instant::now() + time_out;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(20));
    }
}
