//! `lectern caption --speakers` as its users run it, on ten seconds in which two people talk on the telephone.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::{Command, Output};

use lectern::asr::CancelToken;
use lectern::audio::{Recording, write_wav};
use lectern::caption::{DEFAULT_PROFILE, Profile, compose};
use lectern::document::words::estimate;
use lectern::document::{Cue, CueId, Document, Editor, ops};
use lectern::recognize::{
    FindError, NamingError, SpeakerWish, Suggestion, find_voices, name_speakers, split_speaker,
    suggest_names, voice_of,
};
use lectern::remembered::{self, RememberedVoice, RememberedVoices};
use lectern::time::TimeSpan;
use lectern::transcript::{Segment, Voices};
use serde_json::Value;
use tempfile::TempDir;

/// The conversation that the networks' own tests use.
pub fn sound_of_conversation() -> Vec<f32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/speakers/tests/data/reference.safetensors");
    let bytes = fs::read(path).unwrap();
    let (length, rest) = bytes.split_first_chunk::<8>().unwrap();
    let (head, data) = rest.split_at(u64::from_le_bytes(*length) as usize);
    let head: Value = serde_json::from_slice(head).unwrap();
    let offset = |i: usize| head["sound"]["data_offsets"][i].as_u64().unwrap() as usize;
    let samples = data[offset(0)..offset(1)].as_chunks::<2>().0;
    samples.iter().map(|&bytes| f32::from(i16::from_le_bytes(bytes)) / 32768.0).collect()
}

/// A folder with the conversation.
fn conversation() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_wav(&folder.path().join("call.wav"), &sound_of_conversation()).unwrap();
    folder
}

fn caption(folder: &TempDir, options: &[&str], models: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    command.args(["caption", "--language", "en", "--format", "vtt", "--overwrite"]).args(options);
    command.arg("call.wav").current_dir(folder.path()).env_remove("LECTERN_MODELS");
    command.envs(models.map(|models| ("LECTERN_MODELS", models)));
    command.output().unwrap()
}

fn captions(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("call.vtt")).unwrap()
}

#[test]
fn captions_say_who_speaks() {
    let folder = conversation();
    let output = caption(&folder, &["--speakers"], None);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let named = captions(&folder);
    let names: Vec<_> = ["<v Speaker 1>", "<v Speaker 2>", "<v Lecturer>", "<v Audience>"]
        .into_iter()
        .filter(|name| named.contains(name))
        .collect();
    assert_eq!(names.len(), 2, "{named}");
    assert!(caption(&folder, &["--speakers", "1"], None).status.success());
    assert!(!captions(&folder).contains("<v "), "one voice has no name");
}

#[test]
fn voices_are_distinguished_within_each_channel() {
    let folder = conversation();
    // A microphone for the two of them, then one for a lecturer.
    let lecture = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let (mut lecture, mut one) = (Recording::open(&lecture).unwrap(), Vec::new());
    while one.len() < 160_000 && lecture.read(&mut one).unwrap() {}
    let call = sound_of_conversation();
    let silence = |samples: usize| std::iter::repeat_n(0.0, samples);
    let room = call.iter().copied().chain(silence(160_000));
    let desk = silence(call.len()).chain(one);
    let form = hound::WavSpec {
        channels: 2,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut file = hound::WavWriter::create(folder.path().join("call.wav"), form).unwrap();
    for sample in room.zip(desk).flat_map(|(room, desk): (f32, f32)| [room, desk]) {
        file.write_sample((sample * 32_767.0) as i16).unwrap();
    }
    file.finalize().unwrap();
    let output = caption(&folder, &["--channels=Room,Desk", "--speakers"], None);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let named = captions(&folder);
    let speakers: BTreeSet<_> =
        named.split("<v ").skip(1).filter_map(|rest| rest.split_once('>')).map(|(name, _)| name).collect();
    assert_eq!(speakers.len(), 3, "{named}");
    assert!(speakers.contains("Desk"), "one voice needs no number: {named}");
    assert_eq!(speakers.iter().filter(|name| name.starts_with("Room, ")).count(), 2, "{named}");
}

#[test]
fn damaged_models_cost_no_captions() {
    let folder = conversation();
    let name = "campplus-zh-en-f16.safetensors";
    let mut model = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(name)).unwrap();
    model[10_000_000] ^= 1;
    fs::write(folder.path().join(name), model).unwrap();
    let output = caption(&folder, &["--speakers"], Some(folder.path()));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("do not say who speaks") && told.contains(name), "{told}");
    assert!(told.contains("install Lectern again"), "{told}");
    assert!(captions(&folder).contains("-->"));
}

