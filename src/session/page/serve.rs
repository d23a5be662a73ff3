//! The little of HTTP/1.1 that the page needs: two addresses, no input, server-sent events.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::board::Board;

/// Readers at a time; a classroom has fewer.
const MOST_READERS: usize = 200;
/// A longer request is refused. Unit: bytes.
const MOST_REQUEST: u64 = 8 * 1024;
/// A reader who sends or takes nothing for so long is gone.
const PATIENCE: Duration = Duration::from_secs(10);
/// So often readers hear that the page is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(5);

const PAGE: &str = include_str!("page.html");

pub(super) struct Server {
    pub board: Arc<Board>,
    pub code: String,
    pub is_open: Arc<AtomicBool>,
}

impl Server {
    pub fn run(self, listener: &TcpListener) {
        let (server, readers) = (Arc::new(self), Arc::new(AtomicUsize::new(0)));
        for stream in listener.incoming() {
            if !server.is_open.load(Ordering::Acquire) {
                return;
            }
            let Ok(stream) = stream else { continue };
            let guard = Reader::enter(&readers);
            if guard.number > MOST_READERS {
                let _ = answer(&stream, "503 Service Unavailable", "text/plain", "Too many readers.");
                continue;
            }
            let server = Arc::clone(&server);
            let serve = move || {
                let _guard = guard;
                // A reader who goes away is nothing to tell of.
                let _ = server.serve(&stream);
            };
            let _ = thread::Builder::new().name("page reader".to_owned()).spawn(serve);
        }
    }

    fn serve(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let Some(path) = requested_path(stream)? else {
            return answer(stream, "405 Method Not Allowed", "text/plain", "This page can only be read.");
        };
        let Some(rest) = path.strip_prefix('/').and_then(|path| path.strip_prefix(self.code.as_str())) else {
            return answer(stream, "404 Not Found", "text/plain", "There is nothing here.");
        };
        match rest {
            "/" => answer(stream, "200 OK", "text/html; charset=utf-8", PAGE),
            "/events" => self.send_events(stream),
            _ => answer(stream, "404 Not Found", "text/plain", "There is nothing here."),
        }
    }

    fn send_events(&self, mut stream: &TcpStream) -> io::Result<()> {
        write!(stream, "{}Content-Type: text/event-stream\r\n\r\n", head("200 OK"))?;
        let mut seen = u64::MAX;
        while let Some((version, json)) = self.board.wait(seen, KEEP_ALIVE) {
            if version == seen {
                write!(stream, ":\n\n")?;
            } else {
                write!(stream, "data: {json}\n\n")?;
                seen = version;
            }
        }
        Ok(())
    }
}

/// Counts a reader for as long as it lives.
struct Reader {
    readers: Arc<AtomicUsize>,
    number: usize,
}

impl Reader {
    fn enter(readers: &Arc<AtomicUsize>) -> Self {
        let number = readers.fetch_add(1, Ordering::AcqRel) + 1;
        Self { readers: Arc::clone(readers), number }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.readers.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Reads a request to the end of its head; its path, if it only wants to read.
fn requested_path(stream: &TcpStream) -> io::Result<Option<String>> {
    let mut lines = BufReader::new(stream.take(MOST_REQUEST));
    let mut first = String::new();
    lines.read_line(&mut first)?;
    let mut line = String::new();
    while lines.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut parts = first.split_whitespace();
    Ok(match (parts.next(), parts.next()) {
        (Some("GET"), Some(path)) => Some(path.to_owned()),
        _ => None,
    })
}

fn answer(mut stream: &TcpStream, status: &str, kind: &str, body: &str) -> io::Result<()> {
    let length = body.len();
    write!(stream, "{}Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}", head(status))
}

fn head(status: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
         Referrer-Policy: no-referrer\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
         connect-src 'self'\r\n"
    )
}
