//! Completions, manual pages and `--version`: all that `--help` shows, and nothing that it hides.

use std::fs;
use std::process::Command;

const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

fn lectern(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_lectern")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The words that stand first on the indented lines below a heading of the help.
fn commands_of(arguments: &[&str]) -> Vec<String> {
    let help = lectern(&[arguments, &["--help"]].concat());
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// The long options of a command, as its help shows them.
fn options_of(command: &str) -> Vec<String> {
    let help = lectern(&[command, "--help"]);
    let words = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let long = words.filter_map(|line| line.split([' ', ',', '=', '[']).find(|word| word.starts_with("--")));
    long.map(str::to_owned).collect()
}

#[test]
fn every_shell_completes_every_command_and_option() {
    let commands = commands_of(&[]);
    assert!(commands.len() > 8, "{commands:?}");
    for shell in SHELLS {
        let script = lectern(&["completions", shell]);
        for command in commands.iter().filter(|command| *command != "help") {
            assert!(script.contains(command.as_str()), "{shell}: {command}");
            for option in options_of(command) {
                // fish and PowerShell write some options without their dashes.
                let name = option.trim_start_matches('-');
                assert!(script.contains(name), "{shell}: {command} {option}");
            }
        }
        assert!(!script.contains("features:"), "{shell}: differs from one computer to the next");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("man1");
    let written = lectern(&["man", folder.to_str().unwrap()]);
    let mut expected = vec!["lectern.1".to_owned()];
    for command in commands_of(&[]).into_iter().filter(|command| command != "help") {
        let below = commands_of(&[&command]).into_iter().filter(|below| below != "help");
        expected.extend(below.map(|below| format!("lectern-{command}-{below}.1")));
        expected.push(format!("lectern-{command}.1"));
    }
    expected.sort();
    let mut pages: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|page| page.unwrap().file_name().into_string().unwrap()).collect();
    pages.sort();
    assert_eq!(pages, expected);
    assert_eq!(written.lines().count(), pages.len());
    let caption = fs::read_to_string(folder.join("lectern-caption.1")).unwrap();
    assert!(caption.contains("\n.TH lectern-caption 1"), "{}", &caption[..300.min(caption.len())]);
    for option in options_of("caption") {
        assert!(caption.contains(&option.replace('-', "\\-")), "{option}");
    }
}

#[test]
fn manual_pages_are_not_written_where_a_file_is_in_the_way() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
    let output = command.args(["man", file.path().to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("choose another folder"));
}

#[test]
fn the_version_says_what_was_built_and_what_it_computes_with() {
    let version = lectern(&["--version"]);
    let mut lines = version.lines();
    assert_eq!(lines.next(), Some(concat!("lectern ", env!("CARGO_PKG_VERSION"))));
    let names: Vec<_> = lines.map(|line| line.split_once(": ").unwrap().0).collect();
    assert_eq!(names, ["commit", "target", "features", "processor"]);
    assert_eq!(lectern(&["-V"]), concat!("lectern ", env!("CARGO_PKG_VERSION"), "\n"));
    assert_eq!(version.contains("whisper"), cfg!(feature = "whisper"));
}
