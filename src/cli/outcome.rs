/// How a command ended. The exit codes are a contract with scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Something was done, but an input or a check failed.
    PartlyFailed,
    /// Wrong usage, or every input failed.
    NothingDone,
    Interrupted,
}

impl Outcome {
    /// Combines the outcomes of the parts of a command.
    pub fn of_all(parts: &[Self]) -> Self {
        if parts.iter().all(|part| *part == Self::Done) {
            Self::Done
        } else if parts.iter().all(|part| *part == Self::NothingDone) {
            Self::NothingDone
        } else {
            Self::PartlyFailed
        }
    }

    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::PartlyFailed => 1,
            Self::NothingDone => 2,
            Self::Interrupted => 130,
        }
    }
}
