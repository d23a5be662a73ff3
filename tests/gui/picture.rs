//! The picture of a video beside the list.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT, Queryable};
use lectern::audio::write_wav;

use crate::desk::{Desk, Drive, Window, rows, srt};

/// Writes a frame of a size that was asked for, in one colour.
const FFMPEG: &str = "#!/bin/sh\nprintf 'P6\\n64 36\\n255\\n'; head -c 6912 /dev/zero\n";

/// Opens the captions of a recording with this name, on a computer with this ffmpeg.
fn open(desk: &Desk, recording: &str, ffmpeg: Option<&str>) -> Window {
    write_wav(&desk.path(recording), &vec![0.1; 16 * 16_000]).unwrap();
    let program = desk.path("ffmpeg");
    if let Some(script) = ffmpeg {
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let captions = desk.write("lecture.srt", srt(&["Good morning, all.", "Plants eat the light."]));
    let window = desk.window_of(Some(&captions), |services| services.ffmpeg = program);
    window
        .until("the sound is there", |window| rows(window) == 2 && window.query_by_label("/ 0:16").is_some())
}

fn has_picture(window: &Window) -> bool {
    window.query_by_role_and_label(Role::Image, "Picture of the video").is_some()
}

#[test]
fn the_picture_is_shown_hidden_and_remembered() {
    let desk = Desk::new();
    let mut window = open(&desk, "lecture.mp4", Some(FFMPEG));
    window.wait("the picture is there", has_picture);
    let picture = window.get_by_label("Picture of the video").rect();
    assert!((picture.aspect_ratio() - 16.0 / 9.0).abs() < 0.05, "{picture:?}");
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    window.wait("it is hidden", |window| !has_picture(window));
    window.wait("that is saved", |_| {
        std::fs::read_to_string(desk.path("settings.toml"))
            .is_ok_and(|text| text.contains("shows_picture = false"))
    });
    drop(window);
    let mut window = open(&desk, "lecture.mp4", Some(FFMPEG));
    window.run_steps(20);
    assert!(!has_picture(&window));
    window.command("Video picture");
    window.wait("it is back", has_picture);
}

#[test]
fn without_ffmpeg_the_window_says_what_would_bring_it() {
    let desk = Desk::new();
    let says =
        |window: &Window| window.query_by_label_contains("Install ffmpeg (https://ffmpeg.org)").is_some();
    let mut window = open(&desk, "lecture.mp4", None);
    window.wait("the line is there", says);
    assert!(!has_picture(&window));
    window.command("Video picture");
    window.wait("it is hidden", |window| !says(window));
}

#[test]
fn a_recording_of_sound_has_no_panel() {
    let desk = Desk::new();
    let script = "#!/bin/sh\necho \"Stream map '0:V:0' matches no streams.\" >&2; exit 1\n";
    for (name, script) in [("lecture.wav", None), ("lecture.mp4", Some(script))] {
        let mut window = open(&desk, name, script);
        window.press("View");
        window.wait("there is nothing to show", |window| {
            window.query_by_label("Video picture").is_some_and(|entry| entry.accesskit_node().is_disabled())
        });
        assert!(!has_picture(&window) && window.query_by_label_contains("ffmpeg").is_none(), "{name}");
        window.keys(Modifiers::NONE, Key::Escape);
        window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
        assert!(window.query_by_label_contains("This recording has no picture").is_some(), "{name}");
        drop(window);
        std::fs::remove_file(desk.path(name)).unwrap();
    }
}
