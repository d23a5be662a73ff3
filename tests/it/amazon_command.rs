//! `lectern transcribe-job` and redacted captions on the sample lecture, with the shipped model.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use lectern::audio::{read_all, write_wav};
use serde_json::Value;
use tempfile::TempDir;

fn lectern(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.args(arguments).current_dir(folder).env_remove("LECTERN_MODELS").output().unwrap()
}

/// A folder with the first seconds of the sample lecture as `talks/week 1.wav`.
fn talks() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("talks")).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let (samples, _) = read_all(&sample).unwrap();
    write_wav(&folder.path().join("talks/week 1.wav"), &samples[..9 * 16_000]).unwrap();
    folder
}

#[test]
fn a_job_writes_what_the_service_would_write() {
    let folder = talks();
    let job = r#"{"TranscriptionJobName": "week-1", "LanguageCode": "en-GB", "MediaFormat": "wav",
        "Media": {"MediaFileUri": "s3://talks/week 1.wav"}, "OutputBucketName": "out", "OutputKey": "term/",
        "ContentRedaction": {"RedactionType": "PII", "RedactionOutput": "redacted_and_unredacted"},
        "Subtitles": {"Formats": ["srt"], "OutputStartIndex": 1}, "Tags": [{"Key": "course", "Value": "biology"}]}"#;
    fs::write(folder.path().join("job.json"), job).unwrap();
    let buckets = ["--bucket", "talks=talks", "--bucket", "out=out"];
    let output = lectern(&[&["transcribe-job", "job.json", "--json"], &buckets[..]].concat(), folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    for name in ["week-1.json", "week-1.srt", "redacted-week-1.json", "redacted-week-1.srt"] {
        assert!(folder.path().join("out/term").join(name).is_file(), "{name}");
    }
    let written = fs::read_to_string(folder.path().join("out/term/week-1.json")).unwrap();
    let written: Value = serde_json::from_str(&written).unwrap();
    assert_eq!((&written["jobName"], &written["status"]), (&"week-1".into(), &"COMPLETED".into()));
    assert_eq!(written["results"]["language_code"], "en-GB");
    assert!(written["results"]["items"].as_array().unwrap().len() > 10);
    let events = String::from_utf8(output.stdout).unwrap();
    let status: Value = serde_json::from_str(events.lines().last().unwrap()).unwrap();
    assert_eq!(status["TranscriptionJob"]["TranscriptionJobStatus"], "COMPLETED");
    assert_eq!(status["TranscriptionJob"]["Tags"][0]["Value"], "biology");
    assert!(!events.contains("\"segment\""), "what is recognized is not printed while something is redacted");
}

#[test]
fn a_job_that_cannot_be_done_says_why() {
    let folder = talks();
    let job = |more: &str| {
        let media = r#""Media": {"MediaFileUri": "s3://talks/week 1.wav"}"#;
        let job = format!(r#"{{"TranscriptionJobName": "a", "LanguageCode": "en-US", {media} {more}}}"#);
        fs::write(folder.path().join("job.json"), job).unwrap();
        let output = lectern(&["transcribe-job", "job.json", "--bucket", "talks=talks"], folder.path());
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(
        job(r#", "ModelSettings": {"LanguageModelName": "law"}"#).contains("job.json: ModelSettings cannot")
    );
    assert!(job(r#", "OutputBucketName": "out""#).contains("--bucket out=DIR"));
    assert!(job(r#", "Settings": {"VocabularyName": "bio"}"#).contains("--vocabularies"));
}

#[test]
fn redacted_captions_come_with_the_copies_that_were_asked_for() {
    let folder = talks();
    let copies = ["--redact", "--redact-audio", "--unredacted-dir", "safe", "--output-dir", "out"];
    let caption = [&["caption", "talks/week 1.wav", "--format", "srt"], &copies[..]].concat();
    let output = lectern(&caption, folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    for name in ["out/week 1.srt", "safe/week 1.srt", "out/week 1.redacted.wav"] {
        assert!(folder.path().join(name).is_file(), "{name}");
    }
    let copies = ["--redact", "--overwrite", "--unredacted-dir", "out", "--output-dir", "out"];
    let into_one = lectern(&[&["caption", "talks/week 1.wav"], &copies[..]].concat(), folder.path());
    assert_eq!(into_one.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&into_one.stderr).contains("would both become"));
}
