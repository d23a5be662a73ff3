//! SubRip has no standard; these rules are what players and validators agree on. The reader reports most of them.

use crate::format::Repair;
use crate::format::blocks::markup::{self, Piece};
use crate::format::encoding::decode;

pub(super) fn find(bytes: &[u8]) -> Vec<Repair> {
    let text = decode(bytes).text;
    if text.trim().is_empty() {
        return vec![Repair::of_file("the file has no cues")];
    }
    let mut faults = Vec::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.trim().is_empty() {
            faults
                .extend(open.drain(..).map(|(_, line)| Repair::at(line, "a formatting tag is never closed")));
        }
        for (_, piece) in markup::pieces(line) {
            note(piece, number, &mut open, &mut faults);
        }
    }
    faults.extend(open.drain(..).map(|(_, line)| Repair::at(line, "a formatting tag is never closed")));
    faults.sort_by_key(|fault| fault.line);
    faults
}

/// Updates the list of open tags.
fn note(piece: Piece<'_>, line: usize, open: &mut Vec<(String, usize)>, faults: &mut Vec<Repair>) {
    match piece {
        Piece::Open { name, .. } => open.push((name, line)),
        Piece::Close { name } => match open.iter().rposition(|(other, _)| *other == name) {
            Some(place) => {
                if place + 1 < open.len() {
                    faults.push(Repair::at(
                        line,
                        "formatting tags are not closed in the reverse order of opening",
                    ));
                }
                open.remove(place);
            }
            None => faults.push(Repair::at(line, "a formatting tag is closed that was not opened")),
        },
        Piece::Text(_) | Piece::Break | Piece::Override(_) => {}
    }
}
