//! `lectern bench --compare`: runs another program alternately with this one on the same recording.

mod program;
mod report;

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, bail};

use self::program::Cost;
pub use self::program::Program;
use super::print;
use crate::asr::CancelToken;
use crate::cli::args::BenchArguments;
use crate::cli::interrupt::Interrupt;
use crate::cli::outcome::Outcome;
use crate::cli::recognition::RecognitionArguments;
use crate::console::eprint_line;

/// Stands for the recording in the peer's command.
const FILE: &str = "{}";

/// The costs of both programs in one round.
struct Round {
    ours: Cost,
    peer: Cost,
}

/// Parses the peer's command line, in which words are separated and quoted as in a shell.
pub fn peer(command: &str, recording: &Path) -> anyhow::Result<Program> {
    let words = shlex::split(command)
        .with_context(|| format!("a quotation mark or backslash has no end in the command: {command}"))?;
    let mut words = words.iter().map(|word| with_file(word, recording));
    let program = words.next().context("the command is empty; pass a program with its arguments")?;
    Ok(Program { name: "the peer's command", program, arguments: words.collect() })
}

fn with_file(word: &str, recording: &Path) -> OsString {
    let mut parts = word.split(FILE);
    let mut whole = OsString::from(parts.next().unwrap_or_default());
    for part in parts {
        whole.push(recording);
        whole.push(part);
    }
    whole
}

/// Returns the command with which this program captions the recording, with the captions in `folder`.
fn ours(recognition: &RecognitionArguments, recording: &Path, folder: &Path) -> anyhow::Result<Program> {
    let mut arguments: Vec<OsString> = vec!["caption".into(), "--quiet".into(), "--overwrite".into()];
    arguments.extend(["--output-dir".into(), folder.into()]);
    arguments.extend(recognition.to_words());
    arguments.extend(["--".into(), recording.into()]);
    let program = std::env::current_exe().context("the path of this program is not known")?.into();
    Ok(Program { name: "lectern caption", program, arguments })
}

/// Runs both programs alternately. The models are not loaded here, so that the memory of the children can be measured.
pub fn run(peer: &Program, recording: &Path, arguments: &BenchArguments) -> anyhow::Result<Outcome> {
    if !recording.is_file() {
        bail!("there is no such recording; check the path: {}", recording.display());
    }
    let folder = tempfile::tempdir().context("a folder for the captions cannot be created")?;
    let ours = ours(&arguments.recognition, recording, folder.path())?;
    let cancel = Interrupt::watch()?.token();
    let mut rounds = Vec::new();
    for number in 1..=arguments.rounds.get() {
        eprint_line(&format!("lectern: round {number} of {}", arguments.rounds));
        let Some(round) = one_round(&ours, peer, number, &cancel)? else {
            return Ok(Outcome::Interrupted);
        };
        rounds.push(round);
    }
    print(arguments.json, || report::json(recording, &rounds), || report::text(recording, &rounds));
    Ok(Outcome::Done)
}

/// Runs one round; `None` if it is interrupted. The peer starts every other round, so that neither always finds the
/// processor warm, and the first one, so that a command that cannot be run is reported at once.
fn one_round(
    ours: &Program,
    peer: &Program,
    number: usize,
    cancel: &CancelToken,
) -> anyhow::Result<Option<Round>> {
    let is_peer_first = number % 2 == 1;
    let (first, second) = if is_peer_first { (peer, ours) } else { (ours, peer) };
    let Some(first) = first.run(cancel)? else { return Ok(None) };
    let Some(second) = second.run(cancel)? else { return Ok(None) };
    let (ours, peer) = if is_peer_first { (second, first) } else { (first, second) };
    Ok(Some(Round { ours, peer }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(command: &str) -> Vec<String> {
        let Program { program, arguments, .. } = peer(command, Path::new("my talk.wav")).unwrap();
        let words = std::iter::once(program).chain(arguments);
        words.map(|word| word.into_string().unwrap()).collect()
    }

    #[test]
    fn a_command_is_split_as_in_a_shell_and_gets_the_recording() {
        assert_eq!(words("whisper {} --beam 5"), ["whisper", "my talk.wav", "--beam", "5"]);
        assert_eq!(words("'my peer' --in={} \"a b\" $HOME"), ["my peer", "--in=my talk.wav", "a b", "$HOME"]);
        assert_eq!(words("peer"), ["peer"]);
    }

    #[test]
    fn an_invalid_command_is_refused() {
        let error = |command: &str| peer(command, Path::new("a.wav")).map(|_| ()).unwrap_err().to_string();
        assert!(error("peer 'a").contains("no end"));
        assert!(error("  ").contains("empty"));
    }

    #[cfg(unix)]
    #[test]
    fn the_two_start_alternately() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let program = |name| Program {
            name,
            program: "sh".into(),
            arguments: vec!["-c".into(), format!("echo {name} >>\"$0\"").into(), log.clone().into()],
        };
        for number in 1..=3 {
            let round = one_round(&program("ours"), &program("peer"), number, &CancelToken::default());
            assert!(round.unwrap().is_some());
        }
        let order = std::fs::read_to_string(&log).unwrap();
        let expected = ["peer", "ours", "ours", "peer", "peer", "ours"];
        assert_eq!(order.split_whitespace().collect::<Vec<_>>(), expected);
    }
}
