//! A program that is killed while it saves.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use lectern::project::{Access, RecoverySlot, load, recoverable, save};

use super::project;

const FOLDER: &str = "LECTERN_TEST_CRASH_FOLDER";
const READY: &str = "ready";
const KILLS: u64 = 100;

/// Not a test: what the killed process does. Saves larger and larger projects until the end.
#[test]
#[ignore = "runs until it is killed, as the child of another test"]
fn saves_until_it_is_killed() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let path = folder.join("lecture.lectern");
    let slot = RecoverySlot::new(&folder.join("recovery"), Some(&path)).unwrap();
    let access = Access::to(&path);
    assert!(matches!(access, Access::Write(_)), "{access:?}");
    slot.keep(&project(1)).unwrap();
    fs::write(folder.join(READY), "").unwrap();
    for cues in 1.. {
        save(&project(cues % 300), &path).unwrap();
        slot.keep(&project(cues % 300)).unwrap();
    }
}

fn start(folder: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "project::crash::saves_until_it_is_killed", "--ignored"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits until the child has begun to save, however slow the machine is.
fn wait_for(child: &mut Child, folder: &Path) {
    let patience = Instant::now() + Duration::from_secs(60);
    while fs::remove_file(folder.join(READY)).is_err() {
        assert!(child.try_wait().unwrap().is_none(), "the child ended by itself");
        assert!(Instant::now() < patience, "the child never began");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_project_is_whole_after_every_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.lectern");
    save(&project(1), &path).unwrap();
    for kill in 0..KILLS {
        let mut child = start(folder.path());
        wait_for(&mut child, folder.path());
        thread::sleep(Duration::from_micros(kill * 7919 % 10_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = load(&path).unwrap().project;
        assert_eq!(found, project(found.document.cues.len() as u64), "after kill {kill}");
    }
    let left = recoverable(&folder.path().join("recovery"));
    assert!(!left.is_empty());
    for left in left {
        load(&left.path).unwrap();
        assert_eq!(left.origin.as_deref(), Some(path.as_path()));
    }
}
