//! Worker processes: this program with the hidden subcommand `batch-worker`.

use std::io::{BufReader, stdin, stdout};

use super::super::interrupt::Interrupt;
use super::super::outcome::Outcome;
use crate::batch::{Message, read_options, serve};
use crate::console::print_json;
use crate::recognize::Engine;

/// Does orders until they end. If the models cannot be loaded, this is sent as a message.
pub fn work() -> anyhow::Result<Outcome> {
    let cancel = Interrupt::watch()?.token();
    let mut input = BufReader::new(stdin());
    let options = read_options(&mut input)?;
    match Engine::load(&options.transcribe.request.engine) {
        Ok(engine) => serve(input, stdout(), &engine, &options, &cancel)?,
        Err(error) => {
            print_json(&serde_json::to_value(Message::Unusable((&error).into()))?);
            return Ok(Outcome::NothingDone);
        }
    }
    Ok(Outcome::Done)
}
