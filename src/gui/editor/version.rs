//! The version of the captions of a workspace.

/// Identifies a version of a workspace's captions, for values computed from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    workspace: u64,
    revision: u64,
    /// While captions are being made, cues are added without a new revision, because undo skips them.
    cues: usize,
}

impl Version {
    /// Names a state by the number of its workspace, the revision of its document, and the number of cues.
    pub fn new(workspace: u64, revision: u64, cues: usize) -> Self {
        Self { workspace, revision, cues }
    }
}
