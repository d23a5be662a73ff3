//! Files with markup that are opened, changed in one word and saved: nothing else in them may change.

use std::fs;
use std::path::{Path, PathBuf};

use lectern::document::style::Style;
use lectern::document::{Cue, Document, Editor, ops};
use lectern::format::{Format, Original, by_name};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/markup");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// A file, with the document that an editor has of it.
fn opened(path: &Path) -> (Original, Editor, Vec<u8>) {
    let bytes = fs::read(path).unwrap();
    let format = by_name(path.extension().unwrap().to_str().unwrap()).unwrap();
    let original = Original::of(format, &bytes).unwrap_or_else(|| panic!("{}", path.display()));
    (original, Editor::new(read(format, &bytes)), bytes)
}

fn read(format: &Format, bytes: &[u8]) -> Document {
    (format.read.unwrap())(bytes).unwrap().document
}

/// The editor with one word changed.
fn edited(mut editor: Editor) -> Editor {
    let cue = editor.document().cues.iter().find(|cue| cue.text.contains("morning")).unwrap();
    let step = ops::set_text(editor.document(), cue.id, &cue.text.replace("morning", "evening")).unwrap();
    editor.apply(step).unwrap();
    editor
}

#[test]
fn a_word_changes_and_nothing_else() {
    let files = files();
    assert!(files.len() >= 40, "{}", files.len());
    let mut wrong = Vec::new();
    for path in files {
        let (original, editor, bytes) = opened(&path);
        let name = path.file_name().unwrap().display();
        let same = original.rewrite(editor.document()).unwrap_or_default();
        let saved = original.rewrite(edited(editor).document());
        let wanted = String::from_utf8(bytes.clone()).unwrap().replace("morning", "evening");
        let saved = saved.map(|saved| String::from_utf8(saved).unwrap());
        if same != bytes || saved.as_deref() != Ok(&*wanted) {
            wrong.push(format!("{name}: {saved:?}\n   not {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A cue that is split, joined, moved, deleted or made italic is written anew; the rest stays.
#[test]
fn cues_come_and_go_in_place() {
    let file = "WEBVTT\n\nNOTE first\n\none\n00:01.000 --> 00:03.000 line:0\n<c.a>Good</c> morning\n\n\
                NOTE second\n\ntwo\n00:03.000 --> 00:05.000\nNext\n\nNOTE third\n";
    let vtt = by_name("vtt").unwrap();
    let original = Original::of(vtt, file.as_bytes()).unwrap();
    let mut editor = Editor::new(read(vtt, file.as_bytes()));
    let ids: Vec<_> = editor.document().cues.iter().map(|cue| cue.id).collect();
    let step = ops::toggle_style(editor.document(), &[(ids[1], None)], &Style::Italic).unwrap();
    editor.apply(step).unwrap();
    let step = ops::split(editor.document(), editor.free_id(), ids[0], 4).unwrap();
    editor.apply(step).unwrap();
    let saved = String::from_utf8(original.rewrite(editor.document()).unwrap()).unwrap();
    let middle = editor.document().cues[1].span.start;
    let wanted = format!(
        "WEBVTT\n\nNOTE first\n\none\n00:00:01.000 --> {middle} line:0\n<c.a>Good</c>\n\n\
         {middle} --> 00:00:03.000 line:0\nmorning\n\nNOTE second\n\ntwo\n00:03.000 --> 00:05.000\n<i>Next</i>\n\nNOTE third\n"
    );
    assert_eq!(saved, wanted);
    editor.apply(ops::delete(editor.document(), &[ids[0]]).unwrap()).unwrap();
    let saved = String::from_utf8(original.rewrite(editor.document()).unwrap()).unwrap();
    assert!(saved.contains("NOTE second") && !saved.contains("Good"), "{saved}");
}

#[test]
fn srt_numbers_follow_where_cues_come_and_go() {
    let file =
        "1\n00:00:01,000 --> 00:00:03,000\n<i>Good morning</i>\n\n2\n00:00:03,000 --> 00:00:05,000\nNext\n\n";
    let srt = by_name("srt").unwrap();
    let original = Original::of(srt, file.as_bytes()).unwrap();
    let mut editor = Editor::new(read(srt, file.as_bytes()));
    let first = editor.document().cues[0].id;
    editor.apply(ops::split(editor.document(), editor.free_id(), first, 4).unwrap()).unwrap();
    let saved = String::from_utf8(original.rewrite(editor.document()).unwrap()).unwrap();
    let texts: Vec<_> = saved.split("\n\n").map(|block| block.lines().last().unwrap_or_default()).collect();
    assert_eq!(texts, ["<i>Good</i>", "<i>morning</i>", "Next", ""]);
    assert_eq!(saved.lines().filter(|line| ["1", "2", "3"].contains(line)).count(), 3, "{saved}");
}

/// What one format says of italics, colours and places comes out in another.
#[test]
fn styles_and_places_go_from_format_to_format() {
    let file = "1\n00:00:01,000 --> 00:00:03,000\n{\\an8}<i>Good</i> <b>mor</b>ning\n\n";
    let document = read(by_name("srt").unwrap(), file.as_bytes());
    for name in ["srt", "vtt", "ass", "ttml", "ebuttd", "json"] {
        let format = by_name(name).unwrap();
        let again = read(format, &(format.write.unwrap())(&document, &Default::default()).unwrap());
        let told =
            |cue: &Cue| (cue.text.clone(), cue.styles.clone(), cue.place.as_ref().map(|place| place.anchor));
        assert_eq!(told(&again.cues[0]), told(&document.cues[0]), "{name}");
        assert_eq!(format.losses(&document, &Default::default()), [], "{name}");
    }
}
