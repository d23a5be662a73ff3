//! Addresses in S3, which stand for files in folders that the user names.

use std::path::{Component, Path, PathBuf};

use thiserror::Error;

/// A bucket and a key in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The bucket.
    pub bucket: String,
    /// The key, with `/` between folders.
    pub key: String,
}

/// Why an address does not stand for a file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    /// It is not an S3 address.
    #[error("{0} is no address in S3; write s3://BUCKET/KEY")]
    NotS3(
        /// The address.
        String,
    ),
    /// The key would leave the folder of its bucket.
    #[error("{0} names a file outside of its bucket")]
    Outside(
        /// The key.
        String,
    ),
}

impl Address {
    /// Parses `s3://BUCKET/KEY`, `https://s3.REGION.amazonaws.com/BUCKET/KEY` or
    /// `https://BUCKET.s3.REGION.amazonaws.com/KEY`.
    ///
    /// # Errors
    /// [`AddressError::NotS3`] for any other address.
    pub fn parse(address: &str) -> Result<Self, AddressError> {
        let not_s3 = || AddressError::NotS3(address.to_owned());
        if let Some(place) = address.strip_prefix("s3://") {
            return Self::of(place).ok_or_else(not_s3);
        }
        let (host, path) =
            address.strip_prefix("https://").and_then(|rest| rest.split_once('/')).ok_or_else(not_s3)?;
        let path = percent_decoded(path).ok_or_else(not_s3)?;
        let host = host.strip_suffix(".amazonaws.com").ok_or_else(not_s3)?;
        if host == "s3" || host.starts_with("s3.") || host.starts_with("s3-") {
            return Self::of(&path).ok_or_else(not_s3);
        }
        let bucket = host.split_once(".s3.").map(|(bucket, _)| bucket).or_else(|| host.strip_suffix(".s3"));
        Self::of(&format!("{}/{path}", bucket.ok_or_else(not_s3)?)).ok_or_else(not_s3)
    }

    fn of(place: &str) -> Option<Self> {
        let (bucket, key) = place.split_once('/')?;
        (!bucket.is_empty() && !key.is_empty())
            .then(|| Self { bucket: bucket.to_owned(), key: key.to_owned() })
    }

    /// Returns the file below the folder of its bucket.
    ///
    /// # Errors
    /// [`AddressError::Outside`] for a key that would leave that folder.
    pub fn below(&self, folder: &Path) -> Result<PathBuf, AddressError> {
        let key = Path::new(&self.key);
        let is_inside = key.components().all(|part| matches!(part, Component::Normal(_)));
        if is_inside { Ok(folder.join(key)) } else { Err(AddressError::Outside(self.key.clone())) }
    }
}

/// Returns the text with `%20` and the like decoded.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first != b'%' {
            bytes.push(first);
            rest = after;
            continue;
        }
        let digits = std::str::from_utf8(after.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &after[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_all_forms_name_the_same_file() {
        for address in [
            "s3://talks/week 1/a.mp4",
            "https://s3.eu-west-1.amazonaws.com/talks/week%201/a.mp4",
            "https://s3-us-west-2.amazonaws.com/talks/week%201/a.mp4",
            "https://talks.s3.eu-west-1.amazonaws.com/week%201/a.mp4",
            "https://talks.s3.amazonaws.com/week%201/a.mp4",
        ] {
            let file = Address::parse(address).unwrap().below(Path::new("/t")).unwrap();
            assert_eq!(file, Path::new("/t/week 1/a.mp4"), "{address}");
        }
    }

    #[test]
    fn other_addresses_and_files_outside_are_refused() {
        for address in [
            "a.mp4",
            "s3://talks",
            "s3://talks/",
            "https://example.com/a.mp4",
            "https://s3.amazonaws.com/%zz/a",
        ] {
            assert!(Address::parse(address).is_err(), "{address}");
        }
        for key in ["../a.mp4", "a/../../b", "/etc/passwd", "./a"] {
            let address = Address { bucket: "b".to_owned(), key: key.to_owned() };
            assert!(address.below(Path::new("/t")).is_err(), "{key}");
        }
    }
}
