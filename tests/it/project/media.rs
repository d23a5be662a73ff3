//! Finding recordings again.

use std::fs;
use std::path::Path;

use lectern::project::{MediaReference, MediaStatus, Project, load, save};

use super::project;

fn sound(path: &Path, seed: u8) {
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8 ^ seed).collect();
    fs::write(path, bytes).unwrap();
}

fn saved(folder: &Path) -> Project {
    let recording = folder.join("sorting.flac");
    sound(&recording, 1);
    let media = Some(MediaReference::to(&recording).unwrap());
    let project = Project { media, ..project(1) };
    save(&project, &folder.join("lecture.lectern")).unwrap();
    project
}

#[test]
fn a_folder_that_moves_as_a_whole_needs_no_search() {
    let home = tempfile::tempdir().unwrap();
    let (old, new) = (home.path().join("old"), home.path().join("new"));
    fs::create_dir(&old).unwrap();
    let project = saved(&old);
    fs::rename(&old, &new).unwrap();
    let moved = load(&new.join("lecture.lectern")).unwrap().project;
    let media = moved.media.unwrap();
    assert_eq!(media.path, new.join("sorting.flac"));
    assert_eq!(media.fingerprint, project.media.unwrap().fingerprint);
    assert_eq!(media.locate(&[]), MediaStatus::InPlace);
}

#[test]
fn a_recording_elsewhere_keeps_its_absolute_path() {
    let (home, disk) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let recording = disk.path().join("Woche 1 – 講義.flac");
    sound(&recording, 1);
    let project = Project { media: Some(MediaReference::to(&recording).unwrap()), ..project(1) };
    let path = home.path().join("lecture.lectern");
    save(&project, &path).unwrap();
    assert_eq!(load(&path).unwrap().project, project);
}

#[test]
fn a_renamed_recording_is_found_by_its_content() {
    let folder = tempfile::tempdir().unwrap();
    let media = saved(folder.path()).media.unwrap();
    sound(&folder.path().join("another.flac"), 2);
    let renamed = folder.path().join("week 1.flac");
    fs::rename(&media.path, &renamed).unwrap();
    assert_eq!(media.locate(&[folder.path()]), MediaStatus::Moved(renamed));
    assert_eq!(media.locate(&[]), MediaStatus::Missing);
}

#[test]
fn another_recording_of_the_same_name_is_not_taken_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let media = saved(folder.path()).media.unwrap();
    sound(&media.path, 3);
    assert_eq!(media.locate(&[folder.path()]), MediaStatus::Changed);
}
