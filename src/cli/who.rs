//! `--speakers` and `--speakers N`.

use std::ffi::OsString;
use std::num::NonZeroUsize;

use thiserror::Error;

use crate::recognize::SpeakerWish;

const OPTION: &str = "--speakers";

/// The value of `--speakers` is not a number of speakers.
#[derive(Debug, Error)]
#[error("give the number of speakers, or nothing to have them counted")]
pub struct NoNumber;

/// Parses the number of speakers; `auto` counts them.
pub fn parse(value: &str) -> Result<SpeakerWish, NoNumber> {
    match value {
        "auto" => Ok(SpeakerWish::Any),
        number => number.parse::<NonZeroUsize>().map(SpeakerWish::Exactly).map_err(|_| NoNumber),
    }
}

/// Joins `--speakers 3` into `--speakers=3`. Without the equals sign, the parser would take a file after `--speakers`
/// for the number.
pub fn joined(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut joined: Vec<OsString> = Vec::new();
    for argument in arguments {
        let is_number = argument.to_str().is_some_and(|text| text.parse::<u32>().is_ok() || text == "auto");
        match joined.last_mut() {
            Some(last) if last == OPTION && is_number => {
                last.push("=");
                last.push(argument);
            }
            _ => joined.push(argument),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::command_line::{Arguments, Command};

    fn parsed(line: &str) -> Option<(Option<SpeakerWish>, usize)> {
        let words = joined(line.split(' ').map(OsString::from));
        match Arguments::try_parse_from(words).ok()?.command? {
            Command::Caption(arguments) => Some((arguments.speakers.speakers, arguments.files.len())),
            _ => None,
        }
    }

    #[test]
    fn the_number_may_be_left_out_before_a_file() {
        let three = SpeakerWish::Exactly(NonZeroUsize::new(3).unwrap());
        for (line, wish) in [
            ("lectern caption a.mp4", None),
            ("lectern caption --speakers a.mp4", Some(SpeakerWish::Any)),
            ("lectern caption a.mp4 --speakers", Some(SpeakerWish::Any)),
            ("lectern caption --speakers auto a.mp4", Some(SpeakerWish::Any)),
            ("lectern caption --speakers 3 a.mp4", Some(three)),
            ("lectern caption --speakers=3 a.mp4", Some(three)),
        ] {
            assert_eq!(parsed(line), Some((wish, 1)), "{line}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for line in ["--speakers=0", "--speakers=many", "--speakers 0"] {
            assert_eq!(parsed(&format!("lectern caption {line} a.mp4")), None, "{line}");
        }
    }
}