fn voices(folder: &TempDir, threads: usize) -> Voices {
    let recording = Recording::open(&folder.path().join("call.wav")).unwrap();
    let threads = NonZeroUsize::new(threads).unwrap();
    find_voices(recording, threads, &CancelToken::default(), &mut |_| ()).unwrap()
}

/// Captions of the conversation, of a word each half second, as a person may have typed them.
fn typed(folder: &TempDir) -> Document {
    let cue = |n: i64| {
        let span = TimeSpan::from_millis(n * 2500, (n + 1) * 2500);
        let text = "one two three four five".to_owned();
        Cue { id: CueId(n as u64 + 1), span, text, ..Cue::default() }
    };
    let voices = Some(voices(folder, 1));
    Document { cues: (0..4).map(cue).collect(), voices, ..Document::default() }
}

fn find(editor: &mut Editor, wish: SpeakerWish) {
    let profile = Profile::named(DEFAULT_PROFILE).unwrap();
    let step =
        name_speakers(editor.document(), editor.free_id(), wish, &profile, &RememberedVoices::default())
            .unwrap();
    editor.apply(step).unwrap();
}

fn exactly(count: usize) -> SpeakerWish {
    SpeakerWish::Exactly(NonZeroUsize::new(count).unwrap())
}

fn speakers(editor: &Editor) -> BTreeSet<&str> {
    editor.document().cues.iter().filter_map(|cue| cue.speaker.as_deref()).collect()
}

fn text(editor: &Editor) -> String {
    let texts: Vec<_> = editor.document().cues.iter().map(|cue| cue.text.replace('\n', " ")).collect();
    texts.join(" ")
}

#[test]
fn speakers_are_found_in_captions_that_are_there_already() {
    let folder = conversation();
    assert_eq!(voices(&folder, 1), voices(&folder, 3), "any number of threads");
    let mut editor = Editor::new(typed(&folder));
    let before = editor.document().clone();
    find(&mut editor, SpeakerWish::Any);
    assert_eq!(speakers(&editor).len(), 2, "{:?}", editor.document().cues);
    assert!(editor.document().cues.len() > 4, "cues are divided where the speaker changes");
    assert_eq!(text(&editor), text(&Editor::new(before.clone())));
    find(&mut editor, exactly(1));
    assert!(speakers(&editor).is_empty(), "one voice has no name");
    editor.undo().unwrap();
    editor.undo().unwrap();
    assert_eq!(*editor.document(), before);
}

#[test]
fn names_stay_when_speakers_are_found_again() {
    let folder = conversation();
    let mut editor = Editor::new(typed(&folder));
    find(&mut editor, SpeakerWish::Any);
    let names: Vec<String> = speakers(&editor).into_iter().map(str::to_owned).collect();
    for (name, own) in names.iter().zip(["Ada", "Bob"]) {
        editor.apply(ops::rename_speaker(editor.document(), name, own)).unwrap();
    }
    let named = editor.document().cues.clone();
    find(&mut editor, exactly(2));
    assert_eq!(editor.document().cues, named);
    find(&mut editor, exactly(1));
    assert_eq!(speakers(&editor).len(), 1, "who says most of it");
}

#[test]
fn captions_that_nobody_edited_are_composed_anew() {
    let folder = conversation();
    let profile = Profile::named(DEFAULT_PROFILE).unwrap();
    let words = estimate("so it is and what is it then that we do here", TimeSpan::from_millis(0, 10_000));
    let segments = vec![Segment { words, average_log_probability: -0.25, ..Segment::default() }];
    let document = Document { segments, ..typed(&folder) };
    let cues = compose(&document.segments, &document.language, &profile);
    let mut editor = Editor::new(Document { cues, ..document });
    let before = text(&editor);
    find(&mut editor, SpeakerWish::Any);
    assert_eq!(speakers(&editor).len(), 2);
    let document = editor.document();
    assert!(document.segments.len() > 1 && document.segments.iter().all(|segment| segment.speaker.is_some()));
    let composed = compose(&document.segments, &document.language, &profile);
    assert!(document.cues.iter().zip(&composed).all(|(one, other)| one.text == other.text));
    assert_eq!(text(&editor), before);
    let divided = document.segments.clone();
    find(&mut editor, exactly(2));
    assert_eq!(editor.document().segments, divided, "parts are joined before they are divided again");
}

