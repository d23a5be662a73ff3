//! Every command while nobody reads what it says: standard output and error are full or closed, their reader leaves,
//! or their terminal is gone.

mod terminal;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, pipe};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use lectern::audio::{read_all, write_wav};
use lectern::format::detect;
use tempfile::TempDir;

use terminal::Terminal;

const GOOD: &str = "1\n00:00:01,000 --> 00:00:03,500\nPlants eat light.\n";
const BAD: &str = "1\n00:00:01,000 --> 00:00:05,000\nThis line has more characters than fit.\n";

/// A command, and what it comes to wherever its output goes.
struct Case {
    arguments: &'static [&'static str],
    code: i32,
    /// The files that it leaves.
    files: &'static [&'static str],
    hang_up: HangUp,
}

/// What a command does when its terminal is gone and it was not started to outlive it.
#[derive(Clone, Copy)]
enum HangUp {
    /// Ends with this code; true where its files are whole then, false where none is there.
    Ends(i32, bool),
    /// Is ended by the signal, unless it was quicker.
    Killed,
}

const CASES: [Case; 13] = [
    Case {
        arguments: &["caption", "lecture.wav", "--language", "en"],
        code: 0,
        files: &["lecture.srt", "lecture.vtt"],
        hang_up: HangUp::Ends(130, false),
    },
    Case {
        arguments: &["caption", "missing.wav", "lecture.wav", "--language", "en", "--json"],
        code: 1,
        files: &["lecture.srt", "lecture.vtt"],
        hang_up: HangUp::Ends(130, false),
    },
    Case {
        arguments: &["live", "--input", "lecture.wav", "--realtime", "--name", "live", "--language", "en"],
        code: 0,
        files: &["live.wav", "live.srt", "live.vtt"],
        hang_up: HangUp::Ends(0, true),
    },
    Case {
        arguments: &["batch", "term", "--language", "en"],
        code: 0,
        files: &["term/a.srt", "term/a.vtt", "term/b.srt", "term/b.vtt"],
        hang_up: HangUp::Ends(130, false),
    },
    Case {
        arguments: &["bench", "lecture.wav", "--language", "en"],
        code: 0,
        files: &[],
        hang_up: HangUp::Killed,
    },
    Case { arguments: &["check", "good.srt"], code: 0, files: &[], hang_up: HangUp::Killed },
    Case { arguments: &["check", "bad.srt", "good.srt"], code: 1, files: &[], hang_up: HangUp::Killed },
    Case { arguments: &["check", "missing.srt"], code: 2, files: &[], hang_up: HangUp::Killed },
    Case {
        arguments: &["convert", "bad.srt", "bad.json"],
        code: 0,
        files: &["bad.json"],
        hang_up: HangUp::Killed,
    },
    Case { arguments: &["models", "list"], code: 0, files: &[], hang_up: HangUp::Killed },
    Case { arguments: &["models", "verify"], code: 0, files: &[], hang_up: HangUp::Killed },
    #[cfg(feature = "mic")]
    Case { arguments: &["devices", "--all"], code: 0, files: &[], hang_up: HangUp::Killed },
    Case { arguments: &["captoin", "lecture.wav"], code: 2, files: &[], hang_up: HangUp::Killed },
];

/// A folder with recordings of six seconds and captions.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let (samples, _) = read_all(&sample).unwrap();
    fs::create_dir(folder.path().join("term")).unwrap();
    for name in ["lecture", "term/a", "term/b"] {
        write_wav(&folder.path().join(format!("{name}.wav")), &samples[..6 * 16_000]).unwrap();
    }
    fs::write(folder.path().join("good.srt"), GOOD).unwrap();
    fs::write(folder.path().join("bad.srt"), BAD).unwrap();
    folder
}

