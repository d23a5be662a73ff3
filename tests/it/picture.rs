//! Pictures of recordings: with the real ffmpeg where it is installed, and with scripts in its place.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use lectern::picture::{PROGRAM, Picture, PictureError, PictureFrame, PictureState};
use lectern::time::MediaTime;
use tempfile::TempDir;

/// What needs longer is stuck.
const PATIENCE: Duration = Duration::from_secs(60);

/// A frame of two pixels, as a script writes it.
const FRAME: &str = r"printf 'P6\n2 1\n255\nabcdef'";

fn ms(millis: i64) -> MediaTime {
    MediaTime::from_millis(millis)
}

/// A folder with a script in the place of ffmpeg, and a name of a recording.
struct Stage {
    folder: TempDir,
    recording: PathBuf,
}

impl Stage {
    fn new(script: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let recording = folder.path().join("lecture.mp4");
        let stage = Self { folder, recording };
        let script = script.replace("LOG", &stage.path("log").display().to_string());
        std::fs::write(stage.path("ffmpeg"), format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(stage.path("ffmpeg"), std::fs::Permissions::from_mode(0o755)).unwrap();
        stage
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(&self) -> Picture {
        Picture::open(&self.recording, &self.path("ffmpeg"), || ()).unwrap()
    }

    /// What the scripts have written into the log, line by line.
    fn log(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.path("log")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }
}

#[track_caller]
fn wait(what: &str, mut is: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Follows a playhead that rests until there is another frame.
fn still(picture: &mut Picture, at: MediaTime) -> PictureFrame {
    let mut found = None;
    wait("a frame", || {
        found = picture.follow(at, false);
        assert!(!matches!(picture.state(), PictureState::Failed(_)), "{:?}", picture.state());
        found.is_some()
    });
    found.unwrap()
}

/// The state at the end of a search with this script.
fn state(script: &str) -> PictureState {
    let stage = Stage::new(script);
    let mut picture = stage.open();
    wait("an outcome", || {
        picture.follow(MediaTime::ZERO, false);
        picture.state() != PictureState::Unknown
    });
    picture.state()
}

fn is_alive(process: &str) -> bool {
    Command::new("kill").args(["-0", process]).output().unwrap().status.success()
}

#[test]
fn faults_of_the_program_are_told() {
    let failed = PictureState::Failed;
    let said = |text: &str| failed(PictureError::Said(text.to_owned()));
    assert_eq!(state("echo noise >&2; echo 'Invalid data found' >&2; exit 1"), said("Invalid data found"));
    assert_eq!(
        state("printf 'P6\\n640 360\\n255\\nabc'; echo 'Disk on fire' >&2; exit 1"),
        said("Disk on fire")
    );
    assert_eq!(state("printf 'P6\\n640 360\\n255\\nabc'"), failed(PictureError::Garbage), "it ends early");
    assert_eq!(state("echo garbage; exec sleep 1000"), failed(PictureError::Garbage));
    assert_eq!(state("exec yes"), failed(PictureError::Garbage));
    assert_eq!(state("echo \"Stream map '0:V:0' matches no streams.\" >&2; exit 1"), PictureState::Absent);
    assert_eq!(state("exit 0"), PictureState::Found, "there may be no frame at this time");
}

#[test]
fn a_program_that_cannot_be_started_is_told() {
    let stage = Stage::new("exit 0");
    let outcome = |program: &str, recording: &str| {
        let mut picture = Picture::open(Path::new(recording), &stage.path(program), || ()).unwrap();
        wait("an outcome", || {
            picture.follow(MediaTime::ZERO, false);
            picture.state() != PictureState::Unknown
        });
        picture.state()
    };
    assert_eq!(outcome("missing", "a.MP4"), PictureState::Failed(PictureError::NotInstalled));
    assert_eq!(outcome("missing", "a.flac"), PictureState::Absent, "it is probably sound alone");
    std::fs::set_permissions(stage.path("ffmpeg"), std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(matches!(outcome("ffmpeg", "a.mp4"), PictureState::Failed(PictureError::Said(_))));
}

#[test]
fn a_frame_is_what_the_program_writes() {
    let stage = Stage::new(&format!("echo $* >> 'LOG'; {FRAME}"));
    let mut picture = stage.open();
    let frame = still(&mut picture, ms(1500));
    assert_eq!((frame.width, frame.height, frame.rgb.as_slice()), (2, 1, b"abcdef".as_slice()));
    assert!(frame.span.contains(ms(1500)));
    assert!(picture.follow(ms(1500), false).is_none(), "it is shown already");
    still(&mut picture, ms(2500));
    let log = stage.log();
    assert!(log.len() == 2 && log[1].contains("-ss 2.500 -i file:"), "{log:?}");
}

#[test]
fn one_that_hangs_is_ended_with_the_picture_or_by_another_wish() {
    let stage = Stage::new("echo $$ >> 'LOG'; exec sleep 1000");
    let mut picture = stage.open();
    picture.follow(MediaTime::ZERO, true);
    wait("a first program", || stage.log().len() == 1);
    picture.follow(ms(60_000), true);
    wait("a second program after a jump", || stage.log().len() == 2);
    assert!(!is_alive(&stage.log()[0]) && is_alive(&stage.log()[1]));
    picture.rest();
    wait("its end", || !is_alive(&stage.log()[1]));
    picture.follow(ms(5000), false);
    wait("a third program", || stage.log().len() == 3);
    drop(picture);
    assert!(!is_alive(&stage.log()[2]));
}

#[test]
fn of_many_searches_the_last_counts() {
    let stage = Stage::new(&format!("echo $* >> 'LOG'; sleep 0.05; {FRAME}"));
    let mut picture = stage.open();
    let mut shown = None;
    for millis in 1..=200 {
        shown = picture.follow(ms(millis * 1000), false).or(shown);
    }
    let last = |frame: &PictureFrame| frame.span.contains(ms(200_000));
    wait("the last", || {
        shown = picture.follow(ms(200_000), false).or(shown.take());
        shown.as_ref().is_some_and(last)
    });
    assert!(stage.log().len() < 100, "{} programs", stage.log().len());
}

#[test]
fn frames_of_a_stream_come_when_their_time_has_come_and_a_full_window_stops_the_program() {
    let stage = Stage::new(&format!(
        "i=0; while [ $i -lt 600 ]; do i=$((i+1)); {FRAME}; echo >> 'LOG'; done; exec sleep 1000"
    ));
    let mut picture = stage.open();
    wait("the first frame", || picture.follow(ms(10_000), true).is_some());
    assert!(picture.follow(ms(10_040), true).is_none(), "the second comes after 83 ms");
    let mut frame = None;
    wait("the second frame", || {
        frame = picture.follow(ms(10_100), true);
        frame.is_some()
    });
    assert!(frame.take().unwrap().span.contains(ms(10_100)));
    // Whoever looks late gets the frame of that time, not those before.
    wait("a later frame", || {
        frame = picture.follow(ms(10_900), true);
        frame.as_ref().is_some_and(|frame| frame.span.contains(ms(10_900)))
    });
}

#[test]
fn a_stream_that_is_late_starts_again_at_the_playhead() {
    let stage = Stage::new(&format!("echo $* >> 'LOG'; while {FRAME}; do sleep 0.2; done"));
    let mut picture = stage.open();
    let begun = Instant::now();
    wait("another start", || {
        // The playhead is faster than the frames, in steps that are no jumps.
        picture.follow(ms(begun.elapsed().as_millis() as i64 * 4), true);
        stage.log().len() > 1
    });
    assert!(!stage.log()[1].contains("-ss 0.000 "), "{:?}", stage.log());
}

#[test]
fn the_window_is_woken_when_there_is_something_to_see() {
    let stage = Stage::new(FRAME);
    let woken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&woken);
    let wake = move || {
        count.fetch_add(1, Ordering::SeqCst);
    };
    let mut picture = Picture::open(&stage.recording, &stage.path("ffmpeg"), wake).unwrap();
    picture.follow(MediaTime::ZERO, false);
    wait("a call", || woken.load(Ordering::SeqCst) > 0);
    assert!(picture.follow(MediaTime::ZERO, false).is_some());
}

/// Makes a video with the real program; `None` where it is not installed.
fn video(folder: &Path, name: &str, source: &str, options: &[&str]) -> Option<PathBuf> {
    let path = folder.join(name);
    let mut command = Command::new(PROGRAM);
    command.args(["-v", "error", "-f", "lavfi", "-i", source]).args(options).arg("-y");
    let mut output = std::ffi::OsString::from("file:");
    output.push(&path);
    command.arg(output).status().ok()?.success().then_some(path)
}

/// The brightness of the middle of a frame.
fn brightness(frame: &PictureFrame) -> u8 {
    frame.rgb[3 * (frame.height / 2 * frame.width + frame.width / 2)]
}

#[test]
fn the_real_one_finds_the_slide_that_is_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    // Slides, each brighter than the one before, with one frame in ten seconds and nothing to jump to but the first.
    let source = "color=black:s=1280x720:r=1/10:d=60,geq=lum='16+N*30':cb=128:cr=128";
    let options = ["-c:v", "mpeg4", "-g", "600"];
    let Some(path) = video(folder.path(), "-a %d:b.mkv", source, &options) else { return };
    let mut picture = Picture::open(&path, Path::new(PROGRAM), || ()).unwrap();
    let mut seen = Vec::new();
    for seconds in [5, 15, 25, 55, 35] {
        let frame = still(&mut picture, ms(seconds * 1000));
        assert_eq!((frame.width, frame.height), (640, 360));
        seen.push(brightness(&frame));
    }
    assert!(seen[0] < seen[1] && seen[1] < seen[2] && seen[2] < seen[4] && seen[4] < seen[3], "{seen:?}");
}

#[test]
fn the_real_one_plays_from_the_playhead() {
    let folder = tempfile::tempdir().unwrap();
    let source = "color=black:s=160x120:r=25:d=20,geq=lum='16+N/3':cb=128:cr=128";
    let Some(path) = video(folder.path(), "lecture.avi", source, &["-c:v", "mpeg4"]) else { return };
    let mut picture = Picture::open(&path, Path::new(PROGRAM), || ()).unwrap();
    let mut seen = Vec::new();
    for seconds in [4, 12] {
        let mut now = ms(seconds * 1000);
        for _ in 0..12 {
            wait("a frame", || match picture.follow(now, true) {
                Some(frame) => {
                    assert_eq!((frame.width, frame.height), (160, 120), "small pictures stay as they are");
                    seen.push(brightness(&frame));
                    true
                }
                None => false,
            });
            now += ms(84);
        }
    }
    assert!(seen.is_sorted() && seen[12] > seen[11] + 20, "{seen:?}");
}

#[test]
fn the_real_one_finds_no_picture_in_sound_with_or_without_a_cover() {
    let folder = tempfile::tempdir().unwrap();
    let cover =
        "-f lavfi -i color=red:s=64x64:d=1 -map 0 -map 1 -c:v mjpeg -frames:v 1 -disposition:v attached_pic";
    for (name, options) in [("sound.mp4", ""), ("cover.mp4", cover)] {
        let options: Vec<_> = options.split_whitespace().collect();
        let Some(path) = video(folder.path(), name, "sine=d=1", &options) else { return };
        let mut picture = Picture::open(&path, Path::new(PROGRAM), || ()).unwrap();
        wait("an outcome", || {
            picture.follow(MediaTime::ZERO, false);
            picture.state() != PictureState::Unknown
        });
        assert_eq!(picture.state(), PictureState::Absent, "{name}");
    }
}
