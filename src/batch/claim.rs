//! Claims: of all processes that share a state folder, only one works on a job.
//!
//! A claim is a file that only one process can create. Its owner rewrites it every few seconds. If it was not written
//! for the length of the lease, its owner is dead; a claim of this machine is dead as soon as its file is not locked. A
//! dead claim is never removed by another process: the one that takes over the job creates the claim with the next
//! number, which again only one can, and then checks that the dead claim is still there. Only an owner that is done
//! removes claims, its own last.
//!
//! Ages are measured with the clock of the file system, by writing a file, so the clocks of machines may differ.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use crossbeam::channel::{Receiver, Sender, bounded};
use serde::{Deserialize, Serialize};

use super::job::JobId;
use super::store::{Store, StoreError};
use crate::files::temporary_file;

/// A claim that was not renewed for this long is dead.
pub const LEASE: Duration = Duration::from_secs(60);
/// How often a claim is renewed within its lease.
const RENEWALS: u32 = 6;
/// Maximum number of claims for one job.
const MOST_NUMBERS: u32 = 10_000;

/// Who holds a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Owner {
    machine: String,
    /// Identifies the current start of the machine; empty if unknown.
    boot: String,
    process: u32,
    /// Distinguishes the claims of one process.
    serial: u64,
}

/// Takes claims for this process, and renews them on a thread until it is dropped.
pub struct Claims {
    folder: PathBuf,
    lease: Duration,
    boot: String,
    held: Arc<Held>,
    stop: Option<Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

/// The claims that this process holds, by file.
type Held = Mutex<HashMap<PathBuf, Holding>>;

struct Holding {
    /// Open and locked for as long as the claim is held.
    file: File,
    bytes: Vec<u8>,
    lost: Arc<AtomicBool>,
}

/// The result of trying to claim a job.
pub enum Taken {
    /// This process has the claim.
    Ours(Claim),
    /// A process on this machine has the claim; the name is empty if unknown.
    HeldBy(String),
}

/// The right to work on a job, until it is dropped.
pub struct Claim {
    path: PathBuf,
    /// Claims of dead processes on the same job.
    dead: Vec<PathBuf>,
    held: Arc<Held>,
    lost: Arc<AtomicBool>,
}

impl Claims {
    /// Starts to renew claims in this state folder. `lease` is the time after which a claim that was not renewed is
    /// dead.
    ///
    /// # Errors
    /// [`StoreError`] if the thread cannot be started.
    pub fn new(store: &Store, lease: Duration) -> Result<Self, StoreError> {
        let (stop, stopped) = bounded(0);
        let held = Arc::new(Held::default());
        let (claims, pause) = (Arc::clone(&held), lease / RENEWALS);
        let keeper = thread::Builder::new().name("claims".to_owned());
        let keeper = keeper
            .spawn(move || keep(&claims, pause, &stopped))
            .map_err(|source| StoreError { path: store.claims(), source })?;
        Ok(Self { folder: store.claims(), lease, boot: boot(), held, stop: Some(stop), keeper: Some(keeper) })
    }

    /// Takes the claim to a job, unless a live process holds it.
    ///
    /// # Errors
    /// [`StoreError`] if the state folder cannot be read or written.
    pub fn take(&self, job: &JobId) -> Result<Taken, StoreError> {
        let mut dead = Vec::new();
        for number in 0..MOST_NUMBERS {
            let path = self.folder.join(format!("{job}.{number}"));
            match self.take_number(&path, &dead) {
                Ok(Step::Taken(lost)) => {
                    let dead = dead.into_iter().map(|(path, _)| path).collect();
                    return Ok(Taken::Ours(Claim { path, dead, held: Arc::clone(&self.held), lost }));
                }
                Ok(Step::Dead(bytes)) => dead.push((path, bytes)),
                Ok(Step::Alive(machine)) => return Ok(Taken::HeldBy(machine)),
                Ok(Step::Changed) => return Ok(Taken::HeldBy(String::new())),
                Err(source) => return Err(StoreError { path, source }),
            }
        }
        Ok(Taken::HeldBy(String::new()))
    }

