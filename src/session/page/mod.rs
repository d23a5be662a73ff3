//! Live captions for the browsers of those who sit in the room: one read-only page on this computer.
//!
//! The page is off unless it is asked for, and its address holds a code that cannot be guessed. It takes nothing
//! from its readers but the first line of their requests.

mod board;
mod serve;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use thiserror::Error;

use self::board::Board;
use super::message::LiveEvent;

/// Letters that are not mistaken for each other when they are typed from a screen.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const CODE_LENGTH: usize = 10;

#[derive(Debug, Error)]
pub enum PageError {
    #[error("the page cannot be offered at {address} ({source}); choose another address or port")]
    Bind { address: SocketAddr, source: io::Error },
    #[error("the page cannot be offered: {0}; close other programs and try again")]
    System(io::Error),
    #[error("this computer is in no network; connect it, or show the captions on this computer only")]
    NoNetwork,
}

/// The page, which is offered until this is dropped.
pub struct CaptionPage {
    board: Arc<Board>,
    address: SocketAddr,
    code: String,
    is_open: Arc<AtomicBool>,
    accept: Option<JoinHandle<()>>,
}

impl CaptionPage {
    /// Offers the page at an address of this computer: on the loopback only this computer sees it. Port 0 takes
    /// any that is free.
    pub fn open(address: SocketAddr) -> Result<Self, PageError> {
        let bind = |source| PageError::Bind { address, source };
        let listener = TcpListener::bind(address).map_err(bind)?;
        let address = listener.local_addr().map_err(bind)?;
        let code = code().map_err(|error| PageError::System(io::Error::other(error)))?;
        let (board, is_open) = (Arc::new(Board::default()), Arc::new(AtomicBool::new(true)));
        let server =
            serve::Server { board: Arc::clone(&board), code: code.clone(), is_open: Arc::clone(&is_open) };
        let accept = thread::Builder::new()
            .name("page".to_owned())
            .spawn(move || server.run(&listener))
            .map_err(PageError::System)?;
        Ok(Self { board, address, code, is_open, accept: Some(accept) })
    }

    /// Where the page is read.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.address, self.code)
    }

    /// Shows what an event says to the readers.
    pub fn show(&self, event: &LiveEvent) {
        self.board.show(event);
    }
}

impl Drop for CaptionPage {
    fn drop(&mut self) {
        self.is_open.store(false, Ordering::Release);
        self.board.close();
        // The thread waits for a reader: a knock wakes it. Where even that fails it ends with the process.
        let knock = std::net::TcpStream::connect_timeout(&self.address, Duration::from_millis(200));
        if let (Ok(_), Some(accept)) = (knock, self.accept.take()) {
            let _ = accept.join();
        }
    }
}

/// The address at which others in its network reach this computer; `None` where it is in none. Nothing is sent: a
/// socket is only asked where it would send from to the rest of the world, for which any address stands (RFC 5737).
pub fn network_address() -> Option<IpAddr> {
    const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((ELSEWHERE, 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

fn code() -> Result<String, getrandom::Error> {
    let mut bytes = [0; CODE_LENGTH];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}
