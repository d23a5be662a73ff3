//! Reading and writing.

use std::fs;
use std::path::Path;

use lectern::document::{Cue, CueId, Document};
use lectern::project::{Access, Project, ProjectDamage, ProjectError, backups, load, save};
use lectern::remembered::{NUMBERS, RememberedVoice};
use lectern::time::{MediaTime, TimeSpan};
use lectern::transcript::{LeftOut, SecondOpinion, TermPart, Voices};
use proptest::prelude::*;

use super::project;

#[test]
fn a_project_comes_back_equal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Woche 1 – 講義").join("lecture.lectern");
    for project in [Project::default(), project(0), project(20)] {
        save(&project, &path).unwrap();
        assert_eq!(load(&path).unwrap().project, project);
    }
    let names: Vec<_> =
        fs::read_dir(path.parent().unwrap()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| *name == ".lectern" || *name == "lecture.lectern"), "{names:?}");
}

#[test]
fn a_project_is_of_the_first_version_that_knows_of_all_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.lectern");
    let incomplete = Project { recognized_until: Some(MediaTime::from_millis(61_500)), ..project(3) };
    let mut opinion = incomplete.clone();
    let mut listed = project(1);
    let instead = Some("gallery".to_owned());
    listed.document.cues[0].words[0].listed = Some(TermPart::First { instead });
    opinion.document.cues[0].words[0].second = Some(SecondOpinion::Other("wort".to_owned()));
    let mut left_out = project(3);
    let passage = LeftOut { span: TimeSpan::from_millis(1, 2), text: "and so on".to_owned() };
    left_out.document.segments[0].left_out.push(passage);
    let mut voiced = project(3);
    voiced.document.voices = Some(Voices::new((0..=255).collect()));
    let voice = RememberedVoice {
        name: "Ada".to_owned(),
        since: "2026-11-30".to_owned(),
        numbers: (0..NUMBERS).map(|d| if d == 7 { 1.0 } else { 0.0 }).collect(),
    };
    let passed_on = Project { remembered: [voice].into_iter().collect(), ..voiced.clone() };
    let versions = [
        (project(3), 1),
        (incomplete, 2),
        (opinion, 3),
        (left_out, 3),
        (voiced, 4),
        (listed, 3),
        (passed_on, 5),
    ];
    for (project, version) in versions {
        save(&project, &path).unwrap();
        assert_eq!(load(&path).unwrap().project, project);
        let json: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(json["version"], version);
    }
}

#[test]
fn voices_that_cannot_be_read_cost_no_captions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.lectern");
    let mut voiced = project(3);
    voiced.document.voices = Some(Voices::new(vec![1, 2, 3]));
    save(&voiced, &path).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("AQID", "?")).unwrap();
    assert_eq!(load(&path).unwrap().project, project(3));
}

/// The example in the documentation stays readable for good.
#[test]
fn the_first_version_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/project/version-1.lectern");
    let project = load(&path).unwrap().project;
    let cue = &project.document.cues[0];
    assert_eq!((cue.id, cue.text.as_str(), cue.words.len()), (CueId(1), "Welcome\nback.", 2));
    assert_eq!(project.media.unwrap().path, path.with_file_name("sorting.flac"));
    assert_eq!(project.vocabulary, ["quicksort"]);
    let documentation = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/project.md");
    let documentation = fs::read_to_string(documentation).unwrap();
    assert!(documentation.contains(fs::read_to_string(&path).unwrap().trim()), "the example differs");
}

#[test]
fn versions_before_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.lectern");
    for cues in 0..8 {
        save(&project(cues), &path).unwrap();
    }
    let kept: Vec<_> =
        backups(&path).iter().map(|backup| load(backup).unwrap().project.document.cues.len()).collect();
    assert_eq!(kept, [6, 5, 4, 3, 2]);
}

fn error(bytes: &[u8]) -> ProjectError {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.lectern");
    fs::write(&path, bytes).unwrap();
    load(&path).unwrap_err()
}

