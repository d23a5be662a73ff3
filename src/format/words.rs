//! Matches a cue's words with its text.

use crate::document::Cue;
pub use crate::document::words::{Piece, estimate, pieces, timed};
use crate::transcript::Word;
use crate::transcript::script;

/// Returns whether each word has a space before it; at the start of the cue or a line, its script decides.
pub fn spaces(pieces: &[Piece]) -> Vec<bool> {
    let space = |(index, piece): (usize, &Piece)| match piece.before {
        before if index == 0 || before.contains('\n') => !piece.word.text.starts_with(script::is_spaceless),
        before => !before.is_empty(),
    };
    pieces.iter().enumerate().map(space).collect()
}

/// Returns the words of a cue as Whisper's tools write them, each with the space before it; `None` as for [`pieces`].
pub fn spaced(cue: &Cue) -> Option<Vec<(String, &Word)>> {
    let pieces = pieces(cue)?;
    let text = |(piece, space): (&Piece, bool)| {
        if space { format!(" {}", piece.word.text) } else { piece.word.text.clone() }
    };
    let texts: Vec<String> = pieces.iter().zip(spaces(&pieces)).map(text).collect();
    Some(texts.into_iter().zip(&cue.words).collect())
}
