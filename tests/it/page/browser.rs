//! A browser, as far as the page can tell.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use lectern::live::LiveEvent;
use lectern::time::TimeSpan;
use lectern::transcript::Word;
use serde_json::Value;

/// What takes longer than this will never happen.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A connection to a page.
pub struct Browser(BufReader<TcpStream>);

/// The host and the path of an address.
pub fn parts(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("http://").unwrap();
    rest.split_at(rest.find('/').unwrap())
}

impl Browser {
    /// Connects and says nothing yet.
    pub fn connect(url: &str) -> Self {
        let stream = TcpStream::connect(parts(url).0).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(BufReader::new(stream))
    }

    /// Sends a request as it is.
    pub fn send(url: &str, request: &str) -> Self {
        let mut browser = Self::connect(url);
        browser.write(request.as_bytes());
        browser
    }

    /// Asks for a path.
    pub fn get(url: &str, path: &str) -> Self {
        Self::send(url, &format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", parts(url).0))
    }

    /// Asks for the captions, which have an address below that of the page.
    pub fn reader(url: &str) -> Self {
        Self::get(url, &format!("{}events", parts(url).1))
    }

    pub fn write(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    /// Whether the page takes another byte.
    pub fn can_write(&mut self) -> bool {
        self.0.get_mut().write_all(b"x").is_ok()
    }

    /// The next line; `None` at the end.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let length = self.0.read_line(&mut line).unwrap();
        (length > 0).then(|| line.trim_end().to_owned())
    }

    /// The number of an answer and all that it says.
    pub fn answer(mut self) -> (u16, String) {
        let status = self.line().unwrap();
        let number = status.strip_prefix("HTTP/1.1 ").and_then(|text| text.get(..3)).unwrap();
        let mut text = String::new();
        while !text.ends_with("\n\n") {
            text.push_str(&self.line().unwrap());
            text.push('\n');
        }
        assert!(!text.contains("text/event-stream"), "these are captions, which have no end");
        self.0.read_to_string(&mut text).unwrap();
        (number.parse().unwrap(), text)
    }

    /// Whether the answer has this number, before all of it has come.
    pub fn answer_begins_with(mut self, status: u16) -> bool {
        self.line().is_some_and(|line| line.starts_with(&format!("HTTP/1.1 {status} ")))
    }

    /// The name of the next event that has one.
    pub fn event(&mut self) -> String {
        loop {
            let line = self.line().expect("the captions have ended");
            if let Some(name) = line.strip_prefix("event: ") {
                return name.to_owned();
            }
        }
    }

    /// What the page tells next.
    pub fn board(&mut self) -> Value {
        loop {
            let line = self.line().expect("the captions have ended");
            let Some(data) = line.strip_prefix("data: ") else { continue };
            let data: Value = serde_json::from_str(data).unwrap();
            if data["lines"].is_array() {
                return data;
            }
        }
    }

    /// Reads until the page tells something; its last line.
    pub fn until(&mut self, text: &str) -> Value {
        loop {
            let board = self.board();
            let line = board["lines"].as_array().unwrap().last().unwrap();
            if line["text"].as_str().unwrap().contains(text) {
                return line.clone();
            }
        }
    }

    /// The names of the events to the end of the captions.
    pub fn last_events(mut self) -> Vec<String> {
        let mut events = Vec::new();
        while let Some(line) = self.line() {
            events.extend(line.strip_prefix("event: ").map(str::to_owned));
        }
        events
    }

    /// Waits for the page to hang up.
    pub fn is_hung_up_on(&mut self) -> bool {
        match self.0.read(&mut [0]) {
            Ok(length) => length == 0,
            Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        }
    }
}

/// Tries until something is so.
#[track_caller]
pub fn wait_until(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < PATIENCE, "it never happened that {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

pub fn word(text: &str) -> Word {
    Word::new(text, TimeSpan::default())
}

pub fn commit(text: &str, is_last: bool) -> LiveEvent {
    LiveEvent::Committed { utterance: 0, words: vec![word(text)], is_last }
}

pub fn seem(text: &str) -> LiveEvent {
    LiveEvent::Tentative { utterance: 0, words: vec![word(text)] }
}
