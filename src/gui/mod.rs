//! The desktop app.
//!
//! [`App`] owns the features, each of which owns its state and changes it. Panels and dialogs draw it and collect
//! `Action`s, which `App` hands to the feature that they belong to. `workers` run slow tasks on threads and send news.

mod action;
mod app;
mod audience;
mod command;
mod dialogs;
mod editor;
mod fonts;
mod format_names;
mod frames;
mod guide;
mod heard;
mod keymap;
mod models;
mod news;
mod notice;
mod panels;
mod queue;
mod record;
mod request;
mod services;
mod shared;
mod state;
mod terms;
mod theme;
mod update;
mod wake;
mod widgets;
mod words;
mod workers;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::asr::catalog::Catalog;
use crate::settings::{Settings, TextSize};

pub use app::App;
pub use models::ModelBackend;
pub use queue::{BatchBackend, BatchSetup, QueueError, QueueOptions};
pub use record::{LiveModel, RecordingBackend};
pub use services::Services;
pub use workers::{Answer, Dialogs, Engines, NoDialog, Notify, Question};

/// Maximum number of layout passes per frame; the same as eframe's default.
const PASSES: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// Opens the window, optionally with a file, and returns when it is closed. `frame_stats` prints frame times to
/// standard error; `offline` disables the network.
///
/// # Errors
/// If there is no display, or it cannot be drawn on.
pub fn run(file: Option<PathBuf>, frame_stats: bool, offline: bool) -> eframe::Result {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Lectern")
        .with_app_id("lectern")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([480.0, 320.0])
        .with_drag_and_drop(true);
    let viewport = match eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")) {
        Ok(icon) => viewport.with_icon(icon),
        Err(_) => viewport,
    };
    let options =
        eframe::NativeOptions { viewport, persist_window: true, ..eframe::NativeOptions::default() };
    let services = Services { offline, ..Services::default() };
    let (settings, warning) = services.settings_file.as_deref().map(Settings::load).unwrap_or_default();
    let backend = request::engine_request(&settings).backend;
    let context = context(settings.text_size);
    let create = |creation: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        let mut app = App::new(&creation.egui_ctx, services, settings, file);
        if frame_stats {
            app.measure_frames();
        }
        if let Some(warning) = warning {
            app.warn(&warning);
        }
        if let Some(trouble) = Catalog::trouble() {
            app.warn(trouble);
        }
        if let Some(warning) = backend.warning() {
            app.warn(&warning);
        }
        Ok(Box::new(app))
    };
    eframe::run_native_ext("lectern", options, Some(context), Box::new(create))
}

/// Creates a context as eframe does, but with the zoom already set: the window's size is stored in points, whose size
/// must be known before the window opens.
fn context(text_size: TextSize) -> egui::Context {
    let context = egui::Context::default();
    // The audience's captions are a native window, which can be on any screen.
    context.set_embed_viewports(false);
    context.options_mut(|options| {
        options.max_passes = PASSES;
        options.zoom_factor = text_size.factor();
    });
    context
}