#[test]
fn one_speaker_is_divided_in_two() {
    let folder = conversation();
    let mut editor = Editor::new(typed(&folder));
    let all: Vec<CueId> = editor.document().cues.iter().map(|cue| cue.id).collect();
    editor.apply(ops::set_speaker(editor.document(), &all, Some("Ada")).unwrap()).unwrap();
    let step = split_speaker(editor.document(), editor.free_id(), "Ada").unwrap();
    editor.apply(step).unwrap();
    assert_eq!(speakers(&editor), BTreeSet::from(["Ada", "Ada 2"]));
    let step = split_speaker(editor.document(), editor.free_id(), "Nobody");
    assert!(matches!(step, Err(NamingError::OneVoice { .. })));
    let unknown = Document { voices: None, ..editor.document().clone() };
    let step = split_speaker(&unknown, editor.free_id(), "Ada");
    assert!(matches!(step, Err(NamingError::NoVoices)));
}

#[test]
fn listening_for_voices_can_be_cancelled() {
    let folder = conversation();
    let recording = Recording::open(&folder.path().join("call.wav")).unwrap();
    let cancel = CancelToken::default();
    cancel.cancel();
    let found = find_voices(recording, NonZeroUsize::MIN, &cancel, &mut |_| ());
    assert!(matches!(found, Err(FindError::Cancelled)));
}

/// The voice of one of the two, as Dr. Okafor's; and the captions.
fn okafor(folder: &TempDir) -> (RememberedVoices, Editor) {
    let mut editor = Editor::new(typed(folder));
    find(&mut editor, SpeakerWish::Any);
    let speaker = speakers(&editor).into_iter().next().unwrap().to_owned();
    let numbers = voice_of(editor.document(), &speaker).unwrap();
    let voice = RememberedVoice { name: "Dr. Okafor".to_owned(), since: remembered::today(), numbers };
    ([voice].into_iter().collect(), editor)
}

#[test]
fn remembered_voices_are_called_by_name() {
    let folder = conversation();
    let (voices, editor) = okafor(&folder);
    let speaker = (*speakers(&editor).first().unwrap()).to_owned();
    let suggested = suggest_names(editor.document(), &voices).unwrap();
    assert_eq!(suggested, [Suggestion { speaker, name: "Dr. Okafor".to_owned() }]);
    let profile = Profile::named(DEFAULT_PROFILE).unwrap();
    let mut fresh = Editor::new(typed(&folder));
    let step = name_speakers(fresh.document(), fresh.free_id(), SpeakerWish::Any, &profile, &voices).unwrap();
    fresh.apply(step).unwrap();
    assert!(speakers(&fresh).contains("Dr. Okafor"), "{:?}", speakers(&fresh));
    assert!(suggest_names(fresh.document(), &voices).unwrap().is_empty(), "the name is there");
}

#[test]
fn remembered_voices_are_seen_exported_and_forgotten() {
    let folder = conversation();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
        command.args(arguments).current_dir(folder.path()).env("HOME", folder.path());
        command.env("XDG_DATA_HOME", folder.path().join("data")).env_remove("LECTERN_MODELS");
        let output = command.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let data = if cfg!(target_os = "macos") { "Library/Application Support" } else { "data" };
    let file = folder.path().join(data).join("lectern/voices.json");
    remembered::save(&okafor(&folder).0, &file).unwrap();
    let (code, list) = run(&["voices", "list"]);
    assert!(code == 0 && list.ends_with("  Dr. Okafor\n"), "{list}");
    let captions_of = ["caption", "--language", "en", "--format", "vtt", "--speakers", "call.wav"];
    assert_eq!(run(&captions_of).0, 0);
    assert!(captions(&folder).contains("<v Dr. Okafor>"), "{}", captions(&folder));
    assert_eq!(run(&["voices", "export", "mine.json"]).0, 0);
    assert_ne!(run(&["voices", "export", "mine.json"]).0, 0, "no file is replaced");
    assert_eq!(run(&["voices", "remove", "Nobody"]).0, 2);
    assert_eq!(run(&["voices", "remove", "Dr. Okafor"]).0, 0);
    assert_eq!(run(&["voices", "list"]), (0, String::new()));
    assert_eq!(run(&["voices", "import", "mine.json"]).0, 0);
    assert_eq!(run(&["voices", "list"]).1, list);
    assert_eq!(run(&["voices", "remove", "--all"]).0, 0);
    assert_eq!(run(&["voices", "list"]).1, "");
}
