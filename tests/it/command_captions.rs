//! `lectern check` and `lectern convert` as their users run them.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use lectern::format::srt;
use lectern::project::{self, Project};
use serde_json::{Value, json};
use tempfile::TempDir;

const GOOD: &str = "\
1
00:00:01,000 --> 00:00:03,500
Plants eat light.

2
00:00:03,500 --> 00:00:06,000
That is photosynthesis.
";

/// One line too long, one cue too fast for its words although there is time, one that is hard to read.
const BAD: &str = "\
1
00:00:01,000 --> 00:00:05,000
This line has more characters than fit.

2
00:00:05,000 --> 00:00:05,900
Twenty-two characters.

3
00:00:09,000 --> 00:00:12,000
It looks at the
old house.
";

fn lectern(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lectern")).args(arguments).current_dir(folder).output().unwrap()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn objects(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn a_check_tells_every_broken_rule_with_its_cue_and_limit() {
    let folder = folder(&[("bad.en.srt", BAD)]);
    let output = lectern(&["check", "bad.en.srt"], folder.path());
    assert_eq!(code(&output), Some(1), "{}", stderr(&output));
    let expected = "\
bad.en.srt: 3 cues under lecture
  faults (3):
    cue 1 at 00:00:01.000: 39 characters in a line, at most 37
    cue 2 at 00:00:05.000: 24.4 characters per second, at most 21
    cue 2 at 00:00:05.000: shown for 0.9 s, at least 1.333
  warnings (1):
    cue 3 at 00:00:09.000: a break separates article and noun
  not checked (1):
    the values in font tags and in overrides such as {\\pos(10,20)}
";
    assert_eq!(stdout(&output), expected);
    let quiet = stdout(&lectern(&["check", "bad.en.srt", "--quiet"], folder.path()));
    assert!(quiet.contains("faults (3):") && !quiet.contains("warnings"), "{quiet}");
}

#[test]
fn a_check_keeps_apart_what_the_speech_forces_where_the_speech_is_known() {
    let fast = "1\n00:00:00,000 --> 00:00:01,400\nThirty-six characters are in a line,\n\n\
                2\n00:00:01,400 --> 00:00:06,000\nand the next words leave no room\nfor a cue that is shown longer.\n";
    let words = json!([{ "text": "Thirty-six", "start_ms": 0, "end_ms": 1400 }]);
    let heard = json!({ "format": "lectern-transcript", "version": 1, "cues": [
        { "start_ms": 0, "end_ms": 1400, "text": "Thirty-six characters are in a line,", "words": words },
        { "start_ms": 1400, "end_ms": 6000,
          "text": "and the next words leave no room\nfor a cue that is shown longer." },
    ]});
    let folder = folder(&[("fast.srt", fast), ("fast.json", &heard.to_string())]);
    for (file, exit, is_known) in [("fast.json", 0, true), ("fast.srt", 1, false)] {
        let output = lectern(&["check", file, "--json"], folder.path());
        assert_eq!(code(&output), Some(exit), "{}", stdout(&output));
        let found = objects(&output);
        let violation = found.iter().find(|object| object["rule"] == "reading_speed").unwrap();
        assert_eq!(
            (&violation["speech_bound"], &violation["severity"], &violation["cue"]),
            (&Value::from(is_known), &Value::from("hard"), &Value::from(1))
        );
        let checked = found.iter().find(|object| object["event"] == "checked").unwrap();
        let (faults, forced) = if is_known { (0, 2) } else { (2, 0) };
        assert_eq!((&checked["faults"], &checked["speech_bound"]), (&faults.into(), &forced.into()));
    }
}

#[test]
fn a_check_as_json_has_a_line_for_each_rule_and_each_file() {
    let folder = folder(&[("bad.srt", BAD), ("good.srt", GOOD)]);
    let output = lectern(&["check", "bad.srt", "good.srt", "--json", "--language", "en"], folder.path());
    assert_eq!(code(&output), Some(1));
    let found = objects(&output);
    let first = &found[0];
    assert_eq!(first["rule"], "line_length");
    assert_eq!((&first["cue"], first["time"].as_f64()), (&Value::from(1), Some(1.0)));
    assert_eq!((first["value"].as_f64(), first["limit"].as_f64()), (Some(39.0), Some(37.0)));
    let torn = found.iter().find(|object| object["rule"] == "break").unwrap();
    assert_eq!((&torn["about"], &torn["severity"]), (&Value::from("article_noun"), &Value::from("soft")));
    let checked: Vec<_> = found.iter().filter(|object| object["event"] == "checked").collect();
    assert_eq!((&checked[0]["faults"], &checked[1]["faults"]), (&Value::from(3), &Value::from(0)));
    let summary = found.last().unwrap();
    assert_eq!((&summary["good"], &summary["bad"], &summary["failed"]), (&1.into(), &1.into(), &0.into()));
}

