//! The words of the window: that every language has them all, that the sources use them all and no others, and that
//! the window says them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use egui_kittest::Node;
use egui_kittest::kittest::{By, NodeT, Queryable};

use super::desk::{Desk, Drive, Window, outline};

/// Files below `src/gui` with texts that are not for users of the window.
const NOT_SHOWN: [&str; 4] = [
    "frames.rs",              // Figures for developers, on standard error.
    "workers/chooser.rs",     // Names of programs and of their interfaces.
    "fonts.rs",               // Names of font families in egui.
    "editor/picture/spot.rs", // Names of settings in WebVTT.
];

/// What stands before texts that are not shown.
const IDS: [&str; 29] = [
    "Id::unique(",
    "Id::unique((",
    "id_salt(",
    "id_salt((",
    "from_hash_of(",
    "Panel::top(",
    "Panel::bottom(",
    "Panel::right(",
    "side(",
    "Grid::new(",
    "load_texture(",
    "with_app_id(",
    "run_native_ext(",
    // Names of threads.
    ".start(",
    "start_thread(shared,",
    // Names of files, in the program and on the disk.
    "include_str!(",
    "include_bytes!(",
    "Words::new(",
    "env!(",
    "cfg!(target_os=",
    "join(",
    // For developers.
    "expect(",
    "debug_assert!(text.is_some(),",
    "debug_assert!(text.is_some()&&errors.is_empty(),",
    "eprint_line(&format!(",
    "%error,",
    // The document's labels of steps, which `editor/step.rs` words anew.
    "Transaction::new(",
    "strip_prefix(",
    "replace(",
];

/// Texts that are the same in every language.
const SAME: [&str; 25] = [
    "Lectern",
    "{}{} – Lectern",
    "libopus",
    "MIT",
    "BSD",
    "MPL 2.0",
    "Apache 2.0",
    "Netflix",
    // Languages are offered under their own names.
    "English",
    "Deutsch",
    // Names in files, which do not follow the language of the window.
    "Speaker {number}",
    "voices.json",
    // Signs on buttons.
    "Aa",
    "W",
    // Names of formats, profiles and languages in files.
    "srt",
    "vtt",
    "lectern",
    "und",
    "lecture",
    "netflix",
    "bbc",
    "dcmp",
    "ted",
    // Ids of the list of cues.
    "cues",
    "cue",
];

/// Texts that happen to be the same in English and German.
const ALIKE: [&str; 28] = [
    "record-voice-name",
    "error-material",
    "sound-drag-times",
    "menu-go-letter",
    "menu-help-letter",
    "cue-heard-doubtful",
    "language-hi",
    "column-text",
    "command-tip",
    "command-refused",
    "command-of-step",
    "status-entry-hint",
    "key-alt",
    "key-tab",
    "export-name",
    "about-version",
    "about-part",
    "progress-percent",
    "settings-vocabulary-example-name",
    "record-microphone",
    "path-name",
    "queue-formats",
    "models-proxy",
    "models-mirror-example",
    "models-proxy-example",
    "models-speed",
    "size-mb",
    "size-gb",
];

struct Literal {
    file: String,
    line: usize,
    text: String,
    /// The code before it, without spaces.
    before: String,
}

/// A call of `say_with!`: the key if it is written there, and the names of the arguments.
struct Call {
    place: String,
    key: Option<String>,
    arguments: BTreeSet<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/gui")
}

/// The sources of the window without their tests and comments.
fn sources() -> Vec<(String, String)> {
    let mut folders = vec![root()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
                sources.push((name, code.to_owned()));
            }
        }
    }
    assert!(sources.iter().any(|(name, _)| name == "panels/start.rs"), "the sources were not found");
    sources.sort();
    sources
}

