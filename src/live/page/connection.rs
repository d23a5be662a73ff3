//! One browser: what it asks, and what waits to be sent to it.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use socket2::{SockRef, TcpKeepalive};

use super::http::{Message, head_length, requested_path};

/// A longer request is refused. Unit: bytes.
const MOST_HEAD: usize = 8 << 10;
/// What comes after a request is not read; who sends more than this has not come to read. Unit: bytes.
const MOST_IGNORED: usize = 64 << 10;
/// What the system keeps for a reader; by itself it would keep the captions of an hour, and a reader who takes nothing
/// would be noticed late. Unit: bytes.
const SYSTEM_BUFFER: usize = 32 << 10;
/// A reader to whom nothing is sent for so long is asked for a sign of life,
const PROBE_AFTER: Duration = Duration::from_secs(15);
/// and again after so long,
const PROBE_AGAIN: Duration = Duration::from_secs(5);
/// and is gone if it has not answered so often.
const PROBES: u32 = 3;

pub(super) struct Connection {
    stream: TcpStream,
    /// What has come of the request, until all of it has.
    head: Vec<u8>,
    is_asking: bool,
    /// Nothing follows what waits.
    ends: bool,
    ignored: usize,
    outgoing: VecDeque<Message>,
    /// What has been sent of the first message that waits. Unit: bytes.
    sent: usize,
    /// Unit: bytes.
    waiting: usize,
    pub since: Instant,
    /// When something was taken, or began to wait. Says nothing while nothing waits.
    taken: Instant,
}

/// What was read from a browser.
pub(super) enum Input {
    /// A request to read this path, or to do something else.
    Request(Option<String>),
    TooLong,
    /// All that is there for now.
    Nothing,
    /// It has gone, or does what no browser does.
    End,
}

impl Connection {
    pub fn new(stream: TcpStream, now: Instant) -> Self {
        Self {
            stream,
            head: Vec::new(),
            is_asking: true,
            ends: false,
            ignored: 0,
            outgoing: VecDeque::new(),
            sent: 0,
            waiting: 0,
            since: now,
            taken: now,
        }
    }

    /// Lets the system find out when a reader is gone who does not say so, such as a phone out of reach.
    pub fn set_up_for_reading(&self, patience: Duration) -> io::Result<()> {
        let socket = SockRef::from(&self.stream);
        socket.set_tcp_nodelay(true)?;
        socket.set_send_buffer_size(SYSTEM_BUFFER)?;
        let probes = TcpKeepalive::new().with_time(PROBE_AFTER).with_interval(PROBE_AGAIN);
        socket.set_tcp_keepalive(&probes.with_retries(PROBES))?;
        set_user_timeout(&socket, patience)
    }

    /// Reads on, to the end of the request or of what is there.
    pub fn read(&mut self) -> Input {
        let mut block = [0; 4096];
        loop {
            match self.stream.read(&mut block) {
                Ok(0) => return Input::End,
                Ok(length) if self.is_asking => {
                    self.head.extend_from_slice(&block[..length]);
                    if let Some(input) = self.request() {
                        return input;
                    }
                }
                Ok(length) => {
                    self.ignored += length;
                    if self.ignored > MOST_IGNORED {
                        return Input::End;
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Input::Nothing,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Input::End,
            }
        }
    }

    fn request(&mut self) -> Option<Input> {
        let input = match head_length(&self.head) {
            Some(length) if length <= MOST_HEAD => {
                Input::Request(requested_path(&self.head[..length]).map(str::to_owned))
            }
            None if self.head.len() <= MOST_HEAD => return None,
            _ => Input::TooLong,
        };
        self.is_asking = false;
        self.head = Vec::new();
        Some(input)
    }

    pub fn push(&mut self, message: Message, now: Instant) {
        if self.outgoing.is_empty() {
            self.taken = now;
        }
        self.waiting += message.len();
        self.outgoing.push_back(message);
    }

    /// The next message is the last.
    pub fn push_last(&mut self, message: Message, now: Instant) {
        self.push(message, now);
        self.ends = true;
    }

    /// Sends what can be sent now.
    ///
    /// # Errors
    /// When the browser has gone.
    pub fn flush(&mut self, now: Instant) -> io::Result<()> {
        while let Some(first) = self.outgoing.front() {
            match self.stream.write(&first[self.sent..]) {
                Ok(length) => {
                    self.taken = now;
                    self.waiting -= length;
                    self.sent += length;
                    if self.sent == first.len() {
                        self.sent = 0;
                        self.outgoing.pop_front();
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        if std::mem::take(&mut self.ends) {
            // The browser hangs up when it has read to the end; to do it here could take the end away from it.
            self.stream.shutdown(Shutdown::Write)?;
        }
        Ok(())
    }

    /// Bytes that wait to be sent.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// For how long nothing has been taken of what waits.
    pub fn stalled(&self, now: Instant) -> Duration {
        if self.outgoing.is_empty() { Duration::ZERO } else { now.saturating_duration_since(self.taken) }
    }
}

/// What was sent and not received for so long ends the connection.
#[cfg(target_os = "linux")]
fn set_user_timeout(socket: &SockRef<'_>, patience: Duration) -> io::Result<()> {
    socket.set_tcp_user_timeout(Some(patience))
}

/// Other systems find that out by themselves, in minutes.
#[cfg(not(target_os = "linux"))]
fn set_user_timeout(_socket: &SockRef<'_>, _patience: Duration) -> io::Result<()> {
    Ok(())
}
