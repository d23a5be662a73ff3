//! Live captions for the browsers of those who sit in the room: one read-only page on this computer.
//!
//! The page is off unless it is asked for, and its address holds a code that cannot be guessed. It takes nothing
//! from its readers but the first line of their requests. One thread serves all of them over sockets that never block.
//! What there is to read is left on a [`Board`] for it, and it is woken: whoever tells it something waits for nobody.

mod address;
mod board;
mod connection;
mod http;
mod limits;
mod serve;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use mio::net::TcpListener;
use mio::{Poll, Waker};
use socket2::SockRef;
use thiserror::Error;

pub use address::network_address;
pub use limits::Limits;

use self::board::Board;
use self::serve::Server;
use super::message::LiveEvent;
use crate::transcript::Language;

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
    /// An address of this computer: on the loopback only this computer sees the page. Port 0 takes any that is free.
    pub address: SocketAddr,
    /// The language of the captions; the one that is detected where it is not given.
    pub language: Option<Language>,
    pub limits: Limits,
}

impl PageOptions {
    pub fn at(address: SocketAddr) -> Self {
        Self { address, language: None, limits: Limits::default() }
    }
}

/// The page, which is offered until this is dropped. Its readers are then told that the lecture has ended.
pub struct CaptionPage {
    board: Arc<Board>,
    address: SocketAddr,
    code: String,
    server: Option<JoinHandle<()>>,
}

impl CaptionPage {
    /// Offers the page.
    ///
    /// # Errors
    /// [`PageError::Bind`] and [`PageError::System`].
    pub fn open(options: PageOptions) -> Result<Self, PageError> {
        let PageOptions { address, language, limits } = options;
        let bind_error = |source| PageError::Bind { address, source };
        let listener = bind(address).map_err(bind_error)?;
        let address = listener.local_addr().map_err(bind_error)?;
        let code = new_code()?;
        let poll = Poll::new().map_err(PageError::System)?;
        let waker = Waker::new(poll.registry(), serve::NEWS).map_err(PageError::System)?;
        let board = Arc::new(Board::new(waker, new_code()?, language));
        let server = Server::new(poll, listener, Arc::clone(&board), code.clone(), limits.fitting());
        let mut server = server.map_err(PageError::System)?;
        let server = thread::Builder::new()
            .name("page".to_owned())
            .spawn(move || server.run())
            .map_err(PageError::System)?;
        Ok(Self { board, address, code, server: Some(server) })
    }

    /// Where the page is read.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.address, self.code)
    }

    /// Shows what an event says to the readers. Waits for none of them.
    pub fn show(&self, event: &LiveEvent) {
        self.board.show(event);
    }
}

impl Drop for CaptionPage {
    fn drop(&mut self) {
        self.board.close();
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    SockRef::from(&listener).listen(ARRIVING)?;
    Ok(listener)
}

fn new_code() -> Result<String, PageError> {
    address::new_code().map_err(|error| PageError::System(io::Error::other(error)))
}
