//! Sound that goes through ffmpeg: with the real program where it is installed, and with scripts in its place.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use lectern::audio::{AudioError, AudioWarning, SAMPLE_RATE, read_all, write_wav};

use super::compare::agreement;
use super::data;

/// What the table of `decodes_a_folder` says of `file`, in a process where `script` is the only program on the
/// PATH, under the name of ffmpeg. `None` for no program at all.
fn row(file: &str, script: Option<&str>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (cases, programs) = (folder.path().join("cases"), folder.path().join("programs"));
    std::fs::create_dir(&cases).unwrap();
    std::fs::create_dir(&programs).unwrap();
    std::fs::copy(data(file), cases.join(file)).unwrap();
    let sound = folder.path().join("sound.wav");
    write_wav(&sound, &vec![0.25; SAMPLE_RATE as usize]).unwrap();
    if let Some(script) = script {
        install(&programs.join("ffmpeg"), &script.replace("SOUND", &sound.display().to_string()));
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "audio::table::decodes_a_folder", "--ignored", "--nocapture"])
        .env("PATH", &programs)
        .env("LECTERN_AUDIO_CASES", &cases)
        .env_remove("LECTERN_AUDIO_REFERENCE")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let row = text.lines().find(|line| line.contains(file));
    row.unwrap_or_else(|| panic!("no row for {file} in {text}")).to_owned()
}

fn install(path: &Path, script: &str) {
    std::fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_real_one_decodes_what_we_do_not() {
    let (reference, _) = read_all(&data("reference.flac")).unwrap();
    let is_installed = Command::new("ffmpeg").arg("-version").output().is_ok();
    // The last number is where the speech starts, in samples.
    let cases = [
        ("speex.spx", "Speex", 0),
        ("wavpack.wv", "WavPack", 0),
        ("late.ts", "in an MPEG transport stream", 24_000),
    ];
    for (file, name, start) in cases {
        match read_all(&data(file)) {
            Ok((samples, warnings)) => {
                assert!(is_installed && warnings.is_empty(), "{file}: {warnings:?}");
                let agreement = agreement(&samples[start..], &reference, 1000).unwrap();
                let (alike, lag) = (agreement.correlation, agreement.lag);
                assert!(alike > 0.9 && lag.abs() < 50.0, "{file}: {alike} at {lag} ms");
            }
            Err(AudioError::UnsupportedCodec { codec, .. }) => {
                assert!(!is_installed && codec == name, "{file}")
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn the_real_one_goes_on_with_a_recording_appended_to_flac() {
    let folder = tempfile::tempdir().unwrap();
    let joined = folder.path().join("joined.flac");
    std::fs::write(&joined, std::fs::read(data("reference.flac")).unwrap().repeat(5)).unwrap();
    let alone = read_all(&data("reference.flac")).unwrap().0.len();
    let (samples, warnings) = read_all(&joined).unwrap();
    if Command::new("ffmpeg").arg("-version").output().is_ok() {
        assert!(samples.len() > 4 * alone, "{} of {alone} samples each", samples.len());
        assert!(matches!(warnings[..], [AudioWarning::ContinuedByFfmpeg { .. }]), "{warnings:?}");
    } else {
        assert!(samples.len() <= alone && !warnings.is_empty(), "{warnings:?}");
    }
}

#[test]
fn without_it_the_error_names_the_codec_and_the_remedy() {
    let row = row("speex.spx", None);
    assert!(row.contains("the sound is Speex") && row.contains("install ffmpeg"), "{row}");
}

#[test]
fn its_output_is_read() {
    let row = row("speex.spx", Some("exec /bin/cat 'SOUND'"));
    assert!(row.contains("| 1.000 s |"), "{row}");
}

#[test]
fn it_is_told_to_touch_nothing_but_the_file() {
    let script = "case \"$*\" in *-nostdin*'-protocol_whitelist file,pipe -i file:'*speex.spx*) ;; \
                  *) echo \"called as $*\" >&2; exit 1;; esac; exec /bin/cat 'SOUND'";
    let row = row("speex.spx", Some(script));
    assert!(row.contains("| 1.000 s |"), "{row}");
}

#[test]
fn its_failure_is_told() {
    let row = row("speex.spx", Some("echo noise >&2; echo 'Invalid data found' >&2; exit 1"));
    assert!(row.contains("ffmpeg could not read the sound (Invalid data found)"), "{row}");
}

#[test]
fn much_that_it_says_does_not_stop_it() {
    let script = "i=0; while [ $i -lt 5000 ]; do i=$((i+1)); \
                  echo 'a warning that fills the pipe for messages, which holds 64 KiB' >&2; done; exec /bin/cat 'SOUND'";
    let row = row("speex.spx", Some(script));
    assert!(row.contains("| 1.000 s |"), "{row}");
}

#[test]
fn a_failure_on_the_way_is_a_warning() {
    let row = row("speex.spx", Some("/bin/cat 'SOUND'; echo 'Disk on fire' >&2; exit 1"));
    assert!(row.contains("| 1.000 s; reading stopped at 00:00:01.000: Disk on fire |"), "{row}");
}

#[test]
fn what_it_knows_no_sound_in_is_no_recording() {
    let row = row("no_sound.mp4", Some("echo \"Stream map '0:a:0' matches no streams.\" >&2; exit 1"));
    assert!(row.contains("the video has no audio track"), "{row}");
}