    fn take_number(&self, path: &Path, dead: &[(PathBuf, Vec<u8>)]) -> io::Result<Step> {
        let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return self.judge(path),
            Err(error) => return Err(error),
        };
        if !self.boot.is_empty() {
            // If the file system has no locks, only the lease counts.
            let _ = file.try_lock();
        }
        let bytes = serde_json::to_vec(&self.owner())?;
        file.write_all(&bytes)?;
        file.sync_data()?;
        let still_dead = |(path, bytes): &(PathBuf, Vec<u8>)| fs::read(path).is_ok_and(|now| now == *bytes);
        if !dead.iter().all(still_dead) {
            fs::remove_file(path)?;
            return Ok(Step::Changed);
        }
        let lost = Arc::new(AtomicBool::new(false));
        let holding = Holding { file, bytes, lost: Arc::clone(&lost) };
        lock(&self.held).insert(path.to_owned(), holding);
        Ok(Step::Taken(lost))
    }

    /// Returns whether the owner of an existing claim is alive.
    fn judge(&self, path: &Path) -> io::Result<Step> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            // It was removed at this moment.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Step::Changed),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let owner: Option<Owner> = serde_json::from_slice(&bytes).ok();
        let is_dead = match &owner {
            Some(owner) if owner.boot == self.boot && !self.boot.is_empty() => match file.try_lock_shared() {
                Ok(()) => true,
                Err(TryLockError::WouldBlock) => false,
                Err(TryLockError::Error(_)) => self.has_expired(&file)?,
            },
            _ => self.has_expired(&file)?,
        };
        if is_dead {
            return Ok(Step::Dead(bytes));
        }
        Ok(Step::Alive(owner.map(|owner| owner.machine).unwrap_or_default()))
    }

    fn has_expired(&self, file: &File) -> io::Result<bool> {
        let mut probe = temporary_file(&self.folder)?;
        probe.write_all(b".")?;
        probe.as_file().sync_data()?;
        let now: SystemTime = probe.as_file().metadata()?.modified()?;
        let renewed = file.metadata()?.modified()?;
        Ok(now.duration_since(renewed).is_ok_and(|age| age > self.lease))
    }

    fn owner(&self) -> Owner {
        use std::sync::atomic::AtomicU64;
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        let started = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Owner {
            machine: sysinfo::System::host_name().unwrap_or_default(),
            boot: self.boot.clone(),
            process: std::process::id(),
            serial: started.as_nanos() as u64 ^ SERIAL.fetch_add(1, Ordering::Relaxed),
        }
    }
}

/// The result of trying to create the claim with one number.
enum Step {
    /// Created; the flag is set when the claim is lost.
    Taken(Arc<AtomicBool>),
    /// A dead claim exists, with these contents.
    Dead(Vec<u8>),
    /// A live claim of this machine exists.
    Alive(String),
    /// Another process removed or created a claim at the same moment.
    Changed,
}

impl Drop for Claims {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(keeper) = self.keeper.take() {
            let _ = keeper.join();
        }
    }
}

impl Claim {
    /// Returns whether another process has taken over the job, because this one slept for longer than the lease.
    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let holding = lock(&self.held).remove(&self.path);
        if self.is_lost() {
            return;
        }
        for path in &self.dead {
            let _ = fs::remove_file(path);
        }
        // Removed before it is unlocked, so that no process takes it for dead.
        let _ = fs::remove_file(&self.path);
        drop(holding);
    }
}

/// Renews claims, and marks those that are lost.
fn keep(held: &Held, pause: Duration, stopped: &Receiver<()>) {
    while stopped.recv_timeout(pause) == Err(crossbeam::channel::RecvTimeoutError::Timeout) {
        for (path, holding) in lock(held).iter_mut() {
            let is_ours = fs::read(path).is_ok_and(|bytes| bytes == holding.bytes);
            if !is_ours || next_number(path).exists() {
                holding.lost.store(true, Ordering::Relaxed);
                continue;
            }
            let renew = holding.file.rewind().and_then(|()| holding.file.write_all(&holding.bytes));
            // If renewing fails for long, another process takes over the job, which is detected above.
            let _ = renew.and_then(|()| holding.file.sync_data());
        }
    }
}

fn next_number(path: &Path) -> PathBuf {
    let number = path.extension().and_then(|number| number.to_str()?.parse::<u32>().ok()).unwrap_or(0);
    path.with_extension((number + 1).to_string())
}

