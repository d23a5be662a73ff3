//! The events of `--json` against the schema that describes them.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn schema() -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/events.schema.json");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// Whether a value fits a schema of the few words that the file uses; a word that is not known fits nothing.
fn fits(value: &Value, schema: &Value) -> bool {
    schema.as_object().unwrap().iter().all(|(word, says)| match word.as_str() {
        "description" => true,
        "const" => value == says,
        "enum" => says.as_array().unwrap().contains(value),
        "type" => match says.as_array() {
            Some(types) => types.iter().any(|kind| is_of(value, kind.as_str().unwrap())),
            None => is_of(value, says.as_str().unwrap()),
        },
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| fits(item, says))),
        "required" => says.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
        "properties" => value.as_object().is_none_or(|fields| {
            fields.iter().all(|(name, field)| says.get(name).is_none_or(|own| fits(field, own)))
        }),
        "additionalProperties" => value
            .as_object()
            .is_none_or(|fields| fields.keys().all(|name| schema["properties"].get(name).is_some())),
        "oneOf" => says.as_array().unwrap().iter().filter(|choice| fits(value, choice)).count() == 1,
        _ => false,
    })
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => false,
    }
}

/// The lines that a command writes, each of which must fit the events of that command.
fn lines(arguments: &[&str], folder: &Path) -> Vec<Value> {
    let output =
        Command::new(env!("CARGO_BIN_EXE_lectern")).args(arguments).current_dir(folder).output().unwrap();
    let schema = &schema()["$defs"][arguments[0]];
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &lines {
        assert!(fits(line, schema), "{line}");
    }
    lines
}

#[test]
fn what_is_written_fits_the_schema() {
    let folder = tempfile::tempdir().unwrap();
    let long = "A line that is far too long for any of the rules that there are, and goes on";
    let files = [
        ("a.srt", format!("1\n00:00:01.000 --> 00:00:01,100\n<i>{long}</i>\n\n")),
        ("b.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ada>x < y\n".to_owned()),
        ("c.txt", "no times".to_owned()),
    ];
    files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
    let checked = lines(&["check", "a.srt", "b.vtt", "c.txt", "--json"], folder.path());
    let converted = lines(
        &["convert", "a.srt", "b.vtt", "none.srt", "out", "--to", "tsv", "--profile", "ted", "--json"],
        folder.path(),
    );
    let names = |lines: &[Value]| -> Vec<String> {
        let mut names: Vec<_> = lines.iter().map(|line| line["event"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(names(&checked), ["checked", "error", "repair", "summary", "violation"]);
    assert_eq!(names(&converted), ["done", "error", "loss", "repair", "warning"]);
}

/// Every event that the sources name is described.
#[test]
fn every_event_is_described() {
    let schema = schema().to_string();
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/events.md")).unwrap();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
    let mut events = Vec::new();
    for entry in walkdir::WalkDir::new(sources) {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(entry.path()).unwrap();
            let named = text.split("\"event\": \"").skip(1).chain(text.split("self.note(\"").skip(1));
            events.extend(named.map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    assert!(events.len() > 30, "{}", events.len());
    for event in events {
        assert!(page.contains(&format!("`{event}`")), "{event} is not in docs/events.md");
        let described =
            schema.contains(&format!("\"const\":\"{event}\"")) || ["check", "summary"].contains(&&*event);
        assert!(described, "{event} is not in the schema");
    }
}

#[test]
fn a_value_that_does_not_fit_is_found() {
    let schema = &schema()["$defs"]["check"];
    let summary = serde_json::json!({ "event": "summary", "good": 1, "bad": 0, "failed": 0 });
    assert!(fits(&summary, schema));
    for (name, value) in [("good", "1".into()), ("more", Value::Null), ("event", "end".into())] {
        let mut wrong = summary.clone();
        wrong[name] = value;
        assert!(!fits(&wrong, schema), "{wrong}");
    }
}
