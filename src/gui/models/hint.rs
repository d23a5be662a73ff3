//! A one-time hint about better models.

use crate::asr::catalog::{Catalog, CatalogEntry, Obtain, Shape};
use crate::asr::locate::DEFAULT_SPEECH;
use crate::gui::action::Action;
use crate::gui::command::{AppCommand, Command};
use crate::gui::shared::Shared;
use crate::gui::words::{file_size, say, say_with};
use crate::machine::Machine;
use crate::models::{ComputerSpeed, Offer, offers, recommended};
use crate::recognize::Resources;

/// After the first captions with the shipped model: what a better one would bring and cost here. `rtf` is the part of the
/// recording's length that they took.
pub fn tell_of_better_models(shared: &mut Shared<'_>, rtf: f64) {
    let settings = &mut *shared.settings;
    if settings.told_of_models || settings.model.is_some() || settings.low_memory {
        return;
    }
    let is_english = settings.language.as_deref() == Some("en");
    let Some(text) = better(is_english, rtf, Machine::this()) else { return };
    settings.told_of_models = true;
    let show = Action::Run(Command::App(AppCommand::Models));
    shared.notices.tip(text, say("models-show"), show);
}

/// Returns the hint, if there is a better model that suits this computer and can be downloaded.
fn better(is_english: bool, rtf: f64, machine: Machine) -> Option<String> {
    let threads = Resources::default().threads.get();
    let speed = ComputerSpeed::from_rtf(Shape::BASE, threads, rtf);
    let models = Catalog::in_use().models();
    let mut offers = offers(models, is_english, (speed, threads), |bytes| machine.has_room(bytes));
    let shipped = Catalog::builtin().find(DEFAULT_SPEECH)?;
    offers.retain(|offer| {
        offer.entry.obtain == Obtain::Download && fewer_errors(offer.entry, shipped).is_some()
    });
    let Offer { entry, rtf, .. } = recommended(&offers).0?;
    let (hour, size) = (super::row::hour(*rtf), file_size(entry.about_bytes()));
    let fewer = fewer_errors(entry, shipped)?;
    Some(say_with!("models-better", model = entry.name.clone(), fewer = fewer, hour = hour, size = size))
}

/// Returns how many percent fewer errors a model makes than another, if it is worth a download.
fn fewer_errors(entry: &CatalogEntry, than: &CatalogEntry) -> Option<u32> {
    const LEAST: u32 = 5;
    let ratio = entry.expected_errors()? / than.expected_errors()?;
    let fewer = (100.0 * (1.0 - ratio)).round() as u32;
    (fewer >= LEAST).then_some(fewer)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;

    const ROOMY: Machine = Machine { cores: NonZeroUsize::MIN, memory: 64_000_000_000 };

    #[test]
    fn a_better_model_is_named_with_its_price() {
        let text = better(false, 0.01, ROOMY).unwrap();
        assert!(text.contains("an hour takes") && text.contains("34 % fewer errors"), "{text}");
        // With less memory, a smaller model.
        let small = better(false, 0.01, Machine { memory: 1_200_000_000, ..ROOMY }).unwrap();
        assert!(small.contains("small-q8_0") && small.contains("264 MB"), "{small}");
        assert!(small.contains("21 % fewer errors"), "{small}");
    }

    #[test]
    fn nothing_is_said_where_no_better_model_suits() {
        assert_eq!(better(false, 0.4, ROOMY), None, "an hour would take longer than half an hour");
        assert_eq!(better(false, 0.01, Machine { memory: 1_000_000, ..ROOMY }), None);
    }
}
