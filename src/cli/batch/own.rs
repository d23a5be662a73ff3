//! The options that a list gives for a recording: those of the batch, with the cells of its row in their place.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use anyhow::Context;
use clap::ValueEnum;

use super::super::args::SpeakersArguments;
use super::super::recognition::{RecognitionArguments, TaskArgument, is_detected};
use super::super::who;
use super::args::WorkArguments;
use super::plan::options;
use crate::batch::{Listed, ListedOptionsError, OwnOptions};

/// Stands for channels that are recognized apart, and have no names.
const APART: &str = "apart";

/// Returns what reads the options of a row, `None` where it has none. Rows with equal options share one reading.
pub fn own_options(
    batch: &WorkArguments,
) -> impl FnMut(&Listed) -> Result<Option<OwnOptions>, ListedOptionsError> {
    let mut known: HashMap<Listed, Result<OwnOptions, ListedOptionsError>> = HashMap::new();
    move |row| {
        let cells = row.options();
        if cells == Listed::default() {
            return Ok(None);
        }
        let unusable =
            |error: anyhow::Error| ListedOptionsError(Arc::from(Box::<dyn Error + Send + Sync>::from(error)));
        let read = || with_cells(batch, &cells).and_then(|own| own_of(&own)).map_err(unusable);
        known.entry(cells.clone()).or_insert_with(read).clone().map(Some)
    }
}

fn own_of(arguments: &WorkArguments) -> anyhow::Result<OwnOptions> {
    let options = options(arguments)?;
    Ok(OwnOptions { request: options.transcribe.request, hiding: options.hiding })
}

/// Returns the arguments of a batch with the cells of a row in their place.
fn with_cells(batch: &WorkArguments, cells: &Listed) -> anyhow::Result<WorkArguments> {
    let mut own = batch.clone();
    recognize_as(&mut own.recognition, cells)?;
    if let Some(speakers) = speakers(cells)? {
        own.speakers = speakers;
    }
    let hiding = &mut own.hiding;
    if let Some(file) = &cells.filter {
        hiding.filter = Some(file.clone());
    }
    if let Some(method) = &cells.filter_method {
        hiding.filter_method = method.parse()?;
    }
    if let Some(kinds) = &cells.redact {
        hiding.redact = Some(parts(kinds));
    }
    if let Some(label) = &cells.redact_as {
        hiding.redact_as = label.parse()?;
    }
    Ok(own)
}

fn recognize_as(recognition: &mut RecognitionArguments, cells: &Listed) -> anyhow::Result<()> {
    if let Some(language) = &cells.language {
        recognition.language.clone_from(language);
        if !is_detected(language) {
            // Those of the batch are for a language that is detected.
            recognition.languages.clear();
        }
    }
    if let Some(languages) = &cells.languages {
        recognition.languages = parts(languages);
    }
    if let Some(task) = &cells.task {
        let known = TaskArgument::from_str(task, true).ok();
        recognition.task =
            known.with_context(|| format!("\"{task}\" is no task; write transcribe or translate"))?;
    }
    if let Some(file) = &cells.vocabulary {
        recognition.vocabulary = Some(file.clone());
    }
    if let Some(most) = &cells.alternatives {
        let number = most.parse::<u8>().ok().filter(|number| (2..=10).contains(number));
        let wrong = || format!("\"{most}\" is no number of alternatives; write one from 2 to 10");
        recognition.alternatives = Some(number.with_context(wrong)?);
    }
    Ok(())
}

/// Who speaks, if the row tells it: it replaces what the batch says of speakers and of channels.
fn speakers(cells: &Listed) -> anyhow::Result<Option<SpeakersArguments>> {
    if cells.speakers.is_none() && cells.channels.is_none() {
        return Ok(None);
    }
    let speakers = cells.speakers.as_deref().map(who::parse).transpose()?;
    let channels =
        cells.channels.as_deref().map(|names| if names == APART { Vec::new() } else { parts(names) });
    Ok(Some(SpeakersArguments { speakers, channels }))
}