#[test]
fn what_is_no_project_is_told_apart() {
    let project = |rest: &str| error(format!("{{\"format\":\"lectern-project\",{rest}").as_bytes());
    assert!(matches!(error(b"1\n00:00:01,000 --> 00:00:02,000\n"), ProjectError::NotAProject { .. }));
    assert!(matches!(
        error(b"{\"format\":\"lectern-transcript\",\"version\":1}"),
        ProjectError::NotAProject { .. }
    ));
    assert!(matches!(
        project("\"version\":6,\"novelty\":1}"),
        ProjectError::TooNew { found: 6, known: 5, .. }
    ));
    assert!(matches!(project("\"version\":1,"), ProjectError::Damaged { .. }));
    assert!(matches!(error(b""), ProjectError::Damaged { .. }));
    assert!(matches!(error(&[0; 4096]), ProjectError::Damaged { .. }));
    let ProjectError::Damaged { cause: ProjectDamage::Json(cause), .. } =
        project("\"version\":1,\"title\":\"\",\"language\":\"en\",\"cues\":[],\"novelty\":1}")
    else {
        panic!("an unknown field was lost")
    };
    assert!(cause.to_string().contains("novelty"), "{cause}");
    assert!(matches!(load(Path::new("no such.lectern")), Err(ProjectError::NotFound { .. })));
}

#[test]
fn a_damaged_project_names_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.lectern");
    save(&project(3), &path).unwrap();
    save(&project(4), &path).unwrap();
    save(&project(5), &path).unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let error = load(&path).unwrap_err();
    let ProjectError::Damaged { backup: Some(backup), .. } = &error else { panic!("{error:?}") };
    assert_eq!(load(backup).unwrap().project, project(4));
    assert!(error.to_string().contains(&backup.display().to_string()), "{error}");
}

#[test]
fn a_second_writer_only_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.lectern");
    let first = Access::to(&path);
    assert!(matches!(first, Access::Write(_)));
    assert!(matches!(Access::to(&path), Access::ReadOnly));
    assert!(matches!(Access::to(&path.with_file_name("other.lectern")), Access::Write(_)));
    drop(first);
    assert!(matches!(Access::to(&path), Access::Write(_)));
}

#[test]
fn a_failed_save_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.lectern");
    save(&project(3), &path).unwrap();
    let below_a_file = path.join("lecture.lectern");
    assert!(matches!(save(&project(4), &below_a_file), Err(ProjectError::Io { .. })));
    assert_eq!(load(&path).unwrap().project, project(3));
}

fn any_project() -> impl Strategy<Value = Project> {
    let cue = ("\\PC{0,20}", 0..100_000_i64, -100..5000_i64, prop::option::of("\\PC{1,5}"));
    let cues = prop::collection::vec(cue, 0..8);
    (cues, "\\PC{0,9}", prop::collection::vec("\\PC{0,9}", 0..3)).prop_map(|(cues, title, vocabulary)| {
        let cue = |(id, (text, start, duration, speaker)): (u64, (String, i64, i64, Option<String>))| Cue {
            id: CueId(id),
            span: TimeSpan::from_millis(start, start + duration),
            text,
            speaker,
            ..Cue::default()
        };
        let mut cues: Vec<Cue> = (1..).zip(cues).map(cue).collect();
        cues.sort_by_key(|cue| (cue.span.start, cue.id));
        Project { document: Document { title, cues, ..Document::default() }, vocabulary, ..project(0) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_project_comes_back_equal(mut project in any_project()) {
        project.document.media = None;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lecture.lectern");
        save(&project, &path).unwrap();
        prop_assert_eq!(load(&path).unwrap().project, project);
    }

    #[test]
    fn a_project_that_was_cut_short_is_an_error(project in any_project(), at in any::<prop::sample::Index>()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lecture.lectern");
        save(&project, &path).unwrap();
        let bytes = fs::read(&path).unwrap();
        // Without the last two bytes, for those are a brace and a line end.
        fs::write(&path, &bytes[..at.index(bytes.len() - 2)]).unwrap();
        let is_damaged = matches!(load(&path), Err(ProjectError::Damaged { .. }));
        prop_assert!(is_damaged);
    }

    #[test]
    fn any_damage_ends_well(project in any_project(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lecture.lectern");
        save(&project, &path).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        fs::write(&path, &bytes).unwrap();
        let _ = load(&path);
    }
}