#[test]
fn the_profile_of_a_check_is_a_name_or_a_file() {
    let own = "name = \"mine\"\nmax_cpl = 10\nmax_lines = 1\n";
    let folder = folder(&[("good.srt", GOOD), ("mine.toml", own), ("broken.toml", "max_cpl = 0")]);
    let checked = |profile: &str| lectern(&["check", "good.srt", "--profile", profile], folder.path());
    assert_eq!(code(&checked("ted")), Some(0));
    let strict = checked("mine.toml");
    assert_eq!(code(&strict), Some(1));
    assert!(stdout(&strict).contains("17 characters in a line, at most 10"), "{}", stdout(&strict));
    for (profile, hint) in [("broken.toml", "broken.toml"), ("nobody", "netflix")] {
        let wrong = checked(profile);
        assert_eq!(code(&wrong), Some(2));
        assert!(stderr(&wrong).contains(hint), "{}", stderr(&wrong));
    }
}

#[test]
fn a_file_that_breaks_its_format_fails_the_check() {
    let reversed = GOOD.replace("00:00:03,500 --> 00:00:06,000", "00:00:06.000 --> 00:00:03.500");
    let folder = folder(&[("reversed.srt", &reversed)]);
    let output = lectern(&["check", "reversed.srt"], folder.path());
    assert_eq!(code(&output), Some(1));
    assert!(stdout(&output).contains("line 6: the end time lay before the start"), "{}", stdout(&output));
}

#[test]
fn what_a_file_holds_beside_text_and_times_is_no_fault() {
    let italic = GOOD.replace("Plants", "<i>Plants</i>").replace("That", "{\\an8}That");
    let vtt =
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:03.500 line:0\n<b>Plants</b> eat light.\n";
    let folder = folder(&[("a.srt", &italic), ("b.vtt", vtt)]);
    let output = lectern(&["check", "a.srt", "b.vtt"], folder.path());
    assert_eq!(code(&output), Some(0), "{}", stdout(&output));
    for unchecked in ["the values in font tags", "line 3: a style was left out", "the CSS in style blocks"] {
        assert!(stdout(&output).contains(unchecked), "{}", stdout(&output));
    }
    let told = stderr(&lectern(&["convert", "b.vtt", "b.srt"], folder.path()));
    assert!(told.contains("line 3: a style"), "{told}");
    assert!(read(&folder, "b.srt").contains("{\\an8}<b>Plants</b> eat light."), "{}", read(&folder, "b.srt"));
}

#[test]
fn the_rules_of_a_format_are_checked() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:03.500\n<i>Plants & light\n";
    let xml = "<tt xmlns=\"http://www.w3.org/ns/ttml\" xml:lang=\"en\"><body><div>\n<p begin=\"1s\" end=\"3s\">x & y</p></div></body></tt>";
    let folder = folder(&[("a.vtt", vtt), ("b.ttml", xml), ("c.srt", vtt)]);
    let output = lectern(&["check", "a.vtt", "b.ttml", "c.srt"], folder.path());
    assert_eq!(code(&output), Some(1));
    for fault in [
        "line 4: a tag is never closed",
        "line 4: an `&` is not the start of a character reference",
        "line 2: the XML is not well-formed",
        "the file is called .srt and is WebVTT captions",
        "not checked (3):\n    IMSC's hypothetical render model",
    ] {
        assert!(stdout(&output).contains(fault), "{fault}: {}", stdout(&output));
    }
}

/// Runs with a text on standard input.
fn piped(arguments: &[&str], folder: &Path, input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = pipes.args(arguments).current_dir(folder).spawn().unwrap();
    process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    process.wait_with_output().unwrap()
}

