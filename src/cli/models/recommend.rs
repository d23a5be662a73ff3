//! `lectern models recommend`: how fast each model would be here.

use anyhow::Context;
use serde_json::{Value, json};

use crate::asr::catalog::{Catalog, CatalogEntry, Languages, Shape};
use crate::asr::locate::{ModelRequest, list, search_roots};
use crate::cli::outcome::Outcome;
use crate::cli::plan::language;
use crate::console::{print_json, print_line};
use crate::machine::Machine;
use crate::models::{ComputerSpeed, keeps_up_live, speech_models};
use crate::recognize::{Engine, EngineRequest, Resources};

/// Somebody waits for an hour of lecture as long as this at most. Unit: part of its length.
const BEARABLE: f64 = 0.5;

/// A model and what it would be here.
struct Offer<'a> {
    entry: &'a CatalogEntry,
    is_here: bool,
    rtf: f64,
    fits: bool,
}

pub fn run(code: &str, json: bool) -> anyhow::Result<Outcome> {
    let language = language(code)?;
    let is_english = language.as_ref().is_some_and(|language| language.primary() == "en");
    let request = EngineRequest { model: ModelRequest::default(), ..EngineRequest::default() };
    let mut recognizer = Engine::load(&request)?.recognizer()?;
    let speed =
        ComputerSpeed::measure(&mut recognizer, Shape::BASE).context("the speed cannot be measured")?;
    let (machine, threads) = (Machine::this(), Resources::default().threads.get());
    let here = list(&search_roots());
    let is_here = |name: &str| here.iter().any(|listing| listing.name == name && listing.path.is_some());
    let models = speech_models(Catalog::builtin().models()).into_iter();
    let known = models.filter(|(entry, _)| is_english || entry.languages == Languages::Multilingual);
    let offers: Vec<_> = known
        .map(|(entry, shape)| Offer {
            entry,
            is_here: is_here(&entry.name),
            rtf: speed.rtf(shape, threads),
            fits: machine.has_room(u64::from(entry.memory_mb) * 1_000_000),
        })
        .collect();
    let best = offers.iter().rev().find(|offer| offer.fits && offer.rtf <= BEARABLE);
    let live = offers.iter().rev().find(|offer| offer.fits && keeps_up_live(offer.rtf));
    if json {
        offers.iter().for_each(|offer| print_json(&object(offer)));
        let name = |offer: Option<&Offer>| offer.map(|offer| offer.entry.name.clone());
        print_json(&json!({ "event": "recommended", "recordings": name(best), "live": name(live) }));
    } else {
        offers.iter().for_each(|offer| print_line(&line(offer)));
        for (offer, what) in [(best, "recordings"), (live, "live captions")] {
            if let Some(Offer { entry, is_here, .. }) = offer {
                let how = if *is_here {
                    String::new()
                } else {
                    format!(": lectern models download {}", entry.name)
                };
                print_line(&format!(
                    "For {what}, {} is the most accurate that suits this computer{how}",
                    entry.name
                ));
            }
        }
    }
    Ok(Outcome::Done)
}

fn line(offer: &Offer) -> String {
    let Offer { entry, is_here, rtf, fits } = offer;
    let minutes = rtf * 60.0;
    let live = if keeps_up_live(*rtf) { "live" } else { "" };
    let note = match (fits, is_here) {
        (false, _) => "too large for the memory",
        (true, true) => "here",
        (true, false) => "",
    };
    let (size, memory) = (entry.size_text(), entry.memory_mb);
    format!(
        "{:<22} {size:>8} {memory:>5} MB memory  an hour takes {minutes:>5.1} min  {live:<4}  {note}",
        entry.name
    )
    .trim_end()
    .to_owned()
}

fn object(offer: &Offer) -> Value {
    let Offer { entry, is_here, rtf, fits } = offer;
    json!({
        "event": "model", "name": entry.name, "here": is_here, "rtf": rtf, "live": keeps_up_live(*rtf),
        "memory_mb": entry.memory_mb, "fits": fits, "bytes": entry.bytes,
    })
}
