//! Changes to a whole file, which get deeper into a reader than any bytes do.

use libfuzzer_sys::arbitrary::{self, Arbitrary};

/// A file to read.
#[derive(Arbitrary, Debug)]
pub enum File<'a> {
    /// These bytes.
    Raw(&'a [u8]),
    /// The whole file with changes.
    Edited(Vec<Edit<'a>>),
}

#[derive(Arbitrary, Debug)]
pub enum Edit<'a> {
    /// Bytes in place of others, at one of the places that matter, or anywhere.
    Write {
        place: u32,
        anywhere: bool,
        bytes: &'a [u8],
    },
    /// Only the beginning.
    Cut(u32),
    Append(&'a [u8]),
}

impl File<'_> {
    /// The bytes, given the whole file and the places in it that say how long something is.
    pub fn bytes(&self, whole: &[u8], places: &[usize]) -> Vec<u8> {
        let edits = match self {
            Self::Raw(bytes) => return bytes.to_vec(),
            Self::Edited(edits) => edits,
        };
        let mut file = whole.to_vec();
        for edit in edits {
            match *edit {
                Edit::Write { place, anywhere: true, bytes } => write(&mut file, place as usize, bytes),
                Edit::Write { place, bytes, .. } => {
                    write(&mut file, places[place as usize % places.len()], bytes)
                }
                Edit::Cut(length) => file.truncate(length as usize % (whole.len() + 1)),
                Edit::Append(bytes) => file.extend(bytes),
            }
        }
        file
    }
}

fn write(file: &mut [u8], place: usize, bytes: &[u8]) {
    if !file.is_empty() {
        let place = place % file.len();
        let length = bytes.len().min(file.len() - place);
        file[place..place + length].copy_from_slice(&bytes[..length]);
    }
}