#[test]
fn a_dash_is_standard_input_and_output() {
    let folder = folder(&[("good.srt", GOOD)]);
    let through = piped(&["convert", "-", "-", "--to", "vtt"], folder.path(), GOOD);
    assert_eq!(code(&through), Some(0), "{}", stderr(&through));
    assert!(stdout(&through).starts_with("WEBVTT\n\n00:00:01.000"), "{}", stdout(&through));
    let out = lectern(&["convert", "good.srt", "-", "--to", "srt"], folder.path());
    assert_eq!(stdout(&out), format!("{}\n", GOOD.trim_end()) + "\n");
    assert_eq!(code(&piped(&["convert", "-", "new.vtt"], folder.path(), GOOD)), Some(0));
    assert!(read(&folder, "new.vtt").starts_with("WEBVTT"));
    let checked = piped(&["check", "-"], folder.path(), GOOD);
    assert_eq!(code(&checked), Some(0), "{}", stderr(&checked));
    assert!(stdout(&checked).contains("standard input: 2 cues"), "{}", stdout(&checked));
    for wrong in [
        vec!["convert", "good.srt", "-"],
        vec!["convert", "-", "folder/", "--to", "vtt"],
        vec!["convert", "good.srt", "good.srt", "-", "--to", "vtt"],
        vec!["convert", "good.srt", "-", "--to", "vtt", "--json"],
    ] {
        let output = piped(&wrong, folder.path(), GOOD);
        assert_eq!(code(&output), Some(2), "{wrong:?}");
        assert!(stderr(&output).contains("standard"), "{}", stderr(&output));
    }
}

#[test]
fn wrong_names_get_a_suggestion() {
    let folder = folder(&[("good.srt", GOOD)]);
    for (arguments, meant) in [
        (["--to", "vttt"], "did you mean \"vtt\"?"),
        (["--from", "tttml"], "did you mean \"ttml\"?"),
        (["--profile", "netflx"], "did you mean \"netflix\"?"),
    ] {
        let output = lectern(&[&["convert", "good.srt", "out.vtt"], &arguments[..]].concat(), folder.path());
        assert_eq!(code(&output), Some(2));
        assert!(stderr(&output).contains(meant), "{}", stderr(&output));
    }
}

#[test]
fn files_that_cannot_be_checked_do_not_stop_the_others() {
    let folder = folder(&[("good.srt", GOOD), ("notes.txt", "Good morning."), ("noise.bin", "\u{1}\u{2}")]);
    let output = lectern(&["check", "missing.srt", "notes.txt", "noise.bin", "good.srt"], folder.path());
    assert_eq!(code(&output), Some(1));
    let told = stderr(&output);
    assert_eq!(told.lines().count(), 3, "{told}");
    assert!(
        told.contains("missing.srt") && told.contains("no cues to check") && told.contains("--from"),
        "{told}"
    );
    assert_eq!(code(&lectern(&["check", "missing.srt"], folder.path())), Some(2));
}

#[test]
fn a_conversion_reports_repairs_and_losses() {
    let vtt =
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ada>Plants &amp; light\n\n00:03.000 --> 00:03.000\nagain\n";
    let folder = folder(&[("a.en.vtt", vtt)]);
    let output = lectern(&["convert", "a.en.vtt", "out/a.srt"], folder.path());
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), format!("{}\n", Path::new("out/a.srt").display()));
    assert_eq!(
        read(&folder, "out/a.srt"),
        "1\n00:00:01,000 --> 00:00:03,000\nAda: Plants & light\n\n2\n00:00:03,000 --> 00:00:03,001\nagain\n\n"
    );
    let told = stderr(&output);
    assert!(told.contains("a.en.vtt: line 6: the cue does not end after it starts"), "{told}");
    assert!(told.contains("does not hold the speakers of 1 cue"), "{told}");
    assert!(!told.contains("title"), "{told}");
    assert_eq!(stderr(&lectern(&["convert", "a.en.vtt", "b.srt", "--quiet"], folder.path())), "");
}

