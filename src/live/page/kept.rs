//! The code and the port of the page, stored for a day: after a crash the page has the same address, and on another day
//! a new one.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use directories::BaseDirs;
use serde::{Deserialize, Serialize};

use super::address::is_code;
use crate::files::{Draft, read_at_most};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Maximum size of the file. Unit: bytes.
const MOST_BYTES: u64 = 4096;

/// Returns the file that stores the address for this user; `None` without a home folder.
pub fn user_file() -> Option<PathBuf> {
    BaseDirs::new().map(|base| base.data_local_dir().join("lectern").join("page.toml"))
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub code: String,
    pub port: u16,
    /// When the code was created. Unit: seconds since 1970.
    since: u64,
}

impl Kept {
    /// Makes an entry for a code created now, before its port is known.
    pub fn new(code: String, now: SystemTime) -> Self {
        Self { code, port: 0, since: seconds(now) }
    }

    /// Reads a file; `None` if it is older than a day or invalid.
    pub fn load(path: &Path, now: SystemTime) -> Option<Self> {
        let bytes = read_at_most(path, MOST_BYTES).ok()?;
        let kept: Self = toml::from_slice(&bytes).ok()?;
        // If the clock was set back, the code is not used.
        let age = seconds(now).checked_sub(kept.since)?;
        (age < DAY.as_secs() && kept.port != 0 && is_code(&kept.code)).then_some(kept)
    }

    /// Writes the file, with the current port of the page. Only this user can read it, because the code is a secret.
    ///
    /// # Errors
    /// [`io::Error`] if the file cannot be written.
    pub fn save(self, path: &Path, port: u16) -> io::Result<()> {
        let text = toml::to_string(&Self { port, ..self }).map_err(io::Error::other)?;
        Draft::write_private(path, text.as_bytes())?.replace()
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const CODE: &str = "abcdefgh23";

    fn after(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
    }

    #[test]
    fn an_address_lasts_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new").join("page.toml");
        let kept = Kept { port: 8080, ..Kept::new(CODE.to_owned(), after(100)) };
        kept.clone().save(&path, 8080).unwrap();
        for (age, lasts) in [(0, false), (100, true), (86_499, true), (86_500, false), (1_000_000, false)] {
            assert_eq!(Kept::load(&path, after(age)), lasts.then(|| kept.clone()), "{age}");
        }
    }

    #[test]
    fn invalid_files_give_no_address() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.toml");
        assert_eq!(Kept::load(&path, after(0)), None);
        let file = |code: &str, port: u32| format!("code = \"{code}\"\nport = {port}\nsince = 1800000000\n");
        fs::write(&path, file(CODE, 80)).unwrap();
        assert!(Kept::load(&path, after(0)).is_some());
        for text in [file("", 80), file("a", 80), file("abcdefgh/3", 80), file(CODE, 0), file(CODE, 70_000)] {
            fs::write(&path, &text).unwrap();
            assert_eq!(Kept::load(&path, after(0)), None, "{text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_can_read_the_code() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.toml");
        fs::write(&path, "").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        Kept::new(CODE.to_owned(), after(0)).save(&path, 8080).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
