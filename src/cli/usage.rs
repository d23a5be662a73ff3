//! Answers wrong usage, `--help` and `--version`.

use std::env;
use std::path::Path;

use clap::builder::StyledStr;
use clap::error::ErrorKind;
use clap::{Command, CommandFactory, Error};

use super::command_line::Arguments;
use super::exit::exit;
use super::outcome::Outcome;
use super::suggestion::nearest;
use crate::console::{eprint_line, visible};

/// Prints the answer of the parser and ends the process.
pub fn answer(error: &Error) -> ! {
    if !error.use_stderr() {
        let _ = error.print();
        exit(Outcome::Done.code());
    }
    match shown(error.render().to_string()) {
        Some(text) => text.lines().for_each(eprint_line),
        None => drop(error.print()),
    }
    exit(Outcome::NothingDone.code())
}

/// Returns the text with escapes if an argument, such as the name of a file, has control characters; `None` if none
/// has.
fn shown(mut text: String) -> Option<String> {
    let arguments: Vec<_> = env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let values = arguments.iter().filter_map(|argument| Some(argument.split_once('=')?.1));
    let quoted = arguments.iter().map(String::as_str).chain(values);
    let mut is_changed = false;
    for (raw, safe) in quoted.map(|quoted| (quoted, visible(quoted))).filter(|(a, b)| a != b) {
        // The parser removes escape sequences from quoted arguments.
        let shown = StyledStr::from(raw.to_owned()).to_string();
        if !shown.is_empty() {
            text = text.replace(&shown, &safe);
            is_changed = true;
        }
    }
    is_changed.then_some(text)
}

/// Returns the error for a first argument that was probably meant as a command, since it is not a file.
pub fn mistyped_command() -> Option<Error> {
    let mut arguments = env::args_os().skip(1);
    let first = arguments.next()?.into_string().ok()?;
    let takes_more = arguments.next().is_some();
    if first.starts_with('-') || Path::new(&first).exists() {
        return None;
    }
    let mut program = Arguments::command();
    let commands: Vec<_> = program.get_subcommands().filter(|command| !command.is_hide_set()).collect();
    if program.find_subcommand(&first).is_some() || first == "help" {
        return None;
    }
    let meant = nearest(&first, commands.iter().map(|command| command.get_name()));
    let text = match meant {
        Some(meant) => format!("there is no command or file '{first}'; did you mean '{meant}'?"),
        None if takes_more => format!("there is no command or file '{first}'"),
        None => return None,
    };
    Some(refuse(&mut program, text))
}

fn refuse(program: &mut Command, text: String) -> Error {
    program.error(ErrorKind::InvalidSubcommand, text)
}
