//! `lectern models recommend`: shows how fast each model would be here.

use anyhow::Context;
use serde_json::{Value, json};

use crate::asr::catalog::{Catalog, Shape};
use crate::asr::locate::{ModelRequest, list, search_roots};
use crate::cli::outcome::Outcome;
use crate::cli::recognition::language;
use crate::console::{print_json, print_line};
use crate::machine::Machine;
use crate::models::{ComputerSpeed, Offer, offers, recommended};
use crate::recognize::{Engine, EngineRequest, Resources};

pub fn run(code: &str, json: bool) -> anyhow::Result<Outcome> {
    let language = language(code)?;
    let is_english = language.as_ref().is_some_and(|language| language.primary() == "en");
    let request = EngineRequest { model: ModelRequest::default(), ..EngineRequest::default() };
    let mut recognizer = Engine::load(&request)?.recognizer()?;
    let speed =
        ComputerSpeed::measure(&mut recognizer, Shape::BASE).context("the speed cannot be measured")?;
    let (machine, threads) = (Machine::this(), Resources::default().threads.get());
    let here = list(&search_roots());
    let is_here = |offer: &Offer<'_>| {
        here.iter().any(|listing| listing.name == offer.entry.name && listing.path.is_some())
    };
    let models = Catalog::in_use().models();
    let offers = offers(models, is_english, (speed, threads), |bytes| machine.has_room(bytes));
    let (best, live) = recommended(&offers);
    if json {
        offers.iter().for_each(|offer| print_json(&object(offer, is_here(offer))));
        let name = |offer: Option<&Offer<'_>>| offer.map(|offer| offer.entry.name.clone());
        print_json(&json!({ "event": "recommended", "recordings": name(best), "live": name(live) }));
    } else {
        offers.iter().for_each(|offer| print_line(&line(offer, is_here(offer))));
        for (offer, what) in [(best, "recordings"), (live, "live captions")] {
            if let Some(offer) = offer {
                let name = &offer.entry.name;
                let how =
                    if is_here(offer) { String::new() } else { format!(": lectern models download {name}") };
                print_line(&format!("For {what}, {name} is the most accurate that suits this computer{how}"));
            }
        }
    }
    Ok(Outcome::Done)
}

fn line(offer: &Offer<'_>, is_here: bool) -> String {
    let Offer { entry, rtf, fits } = offer;
    let minutes = rtf * 60.0;
    let live = if offer.keeps_up() { "live" } else { "" };
    let note = match (fits, is_here) {
        (false, _) => "too large for the memory",
        (true, true) => "here",
        (true, false) => "",
    };
    let (size, memory) = (entry.size_text(), entry.memory_mb);
    let errors = entry.expected_errors().map_or(String::new(), |errors| format!("{errors:.1} % errors"));
    format!(
        "{:<22} {size:>8} {memory:>5} MB memory  {errors:>13}  an hour takes {minutes:>5.1} min  {live:<4}  {note}",
        entry.name
    )
    .trim_end()
    .to_owned()
}

fn object(offer: &Offer<'_>, is_here: bool) -> Value {
    let Offer { entry, rtf, fits } = offer;
    json!({
        "event": "model", "name": entry.name, "here": is_here, "rtf": rtf, "live": offer.keeps_up(),
        "memory_mb": entry.memory_mb, "fits": fits, "bytes": entry.bytes,
        "word_errors": entry.expected_errors(),
    })
}
