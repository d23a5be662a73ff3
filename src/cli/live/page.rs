//! Opens the page for browsers, and prints its address.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::net::SocketAddr;

use serde_json::json;

use crate::cli::args::ReportingArguments;
use crate::cli::plan::CaptionPlan;
use crate::console::{eprint_line, eprint_text, print_json};
use crate::live::page::{self, CaptionPage, PageError, PageOptions, QrCode, qr_code};

/// Black on white, independent of the terminal's colours.
const BLACK_ON_WHITE: &str = "\x1b[30;107m";
const PLAIN: &str = "\x1b[0m";

/// Opens the page at the address that is stored for a day.
pub(super) fn open(address: SocketAddr, plan: &CaptionPlan) -> Result<CaptionPage, PageError> {
    let language = plan.transcribe.request.caption_language();
    CaptionPage::open(PageOptions { language, kept_in: page::user_file(), ..PageOptions::at(address) })
}

/// Prints the address of the page, even with `--quiet`: without it the page could not be found.
pub(super) fn announce(page: &CaptionPage, wanted: SocketAddr, reporting: ReportingArguments) {
    let url = page.url();
    if reporting.json {
        return print_json(&json!({ "event": "page", "detail": url }));
    }
    if let Some(port) = page.taken_port() {
        eprint_line(&format!("lectern: another program uses port {port}: the page has another address"));
    }
    if wanted.ip().is_unspecified() && !page.is_for_others() {
        eprint_line("lectern: this computer is not connected to a network: others cannot open the page");
    }
    eprint_line(&format!("lectern: the captions can be read at {url}"));
    let has_room_for_picture = page.is_for_others() && !reporting.quiet && io::stderr().is_terminal();
    if let Some(code) = qr_code(&url).filter(|_| has_room_for_picture) {
        eprint_text(&picture(&code));
    }
}

/// Returns a code in half blocks, with two rows of modules per line.
fn picture(code: &QrCode) -> String {
    let mut picture = String::new();
    for row in (0..code.width()).step_by(2) {
        let line = (0..code.width()).map(|column| {
            match (code.is_black(column, row), code.is_black(column, row + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            }
        });
        let _ = writeln!(picture, "{BLACK_ON_WHITE}{}{PLAIN}", line.collect::<String>());
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_one_half_block_per_module() {
        let code = qr_code("http://192.168.100.200:54321/abcdefgh23/").unwrap();
        let picture = picture(&code);
        assert_eq!(picture.lines().count(), code.width().div_ceil(2));
        for line in picture.lines() {
            let modules =
                line.strip_prefix(BLACK_ON_WHITE).and_then(|line| line.strip_suffix(PLAIN)).unwrap();
            assert_eq!(modules.chars().count(), code.width());
        }
        // Below the margin, the first corner begins: a black line, and its left side.
        let corner: String =
            picture.lines().nth(2).unwrap().chars().filter(|c| " ▀▄█".contains(*c)).take(11).collect();
        assert_eq!(corner, "    █▀▀▀▀▀█");
    }
}
