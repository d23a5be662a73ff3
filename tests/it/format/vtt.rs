//! W3C's own parsing tests, with what a browser shows of each file.

use std::fs;
use std::path::Path;

use lectern::document::Document;
use lectern::format::{Format, WriteOptions, by_name};

fn vtt() -> &'static Format {
    by_name("vtt").unwrap()
}

fn read(bytes: &[u8]) -> Document {
    (vtt().read.unwrap())(bytes).unwrap().document
}

/// Text as it is shown: white space at the ends of lines shows nothing.
fn shown(text: &str) -> Vec<&str> {
    text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[test]
fn files_are_read_as_browsers_read_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/vtt_wpt");
    let expected = fs::read_to_string(folder.join("expected.jsonl")).unwrap();
    let mut files = 0;
    for line in expected.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = case["file"].as_str().unwrap();
        let document = read(&fs::read(folder.join(name)).unwrap());
        let ours: Vec<_> = document
            .cues
            .iter()
            .map(|cue| (cue.span.start.as_secs_f64(), cue.span.end.as_secs_f64(), shown(&cue.text)))
            .collect();
        let browser: Vec<_> = case["cues"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cue| (cue[0].as_f64().unwrap(), cue[1].as_f64().unwrap(), shown(cue[2].as_str().unwrap())))
            .collect();
        assert_eq!(ours, browser, "{name}");
        files += 1;
    }
    assert_eq!(files, 37);
}

#[test]
fn written_cues_are_escaped_and_voiced() {
    let source =
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v R＆\u{2060}D>if x &lt; y --&gt; z &amp;&amp; a <c>b\n";
    let document = read(source.as_bytes());
    assert_eq!(document.cues[0].speaker.as_deref(), Some("R&D"));
    assert_eq!(document.cues[0].text, "if x < y --> z && a b");
    let bytes = (vtt().write.unwrap())(&document, &WriteOptions::default()).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), source.replace("<c>", ""));
}

#[test]
fn what_browsers_do_not_show_is_told() {
    let source = "WEBVTT\n\nNOTE by hand\n\n00:00.000 --> 00:60.000\nlost\n\n00:01.000 --> 00:02.000 line:0\n<i>kept</i>\n";
    let repairs = (vtt().read.unwrap())(source.as_bytes()).unwrap().repairs;
    let told: Vec<_> = repairs.iter().map(|r| (r.line.unwrap(), r.what.as_str(), r.breaks_format)).collect();
    assert_eq!(
        told,
        [
            (3, "a note was left out", false),
            (5, "a block without valid times was left out: “00:00.000 --> 00:60.000 / lost”", true),
        ]
    );
}
