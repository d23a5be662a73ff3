//! One connection to a browser: its request, and the messages waiting to be sent.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use socket2::{SockRef, TcpKeepalive};

use super::http::{Message, head_length, requested_path};

/// A longer request is rejected. Unit: bytes.
const MOST_HEAD: usize = 8 << 10;
/// Input after the request is ignored; a connection that sends more than this is closed. Unit: bytes.
const MOST_IGNORED: usize = 64 << 10;
/// The system's send buffer for a reader. The default would hold the captions of an hour, so that a reader that
/// receives nothing would be noticed late. Unit: bytes.
const SYSTEM_BUFFER: usize = 32 << 10;
/// An idle connection is probed after this time (TCP keep-alive),
const PROBE_AFTER: Duration = Duration::from_secs(15);
/// then again at this interval,
const PROBE_AGAIN: Duration = Duration::from_secs(5);
/// and is closed after this number of probes without an answer.
const PROBES: u32 = 3;

pub(super) struct Connection {
    stream: TcpStream,
    /// The part of the request received so far, until it is complete.
    head: Vec<u8>,
    is_asking: bool,
    /// The last waiting message ends the stream.
    ends: bool,
    ignored: usize,
    outgoing: VecDeque<Message>,
    /// The number of bytes already sent of the first waiting message.
    sent: usize,
    /// The number of bytes waiting to be sent.
    waiting: usize,
    pub since: Instant,
    /// When data was last sent, or began to wait. Meaningless if nothing is waiting.
    taken: Instant,
}

/// What a browser has sent.
pub(super) enum Input {
    /// A request to read this path; `None` for any other request.
    Request(Option<String>),
    TooLong,
    /// Nothing more for now.
    Nothing,
    /// It has closed the connection, or does not behave like a browser.
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

    /// Makes the system detect a reader that has disappeared without closing, such as a phone out of reach.
    pub fn set_up_for_reading(&self, patience: Duration) -> io::Result<()> {
        let socket = SockRef::from(&self.stream);
        socket.set_tcp_nodelay(true)?;
        socket.set_send_buffer_size(SYSTEM_BUFFER)?;
        let probes = TcpKeepalive::new().with_time(PROBE_AFTER).with_interval(PROBE_AGAIN);
        socket.set_tcp_keepalive(&probes.with_retries(PROBES))?;
        set_user_timeout(&socket, patience)
    }

    /// Reads to the end of the request or of the available input.
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

    /// Adds the last message.
    pub fn push_last(&mut self, message: Message, now: Instant) {
        self.push(message, now);
        self.ends = true;
    }

    /// Sends as much as the socket accepts now.
    ///
    /// # Errors
    /// [`io::Error`] if the browser has closed the connection.
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
            // The browser closes the connection after reading to the end; closing it here could discard the end.
            self.stream.shutdown(Shutdown::Write)?;
        }
        Ok(())
    }

    /// Returns the number of bytes waiting to be sent.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Returns for how long the waiting data has made no progress.
    pub fn stalled(&self, now: Instant) -> Duration {
        if self.outgoing.is_empty() { Duration::ZERO } else { now.saturating_duration_since(self.taken) }
    }
}

/// Closes the connection if sent data is not acknowledged for this long.
#[cfg(target_os = "linux")]
fn set_user_timeout(socket: &SockRef<'_>, patience: Duration) -> io::Result<()> {
    socket.set_tcp_user_timeout(Some(patience))
}

/// Other systems detect this by themselves, in minutes.
#[cfg(not(target_os = "linux"))]
fn set_user_timeout(_socket: &SockRef<'_>, _patience: Duration) -> io::Result<()> {
    Ok(())
}