/// The string literals of a source. Not a parser: it knows comments, characters, escapes and attributes.
fn literals(file: &str, code: &str) -> Vec<Literal> {
    let chars: Vec<char> = code.chars().collect();
    let (mut at, mut line, mut before) = (0, 1, String::new());
    let mut found = Vec::new();
    while at < chars.len() {
        match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1;
                }
                continue;
            }
            '#' if chars.get(at + 1) == Some(&'[') => {
                while at < chars.len() && chars[at] != ']' {
                    at += 1;
                }
            }
            // A character; a lifetime has no second quote so soon.
            '\'' if chars.get(at + 1) == Some(&'\\') => {
                at += 2;
                while chars[at] != '\'' || chars[at - 1] == '\\' && chars[at - 2] != '\\' {
                    at += 1;
                }
            }
            '\'' if chars.get(at + 2) == Some(&'\'') => at += 2,
            '"' => {
                let (begun, mut text) = (line, String::new());
                at += 1;
                while chars[at] != '"' {
                    if chars[at] == '\\' {
                        // The letter of an escape, such as that of a new line, is none of the text.
                        line += usize::from(chars[at + 1] == '\n');
                        text.extend(Some(chars[at + 1]).filter(|c| !c.is_ascii_alphabetic()));
                        at += 2;
                        continue;
                    }
                    line += usize::from(chars[at] == '\n');
                    text.push(chars[at]);
                    at += 1;
                }
                let before = std::mem::replace(&mut before, "\"\"".to_owned());
                found.push(Literal { file: file.to_owned(), line: begun, text, before });
            }
            '\n' => line += 1,
            c if c.is_whitespace() => {}
            c => before.push(c),
        }
        at += 1;
    }
    found
}

/// The calls of `say_with!` in a source.
fn calls(file: &str, code: &str) -> Vec<Call> {
    let call = |rest: &str| {
        let mut depth = 0_i32;
        let mut parts = vec![String::new()];
        let mut in_text = false;
        for c in rest.chars() {
            in_text ^= c == '"';
            match c {
                '(' | '[' | '{' if !in_text => depth += 1,
                ')' | ']' | '}' if !in_text && depth == 0 => break,
                ')' | ']' | '}' if !in_text => depth -= 1,
                ',' if !in_text && depth == 0 => {
                    parts.push(String::new());
                    continue;
                }
                _ => {}
            }
            parts.last_mut().unwrap().push(c);
        }
        let key = parts[0].trim().strip_prefix('"').and_then(|key| key.strip_suffix('"'));
        let name = |part: &String| part.split_once('=').map(|(name, _)| name.trim().to_owned());
        let arguments = parts[1..].iter().filter_map(name).collect();
        Call { place: format!("{file}: {}", parts.join(",").trim()), key: key.map(str::to_owned), arguments }
    };
    code.split("say_with!(").skip(1).map(call).collect()
}

/// The texts of a language, by key.
fn texts(language: &str) -> BTreeMap<String, String> {
    let file = fs::read_to_string(root().join(format!("words/{language}.ftl"))).unwrap();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" = ").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            Some((key, text)) => {
                last = key.to_owned();
                assert!(texts.insert(last.clone(), text.to_owned()).is_none(), "{key} is there twice");
            }
            None if line.is_empty() => {}
            None => texts.get_mut(&last).unwrap().push_str(line),
        }
    }
    texts
}

/// The names of the arguments in a text.
fn arguments(text: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
    text.split('$').skip(1).map(name).collect()
}

/// Whether a literal has the form of a key: small words with hyphens between.
fn is_key(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    text.contains('-') && text.split('-').all(is_word)
}

/// Whether a literal says something: it has letters outside of the places for values.
fn has_words(text: &str) -> bool {
    let mut depth = 0;
    text.chars().any(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0 && c.is_alphabetic()
    })
}

/// What a source shows that is not in the tables.
fn shown(file: &str, code: &str, keys: &BTreeSet<String>) -> Vec<String> {
    let is_fine = |literal: &Literal| {
        let text = literal.text.as_str();
        let is_command_id = file == "command/table.rs" && text.contains('.') && !text.contains(' ');
        let is_shortcut = file == "keymap.rs" && text.ends_with('+');
        let is_step = file == "editor/step.rs" && literal.before.ends_with(['{', ',', ';', ')', '|']);
        let names_languages = ["dialogs/choices.rs", "workers/spelling.rs"].contains(&file);
        let is_language = names_languages && text.len() == 2;
        let is_format = file == "format_names.rs" && text.chars().all(|c| c.is_ascii_lowercase());
        let is_tag = ["eq_ignore_ascii_case(", "==Some("].iter().any(|call| literal.before.ends_with(call));
        // Names of models have their sizes in them.
        let is_size = file == "models/row.rs"
            && ["contains(", "starts_with("].iter().any(|call| literal.before.ends_with(call));
        !has_words(text)
            || keys.contains(text)
            || SAME.contains(&text)
            || IDS.iter().any(|id| literal.before.ends_with(id))
            || is_command_id
            || is_shortcut
            || is_step
            || is_language
            || is_tag
            || is_size
            || is_format
    };
    let found = literals(file, code).into_iter().filter(|literal| !is_fine(literal));
    found.map(|found| format!("src/gui/{}:{}: {:?}", found.file, found.line, found.text)).collect()
}

