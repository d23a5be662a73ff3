//! The parts of the page's address: the host and the code.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// Letters that are not easily confused when typed from a screen.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const CODE_LENGTH: usize = 10;

/// Returns the address of this computer in its network; `None` without a network. Nothing is sent: connecting a UDP
/// socket to an outside address, here one for documentation (RFC 5737), only selects the local address.
pub fn network_address() -> Option<IpAddr> {
    const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((ELSEWHERE, 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// Makes a code that cannot be guessed: one of 10^15.
pub(super) fn new_code() -> Result<String, getrandom::Error> {
    let mut bytes = [0; CODE_LENGTH];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}

/// Returns whether a text has the form of such a code.
pub(super) fn is_code(text: &str) -> bool {
    text.len() == CODE_LENGTH && text.bytes().all(|byte| LETTERS.contains(&byte))
}