fn lock(held: &Held) -> MutexGuard<'_, HashMap<PathBuf, Holding>> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns an id of the current start of this machine. File locks show whether a process is alive only within one
/// kernel.
fn boot() -> String {
    if !cfg!(target_os = "linux") {
        return String::new();
    }
    fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store, JobId) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("state")).unwrap();
        let job = JobId::new(Path::new("/t/a.mp4"), Path::new("/t"));
        (folder, store, job)
    }

    fn claims(store: &Store) -> Claims {
        Claims::new(store, LEASE).unwrap()
    }

    fn take(claims: &Claims, job: &JobId) -> Option<Claim> {
        match claims.take(job).unwrap() {
            Taken::Ours(claim) => Some(claim),
            Taken::HeldBy(_) => None,
        }
    }

    fn files(store: &Store) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(store.claims())
            .unwrap()
            .map(|entry| entry.unwrap().path().extension().unwrap().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// Leaves the claim of a process on another machine behind, renewed this long ago.
    fn leave_behind(store: &Store, job: &JobId, age: Duration) {
        let owner =
            Owner { machine: "elsewhere".to_owned(), boot: "other".to_owned(), process: 1, serial: 1 };
        let path = store.claims().join(format!("{job}.0"));
        fs::write(&path, serde_json::to_vec(&owner).unwrap()).unwrap();
        let file = OpenOptions::new().write(true).open(path).unwrap();
        file.set_modified(SystemTime::now() - age).unwrap();
    }

    #[test]
    fn one_of_two_gets_the_job_until_it_is_released() {
        let (_folder, store, job) = store();
        let (one, two) = (claims(&store), claims(&store));
        let held = take(&one, &job).unwrap();
        assert!(take(&two, &job).is_none());
        assert!(take(&one, &job).is_none());
        drop(held);
        assert!(files(&store).is_empty());
        assert!(take(&two, &job).is_some());
    }

    #[test]
    fn a_claim_of_another_machine_is_dead_when_its_lease_is_over() {
        let (_folder, store, job) = store();
        let claims = claims(&store);
        leave_behind(&store, &job, LEASE / 2);
        assert!(take(&claims, &job).is_none());
        leave_behind(&store, &job, LEASE * 2);
        let claim = take(&claims, &job).unwrap();
        assert_eq!(files(&store), ["0", "1"], "the dead claim stays until the work is done");
        assert!(take(&claims, &job).is_none());
        drop(claim);
        assert!(files(&store).is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_unlocked_claim_of_this_machine_is_dead_at_once() {
        let (_folder, store, job) = store();
        let claims = claims(&store);
        let path = store.claims().join(format!("{job}.0"));
        fs::write(path, serde_json::to_vec(&claims.owner()).unwrap()).unwrap();
        assert!(take(&claims, &job).is_some());
    }

    #[test]
    fn of_many_that_find_a_dead_claim_one_gets_the_job() {
        let (_folder, store, job) = store();
        for _ in 0..20 {
            leave_behind(&store, &job, LEASE * 2);
            let all: Vec<_> = (0..8).map(|_| claims(&store)).collect();
            let taken: Vec<_> = thread::scope(|scope| {
                let takers: Vec<_> = all.iter().map(|claims| scope.spawn(|| take(claims, &job))).collect();
                takers.into_iter().filter_map(|taker| taker.join().unwrap()).collect()
            });
            assert_eq!(taken.len(), 1);
        }
    }

    #[test]
    fn an_owner_learns_that_its_job_was_taken_over() {
        let (_folder, store, job) = store();
        let claims = Claims::new(&store, Duration::from_millis(60)).unwrap();
        let claim = take(&claims, &job).unwrap();
        fs::write(next_number(&claim.path), "{}").unwrap();
        while !claim.is_lost() {
            thread::sleep(Duration::from_millis(5));
        }
        drop(claim);
        assert_eq!(files(&store), ["0", "1"], "what another holds is left alone");
    }

    #[test]
    fn a_claim_is_renewed_while_it_is_held() {
        let (_folder, store, job) = store();
        let claims = Claims::new(&store, Duration::from_millis(60)).unwrap();
        let claim = take(&claims, &job).unwrap();
        let long_ago = SystemTime::now() - LEASE;
        let file = OpenOptions::new().write(true).open(&claim.path).unwrap();
        file.set_modified(long_ago).unwrap();
        while file.metadata().unwrap().modified().unwrap() == long_ago {
            thread::sleep(Duration::from_millis(5));
        }
        assert!(!claim.is_lost());
    }
}
