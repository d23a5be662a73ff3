//! Where models are, and how fast this computer is, or a script in tests.

use std::path::PathBuf;

use crate::asr::catalog::{ModelKind, Shape};
use crate::asr::locate::{DEFAULT_VAD, Listing, list, search_roots, user_folder};
use crate::models::{ComputerSpeed, RetryPolicy};
use crate::recognize::{Engine, EngineRequest};

/// Knows the models. Called on worker threads.
pub trait ModelBackend: Send + Sync {
    /// Speech models that the catalogue knows or that are here.
    fn listings(&self) -> Vec<Listing>;

    /// The person's own folder for models.
    fn folder(&self) -> Option<PathBuf>;

    /// Measures this computer; nothing without a model to measure with.
    fn speed(&self) -> Option<ComputerSpeed>;

    /// How long a download waits.
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