impl Case {
    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lectern"));
        command.args(self.arguments).current_dir(folder).env_remove("LECTERN_MODELS").stdin(Stdio::null());
        command
    }

    /// The same with standard output and error closed, not only elsewhere.
    fn closed(&self, folder: &Path) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", "exec \"$0\" \"$@\" >&- 2>&-", env!("CARGO_BIN_EXE_lectern")]).args(self.arguments);
        shell.current_dir(folder).env_remove("LECTERN_MODELS").stdin(Stdio::null());
        shell
    }

    #[track_caller]
    fn check(&self, folder: &Path, status: ExitStatus, how: &str) {
        assert_eq!(status.code(), Some(self.code), "{:?} with {how}: {status}", self.arguments);
        self.check_files(folder, true, how);
    }

    #[track_caller]
    fn check_files(&self, folder: &Path, are_there: bool, how: &str) {
        for file in self.files {
            let path = folder.join(file);
            let is_right = if are_there { is_whole(&path) } else { !path.exists() };
            assert!(is_right, "{:?} with {how}: {file}", self.arguments);
        }
        let left = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let left: Vec<_> =
            left.filter(|name| name.to_string_lossy().ends_with(".part") || name == "live.journal").collect();
        assert!(left.is_empty(), "{:?} with {how}: {left:?}", self.arguments);
    }
}

/// Whether a file can be read to its end, holds something, and had nothing wrong with it.
fn is_whole(path: &Path) -> bool {
    if path.extension().is_some_and(|extension| extension == "wav") {
        return read_all(path).is_ok_and(|(samples, warnings)| !samples.is_empty() && warnings.is_empty());
    }
    let Ok(bytes) = fs::read(path) else { return false };
    let format = detect(path.extension().and_then(|extension| extension.to_str()), &bytes);
    let read = format.and_then(|format| format.read).and_then(|read| read(&bytes).ok());
    read.is_some_and(|reading| !reading.document.cues.is_empty() && reading.repairs.is_empty())
}

#[test]
fn no_command_needs_room_for_its_output() {
    for case in &CASES {
        let folder = folder();
        let full = || File::options().write(true).open("/dev/full").unwrap();
        let mut command = case.command(folder.path());
        let status = command.stdout(full()).stderr(full()).status().unwrap();
        case.check(folder.path(), status, "full output");
    }
}

#[test]
fn no_command_needs_its_output() {
    for case in &CASES {
        let folder = folder();
        case.check(folder.path(), case.closed(folder.path()).status().unwrap(), "closed output");
    }
}

#[test]
fn no_command_needs_a_reader() {
    for case in &CASES {
        let folder = folder();
        let (reader, writer) = pipe().unwrap();
        let mut command = case.command(folder.path());
        let mut child = command.stdout(writer.try_clone().unwrap()).stderr(writer).spawn().unwrap();
        // The command holds the other ends of the pipe as well.
        drop(command);
        BufReader::new(reader).read_line(&mut String::new()).unwrap();
        case.check(folder.path(), child.wait().unwrap(), "a reader that leaves");
    }
}

#[test]
fn commands_that_outlive_their_terminal_come_to_their_end() {
    for case in &CASES {
        let folder = folder();
        let terminal = Terminal::open();
        let mut child = terminal.start(case.command(folder.path()), true);
        terminal.close_after_output();
        case.check(folder.path(), child.wait().unwrap(), "its terminal gone");
    }
}

#[test]
fn commands_end_in_order_with_their_terminal() {
    for case in &CASES {
        let folder = folder();
        let terminal = Terminal::open();
        // Slow enough that no machine has ended before its terminal is gone.
        let mut command = case.command(folder.path());
        command.env("LECTERN_CPU_LEVEL", "scalar");
        let mut child = terminal.start(command, false);
        terminal.close_after_output();
        let (status, how) = (child.wait().unwrap(), "a hang-up");
        match case.hang_up {
            HangUp::Ends(code, has_files) => {
                assert_eq!(status.code(), Some(code), "{:?} with {how}: {status}", case.arguments);
                case.check_files(folder.path(), has_files, how);
            }
            HangUp::Killed if status.signal() == Some(libc::SIGHUP) => {}
            HangUp::Killed => case.check(folder.path(), status, how),
        }
    }
}
