use std::path::PathBuf;

/// The app as a whole. So far it says how to make captions; the editor comes to this window.
pub struct App {
    file: Option<PathBuf>,
}

impl App {
    pub fn new(file: Option<PathBuf>) -> Self {
        Self { file }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |ui| {
            ui.heading("Lectern");
            let file = self.file.as_ref().map_or("RECORDING".to_owned(), |file| file.display().to_string());
            ui.label("Captions are made on the command line for now:");
            ui.monospace(format!("lectern caption {file}"));
        });
    }
}
