//! `lectern completions` and `lectern man`: shell completions and manual pages, generated from the definition of the
//! command line.

use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use super::command_line::Arguments;
use super::outcome::Outcome;
use crate::console::{print_path, print_text};
use crate::files::Draft;

/// Prints a script that completes commands and options in a shell.
pub fn completions(shell: Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut program(), "lectern", &mut script);
    print_text(&String::from_utf8_lossy(&script));
    Outcome::Done
}

/// Writes a manual page for the program and for each of its commands.
pub fn pages(folder: &Path) -> anyhow::Result<Outcome> {
    let shown = folder.display();
    fs::create_dir_all(folder)
        .with_context(|| format!("{shown}: cannot be created; choose another folder"))?;
    let mut program = program();
    program.build();
    write_pages(&program, folder)?;
    Ok(Outcome::Done)
}

/// Writes the pages: `lectern(1)`, `lectern-models(1)`, `lectern-models-list(1)` and so on.
fn write_pages(command: &Command, folder: &Path) -> anyhow::Result<()> {
    let page = Man::new(command.clone());
    let path = folder.join(page.get_filename());
    let mut text = Vec::new();
    page.render(&mut text)?;
    Draft::write(&path, &text)
        .and_then(Draft::replace)
        .with_context(|| format!("{}: cannot be written; choose another folder", path.display()))?;
    print_path(&path);
    let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
    shown.filter(|command| command.get_name() != "help").try_for_each(|command| write_pages(command, folder))
}

/// Returns the definition without anything that differs between computers.
fn program() -> Command {
    Arguments::command().long_version(None::<&str>)
}
