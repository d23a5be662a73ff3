//! A server of one file on the loopback, which does wrong what its script says.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Act {
    /// Gives what is asked for.
    Give,
    /// Breaks off after this number of bytes.
    Cut(usize),
    /// Breaks off before it answers.
    HangUp,
    /// Stalls after this number of bytes.
    Stall(usize),
    /// Gives a byte at a time for a while.
    Slow,
    /// Gives blocks with pauses between them.
    Trickle,
    /// Says that the file has this length, and gives the file.
    Lie(u64),
    /// Gives bytes of another file of the same length.
    Wrong,
    /// Gives the whole file, whatever range was asked for.
    Whole,
    /// Answers a range with bytes from this place.
    OtherRange(usize),
    /// Answers with this status and these headers.
    Status(u16, &'static str),
}

/// The script, and what was asked.
pub struct Server {
    pub address: String,
    script: Arc<Mutex<VecDeque<Act>>>,
    /// The first byte that each request asked for, and how many bytes it got.
    asked: Arc<Mutex<Vec<(usize, usize)>>>,
}

impl Server {
    /// Serves these bytes at every path; after the script it gives what is asked for.
    pub fn new(bytes: Vec<u8>, script: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let script: Arc<Mutex<VecDeque<Act>>> = Arc::new(Mutex::new(script.into_iter().collect()));
        let asked: Arc<Mutex<Vec<(usize, usize)>>> = Arc::default();
        let (acts, log, bytes) = (Arc::clone(&script), Arc::clone(&asked), Arc::new(bytes));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let act = acts.lock().unwrap().pop_front().unwrap_or(Act::Give);
                let (bytes, log) = (Arc::clone(&bytes), Arc::clone(&log));
                // A client that has gone is its own affair.
                thread::spawn(move || answer(stream, &act, &bytes, &log).unwrap_or_default());
            }
        });
        Self { address, script, asked }
    }

    pub fn asked(&self) -> Vec<(usize, usize)> {
        self.asked.lock().unwrap().clone()
    }

    pub fn is_script_done(&self) -> bool {
        self.script.lock().unwrap().is_empty()
    }
}

fn answer(
    mut stream: TcpStream,
    act: &Act,
    bytes: &[u8],
    log: &Mutex<Vec<(usize, usize)>>,
) -> std::io::Result<()> {
    let start = requested(&stream)?;
    log.lock().unwrap().push((start, 0));
    let entry = log.lock().unwrap().len() - 1;
    let give = |stream: &mut TcpStream, part: &[u8]| {
        log.lock().unwrap()[entry].1 += part.len();
        stream.write_all(part)
    };
    if start >= bytes.len() && start > 0 {
        return stream.write_all(b"HTTP/1.1 416 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
    let wrong: Vec<u8> = bytes.iter().map(|byte| !byte).collect();
    let (start, bytes) = match act {
        Act::Whole => (0, bytes),
        Act::OtherRange(other) if start > 0 => (*other, bytes),
        Act::Wrong => (start, &wrong[..]),
        _ => (start, bytes),
    };
    let length = match act {
        Act::Lie(length) => *length,
        _ => (bytes.len() - start) as u64,
    };
    match act {
        Act::HangUp => return Ok(()),
        Act::Status(status, headers) => {
            let head =
                format!("HTTP/1.1 {status} no\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n");
            return stream.write_all(head.as_bytes());
        }
        _ => {}
    }
    let status = if start > 0 {
        format!("206 Partial\r\nContent-Range: bytes {start}-{}/{}", bytes.len() - 1, bytes.len())
    } else {
        "200 OK".to_owned()
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")?;
    let rest = &bytes[start..];
    match act {
        Act::Cut(count) => give(&mut stream, &rest[..rest.len().min(*count)]),
        Act::Stall(count) => {
            give(&mut stream, &rest[..rest.len().min(*count)])?;
            thread::sleep(Duration::from_secs(5));
            Ok(())
        }
        Act::Slow => {
            let (slow, rest) = rest.split_at(rest.len().min(200));
            for byte in slow {
                give(&mut stream, &[*byte])?;
                thread::sleep(Duration::from_millis(1));
            }
            give(&mut stream, rest)
        }
        Act::Trickle => rest.chunks(32_768).try_for_each(|block| {
            thread::sleep(Duration::from_millis(2));
            give(&mut stream, block)
        }),
        _ => give(&mut stream, rest),
    }
}

/// The first byte of the range that is asked for.
fn requested(stream: &TcpStream) -> std::io::Result<usize> {
    let mut start = 0;
    for line in BufReader::new(stream).lines() {
        let line = line?.to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(range) = line.strip_prefix("range: bytes=") {
            start = range.trim_end_matches('-').parse().unwrap();
        }
    }
    Ok(start)
}
