//! The file of remembered voices: JSON that only its user may read.

use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use directories::BaseDirs;
use serde::de::Error as _;
use serde::{Deserialize, Serialize};

use super::{NUMBERS, RememberedError, RememberedVoice, RememberedVoices};
use crate::files::{self, Draft};

const FORMAT: &str = "lectern-voices";
const VERSION: u64 = 1;
/// Largest size of the file; each voice takes 350 bytes. Unit: bytes.
const MOST_BYTES: u64 = 64 << 20;

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u64,
    #[serde(default)]
    voices: Vec<Voice>,
}

#[derive(Serialize, Deserialize)]
struct Voice {
    name: String,
    since: String,
    /// One byte per number, the largest 127 or -127, encoded in base64.
    voice: String,
}

/// Returns the path of this user's voices. `None` if the system names no folder.
pub fn user_file() -> Option<PathBuf> {
    BaseDirs::new().map(|base| base.data_local_dir().join("lectern").join("voices.json"))
}

/// Reads remembered voices; empty if there is no file.
///
/// # Errors
/// [`RememberedError::Io`], `Damaged`, `TooNew`.
pub fn load(path: &Path) -> Result<RememberedVoices, RememberedError> {
    let damaged = |source| RememberedError::Damaged { path: path.to_owned(), source };
    let bytes = match files::read_at_most(path, MOST_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(RememberedVoices::default()),
        read => read.map_err(|source| RememberedError::Io { path: path.to_owned(), source })?,
    };
    let file: File = serde_json::from_slice(&bytes).map_err(damaged)?;
    if file.format != FORMAT {
        return Err(damaged(serde_json::Error::custom("it says that it is something else")));
    }
    if file.version > VERSION {
        let path = path.to_owned();
        return Err(RememberedError::TooNew { path, found: file.version, known: VERSION });
    }
    file.voices.into_iter().map(Voice::into_remembered).collect::<Result<_, _>>().map_err(damaged)
}

/// Writes remembered voices so that only this user can read them.
///
/// # Errors
/// [`RememberedError::Io`]; the file is then unchanged.
pub fn save(voices: &RememberedVoices, path: &Path) -> Result<(), RememberedError> {
    write(voices, path, Draft::replace)
}

/// Writes remembered voices like [`save`], but only to a new file.
///
/// # Errors
/// [`RememberedError::Io`], also if the file already exists.
pub fn save_copy(voices: &RememberedVoices, path: &Path) -> Result<(), RememberedError> {
    write(voices, path, Draft::create)
}

fn write(
    voices: &RememberedVoices,
    path: &Path,
    finish: impl FnOnce(Draft) -> io::Result<()>,
) -> Result<(), RememberedError> {
    let voices = voices.iter().map(Voice::from).collect();
    let file = File { format: FORMAT.to_owned(), version: VERSION, voices };
    let io = |source| RememberedError::Io { path: path.to_owned(), source };
    let mut bytes = serde_json::to_vec_pretty(&file).map_err(|error| io(error.into()))?;
    bytes.push(b'\n');
    Draft::write_private(path, &bytes).and_then(finish).map_err(io)
}

impl From<&RememberedVoice> for Voice {
    fn from(voice: &RememberedVoice) -> Self {
        let largest = voice.numbers.iter().fold(f32::MIN_POSITIVE, |largest, x| largest.max(x.abs()));
        let bytes: Vec<u8> =
            voice.numbers.iter().map(|x| (x / largest * 127.0).round() as i8 as u8).collect();
        Self { name: voice.name.clone(), since: voice.since.clone(), voice: BASE64.encode(bytes) }
    }
}

impl Voice {
    fn into_remembered(self) -> Result<RememberedVoice, serde_json::Error> {
        let bytes = BASE64.decode(&self.voice).map_err(serde_json::Error::custom)?;
        if bytes.len() != NUMBERS {
            return Err(serde_json::Error::custom("a voice has another number of numbers"));
        }
        let mut numbers: Vec<f32> = bytes.into_iter().map(|byte| f32::from(byte as i8)).collect();
        let length = numbers.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        numbers.iter_mut().for_each(|x| *x /= length);
        Ok(RememberedVoice { name: self.name, since: self.since, numbers })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn voice(name: &str, seed: usize) -> RememberedVoice {
        let mut numbers: Vec<f32> = (0..NUMBERS).map(|d| ((d * d + seed * d) % 17) as f32 - 8.0).collect();
        let length = numbers.iter().map(|x| x * x).sum::<f32>().sqrt();
        numbers.iter_mut().for_each(|x| *x /= length);
        RememberedVoice { name: name.to_owned(), since: "2026-11-30".to_owned(), numbers }
    }

    #[test]
    fn voices_come_back_and_are_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new folder/voices.json");
        assert!(load(&path).unwrap().is_empty(), "no file is no voice");
        let mut voices: RememberedVoices = [voice("Dr. Okafor", 3), voice("Ada", 5)].into_iter().collect();
        save(&voices, &path).unwrap();
        let found = load(&path).unwrap();
        for (found, voice) in found.iter().zip(voices.iter()) {
            assert_eq!((&found.name, &found.since), (&voice.name, &voice.since));
            let cosine: f32 = found.numbers.iter().zip(&voice.numbers).map(|(x, y)| x * y).sum();
            assert!(cosine > 0.9999, "{cosine}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(save_copy(&voices, &path).is_err(), "a copy replaces nothing");
        voices.remember(voice("Ada", 9));
        assert_eq!(voices.len(), 2);
        assert!(voices.forget("Ada") && !voices.forget("Ada"));
        save(&voices, &path).unwrap();
        assert_eq!(load(&path).unwrap().iter().map(|v| v.name.as_str()).collect::<Vec<_>>(), ["Dr. Okafor"]);
    }

    #[test]
    fn other_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("voices.json");
        let read = |text: &str| {
            fs::write(&path, text).unwrap();
            load(&path)
        };
        assert!(matches!(read("{}"), Err(RememberedError::Damaged { .. })));
        assert!(matches!(read(r#"{"format":"x","version":1}"#), Err(RememberedError::Damaged { .. })));
        let later = read(r#"{"format":"lectern-voices","version":2}"#);
        assert!(matches!(later, Err(RememberedError::TooNew { found: 2, .. })));
        let short = r#"{"format":"lectern-voices","version":1,"voices":[{"name":"A","since":"2026-11-30","voice":"AQID"}]}"#;
        assert!(matches!(read(short), Err(RememberedError::Damaged { .. })));
    }
}