#[test]
fn a_conversion_replaces_nothing_unasked() {
    let folder = folder(&[("a.srt", GOOD), ("a.vtt", "corrected by hand")]);
    let refused = lectern(&["convert", "a.srt", "a.vtt"], folder.path());
    assert_eq!(code(&refused), Some(2));
    assert!(stderr(&refused).contains("--overwrite"), "{}", stderr(&refused));
    assert_eq!(read(&folder, "a.vtt"), "corrected by hand");
    assert_eq!(code(&lectern(&["convert", "a.srt", "a.vtt", "--overwrite"], folder.path())), Some(0));
    assert!(read(&folder, "a.vtt").starts_with("WEBVTT"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file is left");
}

#[test]
fn several_files_are_converted_into_a_folder() {
    let folder = folder(&[("a.en.srt", GOOD), ("b.srt", GOOD), ("notes.srt", "no captions at all")]);
    let arguments = ["convert", "a.en.srt", "notes.srt", "b.srt", "out", "--to", "ttml", "--json"];
    let output = lectern(&arguments, folder.path());
    assert_eq!(code(&output), Some(1), "{}", stderr(&output));
    let found = objects(&output);
    let outputs: Vec<_> = found.iter().filter(|o| o["event"] == "done").map(|o| &o["output"]).collect();
    assert_eq!(outputs.len(), 2);
    assert!(found.iter().any(|object| object["event"] == "error" && object["file"] == "notes.srt"));
    assert!(read(&folder, "out/a.en.ttml").contains("xml:lang=\"en\""));
    assert!(read(&folder, "out/b.ttml").contains("<ttm:title>b</ttm:title>"));
}

#[test]
fn formats_are_told_by_name_ending_and_content() {
    let folder = folder(&[("captions.bin", GOOD)]);
    for (output, options, beginning) in [
        ("a.txt", vec![], "Plants eat light. That"),
        ("b.md", vec![], "# captions"),
        ("c.htm", vec![], "<!DOCTYPE html>"),
        ("d.out", vec!["--to", "txt"], "Plants"),
        ("e.json", vec!["--to", "openai"], "{\n  \"task\""),
    ] {
        let converted =
            lectern(&[&["convert", "captions.bin", output], &options[..]].concat(), folder.path());
        assert_eq!(code(&converted), Some(0), "{}", stderr(&converted));
        assert!(read(&folder, output).starts_with(beginning), "{output}: {}", read(&folder, output));
    }
}

#[test]
fn captions_are_divided_anew_and_moved() {
    let folder = folder(&[("bad.en.srt", BAD)]);
    let options = ["--profile", "lecture", "--offset", "-0.5", "--overwrite"];
    let output = lectern(&[&["convert", "bad.en.srt", "good.srt"], &options[..]].concat(), folder.path());
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("3 cues without times for the words"), "{}", stderr(&output));
    let good = read(&folder, "good.srt");
    assert!(good.starts_with("1\n00:00:00,500 --> "), "{good}");
    let words = |text: &str| {
        let lines = text.lines().filter(|line| line.contains(char::is_alphabetic));
        lines.flat_map(str::split_whitespace).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(words(&good), words(BAD));
    let checked = lectern(&["check", "good.srt"], folder.path());
    assert_eq!(code(&checked), Some(0), "{}", stdout(&checked));
    let early = lectern(&["convert", "bad.en.srt", "early.srt", "--offset", "-1.5"], folder.path());
    assert_eq!(code(&early), Some(2));
    assert!(stderr(&early).contains("the first cue is at 00:00:01.000"), "{}", stderr(&early));
}

#[test]
fn wrong_usage_of_a_conversion_is_told_before_any_work() {
    let folder = folder(&[("a.srt", GOOD), ("b.srt", GOOD)]);
    for (arguments, hint) in [
        (vec!["convert", "a.srt"], "name the file or folder to write"),
        (vec!["convert"], "Usage"),
        (vec!["convert", "a.srt", "a.xyz"], "--to"),
        (vec!["convert", "a.srt", "a.vtt", "--to", "doc"], "podcast"),
        (vec!["convert", "a.srt", "a.vtt", "--from", "docx"], "podcast"),
        (vec!["convert", "a.srt", "b.srt", "out"], "--to"),
        (vec!["convert", "a.srt", "./a.srt", "out", "--to", "vtt"], "both become"),
        (vec!["convert", "a.srt", "a.vtt", "--language", "plain English"], "language"),
        (vec!["convert", "a.srt", "a.vtt", "--offset", "1e300"], "--offset is in seconds, and at most"),
    ] {
        let output = lectern(&arguments, folder.path());
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(hint), "{arguments:?}: {}", stderr(&output));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing was written");
}

#[test]
fn projects_are_checked_by_their_own_rules_and_converted() {
    let folder =
        folder(&[("fast.srt", "1\n00:00:01,000 --> 00:00:03,000\nPlants eat light all the day long.\n")]);
    let reading = srt::read(read(&folder, "fast.srt").as_bytes()).unwrap();
    let mut project = Project { document: reading.document, ..Project::default() };
    let mut check = |profile: Option<&str>| {
        project.settings.profile = profile.map(str::to_owned);
        project::save(&project, &folder.path().join("talk.lectern")).unwrap();
        let output = lectern(&["check", "talk.lectern", "--json"], folder.path());
        let checked = objects(&output).into_iter().find(|object| object["event"] == "checked").unwrap();
        (checked["profile"].clone(), checked["format"].clone(), code(&output))
    };
    // 17 characters a second: more than DCMP allows, and fewer than Netflix does.
    assert_eq!(check(Some("netflix")), ("netflix".into(), "lectern".into(), Some(0)));
    assert_eq!(check(Some("dcmp")), ("dcmp".into(), "lectern".into(), Some(1)));
    assert_eq!(check(None).0, "lecture");

    let output = lectern(&["convert", "talk.lectern", "talk.vtt"], folder.path());
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    assert!(
        read(&folder, "talk.vtt")
            .contains("00:00:01.000 --> 00:00:03.000\nPlants eat light all the day long.")
    );
}

#[test]
fn options_of_a_conversion_stand_anywhere() {
    let folder = folder(&[("a.srt", GOOD), ("b.srt", GOOD)]);
    for arguments in [
        ["convert", "a.srt", "--to", "vtt", "out", "--overwrite"],
        ["convert", "--to", "vtt", "a.srt", "--overwrite", "out"],
        ["convert", "a.srt", "out", "--overwrite", "--to", "vtt"],
    ] {
        let output = lectern(&arguments, folder.path());
        assert_eq!(code(&output), Some(0), "{arguments:?}: {}", stderr(&output));
    }
    let several = lectern(&["convert", "a.srt", "--to", "sbv", "b.srt", "--quiet", "both"], folder.path());
    assert_eq!(code(&several), Some(0), "{}", stderr(&several));
    assert!(folder.path().join("both/a.sbv").exists() && folder.path().join("both/b.sbv").exists());
}

#[test]
fn a_command_with_a_slip_is_answered_with_the_right_one() {
    let folder = folder(&[("a.srt", GOOD)]);
    for (arguments, command) in [(&["chekc", "a.srt"][..], "check"), (&["captoin"], "caption")] {
        let output = lectern(arguments, folder.path());
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        let hint = format!("did you mean '{command}'?");
        assert!(stderr(&output).contains(&hint), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn names_do_not_steer_the_terminal() {
    let name = "\u{1b}]0;PWN\u{7}\u{1b}[31mevil\nchecked: fine\u{9b}31m.srt";
    let folder = folder(&[(name, BAD)]);
    for arguments in [
        &["check", name][..],
        &["convert", name, "a.vtt", "--profile", "lecture"],
        &["convert", "a.vtt", name],
        &["check", "missing\u{1b}[31m"],
        &["check", name, "--json"],
        &["check", name, "--profile", name],
        &["caption", name, "--model", name],
        &["caption", name, "--threads", name],
        &["batch", name, "--format", "srt", "--report"],
        &["\u{1b}[31m", "x"],
    ] {
        let output = lectern(arguments, folder.path());
        let shown = stdout(&output) + &stderr(&output);
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{arguments:?}: {shown:?}");
        assert!(!shown.contains("\nchecked: fine"), "{arguments:?}: {shown:?}");
    }
}

#[cfg(unix)]
#[test]
fn what_never_ends_is_too_large() {
    let folder = folder(&[]);
    for command in [&["check", "/dev/zero"][..], &["convert", "/dev/zero", "a.srt"]] {
        let output = lectern(command, folder.path());
        assert_eq!(code(&output), Some(2));
        assert!(stderr(&output).contains("too large"), "{}", stderr(&output));
    }
    let output = lectern(&["check", "a.srt", "--profile", "/dev/zero"], folder.path());
    assert!(stderr(&output).contains("the profile cannot be read"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn a_conversion_replaces_files_only() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder(&[("a.srt", GOOD), ("private.vtt", "old")]);
    let at = |name: &str| folder.path().join(name);
    fs::set_permissions(at("private.vtt"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink("private.vtt", at("link.vtt")).unwrap();
    let output = lectern(&["convert", "--overwrite", "a.srt", "link.vtt"], folder.path());
    assert_eq!(code(&output), Some(0), "{}", stderr(&output));
    assert!(read(&folder, "private.vtt").starts_with("WEBVTT"));
    assert!(at("link.vtt").symlink_metadata().unwrap().is_symlink());
    assert_eq!(fs::metadata(at("private.vtt")).unwrap().permissions().mode() & 0o777, 0o600);
    let pipe = at("pipe.vtt");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let output = lectern(&["convert", "--overwrite", "a.srt", "pipe.vtt"], folder.path());
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("a pipe"), "{}", stderr(&output));
    assert!(!fs::symlink_metadata(&pipe).unwrap().is_file());
}

#[test]
fn a_damaged_project_is_told_with_its_cause() {
    let folder = folder(&[("cut.lectern", "{\"format\": \"lectern-project\", \"version\": 1, \"title\":")]);
    let output = lectern(&["check", "cut.lectern"], folder.path());
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("the project is damaged"), "{}", stderr(&output));
}