fn parts(cell: &str) -> Vec<String> {
    cell.split(',').map(|part| part.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::command_line::{Arguments, Command};
    use crate::recognize::{ChannelWish, SpeakerWish};

    fn batch(options: &[&str]) -> WorkArguments {
        let words = ["lectern", "batch", "."].into_iter().chain(options.iter().copied());
        match Arguments::try_parse_from(words).unwrap().command {
            Some(Command::Batch(arguments)) => arguments.work,
            other => panic!("{other:?}"),
        }
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn read(options: &[&str], row: Listed) -> Result<Option<OwnOptions>, ListedOptionsError> {
        own_options(&batch(options))(&row)
    }

    #[test]
    fn a_row_replaces_what_it_names_and_keeps_the_rest() {
        let options = ["--alternatives", "4", "--languages", "en,de", "--speakers=2", "--redact"];
        let row = Listed { language: text("Deutsch"), channels: text("Ada, Ben"), ..Listed::default() };
        let own = read(&options, row).unwrap().unwrap();
        assert_eq!(own.request.language.unwrap().tag(), "de");
        assert!(own.request.detection.candidates.is_empty());
        assert_eq!(own.request.alternatives, 4);
        assert_eq!(own.request.speakers, SpeakerWish::Unnamed);
        assert_eq!(own.request.channels, ChannelWish::Apart(vec!["Ada".to_owned(), "Ben".to_owned()]));
        assert!(own.hiding.redaction.is_some());

        let row = Listed { alternatives: text("3"), channels: text("apart"), ..Listed::default() };
        let own = read(&options, row).unwrap().unwrap();
        assert_eq!((own.request.alternatives, own.request.detection.candidates.len()), (3, 2));
        assert_eq!(own.request.channels, ChannelWish::Apart(Vec::new()));

        let row = Listed { speakers: text("auto"), channels: text("apart"), ..Listed::default() };
        let own = read(&options, row).unwrap().unwrap();
        assert_eq!(own.request.speakers, SpeakerWish::Any);
        assert_eq!(own.request.channels, ChannelWish::Apart(Vec::new()));
    }

    #[test]
    fn a_row_hides_words_that_the_batch_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("words.txt");
        std::fs::write(&list, "darn").unwrap();
        let row = Listed {
            filter: Some(list),
            filter_method: text("remove"),
            redact: text("email,phone"),
            redact_as: text("pii"),
            ..Listed::default()
        };
        let hiding = read(&[], row).unwrap().unwrap().hiding;
        assert_eq!(hiding.filter.unwrap().method, crate::hide::FilterMethod::Remove);
        assert_eq!(hiding.redaction.unwrap().kinds.len(), 2);
    }

    #[test]
    fn a_recording_without_options_has_those_of_the_batch() {
        let row = Listed { title: text("Plants"), ..Listed::of("a.wav".into()) };
        assert_eq!(read(&["--redact"], row).unwrap(), None);
    }

    #[test]
    fn a_cell_that_cannot_be_used_is_named() {
        let gone = Some("/nobody/has/this".into());
        for (row, word) in [
            (Listed { language: text("klingonisch!"), ..Listed::default() }, "klingonisch!"),
            (Listed { task: text("sing"), ..Listed::default() }, "sing"),
            (Listed { alternatives: text("11"), ..Listed::default() }, "11"),
            (Listed { speakers: text("many"), ..Listed::default() }, "speakers"),
            (Listed { filter_method: text("blur"), ..Listed::default() }, "blur"),
            (Listed { redact: text("iris"), ..Listed::default() }, "iris"),
            (Listed { redact_as: text("xxx"), ..Listed::default() }, "xxx"),
            (Listed { vocabulary: gone.clone(), ..Listed::default() }, "vocabulary"),
            (Listed { filter: gone, ..Listed::default() }, "filter"),
        ] {
            let error = read(&[], row).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }
}
