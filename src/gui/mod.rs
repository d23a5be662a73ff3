//! The desktop app.

mod app;

use std::path::PathBuf;

/// Opens the window, with a file where one was named, and returns when it is closed.
pub fn run(file: Option<PathBuf>) -> eframe::Result {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_title("Lectern").with_inner_size([1280.0, 800.0]),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native("lectern", options, Box::new(|_| Ok(Box::new(app::App::new(file)))))
}