#[test]
fn every_language_has_the_same_keys_and_arguments() {
    let (english, german) = (texts("en"), texts("de"));
    assert!(english.len() > 400, "{} texts", english.len());
    assert!(english.keys().eq(german.keys()), "{:?}", different(&english, &german));
    for (key, text) in &english {
        assert_eq!(arguments(text), arguments(&german[key]), "{key}");
        assert!(is_key(key), "{key}");
        assert!(text != &german[key] || ALIKE.contains(&key.as_str()), "{key} is not translated");
    }
}

fn different(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<String> {
    let only = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        one.keys().filter(|key| !other.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    [only(one, other), only(other, one)].concat()
}

#[test]
fn every_key_is_there_and_is_used() {
    let keys: BTreeSet<String> = texts("en").into_keys().collect();
    let literals: Vec<_> = sources().iter().flat_map(|(file, code)| literals(file, code)).collect();
    let used: BTreeSet<String> = literals
        .iter()
        .filter(|literal| is_key(&literal.text) && !IDS.iter().any(|id| literal.before.ends_with(id)))
        .map(|literal| literal.text.clone())
        .collect();
    let missing: Vec<_> = used.difference(&keys).collect();
    assert!(missing.is_empty(), "not in en.ftl: {missing:?}");
    let unused: Vec<_> = keys.difference(&used).collect();
    assert!(unused.is_empty(), "not used: {unused:?}");
}

#[test]
fn texts_are_given_the_arguments_that_they_have() {
    let english = texts("en");
    let mut checked = 0;
    for (file, code) in sources() {
        for call in calls(&file, &code) {
            if let Some(text) = call.key.as_ref().and_then(|key| english.get(key)) {
                assert_eq!(call.arguments, arguments(text), "{}", call.place);
                checked += 1;
            }
        }
        for literal in literals(&file, &code).iter().filter(|literal| literal.before.ends_with("say(")) {
            let text = english.get(&literal.text).map(String::as_str).unwrap_or_default();
            assert_eq!(arguments(text), BTreeSet::new(), "{file}:{}: {}", literal.line, literal.text);
        }
    }
    assert!(checked > 100, "{checked} calls");
}

#[test]
fn what_is_shown_is_in_the_tables() {
    let keys: BTreeSet<String> = texts("en").into_keys().collect();
    let sources = sources().into_iter().filter(|(file, _)| !NOT_SHOWN.contains(&file.as_str()));
    let shown: Vec<_> = sources.flat_map(|(file, code)| shown(&file, &code, &keys)).collect();
    assert!(shown.is_empty(), "put these into en.ftl and de.ftl:\n{}", shown.join("\n"));
}

#[test]
fn texts_outside_of_the_tables_are_found() {
    let keys = BTreeSet::from(["button-close".to_owned()]);
    for code in [
        r#"ui.label("Hello");"#,
        r#"let text = format!("⚠ {} left", name);"#,
        r#"// "a comment" and a quote: '"'
           ui.button('"', "Go on")"#,
        r#"ui.button(say("button-clsoe"))"#,
    ] {
        assert_eq!(shown("panels/a.rs", code, &keys).len(), 1, "{code}");
    }
    for code in [
        r#"ui.button(say("button-close"))"#,
        r#"Id::unique("some id"); format!("{sign} {}", '"'); // "no text""#,
        r#"#[cfg(feature = "words")] fn a<'a>() -> &'a str { "–" }"#,
    ] {
        assert_eq!(shown("panels/a.rs", code, &keys), Vec::<String>::new(), "{code}");
    }
}

#[test]
fn every_step_of_a_document_has_a_name() {
    let step = fs::read_to_string(root().join("editor/step.rs")).unwrap();
    let known: BTreeSet<_> = literals("step.rs", &step).into_iter().map(|literal| literal.text).collect();
    let source = root().parent().unwrap().to_owned();
    let mut checked = 0;
    for file in ["document/ops/content.rs", "document/ops/structure.rs", "document/ops/timing.rs"]
        .into_iter()
        .chain(["document/ops/recognized.rs", "document/ops/terms.rs", "document/search.rs"])
    {
        for literal in literals(file, &fs::read_to_string(source.join(file)).unwrap()) {
            let is_counted = literal.before.ends_with("label(");
            if is_counted || literal.before.ends_with("Transaction::new(") {
                let name = if is_counted { format!("{} cue", literal.text) } else { literal.text.clone() };
                // Undo does not take back what the recognizer adds.
                assert!(known.contains(&name) || name == "Add recognized cues", "{file}: {name}");
                checked += 1;
            }
        }
    }
    assert!(checked >= 10, "{checked} steps");
}

/// The texts on the screen that are English where they should be German.
fn english_left(window: &Window) -> Vec<String> {
    let (english, german) = (texts("en"), texts("de"));
    let german: BTreeSet<&str> = german.values().map(String::as_str).collect();
    let english: BTreeSet<&str> =
        english.values().map(String::as_str).filter(|text| !german.contains(text)).collect();
    // Signs stand before some texts.
    let label = |node: Node<'_>| {
        let label = node.accesskit_node().label()?;
        Some(label.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned())
    };
    window.query_all(By::new()).filter_map(label).filter(|label| english.contains(label.as_str())).collect()
}

#[test]
fn the_window_speaks_german_on_a_german_desktop() {
    let desk = Desk::new();
    let mut window = desk.window_of(None, |services| services.system_language = Some("de-AT".to_owned()));
    window.run_steps(4);
    for label in ["Datei", "Bearbeiten", "Datei öffnen", "Mehrere Aufnahmen auf einmal: Warteschlange öffnen"]
    {
        assert!(window.query_by_label(label).is_some(), "{label}:\n{}", outline(&window));
    }
    assert_eq!(english_left(&window), Vec::<String>::new());
    window.command("Einstellungen…");
    for label in ["Einstellungen", "Sprachmodell", "Gesprochene Sprache", "Sprache des Fensters", "Schließen"]
    {
        assert_ne!(window.query_all_by_label(label).count(), 0, "{label}:\n{}", outline(&window));
    }
    assert_eq!(english_left(&window), Vec::<String>::new());
    window.press("Schließen");
    for page in ["Vorlesung aufnehmen", "Warteschlange"] {
        window.command(page);
        assert_eq!(english_left(&window), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn the_editor_speaks_german() {
    let desk = Desk::new();
    desk.write("settings.toml", "window_language = \"german\"");
    let srt =
        "1\n00:00:01,000 --> 00:00:01,200\nEin Satz, der viel zu lang ist, als dass man ihn lesen könnte.\n";
    let mut window = desk.open(&desk.write("a.srt", srt));
    window.run_steps(4);
    assert!(
        window.query_by_label_contains("Untertitelliste, 1 Untertitel").is_some(),
        "{}",
        outline(&window)
    );
    let remarks = window.query_all_by_label_contains("Zeichen pro Sekunde, höchstens");
    assert_ne!(remarks.count(), 0, "{}", outline(&window));
    assert_eq!(english_left(&window), Vec::<String>::new());
    for dialog in ["Exportieren…", "Zeiten verschieben…", "Tastenkürzel…", "Über Lectern"] {
        window.command(dialog);
        assert_eq!(english_left(&window), Vec::<String>::new(), "{dialog}");
        window.keys(egui::Modifiers::NONE, egui::Key::Escape);
    }
    window.command("Suchen");
    assert_eq!(english_left(&window), Vec::<String>::new());
}

#[test]
fn the_language_changes_at_once() {
    let desk = Desk::new();
    desk.write("settings.toml", "window_language = \"german\"");
    let mut window = desk.window_of(None, |_| ());
    window.run_steps(4);
    window.command("Einstellungen…");
    window.get_by_role_and_label(egui::Role::ComboBox, "Sprache des Fensters").click();
    window.run_steps(4);
    window.press("English");
    assert_ne!(window.query_all_by_label("Language of the window").count(), 0, "{}", outline(&window));
    window
        .wait("the choice is kept", |_| desk.read("settings.toml").contains("window_language = \"english\""));
}

#[test]
fn captioning_takes_less_memory_when_that_is_ticked() {
    let desk = Desk::new();
    let mut window = desk.window_of(None, |_| ());
    window.run_steps(4);
    window.command("Settings…");
    window.press("Use less memory (captioning takes longer)");
    window.wait("the choice is kept", |_| desk.path("settings.toml").exists());
    window.wait("memory is saved", |_| desk.read("settings.toml").contains("low_memory = true"));
}

#[test]
fn captions_say_who_speaks_when_that_is_ticked() {
    let desk = Desk::new();
    let mut window = desk.window_of(None, |_| ());
    window.run_steps(4);
    window.command("Settings…");
    window.press("Say who speaks (Lecturer, Audience, Speaker 1 …)");
    window.wait("the choice is saved", |_| {
        desk.path("settings.toml").exists() && desk.read("settings.toml").contains("speakers = true")
    });
}
