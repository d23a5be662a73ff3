//! Live captions for the browsers of those who sit in the room: one read-only page on this computer.
//!
//! The page is off unless it is asked for, and its address holds a code that cannot be guessed. It takes nothing
//! from its readers but the first line of their requests. One thread serves all of them over sockets that never block.
//! What there is to read is left on a [`PageState`] for it, and it is woken: whoever tells it something waits for nobody.

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

/// The system chooses one that is free.
const ANY_PORT: u16 = 0;
/// Newcomers whom the system lets wait until the page takes them in. When a hall opens the page at once, those beyond this
/// number wait for a second or more, which is when their own systems try again; usual are 128.
const ARRIVING: i32 = 1024;

#[derive(Debug, Error)]
pub enum PageError {
    #[error("the page cannot be offered at {address} ({source}); choose another address or port")]
    Bind { address: SocketAddr, source: io::Error },
    #[error("the page cannot be offered: {0}; close other programs and try again")]
    System(io::Error),
    #[error("this computer is in no network; connect it, or show the captions on this computer only")]
    NoNetwork,
}

/// How a page is offered.
#[derive(Clone, Debug)]
pub struct PageOptions {
    /// An address of this computer: on the loopback only this computer sees the page. Port 0 takes the one that is kept,
    /// or any that is free.
    pub address: SocketAddr,
    /// Where the code and the port are kept for a day; without a place they are new each time.
    pub kept_in: Option<PathBuf>,
    /// By this it is told whether what is kept is of today.
    pub now: SystemTime,
    /// The language of the captions; the one that is detected where it is not given.
    pub language: Option<Language>,
    pub limits: Limits,
}

impl PageOptions {
    pub fn at(address: SocketAddr) -> Self {
        let (kept_in, now) = (None, SystemTime::now());
        Self { address, kept_in, now, language: None, limits: Limits::default() }
    }
}

/// The page, which is offered until this is dropped. Its readers are then told that the lecture has ended.
pub struct CaptionPage {
    page_state: Arc<PageState>,
    address: SocketAddr,
    code: String,
    taken_port: Option<u16>,
    server: Option<JoinHandle<()>>,
}

impl CaptionPage {
    /// Offers the page.
    ///
    /// # Errors
    /// [`PageError::Bind`] and [`PageError::System`].
    pub fn open(options: PageOptions) -> Result<Self, PageError> {
        let PageOptions { address, kept_in, now, language, limits } = options;
        let kept = kept_in.as_deref().and_then(|path| Kept::load(path, now));
        let (listener, taken_port) = listen(address, kept.as_ref().map(|kept| kept.port))?;
        let address = listener.local_addr().map_err(|source| PageError::Bind { address, source })?;
        let code = kept.as_ref().map_or_else(new_code, |kept| Ok(kept.code.clone()))?;
        // The port of another session that is running stays kept for that one.
        if let Some(path) = kept_in.filter(|_| kept.is_none() || taken_port.is_none()) {
            let kept = kept.unwrap_or_else(|| Kept::new(code.clone(), now));
            // Without a file the next page has another address. That is no reason to have none now.
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

    /// The port that was wanted and that something else has; the page has another one.
    pub fn taken_port(&self) -> Option<u16> {
        self.taken_port
    }

    /// Where the page is read, as others in the network find it where they can.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", SocketAddr::new(self.host(), self.address.port()), self.code)
    }

    /// Whether other computers can open the page.
    pub fn is_for_others(&self) -> bool {
        !self.host().is_loopback()
    }

    fn host(&self) -> IpAddr {
        match self.address.ip() {
            // Every address of this computer, none of which this one is.
            ip if !ip.is_unspecified() => ip,
            ip => network_address().unwrap_or(match ip {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            }),
        }
    }

    /// Shows what an event says to the readers. Waits for none of them.
    pub fn show(&self, event: &LiveEvent) {
        self.page_state.show(event);
    }

    /// Shows what was said before the page was opened.
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

/// Listens at an address, at another port if that is taken: the one that is kept, or any. Gives the first that was taken.
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
