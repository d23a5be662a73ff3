//! One answer of a server: the bytes of a file from a place on, block by block.

use std::io::Read;
use std::thread;
use std::time::Duration;

use crossbeam::channel::{Receiver, RecvTimeoutError, bounded};
use ureq::http::{HeaderMap, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::source::ModelSource;
use crate::asr::CancelToken;

/// Bytes that are handed on at a time.
const BLOCK: usize = 64 << 10;
/// Blocks that wait for the disk.
const WAITING: usize = 16;
/// How often a wait asks whether the download is still wanted.
const TICK: Duration = Duration::from_millis(50);
/// Servers move files to others by so many redirects at most.
const MOST_REDIRECTS: u32 = 5;

/// How long a download waits, and how often it tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// To connect, and between two pieces of an answer.
    pub stall: Duration,
    /// Tries in a row that bring not a byte.
    pub tries: u32,
    /// Before the second of these; doubled before each further one.
    pub pause: Duration,
    /// The longest pause, also if the server asks for a longer one.
    pub longest_pause: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            stall: Duration::from_secs(30),
            tries: 6,
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(60),
        }
    }
}

/// What the server answered.
pub(super) enum Reply {
    /// Bytes from `start` on, of a file of `total` bytes if it says so.
    Bytes { start: u64, total: Option<u64>, body: Body },
    /// There is nothing from there on.
    NothingMore,
    /// It cannot now, and says after how long it may.
    Busy { status: u16, after: Option<Duration> },
    /// It will not.
    Refused { status: u16 },
}

/// An agent that goes through the proxy of the source, or of the environment as other programs do.
pub(super) fn agent(source: &ModelSource, patience: RetryPolicy) -> Agent {
    // The certificates that the system trusts, since an institution's mirror often has its own.
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .https_only(source.is_encrypted())
        .max_redirects(MOST_REDIRECTS)
        .timeout_connect(Some(patience.stall))
        .timeout_recv_response(Some(patience.stall))
        .timeout_per_read(Some(patience.stall))
        .tls_config(tls);
    let config = match source.proxy() {
        Some(proxy) => config.proxy(Some(proxy.clone())),
        None => config,
    };
    Agent::new_with_config(config.build())
}

/// Asks for a file from a place on, on a thread of its own, so that the wait can be given up at once; `None` when it was.
///
/// # Errors
/// When no thread can be started; inside, those of the network.
pub(super) fn ask_for(
    agent: &Agent,
    source: &ModelSource,
    start: u64,
    cancel: &CancelToken,
) -> std::io::Result<Option<Result<Reply, ureq::Error>>> {
    let (agent, source) = (agent.clone(), source.clone());
    let (answer_in, answer) = bounded(1);
    thread::Builder::new().name("ask for a model".to_owned()).spawn(move || {
        // Nobody takes it after a cancel.
        let _ = answer_in.send(ask(&agent, &source, start));
    })?;
    Ok(receive(&answer, cancel))
}

fn ask(agent: &Agent, source: &ModelSource, start: u64) -> Result<Reply, ureq::Error> {
    // Compressed on the way, a range would be one of other bytes.
    let mut request = agent.get(source.address()).header(header::ACCEPT_ENCODING, "identity");
    if start > 0 {
        request = request.header(header::RANGE, format!("bytes={start}-"));
    }
    let answer = request.call()?;
    let (parts, body) = answer.into_parts();
    Ok(match parts.status {
        StatusCode::OK => {
            Reply::Bytes { start: 0, total: number(&parts.headers, header::CONTENT_LENGTH), body }
        }
        StatusCode::PARTIAL_CONTENT => match range(&parts.headers) {
            Some((start, total)) => Reply::Bytes { start, total, body },
            None => Reply::Refused { status: 206 },
        },
        StatusCode::RANGE_NOT_SATISFIABLE => Reply::NothingMore,
        status if is_passing(status) => {
            let after = number(&parts.headers, header::RETRY_AFTER).map(Duration::from_secs);
            Reply::Busy { status: status.as_u16(), after }
        }
        status => Reply::Refused { status: status.as_u16() },
    })
}

fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429)
}

fn number(headers: &HeaderMap, name: header::HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// The first byte and the length of the whole, of `bytes 100-199/1000` (RFC 9110, 14.4).
fn range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let text = headers.get(header::CONTENT_RANGE)?.to_str().ok()?;
    let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = range.split_once('-')?;
    Some((start.trim().parse().ok()?, total.trim().parse().ok()))
}

/// A body that is read on a thread of its own, so that a wait for it can be given up at once.
pub(super) struct Blocks {
    blocks: Receiver<std::io::Result<Vec<u8>>>,
}

impl Blocks {
    /// Starts to read.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn of(body: Body) -> std::io::Result<Self> {
        let (blocks_in, blocks) = bounded(WAITING);
        thread::Builder::new().name("download".to_owned()).spawn(move || {
            let mut reader = body.into_reader();
            loop {
                let mut block = vec![0; BLOCK];
                let read = reader.read(&mut block);
                let is_last = !matches!(read, Ok(1..));
                let block = read.map(|read| {
                    block.truncate(read);
                    block
                });
                if blocks_in.send(block).is_err() || is_last {
                    return;
                }
            }
        })?;
        Ok(Self { blocks })
    }

    /// The next block, empty at the end; `None` when it was cancelled.
    pub fn next(&self, cancel: &CancelToken) -> Option<std::io::Result<Vec<u8>>> {
        match receive(&self.blocks, cancel) {
            None if !cancel.is_cancelled() => Some(Ok(Vec::new())),
            block => block,
        }
    }
}

/// What comes from a thread; `None` when it was cancelled or the thread has ended.
fn receive<T>(from: &Receiver<T>, cancel: &CancelToken) -> Option<T> {
    while !cancel.is_cancelled() {
        match from.recv_timeout(TICK) {
            Ok(value) => return Some(value),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    None
}

/// Waits, unless it is cancelled before.
pub(super) fn wait(pause: Duration, cancel: &CancelToken) {
    let until = std::time::Instant::now() + pause;
    while !cancel.is_cancelled() && std::time::Instant::now() < until {
        thread::sleep(TICK.min(until.saturating_duration_since(std::time::Instant::now())));
    }
}
