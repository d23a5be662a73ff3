//! Live captions for the browsers of the audience: one read-only page, served by this computer.
//!
//! The page is off by default, and its address contains a code that cannot be guessed. It uses only the first line of
//! a request. One thread serves all readers over non-blocking sockets. It takes the lines to show from a `PageState`
//! and is woken when they change, so that the writer never waits for a reader.

mod address;
mod connection;
mod http;
mod kept;
mod limits;
mod page_state;
mod qr;
mod serve;

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::SystemTime;

use mio::net::TcpListener;
use mio::{Poll, Waker};
use socket2::SockRef;
use thiserror::Error;

pub use address::network_address;
pub use kept::user_file;
pub use limits::Limits;
pub use qr::{QrCode, qr_code};

use self::kept::Kept;
use self::page_state::PageState;
use self::serve::Server;
use super::{LiveEvent, LiveText};
use crate::transcript::Language;

/// Lets the system choose a free port.
const ANY_PORT: u16 = 0;
/// Connections that the system queues until the page accepts them; the usual number is 128. When a whole hall opens the
/// page at once, connections beyond this number wait a second or more, until the browsers' systems try again.
const ARRIVING: i32 = 1024;

/// Why the page cannot be served.
#[derive(Debug, Error)]
pub enum PageError {
    /// The page cannot listen at this address.
    #[error("the page cannot be served at {address} ({source}); choose another address or port")]
    Bind {
        /// The requested address.
        address: SocketAddr,
        /// The system's error.
        source: io::Error,
    },
    /// The system refused a thread, a file or random numbers.
    #[error("the page cannot be served: {0}; close other programs and try again")]
    System(io::Error),
    /// The page should be served to others, but this computer has no network address.
    #[error(
        "this computer is not connected to a network; connect it, or show the captions on this computer only"
    )]
    NoNetwork,
}

/// How to serve a page.
#[derive(Clone, Debug)]
pub struct PageOptions {
    /// An address of this computer: on the loopback, only this computer can open the page. Port 0 means the stored
    /// port, or any free one.
    pub address: SocketAddr,
    /// The file that stores the code and the port for a day; without one they are new each time.
    pub kept_in: Option<PathBuf>,
    /// The current time, to decide whether the stored address is still valid.
    pub now: SystemTime,
    /// The language of the captions; the detected one if `None`.
    pub language: Option<Language>,
    /// Limits for the number of readers, and for how long to wait for each.
    pub limits: Limits,
}

impl PageOptions {
    /// Returns options for a page at this address, with the default limits and without a stored address.
    pub fn at(address: SocketAddr) -> Self {
        let (kept_in, now) = (None, SystemTime::now());
        Self { address, kept_in, now, language: None, limits: Limits::default() }
    }
}

/// The page, served until this is dropped. Its readers then see that the lecture has ended.
pub struct CaptionPage {
    page_state: Arc<PageState>,
    address: SocketAddr,
    code: String,
    taken_port: Option<u16>,
    server: Option<JoinHandle<()>>,
}

impl CaptionPage {
    /// Starts to serve the page.
    ///
    /// # Errors
    /// [`PageError::Bind`] if it cannot listen at the address, [`PageError::System`] if a thread cannot be started or
    /// there are no random numbers.
    pub fn open(options: PageOptions) -> Result<Self, PageError> {
        let PageOptions { address, kept_in, now, language, limits } = options;
        let kept = kept_in.as_deref().and_then(|path| Kept::load(path, now));
        let (listener, taken_port) = listen(address, kept.as_ref().map(|kept| kept.port))?;
        let address = listener.local_addr().map_err(|source| PageError::Bind { address, source })?;
        let code = kept.as_ref().map_or_else(new_code, |kept| Ok(kept.code.clone()))?;
        // The stored port stays with a session that is using it.
        if let Some(path) = kept_in.filter(|_| kept.is_none() || taken_port.is_none()) {
            let kept = kept.unwrap_or_else(|| Kept::new(code.clone(), now));
            // If it cannot be saved, the next page has another address; this one still works.
            let _ = kept.save(&path, address.port());
        }
        let poll = Poll::new().map_err(PageError::System)?;
        let waker = Waker::new(poll.registry(), serve::NEWS).map_err(PageError::System)?;
        let page_state = Arc::new(PageState::new(waker, new_code()?, language));
        let server = Server::new(poll, listener, Arc::clone(&page_state), code.clone(), limits.fitting());
        let mut server = server.map_err(PageError::System)?;
        let server = thread::Builder::new()
            .name("page".to_owned())
            .spawn(move || server.run())
            .map_err(PageError::System)?;
        Ok(Self { page_state, address, code, taken_port, server: Some(server) })
    }

    /// Returns the requested port if another program uses it; the page then has another port.
    pub fn taken_port(&self) -> Option<u16> {
        self.taken_port
    }

    /// Returns the address of the page, under which others in the network can open it if it is for others.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", SocketAddr::new(self.host(), self.address.port()), self.code)
    }

    /// Returns whether other computers can open the page.
    pub fn is_for_others(&self) -> bool {
        !self.host().is_loopback()
    }

    fn host(&self) -> IpAddr {
        match self.address.ip() {
            // The unspecified address listens at all addresses, but cannot be opened itself.
            ip if !ip.is_unspecified() => ip,
            ip => network_address().unwrap_or(match ip {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            }),
        }
    }

    /// Shows an event to the readers, without waiting for them.
    pub fn show(&self, event: &LiveEvent) {
        self.page_state.show(event);
    }

    /// Shows the text from before the page was opened.
    pub fn begin_with(&self, text: LiveText) {
        self.page_state.begin_with(text);
    }
}

impl Drop for CaptionPage {
    fn drop(&mut self) {
        self.page_state.close();
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}

/// Listens at an address; if its port is taken, at the stored port or any. Returns the first port that was taken.
fn listen(wanted: SocketAddr, kept_port: Option<u16>) -> Result<(TcpListener, Option<u16>), PageError> {
    let mut taken = None;
    let known = [wanted.port(), kept_port.unwrap_or(ANY_PORT)];
    for port in known.into_iter().filter(|port| *port != ANY_PORT) {
        match bind(SocketAddr::new(wanted.ip(), port)) {
            Ok(listener) => return Ok((listener, taken)),
            Err(error) if error.kind() == ErrorKind::AddrInUse => taken = taken.or(Some(port)),
            Err(source) => return Err(PageError::Bind { address: wanted, source }),
        }
    }
    let listener = bind(SocketAddr::new(wanted.ip(), ANY_PORT));
    listener.map(|listener| (listener, taken)).map_err(|source| PageError::Bind { address: wanted, source })
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    SockRef::from(&listener).listen(ARRIVING)?;
    Ok(listener)
}

fn new_code() -> Result<String, PageError> {
    address::new_code().map_err(|error| PageError::System(io::Error::other(error)))
}
