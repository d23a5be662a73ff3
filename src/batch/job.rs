//! A job: one recording, and the captions to make of it.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::format::{self, Format};
use crate::hide::Hiding;
use crate::project;
use crate::recognize::CaptionRequest;
use crate::time::MediaTime;

/// Identifies a job on all machines that share a state folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(String);

impl JobId {
    /// Returns the id of a recording, from its path relative to `base`, so that machines may mount the tree at
    /// different places.
    pub fn new(input: &Path, base: &Path) -> Self {
        let (input, base) = (tidy(input), tidy(base));
        let path = input.strip_prefix(&base).unwrap_or(&input);
        let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
        Self(hex(&Sha256::digest(names.join("/")))[..32].to_owned())
    }

    /// Returns the id as text: 32 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One recording and the captions to make of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Identifies the job in the state folder.
    pub id: JobId,
    /// The recording.
    pub input: PathBuf,
    /// The files to write.
    pub outputs: Vec<Output>,
    /// Title of the lecture; the name of the file if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The options of this recording; those of the whole batch if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Box<OwnOptions>>,
    /// Length of the recording, if its file states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<MediaTime>,
}

/// The options of a recording that has some of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnOptions {
    /// What determines its words and captions.
    pub request: CaptionRequest,
    /// What must not appear in its captions.
    pub hiding: Hiding,
}

/// One file of captions to write.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// Name of the format, or [`Output::PROJECT`].
    pub format: String,
    /// The file.
    pub path: PathBuf,
}

impl Output {
    /// The name that stands for a project, which holds everything about the captions.
    pub const PROJECT: &str = project::EXTENSION;

    /// Returns whether the file is a project.
    pub fn is_project(&self) -> bool {
        self.format == Self::PROJECT
    }

    /// Returns the format, if this program can write it.
    pub fn format(&self) -> Option<&'static Format> {
        format::by_name(&self.format).filter(|format| format.write.is_some())
    }
}

/// Returns the absolute path without `.` and `..`. Links are not resolved. An empty path is the current folder.
pub fn tidy(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut tidy = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => {
                tidy.pop();
            }
            Component::CurDir => {}
            component => tidy.push(component),
        }
    }
    tidy
}

/// Returns bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_the_path_in_the_tree_only() {
        let id = |input: &str, base: &str| JobId::new(Path::new(input), Path::new(base));
        assert_eq!(id("/mnt/a/week 1/x.mp4", "/mnt/a"), id("/srv/term/week 1/x.mp4", "/srv/term"));
        assert_eq!(id("/mnt/a/b/../x.mp4", "/mnt/a"), id("/mnt/a/./x.mp4", "/mnt/c/../a"));
        assert_ne!(id("/mnt/a/x.mp4", "/mnt/a"), id("/mnt/a/y.mp4", "/mnt/a"));
        assert_eq!(id("week 1/x.mp4", ""), id("/mnt/a/week 1/x.mp4", "/mnt/a"));
        assert_ne!(id("/mnt/ab/x.mp4", "/mnt/a"), id("/mnt/a/b/x.mp4", "/mnt/a"));
    }
}
