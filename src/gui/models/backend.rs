//! Finds models and measures this computer; tests replace it with a script.

use std::path::PathBuf;

use crate::asr::catalog::{ModelKind, Shape};
use crate::asr::locate::{DEFAULT_VAD, Listing, list, search_roots, user_folder};
use crate::models::{ComputerSpeed, RetryPolicy};
use crate::recognize::{Engine, EngineRequest};

/// Finds and measures models. Called on worker threads.
pub trait ModelBackend: Send + Sync {
    /// Lists the speech models that are in the catalog or installed.
    fn listings(&self) -> Vec<Listing>;

    /// Returns the user's own folder for models.
    fn folder(&self) -> Option<PathBuf>;

    /// Measures this computer; `None` without a model to measure with.
    fn speed(&self) -> Option<ComputerSpeed>;

    /// Returns how long and how often a download retries.
    fn patience(&self) -> RetryPolicy;
}

/// The models of this computer.
pub struct ModelsHere;

impl ModelBackend for ModelsHere {
    fn listings(&self) -> Vec<Listing> {
        let mut listings = list(&search_roots());
        listings.retain(|listing| {
            listing.name != DEFAULT_VAD && listing.entry.is_none_or(|entry| entry.kind == ModelKind::Speech)
        });
        listings
    }

    fn folder(&self) -> Option<PathBuf> {
        user_folder()
    }

    fn speed(&self) -> Option<ComputerSpeed> {
        let mut recognizer = Engine::load(&EngineRequest::default()).ok()?.recognizer().ok()?;
        ComputerSpeed::measure(&mut recognizer, Shape::BASE).ok()
    }

    fn patience(&self) -> RetryPolicy {
        RetryPolicy::default()
    }
}
