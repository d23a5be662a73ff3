//! The parts of a zip package, with limits on their number and on what they unpack to.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::MaterialError;

/// The most parts of a package; a lecture with a thousand pictures has some thousands.
const MOST_PARTS: usize = 20_000;
/// The most that the parts with text unpack to, together. Unit: bytes.
const MOST_UNPACKED: u64 = 128 << 20;
/// A part of more than a megabyte is at most this many times as large as what it is packed in. XML of office programs is
/// 10 to 50 times as large.
const MOST_RATIO: u64 = 300;

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// What may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, MaterialError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MOST_PARTS {
            return Err(MaterialError::TooMany);
        }
        Ok(Self { archive, left: MOST_UNPACKED })
    }

    /// The names of the parts that `wanted` accepts, in the order of the numbers in them.
    pub fn names(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let number = |name: &str| -> u64 {
            let digits: String = name.chars().filter(char::is_ascii_digit).collect();
            digits.parse().unwrap_or(u64::MAX)
        };
        let mut names: Vec<String> =
            self.archive.file_names().filter(|name| wanted(name)).map(str::to_owned).collect();
        names.sort_by_key(|name| (number(name), name.clone()));
        names
    }

    /// The text of a part, which is XML in UTF-8.
    pub fn text(&mut self, name: &str) -> Result<String, MaterialError> {
        let part = self.archive.by_name(name).map_err(damaged)?;
        let packed = part.compressed_size();
        let mut bytes = Vec::new();
        // What a part says of its size may be wrong, so what comes out is counted.
        let read = part.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|error| MaterialError::Damaged(error.to_string()))?;
        let size = bytes.len() as u64;
        if size > self.left || size > (1 << 20).max(packed.saturating_mul(MOST_RATIO)) {
            return Err(MaterialError::Unpacks);
        }
        self.left -= size;
        String::from_utf8(bytes).map_err(|_| MaterialError::Damaged(format!("{name} is not UTF-8")))
    }
}

fn damaged(error: ZipError) -> MaterialError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => MaterialError::Encrypted,
        error => MaterialError::Damaged(error.to_string()),
    }
}
