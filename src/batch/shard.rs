//! Divides a batch among machines that do not communicate.

use std::str::FromStr;

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::job::JobId;

/// One of several parts of a batch.
///
/// A job is assigned to a part by its path alone: adding or removing a recording while tasks wait in a queue does not
/// move other recordings to another task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Counted from 0.
    index: u32,
    count: u32,
}

/// Why the part of a batch is unknown.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ShardError {
    /// The text is not of the form I/N.
    #[error("\"{0}\" is not a shard; write it as I/N, such as 1/4 for the first of four")]
    Syntax(String),
    /// The number is zero, or greater than the number of parts.
    #[error("there is no shard {index} of {count}; shards are counted from 1")]
    OutOfRange {
        /// The number of the part, counted from 1.
        index: u64,
        /// The number of parts.
        count: u64,
    },
    /// A variable of the scheduler is not a number.
    #[error("{variable} is \"{value}\", which is not a number")]
    Variable {
        /// The name of the variable.
        variable: &'static str,
        /// Its value.
        value: String,
    },
    /// The scheduler gives the number of this task but not the number of tasks.
    #[error("{variable} gives the number of this task, but not the number of tasks")]
    CountMissing {
        /// The variable with the number of the task.
        variable: &'static str,
    },
}

impl Shard {
    /// Returns part `index` of `count`, counted from 1.
    ///
    /// # Errors
    /// [`ShardError::OutOfRange`] unless `index` is from 1 to `count`.
    pub fn new(index: u64, count: u64) -> Result<Self, ShardError> {
        let fits = (1..=count).contains(&index);
        match (u32::try_from(index.wrapping_sub(1)), u32::try_from(count)) {
            (Ok(index), Ok(count)) if fits => Ok(Self { index, count }),
            _ => Err(ShardError::OutOfRange { index, count }),
        }
    }

    /// Reads the task number from the environment of a Slurm job array, an AWS Batch array job or a Kubernetes Indexed
    /// Job; `None` outside such a job. `count` is the number of tasks, for schedulers that do not give it.
    ///
    /// # Errors
    /// [`ShardError`] if a variable is not a number, the number of tasks is not known, or the number of this task is
    /// greater.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<String>,
        count: Option<u64>,
    ) -> Result<Option<Self>, ShardError> {
        let number = |name: &'static str| {
            let value = variable(name).filter(|value| !value.trim().is_empty());
            let parse = |value: String| {
                value.trim().parse().map_err(|_| ShardError::Variable { variable: name, value })
            };
            value.map(parse).transpose()
        };
        if let Some(task) = number("SLURM_ARRAY_TASK_ID")? {
            let first = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or(0);
            let step = number("SLURM_ARRAY_TASK_STEP")?.unwrap_or(1).max(1);
            let count = count.or(number("SLURM_ARRAY_TASK_COUNT")?);
            let count = count.ok_or(ShardError::CountMissing { variable: "SLURM_ARRAY_TASK_ID" })?;
            return Self::new(task.saturating_sub(first) / step + 1, count).map(Some);
        }
        for (index, counts) in [
            ("AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE"),
            ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"),
        ] {
            if let Some(task) = number(index)? {
                let count = count.or(number(counts)?);
                let count = count.ok_or(ShardError::CountMissing { variable: index })?;
                return Self::new(task.saturating_add(1), count).map(Some);
            }
        }
        Ok(None)
    }

    /// Returns whether the job belongs to this part.
    pub fn holds(self, job: &JobId) -> bool {
        let digest = Sha256::digest(job.as_str());
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&digest[..8]);
        u64::from_be_bytes(bytes) % u64::from(self.count) == u64::from(self.index)
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let syntax = || ShardError::Syntax(text.to_owned());
        let (index, count) = text.split_once('/').ok_or_else(syntax)?;
        let number = |text: &str| text.trim().parse().map_err(|_| syntax());
        Self::new(number(index)?, number(count)?)
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.index + 1, self.count)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_job_is_in_exactly_one_part() {
        let shards: Vec<Shard> = (1..=7).map(|index| Shard::new(index, 7).unwrap()).collect();
        let mut sizes = [0; 7];
        for number in 0..2000 {
            let job = JobId::new(Path::new(&format!("/t/{number}.mp3")), Path::new("/t"));
            let holders: Vec<_> = (0..7).filter(|&shard| shards[shard].holds(&job)).collect();
            assert_eq!(holders.len(), 1, "{number} is in {holders:?}");
            sizes[holders[0]] += 1;
        }
        assert!(sizes.iter().all(|size| (200..400).contains(size)), "{sizes:?}");
    }

    #[test]
    fn shards_are_written_from_one() {
        assert_eq!("2/4".parse(), Ok(Shard { index: 1, count: 4 }));
        assert_eq!("2/4".parse::<Shard>().unwrap().to_string(), "2/4");
        for text in ["0/4", "5/4", "0/0"] {
            assert!(matches!(text.parse::<Shard>(), Err(ShardError::OutOfRange { .. })), "{text}");
        }
        for text in ["", "1", "a/b", "-1/4", "1/4/2"] {
            assert!(matches!(text.parse::<Shard>(), Err(ShardError::Syntax(_))), "{text}");
        }
    }

    #[track_caller]
    fn check(variables: &[(&str, &str)], count: Option<u64>, expected: Result<Option<&str>, ()>) {
        let find = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let found = Shard::from_environment(find, count);
        let found = found.map(|shard| shard.map(|shard| shard.to_string())).map_err(|_| ());
        assert_eq!(found, expected.map(|shard| shard.map(str::to_owned)));
    }

    #[test]
    fn the_scheduler_gives_the_shard() {
        check(&[], None, Ok(None));
        check(&[("SLURM_ARRAY_TASK_ID", "")], None, Ok(None));
        let slurm = |id, min, step| {
            vec![
                ("SLURM_ARRAY_TASK_ID", id),
                ("SLURM_ARRAY_TASK_COUNT", "4"),
                ("SLURM_ARRAY_TASK_MIN", min),
                ("SLURM_ARRAY_TASK_STEP", step),
            ]
        };
        check(&slurm("0", "0", "1"), None, Ok(Some("1/4")));
        check(&slurm("4", "1", "1"), None, Ok(Some("4/4")));
        check(&slurm("7", "1", "2"), None, Ok(Some("4/4")));
        check(&slurm("9", "0", "1"), None, Err(()));
        check(&slurm("x", "0", "1"), None, Err(()));
        check(&[("AWS_BATCH_JOB_ARRAY_INDEX", "0")], Some(8), Ok(Some("1/8")));
        check(&[("AWS_BATCH_JOB_ARRAY_INDEX", "0")], None, Err(()));
        check(&[("JOB_COMPLETION_INDEX", "3"), ("JOB_COMPLETIONS", "4")], None, Ok(Some("4/4")));
        check(&[("JOB_COMPLETION_INDEX", "3")], Some(3), Err(()));
    }
}
