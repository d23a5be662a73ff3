//! A server's response: the bytes of a file from a position on, block by block.

use std::io::Read;
use std::thread;
use std::time::Duration;

use crossbeam::channel::{Receiver, RecvTimeoutError, bounded};
use ureq::http::{HeaderMap, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::source::ModelSource;
use crate::asr::CancelToken;

/// Size of a block. Unit: bytes.
const BLOCK: usize = 64 << 10;
/// Maximum number of blocks that wait for the disk.
const WAITING: usize = 16;
/// How often a wait checks for cancellation.
const TICK: Duration = Duration::from_millis(50);
/// Maximum number of redirects.
const MOST_REDIRECTS: u32 = 5;

/// How long a download waits, and how often it retries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Maximum time to connect, and between two pieces of a response.
    pub stall: Duration,
    /// Maximum number of consecutive tries without a single byte.
    pub tries: u32,
    /// Pause before the second try; doubled before each further one.
    pub pause: Duration,
    /// The longest pause, even if the server asks for a longer one.
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

/// The server's response.
pub(super) enum Reply {
    /// Bytes from `start` on, of a file of `total` bytes if it says so.
    Bytes { start: u64, total: Option<u64>, body: Body },
    /// There are no bytes from there on.
    NothingMore,
    /// It is busy, and may say for how long.
    Busy { status: u16, after: Option<Duration> },
    /// It refuses.
    Refused { status: u16 },
}

/// Makes an agent that uses the proxy of the source, or that of the environment as other programs do.
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

/// Requests a file from a position on, on a new thread, so that the wait can be cancelled at once; `None` if it was
/// cancelled.
///
/// # Errors
/// If no thread can be started; the inner result has those of the network.
pub(super) fn ask_for(
    agent: &Agent,
    source: &ModelSource,
    start: u64,
    cancel: &CancelToken,
) -> std::io::Result<Option<Result<Reply, ureq::Error>>> {
    let (agent, source) = (agent.clone(), source.clone());
    let (answer_in, answer) = bounded(1);
    thread::Builder::new().name("ask for a model".to_owned()).spawn(move || {
        // Nobody receives it after a cancellation.
        let _ = answer_in.send(ask(&agent, &source, start));
    })?;
    Ok(receive(&answer, cancel))
}

fn ask(agent: &Agent, source: &ModelSource, start: u64) -> Result<Reply, ureq::Error> {
    // With compression in transit, a range would refer to other bytes.
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

/// Parses the first byte and the total length of `bytes 100-199/1000` (RFC 9110, 14.4).
fn range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let text = headers.get(header::CONTENT_RANGE)?.to_str().ok()?;
    let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = range.split_once('-')?;
    Some((start.trim().parse().ok()?, total.trim().parse().ok()))
}

/// A response body read on a thread of its own, so that waiting for it can be cancelled at once.
pub(super) struct Blocks {
    blocks: Receiver<std::io::Result<Vec<u8>>>,
}

impl Blocks {
    /// Starts to read.
    ///
    /// # Errors
    /// If no thread can be started.
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

    /// Returns the next block, empty at the end; `None` if it was cancelled.
    pub fn next(&self, cancel: &CancelToken) -> Option<std::io::Result<Vec<u8>>> {
        match receive(&self.blocks, cancel) {
            None if !cancel.is_cancelled() => Some(Ok(Vec::new())),
            block => block,
        }
    }
}

/// Receives from a thread; `None` if it was cancelled or the thread has ended.
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

/// Waits, unless it is cancelled.
pub(super) fn wait(pause: Duration, cancel: &CancelToken) {
    let until = std::time::Instant::now() + pause;
    while !cancel.is_cancelled() && std::time::Instant::now() < until {
        thread::sleep(TICK.min(until.saturating_duration_since(std::time::Instant::now())));
    }
}
