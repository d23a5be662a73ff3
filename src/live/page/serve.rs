//! The thread that serves all readers: it waits only for sockets and for changes of the text.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

use super::connection::{Connection, Input};
use super::http::{self, Answer, Message};
use super::limits::Limits;
use super::page_state::{PageNews, PageState};

/// The text has changed.
pub(super) const NEWS: Token = Token(0);
const NEWCOMERS: Token = Token(1);
const FIRST_CONNECTION: usize = 2;

/// How often to check for readers that are too slow.
const LOOK: Duration = Duration::from_millis(250);
/// How often readers get a sign that the page is still served.
const ALIVE: Duration = Duration::from_secs(5);
/// New connections accepted before existing ones are served.
const AT_ONCE: usize = 64;
/// Time until the next try if the system has no resources for another connection.
const NO_ROOM: Duration = Duration::from_millis(500);
/// How long readers have at the end to receive the last words.
const FAREWELL: Duration = Duration::from_secs(1);

pub(super) struct Server {
    poll: Poll,
    /// Closed when the page ends.
    listener: Option<TcpListener>,
    page_state: Arc<PageState>,
    code: String,
    limits: Limits,
    readers: BTreeMap<Token, Connection>,
    /// The oldest comes first, since numbers ascend.
    strangers: BTreeMap<Token, Connection>,
    next: usize,
    /// New connections may be waiting.
    has_newcomers: bool,
    /// No connection is accepted before this time.
    closed_until: Instant,
    alive_at: Instant,
    /// The last message sent to readers.
    last_sent: Option<Message>,
}

impl Server {
    pub fn new(
        poll: Poll,
        mut listener: TcpListener,
        page_state: Arc<PageState>,
        code: String,
        limits: Limits,
    ) -> io::Result<Self> {
        poll.registry().register(&mut listener, NEWCOMERS, Interest::READABLE)?;
        let now = Instant::now();
        Ok(Self {
            poll,
            listener: Some(listener),
            page_state,
            code,
            limits,
            readers: BTreeMap::new(),
            strangers: BTreeMap::new(),
            next: FIRST_CONNECTION,
            has_newcomers: false,
            closed_until: now,
            alive_at: now + ALIVE,
            last_sent: None,
        })
    }

    pub fn run(&mut self) {
        let mut events = Events::with_capacity(1024);
        loop {
            let patience = self.patience();
            self.wait(&mut events, patience);
            let page_state = Arc::clone(&self.page_state);
            if let Some(PageNews { lines, is_closed }) = page_state.news() {
                let message = http::message(&lines);
                // A new draft may have the same words.
                if self.last_sent.as_ref() != Some(&message) {
                    self.send_to_all(&message);
                    self.last_sent = Some(message);
                }
                if is_closed {
                    return self.end(&mut events);
                }
            }
            if self.has_newcomers && self.closed_until <= Instant::now() {
                self.let_in();
            }
            self.look_around();
        }
    }

    /// Returns the maximum time to wait for an event; `None` waits without a limit.
    fn patience(&self) -> Option<Duration> {
        let now = Instant::now();
        if self.has_newcomers {
            return Some(self.closed_until.saturating_duration_since(now).min(LOOK));
        }
        (!self.readers.is_empty() || !self.strangers.is_empty()).then_some(LOOK)
    }

