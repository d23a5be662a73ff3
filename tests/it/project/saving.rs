//! The saving thread and what it keeps.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossbeam::channel::{Receiver, bounded};
use lectern::project::{Project, RecoverySlot, Saver, SaverNews, discard, load, recoverable, save};
use tempfile::TempDir;

use super::project;

/// Long enough for any machine; reached only where news never come.
const PATIENCE: Duration = Duration::from_secs(60);

struct Desk {
    home: TempDir,
    saver: Saver,
    woken: Receiver<()>,
}

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let slot = RecoverySlot::new(&home.path().join("recovery"), None).unwrap();
        let (wake, woken) = bounded(1000);
        let saver = Saver::start(slot, 0, move || wake.send(()).unwrap()).unwrap();
        Self { home, saver, woken }
    }

    fn path(&self) -> PathBuf {
        self.home.path().join("lecture.lectern")
    }

    fn news(&self) -> SaverNews {
        loop {
            if let Some(news) = self.saver.news().next() {
                return news;
            }
            self.woken.recv_timeout(PATIENCE).expect("the saving thread has no news");
        }
    }

    /// Ends as a crash does: what was kept stays.
    fn crash(self) -> Vec<Project> {
        drop(self.saver);
        let left = recoverable(&self.home.path().join("recovery"));
        left.iter().map(|left| load(&left.path).unwrap().project).collect()
    }
}

#[test]
fn unsaved_states_are_kept_for_after_a_crash() {
    let mut desk = Desk::new();
    let now = Instant::now();
    assert_eq!(desk.saver.keep(0, now, || unreachable!()), None, "nothing changed");
    assert_eq!(desk.saver.keep(1, now, || project(1)), None);
    assert!(matches!(desk.news(), SaverNews::Kept { revision: 1 }));
    let wait = desk.saver.keep(2, now, || unreachable!()).expect("it is too early");
    assert!(wait < Duration::from_secs(5));
    assert_eq!(desk.saver.keep(2, now + wait, || project(2)), None);
    assert!(matches!(desk.news(), SaverNews::Kept { revision: 2 }));
    assert_eq!(desk.crash(), [project(2)]);
}

#[test]
fn a_save_makes_what_was_kept_superfluous() {
    let mut desk = Desk::new();
    desk.saver.keep(1, Instant::now(), || project(1));
    let path = desk.path();
    desk.saver.save(project(2), path.clone(), 2).unwrap();
    while !matches!(desk.news(), SaverNews::Saved { revision: 2, .. }) {}
    assert_eq!(load(&path).unwrap().project, project(2));
    assert_eq!(desk.crash(), []);
}

#[test]
fn what_changes_after_a_save_is_kept_with_the_name_of_the_project() {
    let mut desk = Desk::new();
    let path = desk.path();
    desk.saver.save(project(1), path.clone(), 1).unwrap();
    desk.saver.keep(2, Instant::now(), || project(2));
    while !matches!(desk.news(), SaverNews::Kept { revision: 2 }) {}
    let recovery = desk.home.path().join("recovery");
    assert_eq!(recoverable(&recovery), [], "the project is still open");
    drop(desk.saver);
    let left = recoverable(&recovery);
    assert_eq!(left.iter().map(|left| left.origin.clone()).collect::<Vec<_>>(), [Some(path)]);
    discard(&left[0]).unwrap();
    assert_eq!(recoverable(&recovery), []);
}

#[test]
fn closing_without_saving_leaves_nothing() {
    let mut desk = Desk::new();
    desk.saver.keep(1, Instant::now(), || project(1));
    desk.news();
    desk.saver.forget();
    let recovery = desk.home.path().join("recovery");
    drop(desk.saver);
    assert_eq!(recoverable(&recovery), []);
    assert_eq!(std::fs::read_dir(recovery).unwrap().count(), 0);
}

#[test]
fn dropping_the_saver_finishes_its_work() {
    let mut desk = Desk::new();
    let path = desk.path();
    desk.saver.save(project(500), path.clone(), 1).unwrap();
    drop(desk.saver);
    assert_eq!(load(&path).unwrap().project, project(500));
}

#[test]
fn a_save_that_fails_is_told_and_the_state_stays_safe() {
    let mut desk = Desk::new();
    save(&project(0), &desk.path()).unwrap();
    let below_a_file = desk.path().join("lecture.lectern");
    desk.saver.keep(1, Instant::now(), || project(1));
    desk.saver.save(project(1), below_a_file.clone(), 1).unwrap();
    loop {
        match desk.news() {
            SaverNews::NotSaved { path, revision: 1, .. } if path == below_a_file => break,
            SaverNews::Kept { .. } => {}
            news => panic!("{news:?}"),
        }
    }
    assert_eq!(desk.crash(), [project(1)]);
}