    /// Waits for events, and serves the connections that have one.
    fn wait(&mut self, events: &mut Events, patience: Option<Duration>) {
        match self.poll.poll(events, patience) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => return,
            // No other error is known; if there is one, avoid a busy loop.
            Err(_) => return std::thread::sleep(LOOK),
        }
        let now = Instant::now();
        for event in &*events {
            match event.token() {
                NEWS => {}
                NEWCOMERS => self.has_newcomers = true,
                token => self.attend(token, now),
            }
        }
    }

    fn let_in(&mut self) {
        for _ in 0..AT_ONCE {
            let accepted = self.listener.as_ref().map(TcpListener::accept);
            match accepted {
                Some(Ok((stream, _))) => self.welcome(stream),
                Some(Err(error)) if error.kind() == ErrorKind::WouldBlock => {
                    self.has_newcomers = false;
                    return;
                }
                Some(Err(error)) if is_of_newcomer(&error) => {}
                _ => {
                    self.closed_until = Instant::now() + NO_ROOM;
                    return;
                }
            }
        }
    }

    /// Adds a new connection, whose request has usually arrived already.
    fn welcome(&mut self, mut stream: TcpStream) {
        if self.strangers.len() >= self.limits.strangers {
            self.strangers.pop_first();
        }
        let token = Token(self.next);
        self.next += 1;
        let interest = Interest::READABLE | Interest::WRITABLE;
        if self.poll.registry().register(&mut stream, token, interest).is_ok() {
            let now = Instant::now();
            self.strangers.insert(token, Connection::new(stream, now));
            self.attend(token, now);
        }
    }

    /// Reads from a connection, and sends its waiting data.
    fn attend(&mut self, token: Token, now: Instant) {
        if let Some(stranger) = self.strangers.remove(&token) {
            self.attend_stranger(token, stranger, now);
        } else if let Some(reader) = self.readers.get_mut(&token) {
            let is_there = matches!(reader.read(), Input::Nothing) && reader.flush(now).is_ok();
            if !is_there {
                self.readers.remove(&token);
            }
        }
    }

    fn attend_stranger(&mut self, token: Token, mut stranger: Connection, now: Instant) {
        loop {
            let answer = match stranger.read() {
                Input::Nothing => break,
                Input::End => return,
                Input::TooLong => Answer::TooLong,
                Input::Request(None) => Answer::OnlyReading,
                Input::Request(Some(path)) => match self.wanted(&path) {
                    Wanted::Answer(answer) => answer,
                    Wanted::Captions if self.readers.len() >= self.limits.readers => Answer::Full,
                    Wanted::Captions => return self.begin(token, stranger, now),
                },
            };
            stranger.push_last(http::answer(answer, &self.code), now);
            if stranger.flush(now).is_err() {
                return;
            }
        }
        if stranger.flush(now).is_ok() {
            self.strangers.insert(token, stranger);
        }
    }

    fn wanted(&self, path: &str) -> Wanted {
        let rest = path.strip_prefix('/').and_then(|path| path.strip_prefix(self.code.as_str()));
        match rest {
            Some("/events") => Wanted::Captions,
            Some("/") => Wanted::Answer(Answer::Page),
            Some("") => Wanted::Answer(Answer::Moved),
            _ => Wanted::Answer(Answer::NotFound),
        }
    }

    /// Makes a connection a reader, and sends it all lines.
    fn begin(&mut self, token: Token, mut reader: Connection, now: Instant) {
        // If the system cannot do this, a lost reader is only noticed later.
        let _ = reader.set_up_for_reading(self.limits.taking);
        reader.push(http::beginning_of_events(), now);
        reader.push(http::message(&self.page_state.recent()), now);
        self.readers.insert(token, reader);
        self.attend(token, now);
    }

    fn send_to_all(&mut self, message: &Message) {
        let (now, most) = (Instant::now(), self.limits.waiting);
        self.readers.retain(|_, reader| {
            reader.push(Arc::clone(message), now);
            reader.flush(now).is_ok() && reader.waiting() <= most
        });
    }

    /// Closes connections that are too slow, and sends a sign of life to the others.
    fn look_around(&mut self) {
        let now = Instant::now();
        let (asking, taking) = (self.limits.asking, self.limits.taking);
        self.strangers.retain(|_, stranger| now.saturating_duration_since(stranger.since) < asking);
        self.readers.retain(|_, reader| reader.stalled(now) < taking);
        if now >= self.alive_at {
            self.alive_at = now + ALIVE;
            self.send_to_all(&http::named_event("alive"));
        }
    }

    /// Tells the readers that the lecture has ended.
    fn end(&mut self, events: &mut Events) {
        self.listener = None;
        self.strangers.clear();
        let (last, now) = (http::named_event("ended"), Instant::now());
        self.readers.retain(|_, reader| {
            reader.push_last(Arc::clone(&last), now);
            reader.flush(now).is_ok()
        });
        while self.readers.values().any(|reader| reader.waiting() > 0) && now.elapsed() < FAREWELL {
            self.wait(events, Some(FAREWELL.saturating_sub(now.elapsed())));
        }
    }
}

/// The contents that a request asks for.
enum Wanted {
    Captions,
    Answer(Answer),
}

/// Returns whether an error of accepting concerns only one connection, which has closed already; others wait behind it.
fn is_of_newcomer(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}
